package load

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"gopark/sim/std"
)

// A Completion is what may stand at a place in a program.
type Completion struct {
	Name   string `json:"name"`
	Kind   string `json:"kind"`             // function, variable, type, constant, package, field or method
	Detail string `json:"detail,omitempty"` // its type, or its signature
	Key    string `json:"key,omitempty"`    // what its documentation is found under, as in sync.WaitGroup.Go
	Doc    string `json:"doc,omitempty"`    // of what the reader has declared and explained
}

// maxCompletions is how many are offered.
const maxCompletions = 200

// A look is at a program that may be wrong, as far as it could be checked.
type look struct {
	*checker
	own  *source
	text []byte
	at   token.Pos
}

// lookAt checks text and looks at a byte offset of it. nil: nothing can be said.
func lookAt(name string, text []byte, offset int, lib *std.Library) *look {
	c := &checker{lib: lib, texts: map[string][]byte{}, known: map[*std.Package]bool{}, badImports: map[token.Pos]bool{}}
	whole := c.parse([]File{{Name: name, Text: text}})
	parsed := len(c.own) > 0 && offset >= 0 && offset <= len(text)
	if parsed && !whole { // mistakes of syntax do no harm, but what is too large does
		c.diags = nil
		c.checkBounds()
		whole = len(c.diags) == 0
	}
	if !parsed || !whole {
		c.forget()
		return nil
	}
	file := lib.Fset.File(c.files[0].FileStart)
	c.checkPackage(c.own[0])
	return &look{c, c.own[0], text, file.Pos(min(offset, file.Size()))}
}

// Complete says what may stand at a byte offset of a program, in the place of
// the word that is there.
func Complete(name string, text []byte, offset int, lib *std.Library) (list []Completion) {
	defer func() { _ = recover() }() // go/types meets what nobody would write
	l := lookAt(name, text, offset, lib)
	if l == nil {
		return nil
	}
	defer l.forget()
	start := offset
	for start > 0 && isWordByte(text[start-1]) {
		start--
	}
	prefix := string(text[start:offset])
	if sel := l.selector(start); sel != nil {
		list = l.members(sel)
	} else {
		list = l.scope()
	}
	list = slices.DeleteFunc(list, func(c Completion) bool {
		return len(c.Name) < len(prefix) || !strings.EqualFold(c.Name[:len(prefix)], prefix) || c.Name == "_"
	})
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	list = slices.CompactFunc(list, func(a, b Completion) bool { return a.Name == b.Name })
	return list[:min(len(list), maxCompletions)]
}

func isWordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// selector is what stands in front of the dot at offset start, nil if there is
// no dot.
func (l *look) selector(start int) (x ast.Expr) {
	if start == 0 || l.text[start-1] != '.' {
		return nil
	}
	dot := l.lib.Fset.File(l.files[0].FileStart).Pos(start - 1)
	ast.Inspect(l.files[0], func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.X.End() == dot {
			x = s.X
		}
		return true
	})
	return x
}

// members are what may stand behind x and a dot.
func (l *look) members(x ast.Expr) []Completion {
	var list []Completion
	if id, ok := x.(*ast.Ident); ok {
		if p, ok := l.own.info.Uses[id].(*types.PkgName); ok {
			scope := p.Imported().Scope()
			for _, name := range scope.Names() {
				if o := scope.Lookup(name); o.Exported() {
					list = append(list, l.completion(o))
				}
			}
			return list
		}
		if path := pathOf(id.Name, l.lib.Paths()); path != "" && l.own.info.Uses[id] == nil {
			return l.exports(path)
		}
	}
	t := l.own.info.TypeOf(x)
	if t == nil || t == types.Typ[types.Invalid] {
		return nil
	}
	return append(list, l.fields(t)...)
}

// exports are what a package has that is not imported yet.
func (l *look) exports(path string) (list []Completion) {
	if l.lib.Need(path) != nil {
		return nil
	}
	p, err := l.lib.Import(path)
	if err != nil {
		return nil
	}
	for _, name := range p.Types.Scope().Names() {
		if o := p.Types.Scope().Lookup(name); o.Exported() {
			list = append(list, l.completion(o))
		}
	}
	return list
}

// fields are the fields and methods of a type, and those of what it embeds.
func (l *look) fields(t types.Type) (list []Completion) {
	seen := map[types.Type]bool{}
	var walk func(t types.Type)
	walk = func(t types.Type) {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		if seen[t] || len(list) > maxCompletions {
			return
		}
		seen[t] = true
		set := types.NewMethodSet(t)
		if _, isInterface := t.Underlying().(*types.Interface); !isInterface {
			set = types.NewMethodSet(types.NewPointer(t))
		}
		for i := range set.Len() {
			if o := set.At(i).Obj(); o.Exported() || o.Pkg() == l.own.pkg {
				list = append(list, l.completion(o))
			}
		}
		if s, ok := t.Underlying().(*types.Struct); ok {
			for f := range s.Fields() {
				if f.Exported() || f.Pkg() == l.own.pkg {
					list = append(list, l.completion(f))
				}
				if f.Embedded() {
					walk(f.Type())
				}
			}
		}
	}
	walk(t)
	return list
}

