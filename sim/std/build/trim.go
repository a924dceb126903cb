package build

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"gopark/sim/std"
)

// A trimmer cuts a package down to what importers see: exported declarations,
// what these mention, and the bodies of generic functions.
type trimmer struct {
	fset *token.FileSet
	pkg  *Package

	at      map[types.Object]decl                 // where package-level objects are declared
	methods map[types.Object][]*ast.FuncDecl      // by the receiver's type name
	kept    map[types.Object]bool                 // and those of methods
	todo    []types.Object                        //
	imports map[*ast.File]map[*types.PkgName]bool // that kept declarations use
	fileOf  map[ast.Decl]*ast.File
	generic bool
	err     error
}

// A decl is a declaration and, of a group, the one line.
type decl struct {
	decl ast.Decl
	spec ast.Spec
}

func trim(fset *token.FileSet, p *Package) (std.PackageImage, error) {
	t := &trimmer{
		fset: fset, pkg: p,
		at:      map[types.Object]decl{},
		methods: map[types.Object][]*ast.FuncDecl{},
		kept:    map[types.Object]bool{},
		imports: map[*ast.File]map[*types.PkgName]bool{},
		fileOf:  map[ast.Decl]*ast.File{},
	}
	for _, f := range p.src.files {
		t.imports[f] = map[*types.PkgName]bool{}
		for _, d := range f.Decls {
			t.index(f, d)
		}
	}
	scope := p.Types.Scope()
	for _, name := range scope.Names() {
		if ast.IsExported(name) {
			t.keep(scope.Lookup(name))
		}
	}
	for len(t.todo) > 0 {
		obj := t.todo[len(t.todo)-1]
		t.todo = t.todo[:len(t.todo)-1]
		t.visit(obj)
	}
	img := std.PackageImage{Path: p.Path, Linknames: p.Linknames}
	for _, f := range p.src.files {
		if text := t.print(f); text != nil || len(img.Files) == 0 && f == p.src.files[len(p.src.files)-1] {
			if text == nil {
				text = []byte("package " + p.src.name + "\n")
			}
			img.Files = append(img.Files, std.FileImage{Name: t.fset.Position(f.Package).Filename, Text: text})
		}
	}
	img.Generic = t.generic
	return img, t.err
}

func (t *trimmer) index(f *ast.File, d ast.Decl) {
	t.fileOf[d] = f
	info := t.pkg.Info
	switch d := d.(type) {
	case *ast.FuncDecl:
		obj := info.Defs[d.Name].(*types.Func)
		if d.Recv == nil {
			t.at[obj] = decl{d, nil}
			return
		}
		if named := receiverName(obj); named != nil {
			t.methods[named] = append(t.methods[named], d)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				t.at[info.Defs[s.Name]] = decl{d, s}
			case *ast.ValueSpec:
				for _, id := range s.Names {
					t.at[info.Defs[id]] = decl{d, s}
				}
			}
		}
	}
}

// receiverName is the object of a method's receiver type.
func receiverName(f *types.Func) types.Object {
	t := types.Unalias(f.Signature().Recv().Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Origin().Obj()
	}
	return nil
}

func (t *trimmer) keep(obj types.Object) {
	if obj != nil && obj.Pkg() == t.pkg.Types && obj.Parent() == t.pkg.Types.Scope() && !t.kept[obj] {
		t.kept[obj] = true
		t.todo = append(t.todo, obj)
	}
}

// visit keeps what obj's declaration mentions.
func (t *trimmer) visit(obj types.Object) {
	d := t.at[obj]
	f := t.fileOf[d.decl]
	switch obj := obj.(type) {
	case *types.Func:
		t.mentions(f, t.cutBody(d.decl.(*ast.FuncDecl)))
	case *types.TypeName:
		t.mentions(f, d.spec)
		for _, m := range t.methods[obj] {
			t.mentions(t.fileOf[m], t.cutBody(m))
		}
	case *types.Const:
		for _, s := range d.decl.(*ast.GenDecl).Specs { // iota: all or nothing
			for _, id := range s.(*ast.ValueSpec).Names {
				t.keep(t.pkg.Info.Defs[id])
			}
			t.mentions(f, s)
		}
	case *types.Var:
		t.typeMentions(obj.Type(), map[types.Type]bool{})
	}
}

// cutBody returns d, without its body unless it is generic.
func (t *trimmer) cutBody(d *ast.FuncDecl) *ast.FuncDecl {
	sig := t.pkg.Info.Defs[d.Name].(*types.Func).Signature()
	if sig.TypeParams() != nil || sig.RecvTypeParams() != nil {
		t.generic = t.generic || d.Body != nil
		return d
	}
	cut := *d
	cut.Body, cut.Doc = nil, nil
	return &cut
}

func (t *trimmer) mentions(f *ast.File, n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		obj := t.pkg.Info.Uses[id]
		if name, ok := obj.(*types.PkgName); ok {
			t.imports[f][name] = true
		}
		t.keep(obj)
		return true
	})
}

