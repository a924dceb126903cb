package compile

import (
	"errors"
	"fmt"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// A function is one function being compiled.
type function struct {
	*compiler
	fn  *ssa.Function
	out *code.Func

	// Decided before emission.
	info  map[ssa.Value]*value
	roots []*value // values with slots of their own, in order of definition
	pos   map[ssa.Instruction]int
	first []int // position of each block's first instruction, and the end
	frame int   // slots of values, header included

	loops   []*loop // the outermost loop that each block is in; nil if there is none
	held    int     // constants that loops want held
	holding bool    // they have slots

	// While emitting.
	temps      int // temporaries the last emission needed
	tempTop    int // next free one of this instruction
	reserve    int // temporaries between the values and outgoing calls
	line       int32
	moved      bool // //line directives move the lines of the file
	block      *ssa.BasicBlock
	body       uint32   // first pc behind the prologue
	starts     []int32  // pc of each block
	pcs        []uint32 // pc of each instruction, by position
	jumps      []jump
	consts     map[code.Const]int32
	lostDefers bool // deferred calls are run without a RunDefers in the SSA
	far        bool // 16-bit jumps don't reach
	barrier    int  // no instruction before this pc may be changed: something jumps here
	err        error
}

// A jump is an instruction whose target is not known yet.
type jump struct {
	at    int
	block int // index of the target block
	short bool
}

// maxSlots bounds frame and outgoing slots together.
const maxSlots = 60000

var errFrame = fmt.Errorf("%w: its variables and temporaries need more than %d words; let make or new allocate what is large", ErrTooLarge, maxSlots)

var errFar = errors.New("jump too far")

// function compiles fn and adds it to the object.
func (c *compiler) function(fn *ssa.Function) error {
	c.current = fn
	f := &function{compiler: c, fn: fn}
	f.readLate()
	if err := f.analyse(); err != nil {
		return f.wrong(err)
	}
	for {
		err := f.emitAll()
		if errors.Is(err, errFar) && !f.far {
			f.far = true
			f.analyse() // comparisons are no longer part of their jumps
			continue
		}
		if err != nil {
			return f.wrong(err)
		}
		if !f.hold() && f.temps <= f.reserve {
			break
		}
		f.reserve = max(f.reserve, f.temps)
	}
	code.Chain(f.out.Code)
	c.obj.Funcs = append(c.obj.Funcs, f.out)
	return nil
}

func (f *function) wrong(err error) error {
	return &Error{f.fset.Position(f.fn.Pos()), fmt.Errorf("%s: %w", f.fn, err)}
}

// emitAll emits the whole function once, with the present reserve of
// temporaries; if that was too small the result is thrown away.
func (f *function) emitAll() error {
	fn := f.fn
	start := fn.Pos()
	if fn.Synthetic == packageInit {
		start = firstPos(fn)
	}
	f.moved = f.movedBy(start)
	pos := f.inFile(start)
	f.out = &code.Func{Sym: f.funcSym(fn), Name: f.traceName(fn), File: pos.Filename, Line: int32(pos.Line), Recover: -1}
	f.flags()
	f.starts = make([]int32, len(fn.Blocks))
	f.jumps, f.pcs = f.jumps[:0], f.pcs[:0]
	f.consts = map[code.Const]int32{}
	f.line, f.temps, f.err, f.barrier = int32(pos.Line), 0, nil, 0
	f.setLine()
	f.prologue()
	f.body = uint32(len(f.out.Code))
	for _, b := range fn.Blocks {
		f.block = b
		f.starts[b.Index] = int32(len(f.out.Code))
		f.barrier = len(f.out.Code)
		if b == fn.Recover {
			f.out.Recover = int32(len(f.out.Code))
		}
		defers := f.implicitDefers(b)
		for i, instr := range b.Instrs {
			if i == defers {
				f.emit(code.RunDefers, 0, 0, 0)
			}
			f.tempTop = 0
			f.pcs = append(f.pcs, uint32(len(f.out.Code)))
			f.at(f.position(b, instr))
			f.instr(instr)
		}
	}
	if f.out.Flags&code.HasDefer != 0 && fn.Recover == nil {
		f.out.Recover = int32(len(f.out.Code))
		f.emptyReturn()
	}
	if f.err != nil {
		return f.err
	}
	f.finish()
	if f.err != nil {
		return f.err
	}
	f.recordVars()
	return f.patch()
}

// position is where a traceback sees the instruction. Deferred calls run at
// the return that ends their block, or at the function's closing brace.
func (f *function) position(b *ssa.BasicBlock, instr ssa.Instruction) token.Pos {
	switch instr.(type) {
	case *ssa.RunDefers, *ssa.Return:
		if p := b.Instrs[len(b.Instrs)-1].Pos(); p.IsValid() {
			return p
		}
		if syntax := f.fn.Syntax(); syntax != nil {
			return syntax.End() - 1
		}
	}
	return instr.Pos()
}

func (f *function) flags() {
	fn := f.fn
	if shared(fn) {
		f.out.Flags |= code.DupOK
	}
	if fn.Synthetic != "" && fn.Parent() == nil && len(fn.TypeArgs()) == 0 && fn.Synthetic != packageInit {
		f.out.Flags |= code.Wrapper
	}
	if f.opt.Wrapper != nil && f.opt.Wrapper(f.out.Sym) {
		f.out.Flags |= code.Wrapper
	}
	if fn.Synthetic == packageInit || fn.Parent() == nil && strings.HasPrefix(fn.Name(), "init#") {
		f.out.Flags |= code.Initializer
	}
	if f.user() {
		f.out.Flags |= code.UserCode
	}
	if keepsArgs(fn) {
		f.out.Flags |= code.KeepsArgs
	}
	runs, stack := false, false
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch in := instr.(type) {
			case *ssa.RunDefers:
				runs = true
			case *ssa.Defer:
				f.out.Flags |= code.HasDefer
			case *ssa.Call:
				if bi, ok := in.Call.Value.(*ssa.Builtin); ok && bi.Name() == "ssa:deferstack" {
					stack = true
				}
			}
		}
	}
	if runs || stack {
		f.out.Flags |= code.HasDefer
	}
	f.lostDefers = stack && !runs
}

