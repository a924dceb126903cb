// Package build makes the simulated machine's standard library from a GOROOT
// and the overlays: typed SSA for every package, and the image that package
// std opens. It runs natively, where the go toolchain is; the engine never
// links it.
package build

import (
	"fmt"
	"go/ast"
	gobuild "go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gopark/sim/std/overlay"
)

// Root is where the library's files claim to be, wherever they were read from:
// tracebacks must not depend on the host.
const Root = "/usr/local/go/src/"

// context selects GOROOT's portable files: the architecture has a name that
// no file is written for.
func context(goroot string) *gobuild.Context {
	c := gobuild.Default
	c.GOROOT, c.GOOS, c.GOARCH, c.Compiler = goroot, "linux", "gopark", "gc"
	c.CgoEnabled = false
	c.BuildTags = []string{"purego", "math_big_pure_go"}
	c.ToolTags = nil
	return &c
}

// A source is the syntax of one package, overlays applied.
type source struct {
	path      string
	name      string
	imports   []string // sorted
	files     []*ast.File
	texts     map[string][]byte // by file name in positions
	linknames map[string]string
	overlay   overlayStats
}

// overlayStats tell how much of a package is ours.
type overlayStats struct {
	files, lines int
	only         bool // nothing of GOROOT's is left
}

// A reader reads packages' sources.
type reader struct {
	ctxt *gobuild.Context
	fset *token.FileSet
}

// read returns package path's syntax.
func (r *reader) read(path string) (*source, error) {
	s := &source{path: path, texts: map[string][]byte{}}
	laid, err := r.readOverlay(s)
	if err != nil {
		return nil, err
	}
	if err := r.readGoroot(s, laid); err != nil {
		return nil, err
	}
	s.linknames = linknames(s.path, s.files, laid)
	s.files = append(s.files, laid.files...)
	if len(s.files) == 0 {
		return nil, fmt.Errorf("package %s has no Go files", path)
	}
	s.name = s.files[0].Name.Name
	s.imports = importsOf(s.files)
	return s, nil
}

// A laid overlay is what replaces GOROOT's declarations.
type laid struct {
	files []*ast.File
	names map[string]bool // of files, and of declarations as declNames gives them
	take  []string        // GOROOT's files that the filter would leave out
}

func (r *reader) readOverlay(s *source) (*laid, error) {
	l := &laid{names: map[string]bool{}}
	entries, err := fs.ReadDir(overlay.Files, s.path)
	if err != nil {
		return l, nil // no overlay
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") || s.path == "." {
			continue
		}
		text, err := overlay.Files.ReadFile(path.Join(s.path, e.Name()))
		if err != nil {
			return nil, err
		}
		f, err := r.parse(s, Root+s.path+"/"+e.Name(), text)
		if err != nil {
			return nil, err
		}
		s.overlay.files++
		s.overlay.lines += strings.Count(string(text), "\n")
		l.files = append(l.files, f)
		l.names[e.Name()] = true
		for _, d := range f.Decls {
			for _, n := range declNames(d) {
				l.names[n] = true
			}
		}
		for _, line := range strings.Split(string(text), "\n") {
			l.directive(s, line)
		}
	}
	return l, nil
}

// directive obeys a //gopark: line.
func (l *laid) directive(s *source, line string) {
	if line == "//gopark:only" {
		s.overlay.only = true
	}
	if rest, ok := strings.CutPrefix(line, "//gopark:drop "); ok {
		for _, n := range strings.Fields(rest) {
			l.names[n] = true
		}
	}
	if rest, ok := strings.CutPrefix(line, "//gopark:take "); ok {
		l.take = append(l.take, strings.Fields(rest)...)
	}
}

func (r *reader) readGoroot(s *source, l *laid) error {
	dir := filepath.Join(r.ctxt.GOROOT, "src", filepath.FromSlash(s.path))
	names, err := r.gorootFiles(dir, s.overlay.only, l)
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		f, err := r.parse(s, Root+s.path+"/"+name, text)
		if err != nil {
			return err
		}
		cut(f, l.names)
		s.files = append(s.files, f)
	}
	return nil
}

