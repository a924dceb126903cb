package wasmcore

// arrayBase leaves x2, the index, checked, and returns the address of the
// first element of an array in memory. x1 is scratch.
func (g *gen) arrayBase(array, index operand) expr {
	g.leaveIf(bin(i64GeU, offset(tee(x1, g.val(array))), get(size)))
	g.leaveIf(bin(i64GeU, tee(x2, g.val(index)), g.extra(opA)))
	return bin(i64Add, get(x1), g.extra(opC))
}

func leaA(g *gen) {
	base := g.arrayBase(opB, opC)
	g.set(opA, bin(i64Add, base, bin(i64Mul, get(x2), g.extra(opB))))
}

func lda(op byte, width int64) func(*gen) {
	return func(g *gen) {
		base := g.arrayBase(opB, opC)
		g.readable(bin(i64Add, base, scaled(get(x2), width)))
		g.set(opA, load(op, host(get(x0)), 0))
	}
}

func sta(op byte, width int64) func(*gen) {
	return func(g *gen) {
		base := g.arrayBase(opA, opB)
		g.writable(bin(i64Add, base, scaled(get(x2), width)))
		g.emit(store(op, host(get(x0)), 0, g.val(opC)))
	}
}

func leaS(g *gen) {
	g.emit(set(p0, g.slot(opB)))
	g.leaveIf(bin(i64GeU, tee(x0, g.val(opC)), load(i64Load, get(p0), 8)))
	g.set(opA, bin(i64Add, load(i64Load, get(p0), 0), bin(i64Mul, get(x0), g.extraImm())))
}

// word is the host address of a word of a local array, its index checked.
func (g *gen) word(array operand) expr {
	g.leaveIf(bin(i64GeU, tee(x0, g.val(opC)), g.extra(opA)))
	return bin(i32Add, g.slot(array), bin(i32Shl, un(i32Wrap, get(x0)), constI32(3)))
}

// Atomic operations are ordinary ones: nothing else runs meanwhile.

// atomic leaves p0, the host address of the word, checked.
func (g *gen) atomic() {
	g.writable(g.val(opB))
	g.emit(set(p0, host(get(x0))))
}

func addA(ld, st byte, mask int64) func(*gen) {
	return func(g *gen) {
		g.atomic()
		g.emit(set(x1, bin(i64Add, load(ld, get(p0), 0), g.val(opC))))
		g.emit(store(st, get(p0), 0, get(x1)))
		g.set(opA, bin(i64And, get(x1), constI64(mask)))
	}
}

func swapA(ld, st byte) func(*gen) {
	return func(g *gen) {
		g.atomic()
		g.emit(set(x1, load(ld, get(p0), 0)))
		g.emit(store(st, get(p0), 0, g.val(opC)))
		g.set(opA, get(x1))
	}
}

func casA(ld, st byte, mask int64) func(*gen) {
	return func(g *gen) {
		g.atomic()
		want := bin(i64And, g.val(opC), constI64(mask))
		g.emit(set(p1, bin(i64Eq, load(ld, get(p0), 0), want)))
		g.when(get(p1), func() { g.emit(store(st, get(p0), 0, g.extraVal())) })
		g.set(opA, un(i64ExtU, get(p1)))
	}
}
