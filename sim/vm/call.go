package vm

import (
	"fmt"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// Return addresses that are no instructions: what the machine does when a
// function it called itself returns.
const (
	pcGoEnd    uint32 = 0xffffff00 + iota // the goroutine's first function
	pcPanic                               // a deferred call run by a panic or Goexit
	pcRecover                             // a deferred call run after recovery
	pcPreprint                            // preprintpanic
	pcCoroEnd                             // a coroutine's function
	pcLess                                // a function whose frame begins a stack segment
)

// pendingCall is the Go function that a native asked to call.
type pendingCall struct {
	set   bool
	entry uint32
	ctx   uint64
	args  []uint64
	panic bool // raise {args[0], args[1]} instead
	coro  int  // switch to this coroutine, number + 1, instead
	exit  bool // Goexit instead
}

// funcAt returns the function around pc, or nil. A crowd of goroutines waits at few places.
func (v *VM) funcAt(pc uint32) *code.FuncInfo {
	last := &v.funcs[pc%uint32(len(v.funcs))]
	if f := *last; f != nil && f.Entry <= pc && pc < f.End {
		return f
	}
	*last = v.prog.FuncAt(pc)
	return *last
}

// frameTop returns the first slot beyond all that the current frame uses,
// outgoing arguments included. pc may be behind the function's last call.
func (v *VM) frameTop(pc uint32) uint64 {
	f := v.funcAt(pc)
	if f == nil {
		panic(trap{kind: trapBad, msg: fmt.Sprintf("pc %d outside all functions", pc)})
	}
	return uint64(f.Frame) + uint64(f.Out)
}

// push enters entry in a frame base slots above the current one.
func (v *VM) push(base uint64, entry uint32, ctx uint64, args []uint64, ret uint32) {
	v.room(v.fp + (base+1+uint64(len(args)))*8)
	v.fp += base * 8
	a := mem.Base + v.fp
	v.mem.PutU64(a, header(ret, base))
	for i, x := range args {
		v.mem.PutU64(a+8+8*uint64(i), x)
	}
	v.pc, v.ctx = entry, ctx
}

// inject calls entry on top of the current frame, to return to ret.
func (v *VM) inject(entry uint32, ctx uint64, args []uint64, ret uint32) {
	v.push(v.frameTop(v.pc-1), entry, ctx, args, ret)
}

// ret is what Ret does when it isn't a plain return.
func (v *VM) ret() {
	h := v.get(0)
	pc, base := uint32(h), h>>32
	if base*8 > v.fp || v.fp-base*8 < v.cur.Lo || v.fp-base*8 >= v.cur.Hi {
		panic(trap{kind: trapBad, msg: fmt.Sprintf("frame link %#x", h)})
	}
	if pc == pcLess {
		pc = v.lessStack()
	}
	if pc == pcGoEnd && v.rules.ExitChecks && v.checks() {
		return
	}
	v.fp -= base * 8
	if pc < v.ncode {
		v.pc = pc
		return
	}
	switch pc {
	case pcGoEnd:
		v.exitG()
	case pcPanic:
		v.deferReturned(base)
	case pcRecover:
		v.recovered()
	case pcCoroEnd:
		v.coroEnd()
	case pcPreprint:
		v.preprinted(base)
	default:
		panic(trap{kind: trapBad, msg: fmt.Sprintf("return address %#x", pc)})
	}
}

// exitG ends the current goroutine.
func (v *VM) exitG() {
	g := v.cur
	g.Status = gDead
	v.fp, v.pc = g.Lo, g.Entry
	g.Requests = append(g.Requests, task.Request{Kind: task.Exit})
	v.leave = true
}

// exitProcess ends the run.
func (v *VM) exitProcess(n int32, kind task.Kind) {
	v.cur.Requests = append(v.cur.Requests[:0], task.Request{Kind: kind, N: n})
	v.leave = true
}

// badCall is what CallClo and CallItab do when their callee isn't one.
func (v *VM) badCall(in code.Instr, op code.Op) {
	addr := v.get(in.B)
	if op == code.CallItab {
		addr += itabFun + uint64(in.C)*8
	}
	if !v.mem.Valid(addr, 8) {
		v.fault(addr)
		return
	}
	panic(trap{kind: trapBad, msg: fmt.Sprintf("call of %#x, which is no function", v.mem.U64(addr))})
}

// closureEntry returns the entry pc of function value f, not nil.
func (v *VM) closureEntry(f mem.Addr) uint32 {
	v.bytes(f, 8)
	a := v.mem.U64(f)
	if !v.isEntry(a) {
		panic(trap{kind: trapBad, msg: fmt.Sprintf("function value %#x is no closure", f)})
	}
	return uint32(a - code.TextBase)
}

func (v *VM) callSym(g *G, sym string, args []uint64) {
	a, ok := v.prog.Symbols[sym]
	if !ok || !v.isEntry(a) {
		panic(trap{kind: trapBad, msg: "the program has no function " + sym})
	}
	v.pending = pendingCall{set: true, entry: uint32(a - code.TextBase), args: args}
}

func (v *VM) callClosure(g *G, f mem.Addr, args []uint64) {
	v.pending = pendingCall{set: true, entry: v.closureEntry(f), ctx: f, args: args}
}

// goPanic raises a Go panic by a call of package runtime's sym.
func (v *VM) goPanic(sym string, args ...uint64) {
	a, ok := v.prog.Symbols[sym]
	if !ok || !v.isEntry(a) {
		v.throw("the program has no function " + sym)
		return
	}
	v.inject(uint32(a-code.TextBase), 0, args, v.pc)
}

// panicText raises a runtime error with text msg.
func (v *VM) panicText(msg string) { v.goPanic(symPanicError, v.newString(msg), uint64(len(msg))) }

// panicPlain raises a runtime error whose text is msg alone, unless that is not the rule.
func (v *VM) panicPlain(msg string) {
	if v.rules.PlainRuntime {
		v.panicText(msg)
		return
	}
	v.goPanic(symPanicPlain, v.newString(msg), uint64(len(msg)))
}

// panicBounds raises runtime.boundsError; unsigned says how x is to be read.
func (v *VM) panicBounds(x uint64, unsigned bool, y uint64, code uint8) {
	if !v.rules.BoundsValues && code != boundsConvert {
		v.panicText(boundsText(code))
		return
	}
	v.goPanic(symPanicBounds, x, b2u(!unsigned), y, uint64(code))
}

// fault is an access to addr that failed: a nil dereference panics, any other
// ends the program unless debug.SetPanicOnFault was asked for
// (runtime/signal_unix.go:sigpanic).
func (v *VM) fault(addr uint64) {
	g := v.cur
	signal := sigMapped
	switch _, known := v.far.fault(addr, 1, 0); {
	case addr < nilBytes:
	case addr>>47 != 0 && addr>>47 != 1<<17-1: // no address for amd64's processor, which doesn't tell it
		signal, addr = sigKernel, 0
	case known || v.mem.Valid(addr, 1):
		signal = sigAccess
	}
	r := g.needRare()
	r.Sig, r.SigPC = addr+1, v.pc-1
	switch {
	case addr < nilBytes && signal != sigKernel:
		v.panicText(nilText)
	case r.PanicOnFault:
		v.goPanic(symPanicAddr, addr)
	default:
		v.printf("unexpected fault address %#x\n", addr)
		v.throwAfter("fault", fmt.Sprintf("[signal SIGSEGV: segmentation violation code=%#x addr=%#x pc=%#x]\n", signal, addr, code.TextBase+uint64(r.SigPC)))
	}
}

// Codes of the signal that a failed access raises (SEGV_MAPERR and so on).
const (
	sigMapped = 1
	sigAccess = 2
	sigKernel = 0x80
)

// native runs a Native instruction.
func (v *VM) native(in code.Instr) {
	num := in.Imm()
	if uint32(num) >= uint32(len(v.natives)) || v.natives[num] == nil {
		name := fmt.Sprint(num)
		if uint32(num) < uint32(len(v.natives)) {
			name = v.prog.Natives[num]
		}
		v.throw("Gopark does not implement " + name)
		return
	}
	g := v.cur
	v.charge(costNative)
	v.resumeNative(g)
	v.pending = pendingCall{}
	v.call = Call{VM: v, G: g, ID: g.ID, base: v.fp + uint64(in.A)*8}
	asked := len(g.Requests)
	act := v.natives[num](&v.call)
	if len(g.Requests) > asked {
		v.leave = true
	}
	switch {
	case act == Done:
		g.setNative(nativeState{})
		v.runPending(v.pc)
	case v.pending.set:
		st := g.native()
		st.Phase++
		g.setNative(nativeState{})
		r := g.needRare()
		r.Inj = append(r.Inj, injection{v.fp - g.Lo, v.pc - 1, v.frameTop(v.pc - 1), st})
		v.runPending(v.pc - 1)
	case v.leave:
		g.Phase++
		v.pc--
	case v.fresh():
		v.throw("native " + v.prog.Natives[num] + " asks for nothing")
	default:
		v.retry(1)
	}
}

// resumeNative brings back the state of a native whose Go function returned.
func (v *VM) resumeNative(g *G) {
	r := g.rare
	if r == nil {
		return
	}
	rel := v.fp - g.Lo
	for n := len(r.Inj); n > 0; n = len(r.Inj) {
		top := r.Inj[n-1]
		if top.Frame < rel || top.Frame == rel && top.PC != v.pc-1 {
			return
		}
		r.Inj = r.Inj[:n-1]
		if top.Frame == rel {
			g.setNative(top.State)
			v.callBase = top.Base
			return
		}
	}
}

func (g *G) callResult(v *VM, i int) uint64 {
	return v.mem.U64(mem.Base + v.fp + (v.callBase+1+uint64(i))*8)
}

// runPending makes the call that a native asked for, to return to ret.
func (v *VM) runPending(ret uint32) {
	p := v.pending
	v.pending = pendingCall{}
	switch {
	case !p.set:
	case p.exit:
		v.goexit()
	case p.coro > 0:
		v.switchTo(p.coro - 1)
	case p.panic:
		v.raise(p.args[0], p.args[1])
	default:
		v.inject(p.entry, p.ctx, p.args, ret)
	}
}

// startPanic makes the native being run raise the any {typ, data}.
func (v *VM) startPanic(g *G, typ, data uint64) {
	v.pending = pendingCall{set: true, panic: true, args: []uint64{typ, data}}
}
