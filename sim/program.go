package sim

import (
	"errors"
	"fmt"
	"go/types"
	"slices"
	"time"

	"gopark/sim/code"
	"gopark/sim/compile"
	"gopark/sim/load"
	"gopark/sim/mem"
	"gopark/sim/sched"
	"gopark/sim/std"
	"gopark/sim/vm"
)

// A Program is linked and ready to be run any number of times.
type Program struct {
	code     *code.Program
	object   *code.Object // what the reader's own source became
	inits    []string     // of the library packages it imports, in order
	osLinked bool
	times    Times
}

// Times are what the host's clock said about making a program.
type Times struct {
	Load    time.Duration // parsing, checking, SSA
	Compile time.Duration // bytecode, linking
}

// Times are how long Load took.
func (p *Program) Times() Times { return p.times }

// A File is one source file.
type File = load.File

// Load makes a program of files; the first is of package main. Mistakes in them are
// diagnostics; an error is a fault of ours or of the library's image.
func Load(lib *std.Library, files []File) (*Program, []Diagnostic, error) {
	start := time.Now()
	res, diags := load.Program(files, lib)
	if len(diags) > 0 {
		return nil, diags, nil
	}
	loaded := time.Now()
	obj, err := Compile(res)
	if e := (*compile.Error)(nil); errors.As(err, &e) && errors.Is(err, compile.ErrTooLarge) {
		return nil, []Diagnostic{{File: e.Pos.Filename, Line: e.Pos.Line, Column: e.Pos.Column, Message: e.Err.Error()}}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	p := &Program{object: obj}
	if err := p.link(lib, libraryImports(res)); err != nil {
		return nil, nil, err
	}
	p.times = Times{Load: loaded.Sub(start), Compile: time.Since(loaded)}
	return p, nil, nil
}

// libraryImports are the packages of the library that the program imports, each once.
func libraryImports(res *load.Result) []*types.Package {
	var own, imports []*types.Package
	for _, p := range res.Compile {
		own = append(own, p.Pkg)
	}
	for _, p := range own {
		for _, imp := range p.Imports() {
			if !slices.Contains(own, imp) && !slices.Contains(imports, imp) {
				imports = append(imports, imp)
			}
		}
	}
	return imports
}

// Compile turns a loaded program's own packages into an object, each function verified.
func Compile(res *load.Result) (*code.Object, error) {
	user := map[*types.Package]bool{}
	for _, p := range res.Compile {
		user[p.Pkg] = true
	}
	obj, err := compile.Packages(res.Prog, res.Compile, compile.Options{
		Linknames: res.Linknames,
		Native:    std.Native,
		User:      user,
	})
	if err != nil {
		return nil, err
	}
	for _, f := range obj.Funcs {
		if err := code.Verify(f); err != nil {
			return nil, fmt.Errorf("the compiler emitted a wrong function: %w", err)
		}
	}
	return obj, nil
}

// link joins the program's object with what it reaches of the library.
func (p *Program) link(lib *std.Library, imports []*types.Package) error {
	archives := lib.Archives()
	roots := append([]string{"main.init", "main.main", "runtime.main", "runtime.init"}, vm.Symbols()...)
	p.inits = []string{"runtime.init"}
	for _, imp := range imports {
		if imp.Path() == "unsafe" {
			continue
		}
		p.inits = append(p.inits, imp.Path()+".init")
	}
	roots = append(roots, p.inits...)
	for _, era := range sched.Eras {
		for _, row := range era.SystemTasks(true, 1) {
			roots = append(roots, row.Func)
		}
	}
	prog, err := code.Link(mem.Base, roots, p.object, archives)
	if err != nil {
		return err
	}
	if err := archives.Err(); err != nil {
		return fmt.Errorf("the standard library's image: %w", err)
	}
	p.code = prog
	_, p.osLinked = prog.Symbols["os.Args"]
	return nil
}

// Object is the compiled form of the reader's own source.
func (p *Program) Object() *code.Object { return p.object }

// MissingNatives lists the functions without a body that the program reaches
// and the virtual machine does not implement.
func (p *Program) MissingNatives() []string {
	v, err := vm.New(p.code, vm.Config{Memory: 1 << 30}, nil)
	if err != nil {
		return nil
	}
	return v.MissingNatives()
}
