package vm

import (
	"slices"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/task"
)

// A deferRec is a deferred call. Frame is the relative offset of the frame
// that will run it; pc lies in that frame's function.
type deferRec struct {
	next  int32
	pc    uint32
	frame uint64
	entry uint32
	ok    bool // entry is a function; else the function value was nil
	ctx   uint64
	args  []uint64
}

// A panicRec is a panic under way, or a Goexit. While it runs a deferred call,
// that call's frame lies base slots above frame, the one that panicked.
type panicRec struct {
	link       int32 // the panic during whose deferred call this one started
	typ, data  uint64
	frame      uint64 // relative
	base       uint64
	pc         uint32 // behind the instruction that panicked
	goexit     bool
	recovered  bool
	repanicked bool
	deferFrame uint64 // of the deferred call being run
	deferPC    uint32
	sig        uint64
	sigPC      uint32
	bubble     int32 // whose deadlock it tells, 0: none
}

// A recovering frame runs its remaining deferred calls after a recovery.
type recovering struct {
	frame uint64
	pc    uint32
}

// doDefer pushes a deferred call (Defer).
func (v *VM) doDefer(in code.Instr) {
	x := v.extraWord()
	g := v.cur
	rel, pc := v.fp-g.Lo, v.pc-1
	if x.A == 1 {
		token := v.get(in.A)
		rel, pc = token&^7&0xffffffff, uint32(token>>32)
		if rel > v.fp-g.Lo || pc >= v.ncode {
			panic(trap{kind: trapBad, msg: "token of a deferred call"})
		}
	}
	fn, ctx := v.get(in.C), v.get(in.C+1)
	i := v.defers.new()
	d := v.defers.at(i)
	d.frame, d.pc, d.ctx, d.ok = rel, pc, ctx, v.isEntry(fn)
	d.entry = uint32(fn - code.TextBase)
	for n := range in.B {
		d.args = append(d.args, v.get(in.A+1+n))
	}
	v.charge(costDefer)
	v.linkDefer(g, i)
}

// linkDefer inserts record i before those of the same or outer frames: a
// range-over-func body defers on a frame below others that have their own.
func (v *VM) linkDefer(g *G, i int32) {
	d := v.defers.at(i)
	at := &g.Defers
	for *at >= 0 && v.defers.at(*at).frame > d.frame {
		at = &v.defers.at(*at).next
	}
	d.next, *at = *at, i
}

// popDefer takes the first deferred call off g's list.
func (v *VM) popDefer(g *G) deferRec {
	i := g.Defers
	d := *v.defers.at(i)
	g.Defers = d.next
	v.defers.release(i)
	return d
}

// runDefers runs the frame's next deferred call and comes back, until there
// is none (RunDefers).
func (v *VM) runDefers() {
	g := v.cur
	if g.Defers < 0 || v.defers.at(g.Defers).frame != v.fp-g.Lo {
		return
	}
	d := v.popDefer(g)
	if !d.ok {
		v.fault(0)
		return
	}
	v.inject(d.entry, d.ctx, d.args, v.pc-1)
}

// doPanic is the Panic instruction.
func (v *VM) doPanic(in code.Instr) {
	typ, data := v.get(in.A), v.get(in.A+1)
	if _, ok := v.prog.Symbols[symPanicNil]; typ == 0 && ok {
		v.goPanic(symPanicNil)
		return
	}
	v.makePanic()
	v.raise(typ, data)
}

// makePanic counts the object that a panic was; there may be a collection first.
func (v *VM) makePanic() {
	c, size := &v.gc, uint64(v.rules.PanicSize)
	if size == 0 || v.initializing {
		return
	}
	if c.live+size >= c.trigger && !v.cur.Retried && v.cur.Pins == 0 {
		panic(trap{kind: trapCollect})
	}
	c.live += size
}

// raise starts a panic with the any {typ, data} at the present instruction.
func (v *VM) raise(typ, data uint64) {
	if v.dying != "" {
		what := v.panicValue(typ, data)
		if t := rtype.At(v.mem, typ); t.Kind() != rtype.String || t.PkgPath() != "" {
			what = "type " + t.String()
		}
		v.throw("panic while printing panic value: " + what)
		return
	}
	v.charge(costPanic)
	v.unwind(panicRec{typ: typ, data: data, sig: v.cur.seldom().Sig, sigPC: v.cur.seldom().SigPC})
}

