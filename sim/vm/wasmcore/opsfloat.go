package wasmcore

func aluF(op byte) func(*gen) {
	return func(g *gen) { g.setF(opA, bin(op, g.fval(f64Load, opB), g.fval(f64Load, opC))) }
}

func aluF32(op byte) func(*gen) {
	return func(g *gen) { g.setF32(opA, bin(op, g.fval(f32Load, opB), g.fval(f32Load, opC))) }
}

func compareF(ld, op byte) func(*gen) {
	return func(g *gen) { g.set(opA, un(i64ExtU, bin(op, g.fval(ld, opB), g.fval(ld, opC)))) }
}

// setF32 writes a slot: the bits, zero-extended.
func (g *gen) setF32(o operand, x expr) {
	const reinterpret = 0xbc // i32.reinterpret_f32
	g.set(o, un(i64ExtU, un(reinterpret, x)))
}

const (
	twoTo63    = 0x43e0000000000000 // bits of 1<<63 as a float64
	minusTwo63 = 0xc3e0000000000000
	minInt64   = -1 << 63
	twoTo31    = 0x41e0000000000000
	underInt32 = 0xc1e0000000200000 // -1<<31 - 1
)

// truncate converts as amd64's CVTTSD2SI does: what has no int64 is MinInt64.
// x is computed up to three times.
func truncate(x expr) expr {
	fits := bin(i32And, bin(f64Ge, x, constF64(minusTwo63)), bin(f64Lt, x, constF64(twoTo63)))
	return either(i64, fits, un(i64Trunc, x), constI64(minInt64))
}

// truncate32 converts as amd64's CVTTSD2SL does: what has no int32 is MinInt32.
func truncate32(g *gen) {
	x := g.fval(f64Load, opB)
	fits := bin(i32And, bin(f64Lt, constF64(underInt32), x), bin(f64Lt, x, constF64(twoTo31)))
	g.set(opA, either(i64, fits, un(i64Trunc, x), constI64(-1<<31)))
}

// truncateU converts as gc's code for amd64 does.
func truncateU(g *gen) {
	x := g.fval(f64Load, opB)
	high := bin(i64Or, truncate(bin(f64Sub, x, constF64(twoTo63))), constI64(minInt64))
	g.set(opA, either(i64, bin(f64Lt, x, constF64(twoTo63)), truncate(x), high))
}
