package wasmcore

import "gopark/sim/mem"

// offset is how far from the arena's start an address lies.
func offset(addr expr) expr { return bin(i64Sub, addr, constI64(int64(mem.Base))) }

// host is the host address of an offset.
func host(off expr) expr { return bin(i32Add, un(i32Wrap, off), get(memp)) }

// readable leaves x0, the offset of an address that may be read, or gives up.
// One unsigned comparison covers nil and wild addresses alike; mem.Slack covers
// the width of the access.
func (g *gen) readable(addr expr) {
	g.leaveIf(bin(i64GeU, tee(x0, offset(addr)), get(size)))
}

// writable is readable for what may be written. x1 is scratch.
func (g *gen) writable(addr expr) {
	g.leaveIf(bin(i64GeU, bin(i64Sub, tee(x1, addr), get(roEnd)), get(rwSize)))
	g.emit(set(x0, offset(get(x1))))
}

func ld(op byte) func(*gen) {
	return func(g *gen) {
		g.readable(bin(i64Add, g.val(opB), g.u16(opC)))
		g.set(opA, load(op, host(get(x0)), 0))
	}
}

func st(op byte) func(*gen) {
	return func(g *gen) {
		g.writable(bin(i64Add, g.val(opA), g.u16(opC)))
		g.emit(store(op, host(get(x0)), 0, g.val(opB)))
	}
}

// copyWords copies n words, all of them read before the first is written.
func (g *gen) copyWords(to, from expr, n uint32) {
	g.emit(cat(set(p0, from), set(p1, to)))
	for i := range n {
		g.emit(set(x0+i, load(i64Load, get(p0), 8*i)))
	}
	for i := range n {
		g.emit(store(i64Store, get(p1), 8*i, get(x0+i)))
	}
}

func ldWords(n uint32) func(*gen) {
	return func(g *gen) {
		g.readable(bin(i64Add, g.val(opB), g.u16(opC)))
		g.copyWords(g.slot(opA), host(get(x0)), n)
	}
}

func stWords(n uint32) func(*gen) {
	return func(g *gen) {
		g.writable(bin(i64Add, g.val(opA), g.u16(opC)))
		g.copyWords(host(get(x0)), g.slot(opB), n)
	}
}

func scaled(x expr, by int64) expr {
	if by == 1 {
		return x
	}
	return bin(i64Mul, x, constI64(by))
}

// element leaves the address of an element: of the slice in s, by the index in
// i; x2 is scratch.
func (g *gen) element(s, i operand, width int64) expr {
	g.emit(set(p0, g.slot(s)))
	g.leaveIf(bin(i64GeU, tee(x2, g.val(i)), load(i64Load, get(p0), 8)))
	return bin(i64Add, load(i64Load, get(p0), 0), scaled(get(x2), width))
}

func ldx(op byte, width int64) func(*gen) {
	return func(g *gen) {
		g.readable(g.element(opB, opC, width))
		g.set(opA, load(op, host(get(x0)), 0))
	}
}

func stx(op byte, width int64) func(*gen) {
	return func(g *gen) {
		g.writable(g.element(opA, opB, width))
		g.emit(store(op, host(get(x0)), 0, g.val(opC)))
	}
}

func bounds(g *gen) { g.leaveIf(bin(i64GeU, g.val(opA), g.val(opB))) }

func lea(size int64) func(*gen) {
	return func(g *gen) { g.set(opA, bin(i64Add, g.val(opB), scaled(g.val(opC), size))) }
}

// frameByte is the host address of a byte that is a constant number from a slot.
func (g *gen) frameByte(o operand) expr {
	g.want(opC, "n")
	return bin(i32Add, g.slot(o), g.raw(opC, i32Load16U))
}

func fld(op byte) func(*gen) {
	return func(g *gen) { g.set(opA, load(op, g.frameByte(opB), 0)) }
}

func fst(op byte) func(*gen) {
	return func(g *gen) { g.emit(store(op, g.frameByte(opA), 0, g.val(opB))) }
}

// windowBytes bounds a computed offset into the frame.
const windowBytes = 65536 * 8

// inWindow leaves x0, a computed byte offset, or gives up.
func (g *gen) inWindow() {
	most := func(o operand) expr {
		return bin(i64Sub, constI64(windowBytes), bin(i64Shl, g.raw(o, i64Load16U), constI64(3)))
	}
	g.leaveIf(bin(i64GeU, tee(x0, g.val(opC)), most(opA)))
	g.leaveIf(bin(i64GeU, get(x0), most(opB)))
}

func (g *gen) windowByte(o operand) expr { return bin(i32Add, g.slot(o), un(i32Wrap, get(x0))) }

func flx(op byte) func(*gen) {
	return func(g *gen) {
		g.inWindow()
		g.set(opA, load(op, g.windowByte(opB), 0))
	}
}

func fsx(op byte) func(*gen) {
	return func(g *gen) {
		g.inWindow()
		g.emit(store(op, g.windowByte(opA), 0, g.val(opB)))
	}
}
