// Package load turns source text into typed SSA: it parses, checks and
// translates a program, with positions and messages for every mistake. It knows
// Go's front end and where the standard library's types come from; it knows
// nothing of bytecode.
package load

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/std"
)

// MaxDiagnostics is how many mistakes are reported at most.
const MaxDiagnostics = 50

// A File is one source file.
type File struct {
	Name string // as tracebacks and diagnostics show it
	Text []byte
	// Package is the import path of the package it belongs to; empty for
	// the program's own, main. A path of the standard library wins.
	Package string
}

// A Diagnostic is a mistake in the reader's source.
type Diagnostic struct {
	File               string
	Line, Column       int // from 1; columns count bytes
	EndLine, EndColumn int // just behind the end; 0: unknown
	Message            string
}

// String is the diagnostic as go vet prints it.
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message)
}

// A Result is a program ready for compiling.
type Result struct {
	Prog  *ssa.Program
	Main  *ssa.Package
	Fset  *token.FileSet
	Files []*ast.File // of the main package
	Info  *types.Info // of the main package
	// Compile lists the packages that need compiling, each after those it
	// imports, main last: what else the program reaches is in the library's
	// archive, but for instances of its generic functions.
	Compile []*ssa.Package
	// Linknames maps "pkg.name" to the symbol that //go:linkname gives it,
	// in the program and in the library.
	Linknames map[string]string
}

// Program loads the program made of files; the first is of package main. With
// diagnostics there is no result.
func Program(files []File, lib *std.Library) (result *Result, diags []Diagnostic) {
	c := &checker{lib: lib}
	defer c.recovered(files, func() { result, diags = nil, c.diagnostics() })
	pkg := c.check(files)
	if len(c.diags) > 0 {
		c.forget()
		return nil, c.diagnostics()
	}
	result = c.build(pkg)
	return result, nil
}

// Check returns the mistakes in files and builds nothing.
func Check(files []File, lib *std.Library) (diags []Diagnostic) {
	c := &checker{lib: lib}
	defer c.recovered(files, func() { diags = c.diagnostics() })
	c.check(files)
	c.forget()
	return c.diagnostics()
}

// A checker checks one program.
type checker struct {
	lib *std.Library

	texts   map[string][]byte
	files   []*ast.File    // of all packages
	own     []*source      // packages of the program, main first
	done    []*source      // checked, each after what it imports
	library []*std.Package // imported, each after what it imports
	known   map[*std.Package]bool

	badImports map[token.Pos]bool // reported already
	diags      []Diagnostic
}

// check parses and type-checks. It returns nil if the package can't be used.
func (c *checker) check(files []File) *types.Package {
	c.texts = map[string][]byte{}
	c.known = map[*std.Package]bool{}
	c.badImports = map[token.Pos]bool{}
	if !c.parse(files) {
		return nil
	}
	main := c.own[0]
	for _, f := range main.files {
		if f.Name.Name != "main" {
			c.report(f.Name.Pos(), fmt.Sprintf("package %s is not a program: it must be package main", f.Name.Name))
		}
	}
	c.checkPackage(main)
	if len(c.diags) == 0 && main.pkg.Scope().Lookup("main") == nil {
		c.report(main.files[0].Name.Pos(), "function main is undeclared in the main package")
	}
	return main.pkg
}

// checkPackage type-checks a package of the program, after those it imports.
func (c *checker) checkPackage(s *source) {
	s.entered = true
	for _, f := range s.files {
		c.checkFile(f)
	}
	c.fetch(s)
	s.info = std.NewInfo()
	conf := types.Config{
		Importer:  userImports{c},
		Sizes:     std.Sizes,
		GoVersion: std.GoVersion,
		Error:     c.typeError,
	}
	s.pkg, _ = conf.Check(s.path, c.lib.Fset, s.files, s.info)
	std.DropUnsafe(s.pkg)
	c.done = append(c.done, s)
	if len(c.diags) == 0 {
		c.checkGlobals(s.pkg)
		c.checkInstances(s)
	}
	if len(c.diags) == 0 {
		orderMapLiterals(s)
	}
}

// A source is a package of the program.
type source struct {
	path    string
	files   []*ast.File
	entered bool // being checked, or done
	pkg     *types.Package
	info    *types.Info
}

// source returns the package with that path, a new one if need be.
func (c *checker) source(path string) *source {
	for _, s := range c.own {
		if s.path == path {
			return s
		}
	}
	c.own = append(c.own, &source{path: path})
	return c.own[len(c.own)-1]
}

