package wasmcore

import "gopark/sim/code"

// Slices and strings: what needs no memory from Go.

// extraSlot is A, B or C of the n-th Extra word, from 1.
func (g *gen) extraSlot(n int, o operand) expr {
	return load(i32Load16U, get(ip), uint32(n)*instrBytes+2+2*uint32(o))
}

// constant is what the pool has for the n-th Extra word.
func (g *gen) constant(n int) expr {
	index := bin(i32Shl, load(i32Load, get(ip), uint32(n)*instrBytes+4), constI32(3))
	return load(i64Load, bin(i32Add, reg(fPool), index), 0)
}

// slotOr is the value of a slot that the first Extra word names, or of absent
// if it names none.
func (g *gen) slotOr(o operand, absent expr) expr {
	at := bin(i32Add, get(w), bin(i32Shl, g.extraSlot(1, o), constI32(3)))
	return either(i64, bin(i32Ne, g.extraSlot(1, o), constI32(code.NoSlot)), load(i64Load, at, 0), absent)
}

// ends leaves the bounds of a piece in x0 and x1, or gives up: a piece of most
// elements, from 0 to whole if nothing else is said. two says that there is no
// third bound.
func (g *gen) ends(whole, most expr, two bool) {
	if two {
		g.leaveIf(bin(i32Ne, g.extraSlot(1, opC), constI32(code.NoSlot)))
	}
	g.emit(set(x0, g.slotOr(opA, constI64(0))))
	g.emit(set(x1, g.slotOr(opB, whole)))
	g.leaveIf(bin(i64GtU, get(x0), get(x1)))
	g.leaveIf(bin(i64GtU, get(x1), most))
}

// typeAt leaves the host address of the type that the n-th Extra word names in
// p1, or gives up. Its first word is its size.
func (g *gen) typeAt(n int) {
	g.leaveIf(bin(i64GeU, offset(g.constant(n)), get(size)))
	g.emit(set(p1, host(offset(g.constant(n)))))
}

// rest makes of bounds x0 and x1 and capacity x2 a slice of what is at base: an
// empty rest must not point behind the object.
func (g *gen) rest(base expr) {
	g.emit(cat(set(x1, bin(i64Sub, get(x1), get(x0))), set(x2, bin(i64Sub, get(x2), get(x0)))))
	step := bin(i64Mul, get(x0), load(i64Load, get(p1), 0))
	g.emit(set(x0, bin(i64Add, base, pick(bin(i64Ne, get(x2), constI64(0)), step, constI64(0)))))
	g.words(3)
}

// words writes x0 and those that follow to A.
func (g *gen) words(n uint32) {
	g.emit(set(p0, g.slot(opA)))
	for i := range n {
		g.emit(store(i64Store, get(p0), 8*i, get(x0+i)))
	}
}

func slice(g *gen) {
	g.emit(set(p0, g.slot(opB)))
	g.ends(load(i64Load, get(p0), 8), load(i64Load, get(p0), 16), true)
	g.typeAt(2)
	g.emit(set(x2, load(i64Load, get(p0), 16)))
	g.rest(load(i64Load, get(p0), 0))
}

func sliceArr(g *gen) {
	g.leaveIf(un(i64Eqz, g.val(opB)))
	g.ends(g.constant(3), g.constant(3), true)
	g.typeAt(2)
	g.emit(set(x2, g.constant(3)))
	g.rest(g.val(opB))
}

func sliceStr(g *gen) {
	g.emit(set(p0, g.slot(opB)))
	g.ends(load(i64Load, get(p0), 8), load(i64Load, get(p0), 8), false)
	g.emit(set(x1, bin(i64Sub, get(x1), get(x0))))
	g.emit(set(x0, bin(i64Add, load(i64Load, get(p0), 0), pick(bin(i64Ne, get(x1), constI64(0)), get(x0), constI64(0)))))
	g.words(2)
}

// append1 appends where there is room, for the commonest sizes.
func append1(g *gen) {
	g.emit(set(p0, g.slot(opB)))
	g.leaveIf(bin(i64GeU, load(i64Load, get(p0), 8), load(i64Load, get(p0), 16)))
	g.typeAt(1)
	g.emit(set(x2, load(i64Load, get(p1), 0)))
	none := expr(constI32(1))
	for _, width := range []int64{1, 4, 8, 16} {
		none = bin(i32And, none, bin(i64Ne, get(x2), constI64(width)))
	}
	g.leaveIf(none)
	g.writable(bin(i64Add, load(i64Load, get(p0), 0), bin(i64Mul, load(i64Load, get(p0), 8), get(x2))))
	g.emit(cat(set(p2, host(get(x0))), set(p1, g.slot(opC))))
	g.ifWidth(8, func() { g.emit(store(i64Store, get(p2), 0, load(i64Load, get(p1), 0))) })
	g.ifWidth(1, func() { g.emit(store(i64Store8, get(p2), 0, load(i64Load, get(p1), 0))) })
	g.ifWidth(4, func() { g.emit(store(i64Store32, get(p2), 0, load(i64Load, get(p1), 0))) })
	g.ifWidth(16, func() {
		g.emit(cat(set(x0, load(i64Load, get(p1), 0)), set(x1, load(i64Load, get(p1), 8))))
		g.emit(cat(store(i64Store, get(p2), 0, get(x0)), store(i64Store, get(p2), 8, get(x1))))
	})
	g.emit(set(x0, load(i64Load, get(p0), 0)))
	g.emit(set(x1, bin(i64Add, load(i64Load, get(p0), 8), constI64(1))))
	g.emit(set(x2, load(i64Load, get(p0), 16)))
	g.words(3)
}

