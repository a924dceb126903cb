// Package compile turns typed SSA into bytecode: functions, type descriptors,
// itabs and constants of a package become one code.Object. It knows Go's
// types and layouts; it does not know how instructions are run.
package compile

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// ErrTooLarge is what is wrong with a function whose frame no instruction could
// address: a limit of the machine's, and not a fault of the compiler's.
var ErrTooLarge = errors.New("the function's frame is too large")

// An Error is a function that could not be compiled, and where it is.
type Error struct {
	Pos token.Position
	Err error
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %v", e.Pos, e.Err) }

// Unwrap implements what errors.Is asks.
func (e *Error) Unwrap() error { return e.Err }

// Options say what a compilation may assume.
type Options struct {
	// Linknames maps "pkg.name" to the symbol a //go:linkname gives it.
	Linknames map[string]string
	// Native reports that a function with a body is left out, so that the
	// linker binds its symbol to a native.
	Native func(sym string) bool
	// NativeAt, if set, says where Go's runtime implements a function that has
	// no body here, so that tracebacks can say it too; a stub with that
	// position is compiled. Without it the linker makes up stubs.
	NativeAt func(sym string) (file string, line int)
	// Wrapper, if set, reports further functions to mark as code.Wrapper.
	Wrapper func(sym string) bool
	// User marks the functions of these packages as the reader's own and
	// records where their variables are.
	User map[*types.Package]bool
}

// A compiler holds what the functions of one object share.
type compiler struct {
	prog  *ssa.Program
	fset  *token.FileSet
	opt   Options
	local map[*ssa.Package]bool // compiled into this object
	sizes types.Sizes
	obj   *code.Object

	queue    []*ssa.Function
	all      []*ssa.Function // that were ever queued, in order
	queued   map[*ssa.Function]bool
	data     map[string]bool // data symbols emitted
	typeSym  map[types.Type]string
	owners   map[*types.TypeName][]types.Type
	numbered map[*types.Package]bool   // whose local types are in numbers
	numbers  map[token.Pos]int         // of local types, see localNumber
	offsets  map[*types.Struct][]int64 // of fields
	current  *ssa.Function             // being compiled
	qualify  types.Qualifier
	after    []func() // parts of the descriptor being written that follow its UncommonType
}

// Packages compiles the given packages, whose bodies are built, into an object.
// Functions of other packages are referred to by symbol, but instances of
// generic ones and wrappers are compiled here, as DupOK.
func Packages(prog *ssa.Program, pkgs []*ssa.Package, opt Options) (*code.Object, error) {
	c := &compiler{
		prog:     prog,
		fset:     prog.Fset,
		opt:      opt,
		local:    map[*ssa.Package]bool{},
		sizes:    types.SizesFor("gc", "amd64"),
		obj:      &code.Object{},
		queued:   map[*ssa.Function]bool{},
		data:     map[string]bool{},
		typeSym:  map[types.Type]string{},
		owners:   map[*types.TypeName][]types.Type{},
		numbered: map[*types.Package]bool{},
		numbers:  map[token.Pos]int{},
		offsets:  map[*types.Struct][]int64{},
		qualify:  func(p *types.Package) string { return p.Path() },
	}
	for _, p := range pkgs {
		c.local[p] = true
		c.obj.Path = p.Pkg.Path()
	}
	for _, p := range pkgs {
		c.members(p)
	}
	for len(c.queue) > 0 {
		fn := c.queue[0]
		c.queue = c.queue[1:]
		if err := c.function(fn); err != nil {
			return nil, err
		}
	}
	return c.obj, nil
}

// members queues everything a package declares.
func (c *compiler) members(p *ssa.Package) {
	names := make([]string, 0, len(p.Members))
	for name := range p.Members {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		switch m := p.Members[name].(type) {
		case *ssa.Function:
			c.want(m)
		case *ssa.Global:
			c.global(m)
		case *ssa.Type:
			c.methods(m.Type())
		}
	}
}

// methods queues the methods that a named type declares.
func (c *compiler) methods(t types.Type) {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.TypeParams().Len() > 0 || types.IsInterface(t) {
		return
	}
	for m := range named.Methods() {
		if fn := c.prog.FuncValue(m); fn != nil {
			c.want(fn)
		}
	}
}

func (c *compiler) global(g *ssa.Global) {
	t := g.Type().Underlying().(*types.Pointer).Elem()
	sym := c.globalSym(g)
	if c.data[sym] {
		return
	}
	c.data[sym] = true
	c.obj.Data = append(c.obj.Data, &code.Data{
		Sym: sym, Size: uint64(c.sizes.Sizeof(t)), Align: uint8(c.sizes.Alignof(t)), Type: c.typeDesc(t),
	})
}

// want makes sure that fn's body is in this object, or known to be in another,
// and returns its symbol.
func (c *compiler) want(fn *ssa.Function) string {
	sym := c.funcSym(fn)
	if c.queued[fn] || isGeneric(fn) || !c.here(fn) {
		return sym
	}
	if fn.Blocks == nil || c.opt.Native != nil && c.opt.Native(sym) {
		c.queued[fn] = true
		c.stub(fn, sym)
		return sym
	}
	c.queued[fn] = true
	c.queue, c.all = append(c.queue, fn), append(c.all, fn)
	return sym
}

// stub adds the function that runs the native sym.
func (c *compiler) stub(fn *ssa.Function, sym string) {
	if c.opt.NativeAt == nil || fn.Pkg == nil {
		return
	}
	f := code.NativeStub(sym)
	f.Name = sym
	pos := c.fset.Position(fn.Pos())
	f.File, f.Line = pos.Filename, int32(pos.Line)
	if file, line := c.opt.NativeAt(sym); file != "" {
		f.File, f.Line = file, int32(line)
	}
	c.params(f, fn)
	f.Results = uint16(c.slots(fn.Signature.Results()))
	c.obj.Funcs = append(c.obj.Funcs, f)
}

// params notes how many slots the parameters take.
func (c *compiler) params(f *code.Func, fn *ssa.Function) {
	for _, p := range fn.Params {
		n := uint16(min(c.slots(p.Type()), maxSlots))
		f.Params += n
		if n > 0 {
			f.Args = append(f.Args, n)
		}
	}
}

// here reports whether fn belongs into this object.
func (c *compiler) here(fn *ssa.Function) bool {
	if fn.Pkg == nil || c.local[fn.Pkg] {
		return true
	}
	return shared(fn)
}

// shared reports whether any object may hold a copy of fn: it is an instance,
// a wrapper, or inside one.
func shared(fn *ssa.Function) bool {
	for f := fn; f != nil; f = f.Parent() {
		if f.Pkg == nil || len(f.TypeArgs()) > 0 || (f.Synthetic != "" && f.Synthetic != "package initializer" && f.Parent() == nil) {
			return true
		}
	}
	return false
}

// isGeneric reports whether fn has type parameters left.
func isGeneric(fn *ssa.Function) bool {
	if tp := fn.TypeParams(); tp.Len() > 0 && len(fn.TypeArgs()) == 0 {
		return true
	}
	if recv := fn.Signature.Recv(); recv != nil && hasTypeParam(recv.Type()) {
		return true
	}
	return fn.Parent() != nil && isGeneric(fn.Parent())
}

func hasTypeParam(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	for arg := range named.TypeArgs().Types() {
		if _, ok := types.Unalias(arg).(*types.TypeParam); ok {
			return true
		}
	}
	return named.TypeParams().Len() > 0 && named.TypeArgs().Len() == 0
}