// scope is what is declared where l looks, and the packages there are.
func (l *look) scope() (list []Completion) {
	inner := l.own.pkg.Scope().Innermost(l.at)
	if inner == nil {
		inner = l.own.pkg.Scope()
	}
	for s := inner; s != nil; s = s.Parent() {
		for _, name := range s.Names() {
			o := s.Lookup(name)
			if local := s.Parent() != nil && s != l.own.pkg.Scope() && o.Pos() > l.at && o.Pkg() == l.own.pkg; !local {
				list = append(list, l.completion(o))
			}
		}
	}
	for _, path := range l.lib.Paths() {
		if name := path[strings.LastIndexByte(path, '/')+1:]; pathOf(name, l.lib.Paths()) == path {
			list = append(list, Completion{Name: name, Kind: "package", Detail: path})
		}
	}
	return list
}

func (l *look) completion(o types.Object) Completion {
	own := types.RelativeTo(l.own.pkg)
	short := func(p *types.Package) string {
		if own(p) == "" {
			return ""
		}
		return p.Name()
	}
	c := Completion{Name: o.Name(), Kind: "variable", Detail: types.TypeString(o.Type(), short), Key: keyOf(o)}
	switch o := o.(type) {
	case *types.Func:
		c.Kind = "function"
		c.Detail = strings.TrimPrefix(c.Detail, "func")
		if o.Signature().Recv() != nil {
			c.Kind = "method"
		}
	case *types.Builtin:
		c.Kind, c.Detail = "function", "built in"
	case *types.TypeName:
		c.Kind, c.Detail = "type", types.TypeString(o.Type().Underlying(), short)
	case *types.Const:
		c.Kind = "constant"
		c.Detail += " = " + o.Val().String()
	case *types.PkgName:
		c.Kind, c.Detail = "package", o.Imported().Path()
	case *types.Nil:
		c.Kind, c.Detail = "constant", ""
	case *types.Var:
		if o.IsField() {
			c.Kind = "field"
		}
	}
	if o.Pkg() == l.own.pkg {
		c.Doc = l.explained(o.Pos())
	}
	if len(c.Detail) > 300 {
		c.Detail = c.Detail[:300] + " …"
	}
	return c
}

// keyOf is what the documentation of something in the library is found under.
func keyOf(o types.Object) string {
	if p, ok := o.(*types.PkgName); ok {
		return p.Imported().Path()
	}
	if o.Pkg() == nil {
		return "builtin." + o.Name()
	}
	key := o.Pkg().Path() + "."
	if f, ok := o.(*types.Func); ok && f.Signature().Recv() != nil {
		t := f.Signature().Recv().Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if n, ok := t.(*types.Named); ok {
			key += n.Obj().Name() + "."
		}
	}
	return key + o.Name()
}

// explained is the comment of the declaration at pos.
func (l *look) explained(pos token.Pos) (text string) {
	for _, d := range l.files[0].Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.Pos() == pos {
				return d.Doc.Text()
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if s.Pos() == pos {
					return d.Doc.Text()
				}
			}
		}
	}
	return ""
}

// Hover says what the word at a byte offset is; nil if there is none that
// means something.
func Hover(name string, text []byte, offset int, lib *std.Library) (found *Completion) {
	defer func() { _ = recover() }() // go/types meets what nobody would write
	l := lookAt(name, text, offset, lib)
	if l == nil {
		return nil
	}
	defer l.forget()
	ast.Inspect(l.files[0], func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Pos() <= l.at && l.at < id.End() {
			o := l.own.info.ObjectOf(id)
			if o == nil {
				o = l.own.info.Implicits[id]
			}
			if o != nil {
				c := l.completion(o)
				found = &c
			}
		}
		return found == nil
	})
	return found
}

// pathOf is the package that a name in a program most likely means; "" if
// there is none.
func pathOf(name string, paths []string) string {
	if path, ok := preferred[name]; ok {
		name = path
	}
	best := ""
	for _, p := range paths {
		if (p == name || strings.HasSuffix(p, "/"+name)) && (best == "" || len(p) < len(best)) {
			best = p
		}
	}
	return best
}

// preferred are the packages that people mean by names that several have.
var preferred = map[string]string{"rand": "math/rand", "template": "text/template", "scanner": "text/scanner"}