// goexit starts running all deferred calls, to end the goroutine.
func (v *VM) goexit() { v.unwind(panicRec{goexit: true}) }

func (v *VM) unwind(p panicRec) {
	g := v.cur
	if g.rare != nil {
		g.rare.Sig = 0
	}
	p.link, p.frame, p.pc, p.base = g.Panics, v.fp-g.Lo, v.pc, v.frameTop(v.pc-1)
	i := v.panics.new()
	*v.panics.at(i) = p
	g.Panics = i
	v.nextDefer()
}

func (v *VM) popPanic(g *G) panicRec {
	i := g.Panics
	p := *v.panics.at(i)
	g.Panics = p.link
	v.panics.release(i)
	return p
}

// nextDefer runs the next deferred call for the innermost panic
// (runtime/panic.go:gopanic). The current frame is the one that panicked.
func (v *VM) nextDefer() {
	g := v.cur
	p := v.panics.at(g.Panics)
	if g.Defers < 0 {
		if p.goexit && g.Coro != 0 { // its function has ended: package iter lets the other side exit too
			v.popPanic(g)
			v.coroEnd()
			return
		}
		if p.goexit {
			v.exitG()
			return
		}
		v.preprint(g.Panics)
		return
	}
	d := v.popDefer(g)
	p.deferFrame, p.deferPC = d.frame, d.pc
	v.pc = p.pc
	if !d.ok {
		v.fault(0)
		return
	}
	v.push(p.base, d.entry, d.ctx, d.args, pcPanic)
}

// deferReturned goes on after a deferred call that a panic ran.
func (v *VM) deferReturned(base uint64) {
	g := v.cur
	if g.Panics < 0 || v.panics.at(g.Panics).frame != v.fp-g.Lo || v.panics.at(g.Panics).base != base {
		panic(trap{kind: trapBad, msg: "frame of a deferred call"})
	}
	p := v.panics.at(g.Panics)
	v.pc = p.pc
	if p.recovered {
		v.recovery(p.deferFrame, p.deferPC)
		return
	}
	v.nextDefer()
}

// recovery unwinds to the relative frame whose deferred call recovered. Panics
// that started above it, or in it, are over. A Goexit among them goes on.
func (v *VM) recovery(frame uint64, pc uint32) {
	g := v.cur
	exiting := false
	for g.Panics >= 0 && v.panics.at(g.Panics).frame >= frame {
		exiting = v.popPanic(g).goexit || exiting
	}
	keep := func(f uint64) bool { return f < frame }
	r := g.needRare()
	for n := len(r.Inj); n > 0 && !keep(r.Inj[n-1].Frame); n-- {
		r.Inj = r.Inj[:n-1]
	}
	r.Recovering = slices.DeleteFunc(r.Recovering, func(x recovering) bool { return !keep(x.frame) })
	g.setNative(nativeState{})
	r.Sig = 0
	v.leaveSegments(g, frame)
	v.fp = g.Lo + frame
	f := v.funcAt(pc)
	if f == nil {
		panic(trap{kind: trapBad, msg: "frame that recovered"})
	}
	v.pc = pc + 1
	if exiting {
		v.goexit()
		return
	}
	r.Recovering = append(r.Recovering, recovering{frame, pc})
	v.recovered()
}

// recovered runs the remaining deferred calls of the frame that recovered, and
// then makes it return to its caller.
func (v *VM) recovered() {
	g := v.cur
	rec := g.seldom().Recovering
	n := len(rec) - 1
	if n < 0 || rec[n].frame != v.fp-g.Lo {
		panic(trap{kind: trapBad, msg: "frame that recovered"})
	}
	pc := rec[n].pc
	v.pc = pc + 1
	if g.Defers >= 0 && v.defers.at(g.Defers).frame == v.fp-g.Lo {
		d := v.popDefer(g)
		if !d.ok {
			v.fault(0)
			return
		}
		v.push(v.frameTop(pc), d.entry, d.ctx, d.args, pcRecover)
		return
	}
	g.needRare().Recovering = rec[:n]
	f := v.funcAt(pc)
	if f.Recover >= 0 {
		v.pc = f.Entry + uint32(f.Recover)
		return
	}
	for i := range f.Results {
		v.set(1+i, 0)
	}
	v.ret()
}