// typeMentions keeps the named types of this package in a variable's type.
func (t *trimmer) typeMentions(typ types.Type, seen map[types.Type]bool) {
	types.TypeString(typ, func(p *types.Package) string { return p.Path() }) // expands lazily
	if seen[typ] {
		return
	}
	seen[typ] = true
	switch typ := typ.(type) {
	case *types.Alias:
		t.keep(typ.Obj())
	case *types.Named:
		t.keep(typ.Obj())
		for a := range typ.TypeArgs().Types() {
			t.typeMentions(a, seen)
		}
	case *types.Pointer:
		t.typeMentions(typ.Elem(), seen)
	case *types.Slice:
		t.typeMentions(typ.Elem(), seen)
	case *types.Array:
		t.typeMentions(typ.Elem(), seen)
	case *types.Chan:
		t.typeMentions(typ.Elem(), seen)
	case *types.Map:
		t.typeMentions(typ.Key(), seen)
		t.typeMentions(typ.Elem(), seen)
	case *types.Signature:
		t.typeMentions(typ.Params(), seen)
		t.typeMentions(typ.Results(), seen)
	case *types.Tuple:
		for v := range typ.Variables() {
			t.typeMentions(v.Type(), seen)
		}
	case *types.Struct:
		for v := range typ.Fields() {
			t.typeMentions(v.Type(), seen)
		}
	case *types.Interface:
		for m := range typ.Methods() {
			t.typeMentions(m.Signature(), seen)
		}
	}
}

// print writes what is kept of f, nil if nothing is.
func (t *trimmer) print(f *ast.File) []byte {
	var body bytes.Buffer
	extra := map[string]string{} // imports that variables' types need: path to name
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			t.printFunc(&body, d)
		case *ast.GenDecl:
			t.printGen(&body, d, extra)
		}
	}
	if body.Len() == 0 {
		return nil
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "package %s\n", t.pkg.src.name)
	for _, imp := range f.Imports {
		name, ok := t.pkg.Info.Implicits[imp].(*types.PkgName)
		if imp.Name != nil {
			name, ok = t.pkg.Info.Defs[imp.Name].(*types.PkgName)
		}
		if ok && t.imports[f][name] {
			fmt.Fprintf(&out, "import %s %s\n", name.Name(), imp.Path.Value)
		}
	}
	for _, path := range sortedKeys(extra) {
		fmt.Fprintf(&out, "import %s %s\n", extra[path], strconv.Quote(path))
	}
	out.Write(body.Bytes())
	return out.Bytes()
}

func (t *trimmer) printFunc(w *bytes.Buffer, d *ast.FuncDecl) {
	obj := t.pkg.Info.Defs[d.Name].(*types.Func)
	if d.Recv != nil && !t.kept[receiverName(obj)] || d.Recv == nil && !t.kept[obj] {
		return
	}
	cut := t.cutBody(d)
	if cut.Body == nil {
		t.format(w, cut)
		return
	}
	// A generic body keeps its lines: tracebacks show them.
	pos := t.fset.Position(d.Pos())
	end := t.fset.Position(d.End())
	text := t.pkg.src.texts[pos.Filename]
	fmt.Fprintf(w, "//line %s:%d\n%s\n", pos.Filename, pos.Line, text[pos.Offset:end.Offset])
}

func (t *trimmer) printGen(w *bytes.Buffer, d *ast.GenDecl, extra map[string]string) {
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			if t.kept[t.pkg.Info.Defs[s.Name]] {
				stripDocs(s)
				t.format(w, &ast.GenDecl{Tok: token.TYPE, Specs: []ast.Spec{s}})
			}
		case *ast.ValueSpec:
			if d.Tok == token.VAR {
				t.printVars(w, s, extra)
			}
		}
	}
	if d.Tok == token.CONST && t.keepsAny(d) {
		stripDocs(d)
		t.format(w, d)
	}
}

func (t *trimmer) keepsAny(d *ast.GenDecl) bool {
	return slices.ContainsFunc(d.Specs, func(s ast.Spec) bool {
		return slices.ContainsFunc(s.(*ast.ValueSpec).Names, func(id *ast.Ident) bool { return t.kept[t.pkg.Info.Defs[id]] })
	})
}

// printVars declares variables by their types alone.
func (t *trimmer) printVars(w *bytes.Buffer, s *ast.ValueSpec, extra map[string]string) {
	qualify := func(p *types.Package) string {
		if p == t.pkg.Types {
			return ""
		}
		extra[p.Path()] = "import_" + strings.NewReplacer("/", "_", ".", "_").Replace(p.Path())
		return extra[p.Path()]
	}
	for _, id := range s.Names {
		if obj := t.pkg.Info.Defs[id]; t.kept[obj] {
			fmt.Fprintf(w, "var %s %s\n", id.Name, types.TypeString(obj.Type(), qualify))
		}
	}
}

func (t *trimmer) format(w *bytes.Buffer, n ast.Node) {
	if err := format.Node(w, t.fset, n); err != nil && t.err == nil {
		t.err = fmt.Errorf("%s: %w", t.pkg.Path, err)
	}
	w.WriteByte('\n')
}

// stripDocs removes the comments that printing a node would print.
func stripDocs(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			n.Doc = nil
		case *ast.TypeSpec:
			n.Doc, n.Comment = nil, nil
		case *ast.ValueSpec:
			n.Doc, n.Comment = nil, nil
		case *ast.Field:
			n.Doc, n.Comment = nil, nil
		}
		return true
	})
}
