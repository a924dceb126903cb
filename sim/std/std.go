// Package std is the standard library as the engine sees it: types for the
// front end and compiled code for the linker, both from an image that package
// build made. It knows how the image is written, not how it comes to be.
//
// The image holds each package's sources cut down to what importers can see:
// declarations without bodies, and generic functions whole, since each program
// instantiates its own. Types are made by checking these, so a package has one
// identity however it is reached, and a program pays for what it imports.
package std

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"

	"gopark/sim/code"
)

// GoVersion is the language version of library and programs.
const GoVersion = "go1.26"

// Sizes are those of the simulated machine.
var Sizes = types.SizesFor("gc", "amd64")

// A Library is an opened image.
type Library struct {
	// Fset holds the positions of everything that was imported. Programs
	// that use the library share it.
	Fset *token.FileSet

	index     *index
	source    Source
	paths     []string
	packages  map[string]*stored // of the parts that were opened
	linknames map[string]string
	archives  *code.Archives
	imported  map[string]*Package
}

// A Source has the parts that are not in the image's own file.
type Source interface {
	// Parts returns parts by their names, in that order.
	Parts(names []string) ([][]byte, error)
}

// Open reads an image whose parts are all in it.
func Open(b []byte) (*Library, error) { return OpenParts(b, nil) }

// OpenParts reads an image and opens its first part; source has those that are
// not in it. It keeps b.
func OpenParts(b []byte, source Source) (*Library, error) {
	x, err := readIndex(b)
	if err != nil {
		return nil, err
	}
	l := &Library{
		Fset: token.NewFileSet(), index: x, source: source,
		packages: map[string]*stored{}, linknames: map[string]string{},
		archives: code.NewArchives(), imported: map[string]*Package{},
	}
	for _, path := range sortedKeys(x.packages) {
		if x.packages[path].public {
			l.paths = append(l.paths, path)
		}
	}
	return l, l.open(x.parts[0])
}

// Need makes ready what programs that import paths need: parts that were not
// opened yet, fetched all at once.
func (l *Library) Need(paths ...string) error {
	var parts, fetch []*part
	seen := map[string]bool{}
	var need func(path string)
	need = func(path string) {
		p := l.index.packages[path]
		if p == nil || seen[path] {
			return
		}
		seen[path] = true
		for _, q := range p.needs {
			need(q)
		}
		if at := l.index.parts[p.part]; !at.opened && !slices.Contains(parts, at) {
			parts = append(parts, at)
			if at.bytes == nil {
				fetch = append(fetch, at)
			}
		}
	}
	for _, path := range paths {
		need(path)
	}
	if err := l.fetch(fetch); err != nil {
		return err
	}
	for _, p := range parts {
		if err := l.open(p); err != nil {
			return err
		}
	}
	return nil
}

// fetch gets parts from the source.
func (l *Library) fetch(parts []*part) error {
	if len(parts) == 0 {
		return nil
	}
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	if l.source == nil {
		return fmt.Errorf("standard library: part %s is in no file at hand", names[0])
	}
	got, err := l.source.Parts(names)
	if err != nil {
		return fmt.Errorf("standard library: %w", err)
	}
	for i, p := range parts {
		if hashOf(got[i]) != p.hash {
			return fmt.Errorf("standard library: part %s is damaged", p.name)
		}
		p.bytes = got[i]
	}
	return nil
}

// open reads a part.
func (l *Library) open(p *part) error {
	packages, archive, err := readPart(p.bytes, l.linknames)
	if err == nil && len(archive) > 0 {
		var a *code.Archive
		if a, err = code.OpenArchive(archive); err == nil {
			l.archives.Add(a)
		}
	}
	if err != nil {
		return fmt.Errorf("standard library: part %s: %w", p.name, err)
	}
	for _, st := range packages {
		l.packages[st.path] = st
	}
	p.opened = true
	return nil
}

// A Package is an imported package of the library.
type Package struct {
	Types *types.Package
	// Files and Info are set for packages with generic functions: go/ssa
	// instantiates their bodies. Other bodies are absent.
	Files []*ast.File
	Info  *types.Info
	// Imports are what the cut-down sources import, in order.
	Imports []*Package
}

// Paths lists what programs may import, sorted.
func (l *Library) Paths() []string { return l.paths }

// Linknames maps symbols of the library's declarations to those that
// //go:linkname gives them, for the parts that were opened.
func (l *Library) Linknames() map[string]string { return l.linknames }

// Archives is the compiled code of the parts that were opened.
func (l *Library) Archives() *code.Archives { return l.archives }

// Has reports whether path is in the image, importable or not.
func (l *Library) Has(path string) bool { return l.index.packages[path] != nil }

// Import returns package path, and the same one each time.
func (l *Library) Import(path string) (*Package, error) {
	if path == "unsafe" {
		return &Package{Types: types.Unsafe}, nil
	}
	if p, ok := l.imported[path]; ok {
		if p == nil {
			return nil, fmt.Errorf("standard library: %s imports itself", path)
		}
		return p, nil
	}
	if err := l.Need(path); err != nil {
		return nil, err
	}
	st := l.packages[path]
	if st == nil {
		return nil, fmt.Errorf("package %s is not in the standard library", path)
	}
	l.imported[path] = nil
	p, err := l.check(st)
	if err != nil {
		delete(l.imported, path)
		return nil, err
	}
	l.imported[path] = p
	return p, nil
}

// check parses and type-checks a stored package.
func (l *Library) check(st *stored) (*Package, error) {
	p := &Package{}
	for _, f := range st.files {
		syntax, err := parser.ParseFile(l.Fset, f.name, f.text, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("standard library: %w", err)
		}
		p.Files = append(p.Files, syntax)
		for _, imp := range syntax.Imports {
			if err := l.addImport(p, imp.Path.Value[1:len(imp.Path.Value)-1]); err != nil {
				return nil, err
			}
		}
	}
	info := NewInfo()
	conf := types.Config{
		Importer:         imports{l},
		Sizes:            Sizes,
		GoVersion:        GoVersion,
		IgnoreFuncBodies: !st.generic,
	}
	var err error
	if p.Types, err = conf.Check(st.path, l.Fset, p.Files, info); err != nil {
		return nil, fmt.Errorf("standard library: %w", err)
	}
	DropUnsafe(p.Types)
	if st.generic {
		p.Info = info
	} else {
		p.Files = nil
	}
	return p, nil
}

func (l *Library) addImport(p *Package, path string) error {
	imp, err := l.Import(path)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(p.Imports, func(q *Package) bool { return q.Types == imp.Types }) {
		p.Imports = append(p.Imports, imp)
	}
	return nil
}

// NewInfo returns the tables that go/ssa needs.
func NewInfo() *types.Info {
	return &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		Scopes:       map[ast.Node]*types.Scope{},
		Instances:    map[*ast.Ident]types.Instance{},
		FileVersions: map[*ast.File]string{},
	}
}

// imports is the importer for the library's own packages.
type imports struct{ l *Library }

func (i imports) Import(path string) (*types.Package, error) {
	p, err := i.l.Import(path)
	if err != nil {
		return nil, err
	}
	return p.Types, nil
}

// DropUnsafe takes unsafe out of pkg's imports: go/ssa would call its init,
// which nobody defines.
func DropUnsafe(pkg *types.Package) {
	pkg.SetImports(slices.DeleteFunc(slices.Clone(pkg.Imports()), func(p *types.Package) bool { return p == types.Unsafe }))
}