// doRecover is the Recover instruction: it stops the innermost panic if the
// present function is the deferred call that the panic runs, or is called by
// it through wrappers only.
func (v *VM) doRecover(in code.Instr) {
	v.set(in.A, 0)
	v.set(in.A+1, 0)
	g := v.cur
	if g.Panics < 0 {
		return
	}
	p := v.panics.at(g.Panics)
	if p.goexit || p.recovered || !v.calledByPanic(p) {
		return
	}
	p.recovered = true
	v.set(in.A, p.typ)
	v.set(in.A+1, p.data)
}

func (v *VM) calledByPanic(p *panicRec) bool {
	g, fp := v.cur, v.fp
	if f := v.funcAt(v.pc - 1); f != nil && f.Flags&code.Wrapper != 0 {
		// "defer recover()" runs a function made for it, which stands for
		// the builtin: what counts is who calls that.
		pc, base := v.link(&g.exec, fp)
		if (pc < v.ncode || pc == pcRecover) && base*8 <= fp-g.Lo {
			fp -= base * 8
		} else {
			return false
		}
	}
	for {
		pc, base := v.link(&g.exec, fp)
		if base*8 > fp-g.Lo {
			return false
		}
		fp -= base * 8
		if pc == pcPanic {
			return fp-g.Lo == p.frame && base == p.base
		}
		if pc >= v.ncode {
			return false
		}
		f := v.funcAt(pc - 1)
		if f == nil || f.Flags&code.Wrapper == 0 {
			return false
		}
	}
}

// preprint turns the values of panic i and those before it into text, by
// calling their Error and String methods, and then ends the run
// (runtime/panic.go:preprintpanics).
func (v *VM) preprint(i int32) {
	g := v.cur
	v.dying = "panic"
	fn, ok := v.prog.Symbols[symPreprint]
	for ; i >= 0; i = v.panics.at(i).link {
		p := v.panics.at(i)
		if i == g.Panics {
			p.bubble = v.deadBubble(p.typ, p.data)
		}
		if p.link >= 0 {
			if l := v.panics.at(p.link); v.rules.Repanicked && !l.goexit && l.typ == p.typ && l.data == p.data {
				l.repanicked = true
				continue
			}
		}
		if !ok || p.goexit || !v.hasMethods(p.typ) {
			continue
		}
		g.Aux = uint64(i)
		v.push(v.panics.at(g.Panics).base, uint32(fn-code.TextBase), 0, []uint64{p.typ, p.data}, pcPreprint)
		return
	}
	v.dying = ""
	v.fatalPanic()
}

// preprinted takes the text that preprintpanic returned.
func (v *VM) preprinted(base uint64) {
	g := v.cur
	if v.dying == "" || g.Aux >= uint64(len(v.panics.items)) {
		panic(trap{kind: trapBad, msg: "frame of preprintpanic"})
	}
	p := v.panics.at(int32(g.Aux))
	a := mem.Base + v.fp + (base+1)*8
	p.typ, p.data = v.mem.U64(a), v.mem.U64(a+8)
	v.pc = v.panics.at(g.Panics).pc
	v.preprint(p.link)
}

// fatalPanic ends the run: nobody recovered (runtime/panic.go:fatalpanic).
func (v *VM) fatalPanic() {
	g := v.cur
	v.printPanics(g.Panics)
	p := v.panics.at(g.Panics)
	if p.sig != 0 {
		v.printf("[signal SIGSEGV: segmentation violation code=0x1 addr=%#x pc=%#x]\n", p.sig-1, code.TextBase+uint64(p.sigPC))
	}
	v.save()
	v.traceAfterPanic(g, p.bubble)
	v.exitProcess(2, task.ExitProcess)
}

// throw ends the run with a fatal error that can't be recovered
// (runtime/panic.go:throw, fatal).
func (v *VM) throw(msg string) { v.throwAfter(msg, "") }

// throwAfter is throw with something to say of a signal.
func (v *VM) throwAfter(msg, signal string) {
	v.print(v.fatalWord(), msg, "\n", signal)
	v.save()
	v.traceAfterPanic(v.cur, 0)
	v.exitProcess(2, task.Crash)
}
