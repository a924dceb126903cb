package vm

import (
	"math/bits"
	"unsafe"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// gcChunk bounds the bytes that one step of the collector looks at.
const gcChunk = 1 << 15

// mark marks the object that a points into, if there is one.
func (v *VM) mark(a mem.Addr) {
	h := &v.heap
	off := a - mem.Base - h.base
	if off>>pageBits >= uint64(len(h.pages)) {
		return
	}
	i, s, ok := h.find(a)
	if !ok || h.flags[i]&marked != 0 {
		return
	}
	h.flags[i] |= marked
	v.gc.marked += s.size
	v.gc.cost += costMark
	if s.pointers {
		v.gc.grey = append(v.gc.grey, grey{i, h.pages[off>>pageBits], 0})
	}
	if t := h.types[i]; t != words && uint64(t) > h.base { // a type that reflect made
		v.mark(mem.Base + uint64(t) - 1)
	}
}

// isMarked reports whether a points into a marked object, or into no object.
func (v *VM) isMarked(a mem.Addr) bool {
	i, _, ok := v.heap.find(a)
	return !ok || v.heap.flags[i]&marked != 0
}

// scanGrey follows pointers of the grey object that was found last.
func (v *VM) scanGrey() {
	c := &v.gc
	g := c.grey[len(c.grey)-1]
	s := &v.heap.spans[g.span]
	to := min(g.from+gcChunk, s.size)
	if to < s.size {
		c.grey[len(c.grey)-1].from = to
	} else {
		c.grey = c.grey[:len(c.grey)-1]
	}
	v.scanObject(s.addrOf(g.i), g.from, to, v.heap.types[g.i])
}

// scanObject marks what bytes from … to of the object at start point to.
func (v *VM) scanObject(start mem.Addr, from, to uint64, layout uint32) {
	v.gc.cost += int64(to-from) / scanPerStep
	if layout == words {
		v.scanWords(start+from-mem.Base, start+to-mem.Base)
		return
	}
	if layout == noLayout {
		return
	}
	typ := mem.Base + uint64(layout) - 1
	size, prefix, mask := v.mem.U64(typ), v.mem.U64(typ+8), v.mem.U64(typ+32)
	if size == 0 || prefix == 0 || !v.mem.Valid(mask, (prefix/8+7)/8) {
		return
	}
	m := v.mem.Bytes(mask, (prefix/8+7)/8)
	for elem := from - from%size; elem < to; elem += size {
		for k, b := range m {
			for at := elem + uint64(k)*64; b != 0; b &= b - 1 {
				p := at + uint64(bits.TrailingZeros8(b))*8
				if p >= from && p+8 <= to {
					v.mark(v.mem.U64(start + p))
				}
			}
		}
	}
}

// scanWords marks what looks like an address in the arena's bytes from … to.
func (v *VM) scanWords(from, to uint64) {
	from = (from + 7) &^ 7
	lo, size := mem.Base+v.heap.base, uint64(len(v.heap.pages))<<pageBits
	memp := v.mem.Ptr()
	for ; from+8 <= to; from += 8 {
		if a := *(*uint64)(unsafe.Add(memp, from)); a-lo < size {
			v.mark(a)
		}
	}
}

// rootKinds list where a collection starts. Each is called with 0, 1, … until
// it reports that there is no more.
var rootKinds = [...]func(v *VM, i int) bool{
	(*VM).rootGlobals, (*VM).rootG, (*VM).rootCoro, (*VM).rootRecords, (*VM).rootTimer, (*VM).rootSpecial,
}

// markRoots marks from the next root. It reports whether there was one.
func (v *VM) markRoots() bool {
	c := &v.gc
	if c.rootKind == len(rootKinds) {
		return false
	}
	if rootKinds[c.rootKind](v, c.rootAt) {
		c.rootAt++
	} else {
		c.rootKind, c.rootAt = c.rootKind+1, 0
	}
	return true
}

func (v *VM) rootWords(from, to uint64) {
	v.gc.roots += to - from
	v.gc.cost += int64(to-from) / scanPerStep
	v.scanWords(from, to)
}

func (v *VM) rootGlobals(i int) bool {
	end := uint64(len(v.prog.Data))
	from := v.prog.ROSize + uint64(i)*gcChunk
	if from >= end {
		return false
	}
	v.rootWords(from, min(from+gcChunk, end))
	return true
}

// rootG marks from a goroutine, and shrinks its stack.
func (v *VM) rootG(i int) bool {
	if i >= len(v.gs) {
		return false
	}
	g := v.gs[i]
	if g.Status == gFree || v.postpone(g) {
		return true
	}
	v.rootGoroutine(g)
	return true
}

func (v *VM) rootGoroutine(g *G) {
	if v.rules.StackShrinks {
		v.shrink(g)
	}
	v.gc.stacks++
	v.gc.stackBytes += v.stackTop(&g.exec) - g.Lo
	v.rootExec(&g.exec)
	v.mark(g.Object)
	v.mark(g.Aux)
}

func (v *VM) rootExec(x *exec) {
	top := v.stackTop(x)
	v.gc.roots += top - x.Lo
	v.gc.cost += int64(top-x.Lo) / scanPerStep
	v.rootFrames(x, top)
	if x.rare == nil {
		return
	}
	v.rootSaved(&x.rare.Save)
	v.mark(x.rare.Labels)
	for i := range x.rare.Inj {
		v.rootSaved(&x.rare.Inj[i].State.Save)
	}
}

// rootFrames marks from the live slots of each frame on a stack, innermost
// first. Where it can't tell, any word counts.
func (v *VM) rootFrames(x *exec, top uint64) {
	pc, fp, panics := x.PC, x.FP, x.Panics
	if f := v.funcAt(pc); f != nil && f.Flags&code.NativeFn != 0 {
		v.rootStub(x, top)
	} else {
		v.rootFrame(f, pc, fp, top, x.Ctx)
	}
	for fp > x.Lo {
		ret, base := v.link(x, fp)
		base *= 8
		top = fp
		if base == 0 || base > fp-x.Lo {
			v.scanWords(x.Lo, top)
			return
		}
		fp -= base
		switch {
		case ret == pcPanic || ret == pcPreprint:
			for panics >= 0 && v.panics.at(panics).frame != fp-x.Lo {
				panics = v.panics.at(panics).link
			}
			ret = v.ncode
			if panics >= 0 {
				ret = v.panics.at(panics).pc
			}
		case ret == pcRecover:
			ret = v.ncode
			for _, r := range x.seldom().Recovering {
				if r.frame == fp-x.Lo {
					ret = r.pc + 1
				}
			}
		}
		// A return address may lie behind its function.
		v.rootFrame(v.funcAt(min(ret, v.ncode)-1), ret, fp, top, 0)
	}
}

// rootStub marks from the frame of a native's stub, which is innermost. How many
// arguments there are is known where the native was declared, of the results how
// many are wanted to the caller at most.
func (v *VM) rootStub(x *exec, top uint64) {
	if stub := v.funcAt(x.PC); stub.File != "" { // else the linker made it
		top = min(top, x.FP+8*(1+uint64(max(stub.Params, stub.Results))))
	}
	done := v.prog.Code[x.PC].Op == code.Ret
	if !done {
		v.mark(x.Ctx)
	}
	ret, base := v.link(x, x.FP)
	base *= 8
	if x.FP == x.Lo || ret == 0 || ret >= v.ncode || base == 0 || base > x.FP-x.Lo {
		v.scanWords(x.FP+8, top)
		return
	}
	f := v.funcAt(ret - 1)
	if f == nil || ret >= f.End {
		v.scanWords(x.FP+8, top)
		return
	}
	caller := x.FP - base
	if end := caller + (uint64(f.Frame)+uint64(f.Out))*8; end > x.FP+8 { // else it is a deferred call
		top = min(top, end)
	}
	live, _ := v.liveAt(f, ret)
	if live == nil || !done {
		v.scanWords(x.FP+8, top)
		return
	}
	live.each((top-caller)/8, func(i uint64) {
		if i*8 > base { // a result
			v.mark(v.mem.U64(mem.Base + caller + i*8))
		}
	})
}

// rootFrame marks from the frame from fp to top, in which pc of f is next.
func (v *VM) rootFrame(f *code.FuncInfo, pc uint32, fp, top uint64, ctx mem.Addr) {
	var live slotSet
	var ctxSlot uint64
	if f != nil && pc <= f.End {
		live, ctxSlot = v.liveAt(f, pc)
	}
	if live == nil {
		v.mark(ctx)
		v.scanWords(fp+8, top)
		return
	}
	if live.has(ctxSlot) {
		v.mark(ctx)
	}
	live.each((top-fp)/8, func(i uint64) { v.mark(v.mem.U64(mem.Base + fp + i*8)) })
}

func (v *VM) rootSaved(save *[4]uint64) {
	for _, a := range save {
		v.mark(a)
	}
}

// stackTop is the end of the part of a stack that is in use. A native's stub
// doesn't say how many arguments stand above it.
func (v *VM) stackTop(x *exec) uint64 {
	const nativeArgs = 32 * 8
	f := v.funcAt(x.PC)
	if x.PC > 0 {
		// The pc may be behind the function, if its last instruction calls.
		if last := v.funcAt(x.PC - 1); last != f && (f == nil || last != nil && x.PC == f.Entry && last.Frame+last.Out > f.Frame+f.Out) {
			f = last
		}
	}
	if f == nil {
		return x.Hi
	}
	top := x.FP + (uint64(f.Frame)+uint64(f.Out))*8
	if f.Flags&code.NativeFn != 0 {
		top += nativeArgs
	}
	return min(top, x.Hi)
}

func (v *VM) rootCoro(i int) bool {
	if i >= len(v.coros) {
		return false
	}
	if c := &v.coros[i]; c.live {
		v.mark(c.addr)
		if c.Hi > 0 {
			v.rootExec(&c.exec)
		}
	}
	return true
}

func (v *VM) rootDefer(d *deferRec) {
	v.mark(d.ctx)
	for _, a := range d.args {
		v.mark(a)
	}
}

func (v *VM) rootPanic(p *panicRec) {
	v.mark(p.typ)
	v.mark(p.data)
}

func (v *VM) rootSudog(s *sudog) {
	v.mark(s.ch)
	if s.place.g == task.None {
		v.mark(s.place.at)
	} else if s.send { // its slots may be dead to the sender
		at := v.addr(s.place) - mem.Base
		v.scanWords(at, at+uint64(v.mem.U16(s.ch+chElemSize)))
	}
}

// rootRecords marks from deferred calls, panics, wait queues and the itabs
// built at run time, all at once.
func (v *VM) rootRecords(i int) bool {
	defers, panics := v.leftOut()
	for i := range v.defers.items {
		if !defers[int32(i)] {
			v.rootDefer(&v.defers.items[i])
		}
	}
	for i := range v.panics.items {
		if !panics[int32(i)] {
			v.rootPanic(&v.panics.items[i])
		}
	}
	for i := range v.sudogs.items {
		if s := &v.sudogs.items[i]; !v.gc.leaks.on || s.ch != 0 && !v.gs[s.g].suspect() {
			v.rootSudog(s)
		}
	}
	for _, tab := range v.itabList {
		v.mark(tab)
	}
	v.gc.cost += int64(len(v.defers.items)+len(v.panics.items)+len(v.sudogs.items)+len(v.itabList)) * costMark
	return false
}

// rootTimer marks from a timer that the scheduler has. Others live as long as
// somebody holds them or their channel.
func (v *VM) rootTimer(i int) bool {
	if i >= len(v.timers) {
		return false
	}
	if t := &v.timers[i]; t.armed {
		v.markTimer(t)
	}
	return true
}

func (v *VM) markTimer(t *timer) {
	t.seen = true
	for _, a := range [...]uint64{t.addr, t.fn, t.arg[0], t.arg[1], t.ch} {
		v.mark(a)
	}
}

// markTimers marks what timers name that were found to be alive. It reports
// whether there were any.
func (v *VM) markTimers() bool {
	found := false
	for i := range v.timers {
		t := &v.timers[i]
		if t.addr == 0 || t.seen {
			continue
		}
		if v.isMarked(t.addr) || t.ch != 0 && v.isMarked(t.ch) {
			v.markTimer(t)
			found = true
		}
	}
	return found
}
