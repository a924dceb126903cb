package build

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/std"
)

// A Package is one package of the library, typed and in SSA form.
type Package struct {
	Path  string
	Types *types.Package
	Info  *types.Info
	SSA   *ssa.Package
	// Linknames maps the package's symbols ("sync.throw") to the names that
	// //go:linkname gives them, where they differ.
	Linknames map[string]string

	src *source
}

// A Library is the standard library from source.
type Library struct {
	Fset     *token.FileSet
	Prog     *ssa.Program
	Packages []*Package // imported ones first; a package's imports in order of their paths
	byPath   map[string]*Package
	reader   *reader
	errs     []error
	places   map[string]token.Position // of natives in Go's runtime, by symbol
}

// Mode is how all SSA of Gopark is built.
const Mode = ssa.InstantiateGenerics

// Load reads, checks and translates the packages named and all they import.
func Load(goroot string, paths []string) (*Library, error) {
	fset := token.NewFileSet()
	l := &Library{
		Fset:   fset,
		Prog:   ssa.NewProgram(fset, Mode),
		byPath: map[string]*Package{},
		reader: &reader{context(goroot), fset},
	}
	for _, p := range paths {
		if _, err := l.load(p, nil); err != nil {
			l.errs = append(l.errs, err)
		}
	}
	if len(l.errs) > 0 {
		return l, errors.Join(l.errs...)
	}
	for _, p := range l.Packages {
		p.SSA = l.Prog.CreatePackage(p.Types, p.src.files, p.Info, true)
	}
	for _, p := range l.Packages {
		p.SSA.Build()
	}
	return l, nil
}

// Package returns the loaded package path, or nil.
func (l *Library) Package(path string) *Package { return l.byPath[path] }

func (l *Library) load(path string, from []string) (*Package, error) {
	if p, ok := l.byPath[path]; ok {
		if p == nil {
			return nil, fmt.Errorf("import cycle: %s", strings.Join(append(from, path), " → "))
		}
		return p, nil
	}
	l.byPath[path] = nil
	src, err := l.reader.read(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", strings.Join(append(from, path), " → "), err)
	}
	from = append(from[:len(from):len(from)], path)
	for _, imp := range src.imports {
		if imp == "unsafe" {
			continue
		}
		if _, err := l.load(imp, from); err != nil {
			return nil, err
		}
	}
	p := l.check(src)
	l.byPath[path] = p
	l.Packages = append(l.Packages, p)
	return p, nil
}

// check type-checks src, whose imports are loaded. Mistakes go to l.errs.
func (l *Library) check(src *source) *Package {
	info := std.NewInfo()
	conf := types.Config{
		Importer:  importer(l.byPath),
		Sizes:     std.Sizes,
		GoVersion: std.GoVersion,
		Error:     func(err error) { l.errs = append(l.errs, err) },
	}
	pkg, _ := conf.Check(src.path, l.Fset, src.files, info)
	std.DropUnsafe(pkg)
	return &Package{Path: src.path, Types: pkg, Info: info, src: src, Linknames: src.linknames}
}

// importer finds what is loaded already.
type importer map[string]*Package

func (m importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := m[path]; p != nil {
		return p.Types, nil
	}
	return nil, fmt.Errorf("package %s is not loaded", path)
}

// linknames reads the //go:linkname lines of a package: GOROOT's for names
// that the overlay leaves alone, and the overlay's. A line with one operand
// only permits others to name the symbol and is skipped.
func linknames(path string, goroot []*ast.File, l *laid) map[string]string {
	m := map[string]string{}
	for _, f := range goroot {
		for local, to := range LinknamesOf(f) {
			if !l.names[local] {
				m[path+"."+local] = to
			}
		}
	}
	for _, f := range l.files {
		for local, to := range LinknamesOf(f) {
			m[path+"."+local] = to
		}
	}
	for local, to := range m {
		if local == to {
			delete(m, local)
		}
	}
	return m
}

// LinknamesOf returns the two-operand //go:linkname lines of a file.
func LinknamesOf(f *ast.File) map[string]string {
	m := map[string]string{}
	for _, g := range f.Comments {
		for _, c := range g.List {
			rest, ok := strings.CutPrefix(c.Text, "//go:linkname ")
			if w := strings.Fields(rest); ok && len(w) == 2 {
				m[w[0]] = w[1]
			}
		}
	}
	return m
}