// bytesPerStep is package vm's: copying less costs nothing.
const bytesPerStep = 16

// appendStr appends a string where there is room, if copying costs no steps.
func appendStr(g *gen) {
	g.emit(cat(set(p0, g.slot(opB)), set(p1, g.slot(opC))))
	g.emit(cat(set(x3, load(i64Load, get(p0), 0)), set(x4, load(i64Load, get(p0), 8)), set(x5, load(i64Load, get(p0), 16))))
	longer := func(than expr) expr { return bin(i64GtU, get(x2), than) }
	g.leaveIf(bin(i64GeU, tee(x2, load(i64Load, get(p1), 8)), constI64(bytesPerStep)))
	g.leaveIf(bin(i64GtU, get(x4), get(x5)))
	g.leaveIf(longer(bin(i64Sub, get(x5), get(x4))))
	g.readable(load(i64Load, get(p1), 0))
	g.leaveIf(longer(bin(i64Sub, get(size), get(x0))))
	g.emit(set(p1, host(get(x0))))
	g.writable(bin(i64Add, get(x3), get(x4)))
	g.leaveIf(longer(bin(i64Sub, get(size), get(x0))))
	g.emit(set(p2, host(get(x0))))
	g.copyShort()
	g.emit(cat(set(x0, get(x3)), set(x1, bin(i64Add, get(x4), get(x2))), set(x2, get(x5))))
	g.words(3)
}

// copyShort copies x2 bytes, less than 16, from p1 to p2: the first and the
// last of them, some twice. All are read before the first is written.
func (g *gen) copyShort() {
	last := func(p uint32, width int32) expr {
		return bin(i32Add, get(p), bin(i32Sub, un(i32Wrap, get(x2)), constI32(width)))
	}
	ends := func(width int32, ld, st byte) {
		g.emit(cat(set(x0, load(ld, get(p1), 0)), set(x1, load(ld, last(p1, width), 0))))
		g.emit(cat(store(st, get(p2), 0, get(x0)), store(st, last(p2, width), 0, get(x1))))
	}
	atLeast := func(n int64) { g.emit(bin(i64GeU, get(x2), constI64(n))); g.open(opIf) }
	middle := func(p uint32) expr { return bin(i32Add, get(p), bin(i32ShrU, un(i32Wrap, get(x2)), constI32(1))) }
	atLeast(8)
	ends(8, i64Load, i64Store)
	g.emit(expr{opElse})
	atLeast(4)
	ends(4, i64Load32U, i64Store32)
	g.emit(expr{opElse})
	atLeast(1)
	g.emit(set(p0, load(i32Load8U, middle(p1), 0)))
	ends(1, i64Load8U, i64Store8)
	g.emit(store(i32Store8, middle(p2), 0, get(p0)))
	for range 3 {
		g.end()
	}
}

// ifWidth emits what do does, to be run if x2 is width.
func (g *gen) ifWidth(width int64, do func()) { g.when(bin(i64Eq, get(x2), constI64(width)), do) }

// eqStr compares strings as far as lengths and addresses tell.
func eqStr(g *gen) {
	g.emit(cat(set(p0, g.slot(opB)), set(p1, g.slot(opC))))
	g.emit(cat(set(x0, load(i64Load, get(p0), 8)), set(x1, load(i64Load, get(p1), 8))))
	same := bin(i64Eq, get(x0), get(x1))
	g.leaveIf(bin(i32And, bin(i32And, same, bin(i64Ne, get(x0), constI64(0))),
		bin(i64Ne, load(i64Load, get(p0), 0), load(i64Load, get(p1), 0))))
	g.set(opA, un(i64ExtU, same))
}

// strNext is a step of a range over a string, if the next character is ASCII.
func strNext(g *gen) {
	g.emit(cat(set(p0, g.slot(opB)), set(x1, g.val(opC)), set(p1, g.slot(opA))))
	g.emit(bin(i64GeU, get(x1), load(i64Load, get(p0), 8)))
	g.open(opIf)
	g.emit(store(i64Store, get(p1), 0, constI64(0)))
	g.emit(expr{opElse})
	g.readable(bin(i64Add, load(i64Load, get(p0), 0), get(x1)))
	g.leaveIf(bin(i64GeU, tee(x2, load(i64Load8U, host(get(x0)), 0)), constI64(0x80)))
	g.emit(store(i64Store, get(p1), 0, constI64(1)))
	g.emit(store(i64Store, get(p1), 8, get(x1)))
	g.emit(store(i64Store, get(p1), 16, get(x2)))
	g.emit(store(i64Store, g.slot(opC), 0, bin(i64Add, get(x1), constI64(1))))
	g.end()
}