// gorootFiles lists the files of dir that belong to the package, sorted.
func (r *reader) gorootFiles(dir string, only bool, l *laid) ([]string, error) {
	names := l.take
	if only {
		return names, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || l.names[name] {
			continue
		}
		if ok, err := r.ctxt.MatchFile(dir, name); err == nil && ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

func (r *reader) parse(s *source, name string, text []byte) (*ast.File, error) {
	s.texts[name] = text
	return parser.ParseFile(r.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
}

// declNames names what d declares: "F", "T.method". init functions and blank
// names have none.
func declNames(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return []string{funcName(d)}
	case *ast.GenDecl:
		var names []string
		for _, spec := range d.Specs {
			names = append(names, specNames(spec)...)
		}
		return names
	}
	return nil
}

func specNames(spec ast.Spec) []string {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		return []string{spec.Name.Name}
	case *ast.ValueSpec:
		var names []string
		for _, id := range spec.Names {
			if id.Name != "_" {
				names = append(names, id.Name)
			}
		}
		return names
	}
	return nil
}

func funcName(d *ast.FuncDecl) string {
	if d.Recv == nil {
		if d.Name.Name == "init" {
			return ""
		}
		return d.Name.Name
	}
	t := ast.Unparen(d.Recv.List[0].Type)
	if p, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(p.X)
	}
	switch x := t.(type) {
	case *ast.IndexExpr:
		t = x.X
	case *ast.IndexListExpr:
		t = x.X
	}
	id, ok := t.(*ast.Ident)
	if !ok {
		return ""
	}
	return id.Name + "." + d.Name.Name
}

// cut removes from f the declarations in names, and the imports that only
// they used.
func cut(f *ast.File, names map[string]bool) {
	if len(names) == 0 {
		return
	}
	n := len(f.Decls)
	f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool {
		if fn, ok := d.(*ast.FuncDecl); ok {
			return names[funcName(fn)]
		}
		g := d.(*ast.GenDecl)
		if g.Tok == token.IMPORT {
			return false
		}
		for i, spec := range g.Specs {
			if gone := specNames(spec); len(gone) > 0 && allIn(gone, names) {
				n = -1
				if g.Tok == token.CONST {
					blank(spec) // iota goes on counting
				} else {
					g.Specs[i] = nil
				}
			}
		}
		g.Specs = slices.DeleteFunc(g.Specs, func(s ast.Spec) bool { return s == nil })
		return len(g.Specs) == 0
	})
	if n != len(f.Decls) {
		dropImports(f)
	}
}

func allIn(list []string, names map[string]bool) bool {
	return !slices.ContainsFunc(list, func(s string) bool { return !names[s] })
}

func blank(spec ast.Spec) {
	for _, id := range spec.(*ast.ValueSpec).Names {
		id.Name = "_"
	}
}

// dropImports removes the imports whose names f no longer mentions.
func dropImports(f *ast.File) {
	used := map[string]bool{}
	for _, d := range f.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := sel.X.(*ast.Ident); ok {
					used[id.Name] = true
				}
			}
			return true
		})
	}
	unused := func(s ast.Spec) bool {
		imp, ok := s.(*ast.ImportSpec)
		if !ok {
			return false
		}
		name := importName(imp)
		return name != "_" && name != "." && !used[name]
	}
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			g.Specs = slices.DeleteFunc(g.Specs, unused)
		}
	}
	f.Imports = slices.DeleteFunc(f.Imports, func(s *ast.ImportSpec) bool { return unused(s) })
}

// importName is the name that imp declares; the standard library's packages
// are named after the last element of their path that is no version.
func importName(imp *ast.ImportSpec) string {
	if imp.Name != nil {
		return imp.Name.Name
	}
	p := importPath(imp)
	base := path.Base(p)
	if base == "v2" {
		base = path.Base(path.Dir(p))
	}
	return base
}

func importPath(imp *ast.ImportSpec) string { return strings.Trim(imp.Path.Value, "\"`") }

// importsOf lists what files import, sorted, once each.
func importsOf(files []*ast.File) []string {
	var paths []string
	for _, f := range files {
		for _, imp := range f.Imports {
			paths = append(paths, importPath(imp))
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}