// user reports whether the function is the reader's own.
func (f *function) user() bool {
	root := f.fn
	for root.Parent() != nil {
		root = root.Parent()
	}
	pkg := root.Pkg
	if o := root.Origin(); pkg == nil && o != nil {
		pkg = o.Pkg
	}
	return pkg != nil && f.opt.User[pkg.Pkg]
}

// implicitDefers is the index before which block b runs deferred calls though
// go/ssa doesn't say so, -1 if none: it drops RunDefers from functions whose
// only defer statements stand in bodies of range-over-func loops. The calls
// come before the results are loaded for the return.
func (f *function) implicitDefers(b *ssa.BasicBlock) int {
	n := len(b.Instrs) - 1
	if _, ok := b.Instrs[n].(*ssa.Return); !ok || !f.lostDefers || b == f.fn.Recover {
		return -1
	}
	for n > 0 {
		load, ok := b.Instrs[n-1].(*ssa.UnOp)
		if !ok || load.Op != token.MUL {
			break
		}
		n--
	}
	return n
}

// prologue emits Enter, whose operands finish fills in, and fetches the free variables.
func (f *function) prologue() {
	f.emit(code.Enter, 0, 0, 0)
	f.params(f.out, f.fn)
	f.out.Results = uint16(f.slots(f.fn.Signature.Results()))
	if len(f.fn.FreeVars) == 0 {
		return
	}
	ctx := f.temp(1)
	f.emit(code.GetCtx, ctx, 0, 0)
	offs := f.captureOffsets()
	for i, fv := range f.fn.FreeVars {
		if v := f.info[fv]; v != nil && v.used {
			f.loadMem(v.slot, fv.Type(), ctx, offs[i])
		}
	}
}

// finish decides the frame's size.
func (f *function) finish() {
	frame := f.frame + f.reserve
	total := frame + int(f.out.Out)
	if total > maxSlots {
		f.err = errFrame
		return
	}
	f.out.Frame = uint16(frame)
	enter := &f.out.Code[0]
	enter.A, enter.B = uint16(frame), uint16(total)
	// A leaf with a small frame needs no check: it fits into the guard
	// (cmd/internal/obj/x86: auto-NOSPLIT, frames under 128 bytes).
	if f.out.Out == 0 && frame*8 < 128 {
		enter.Op = code.EnterLeaf
	}
}

// base is the slot where a called function's frame starts.
func (f *function) base() uint16 { return uint16(f.frame + f.reserve) }

// outSlots notes that a call uses n slots behind its base.
func (f *function) outSlots(n int) {
	f.out.Out = max(f.out.Out, uint16(min(n+code.HeaderSlots, 65535)))
}

// temp returns n free slots for the present instruction.
func (f *function) temp(n int) uint16 {
	s := f.frame + f.tempTop
	f.tempTop += n
	f.temps = max(f.temps, f.tempTop)
	return uint16(s)
}

func (f *function) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
}

func (f *function) emit(op code.Op, a, b, c uint16) int {
	f.out.Code = append(f.out.Code, code.Instr{Op: op, A: a, B: b, C: c})
	return len(f.out.Code) - 1
}

func (f *function) emitImm(op code.Op, a uint16, imm int32) int {
	f.out.Code = append(f.out.Code, code.Instr{Op: op, A: a}.WithImm(imm))
	return len(f.out.Code) - 1
}

// reloc makes the instruction at pc refer to sym.
func (f *function) reloc(pc int, kind code.RelocKind, sym string) {
	f.out.Relocs = append(f.out.Relocs, code.Reloc{At: uint32(pc), Kind: kind, Sym: sym})
}

// at notes the source position of what is emitted next.
func (f *function) at(p token.Pos) {
	if !p.IsValid() {
		return
	}
	pos := f.inFile(p)
	if f.moved {
		f.say(p, pos)
	}
	if int32(pos.Line) != f.line && pos.Filename == f.out.File {
		f.line = int32(pos.Line)
		f.setLine()
	}
}

func (f *function) setLine() {
	pc := uint32(len(f.out.Code))
	if n := len(f.out.Lines); n > 0 && f.out.Lines[n-1].PC == pc {
		f.out.Lines[n-1].Line = f.line
		return
	}
	f.out.Lines = append(f.out.Lines, code.LineRun{PC: pc, Line: f.line})
}

// patch fills in the jumps. One that would arrive at a jump goes where that goes.
func (f *function) patch() error {
	next := map[int]int{} // block of each unconditional jump
	for _, j := range f.jumps {
		if f.out.Code[j.at].Op == code.Jmp {
			next[j.at] = j.block
		}
	}
	for _, j := range f.jumps {
		to := f.starts[j.block]
		for range 4 { // a loop of jumps goes on for ever
			block, ok := next[int(to)]
			if !ok {
				break
			}
			to = f.starts[block]
		}
		d := to - int32(j.at) - 1
		in := &f.out.Code[j.at]
		if !j.short {
			*in = in.WithImm(d)
			continue
		}
		if d != int32(int16(d)) {
			return errFar
		}
		in.C = uint16(d)
	}
	return nil
}