// parse reads all files and reports whether they can be checked.
func (c *checker) parse(files []File) bool {
	size := 0
	for _, f := range files {
		size += len(f.Text)
	}
	if size > maxSource {
		c.diags = append(c.diags, Diagnostic{File: files[0].Name, Line: 1, Column: 1,
			Message: fmt.Sprintf("the program has %d bytes of source; at most %d are read", size, maxSource)})
		return false
	}
	if len(files) == 0 {
		c.diags = append(c.diags, Diagnostic{Line: 1, Column: 1, Message: "no Go files"})
		return false
	}
	for _, f := range files {
		c.texts[f.Name] = f.Text
		syntax, err := parser.ParseFile(c.lib.Fset, f.Name, f.Text,
			parser.ParseComments|parser.AllErrors|parser.SkipObjectResolution)
		c.syntaxErrors(f.Name, err)
		if syntax != nil {
			c.files = append(c.files, syntax)
			pkg := c.source(cmp.Or(f.Package, "main"))
			pkg.files = append(pkg.files, syntax)
		}
	}
	if len(c.diags) == 0 {
		c.checkBounds()
	}
	if len(c.diags) == 0 && c.own[0].path != "main" {
		c.report(c.files[0].Name.Pos(), "the first file does not belong to the program's main package")
	}
	return len(c.diags) == 0
}

// syntaxErrors reports what the parser found, one mistake a line.
func (c *checker) syntaxErrors(name string, err error) {
	list, ok := err.(scanner.ErrorList)
	if !ok && err != nil {
		c.diags = append(c.diags, Diagnostic{File: name, Line: 1, Column: 1, Message: err.Error()})
	}
	list.RemoveMultiples()
	for _, e := range list {
		c.add(e.Pos, e.Msg)
	}
}

// checkFile reports what go/types leaves to its callers.
func (c *checker) checkFile(f *ast.File) {
	linknames := linknamesOf(f)
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if ok && fn.Body == nil && linknames[fn.Name.Name] == "" && fn.Name.Name != "init" && fn.Name.Name != "main" {
			c.report(fn.Name.Pos(), "missing function body")
		}
	}
	for _, imp := range f.Imports {
		path := strings.Trim(imp.Path.Value, "\"`")
		if why := c.unavailable(path); why != "" {
			c.badImports[imp.Path.Pos()] = true
			c.report(imp.Path.Pos(), why)
		}
	}
}

// typeError takes what go/types found. Lines that start with a tab explain the
// error before.
func (c *checker) typeError(err error) {
	e, ok := err.(types.Error)
	if !ok {
		return
	}
	if more, ok := strings.CutPrefix(e.Msg, "\t"); ok {
		if n := len(c.diags); n > 0 {
			p := c.lib.Fset.Position(e.Pos)
			c.diags[n-1].Message += fmt.Sprintf("\n\t%s:%d:%d: %s", p.Filename, p.Line, p.Column, more)
		}
		return
	}
	if !c.badImports[e.Pos] {
		c.report(e.Pos, e.Msg)
	}
}

// build translates the checked package.
func (c *checker) build(pkg *types.Package) *Result {
	prog := ssa.NewProgram(c.lib.Fset, ssa.InstantiateGenerics)
	for _, p := range c.library {
		if p.Types != types.Unsafe {
			prog.CreatePackage(p.Types, p.Files, p.Info, true)
		}
	}
	names := maps.Clone(c.lib.Linknames())
	r := &Result{Prog: prog, Fset: c.lib.Fset, Files: c.own[0].files, Info: c.own[0].info, Linknames: names}
	for _, s := range c.done {
		p := prog.CreatePackage(s.pkg, s.files, s.info, true)
		p.SetDebugMode(true)
		r.Compile = append(r.Compile, p)
		for _, f := range s.files {
			for local, to := range linknamesOf(f) {
				names[s.path+"."+local] = to
			}
		}
	}
	own := initOrder(c.done[:len(c.done)-1])
	pkg.SetImports(append(slices.DeleteFunc(slices.Clone(pkg.Imports()), func(p *types.Package) bool { return slices.Contains(own, p) }), own...))
	for _, p := range r.Compile {
		p.Build()
		if p.Pkg == pkg {
			r.Main = p
		}
	}
	return r
}

// initOrder lists the program's own packages in the order of initialisation:
// time and again the first by import path of those whose imports are done.
// go/ssa's package initializer calls those of its imports in their order.
func initOrder(own []*source) (order []*types.Package) {
	ready := func(p *types.Package) bool {
		return !slices.Contains(order, p) && !slices.ContainsFunc(p.Imports(), func(q *types.Package) bool {
			return slices.ContainsFunc(own, func(s *source) bool { return s.pkg == q }) && !slices.Contains(order, q)
		})
	}
	byPath := slices.SortedFunc(slices.Values(own), func(a, b *source) int { return cmp.Compare(a.path, b.path) })
	for range own {
		if i := slices.IndexFunc(byPath, func(s *source) bool { return ready(s.pkg) }); i >= 0 {
			order = append(order, byPath[i].pkg)
		}
	}
	return order
}

// linknamesOf returns the two-operand //go:linkname lines of a file.
func linknamesOf(f *ast.File) map[string]string {
	m := map[string]string{}
	for _, g := range f.Comments {
		for _, line := range g.List {
			rest, ok := strings.CutPrefix(line.Text, "//go:linkname ")
			if w := strings.Fields(rest); ok && len(w) == 2 {
				m[w[0]] = w[1]
			}
		}
	}
	return m
}
