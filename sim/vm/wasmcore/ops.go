package wasmcore

import "gopark/sim/code"

// rows says how the core runs an operation; nil leaves it to Go. A row reads
// its operands through gen, which looks up in code's table what they are. It
// checks before it changes anything, so that what it gives back has had no
// effect.
var rows = [code.NumOps]func(*gen){
	code.Mov:   func(g *gen) { g.set(opA, g.val(opB)) },
	code.LoadI: func(g *gen) { g.set(opA, g.val(opB)) },
	code.LoadK: loadK,
	code.MovN:  movN,
	code.Zero:  zero,

	code.Add: alu(i64Add), code.Sub: alu(i64Sub), code.Mul: alu(i64Mul),
	code.AddI: alu(i64Add), code.MulI: alu(i64Mul), code.AndI: alu(i64And),
	code.And: alu(i64And), code.Or: alu(i64Or), code.Xor: alu(i64Xor),
	code.AndNot: func(g *gen) { g.set(opA, bin(i64And, g.val(opB), bin(i64Xor, g.val(opC), constI64(-1)))) },
	code.Shl:    shift(i64Shl), code.Shr: shift(i64ShrU),
	code.Sar:  sar,
	code.ShlI: alu(i64Shl), code.ShrI: alu(i64ShrU), code.SarI: alu(i64ShrS),
	code.Div: div, code.Rem: divide(i64RemS), code.DivU: divide(i64DivU), code.RemU: divide(i64RemU),
	code.Neg:   func(g *gen) { g.set(opA, bin(i64Sub, constI64(0), g.val(opB))) },
	code.Not:   func(g *gen) { g.set(opA, bin(i64Xor, g.val(opB), constI64(-1))) },
	code.ExtS8: extend(i64Ext8), code.ExtS16: extend(i64Ext16), code.ExtS32: extend(i64Ext32),
	code.ExtU8: mask(0xff), code.ExtU16: mask(0xffff), code.ExtU32: mask(0xffffffff),
	code.MulHU: mulHU, code.Ctz: func(g *gen) { g.set(opA, un(i64Ctz, g.val(opB))) },
	code.BitLen: func(g *gen) { g.set(opA, bin(i64Sub, constI64(64), un(i64Clz, g.val(opB)))) },
	code.Rotl:   alu(i64Rotl), code.Rotl32: rotl32,
	code.CheckShift: func(g *gen) { g.leaveIf(bin(i64LtS, g.val(opA), constI64(0))) },

	code.Eq: compare(i64Eq), code.Ne: compare(i64Ne),
	code.Lt: compare(i64LtS), code.Le: compare(i64LeS), code.LtU: compare(i64LtU), code.LeU: compare(i64LeU),
	code.NotB: func(g *gen) { g.set(opA, bin(i64Sub, constI64(1), g.val(opB))) },

	code.Jmp: func(g *gen) { g.jump(opB) },
	code.Jz:  func(g *gen) { g.when(un(i64Eqz, g.val(opA)), func() { g.jump(opB) }) },
	code.Jnz: func(g *gen) { g.when(bin(i64Ne, g.val(opA), constI64(0)), func() { g.jump(opB) }) },
	code.JEq: jumpIf(i64Eq), code.JNe: jumpIf(i64Ne),
	code.JLt: jumpIf(i64LtS), code.JLe: jumpIf(i64LeS), code.JLtU: jumpIf(i64LtU), code.JLeU: jumpIf(i64LeU),
	code.JEqI: jumpIf(i64Eq), code.JNeI: jumpIf(i64Ne),
	code.JLtI: jumpIf(i64LtS), code.JLeI: jumpIf(i64LeS), code.JGtI: jumpIf(i64GtS), code.JGeI: jumpIf(i64GeS),

	code.IncJLt: countTo(i64Add, i64LtS), code.IncJLe: countTo(i64Add, i64LeS), code.IncJLtI: countTo(i64Add, i64LtS),
	code.DecJGeI: countTo(i64Sub, i64GeS), code.AddJLt: addJLt,

	code.EqF: compareF(f64Load, f64Eq), code.NeF: compareF(f64Load, f64Ne), code.LtF: compareF(f64Load, f64Lt), code.LeF: compareF(f64Load, f64Le),
	code.EqF32: compareF(f32Load, f32Eq), code.NeF32: compareF(f32Load, f32Ne), code.LtF32: compareF(f32Load, f32Lt), code.LeF32: compareF(f32Load, f32Le),
	code.AddF: aluF(f64Add), code.SubF: aluF(f64Sub), code.MulF: aluF(f64Mul), code.DivF: aluF(f64Div),
	code.AddF32: aluF32(f32Add), code.SubF32: aluF32(f32Sub), code.MulF32: aluF32(f32Mul), code.DivF32: aluF32(f32Div),
	code.NegF:   func(g *gen) { g.set(opA, bin(i64Xor, g.val(opB), constI64(-1<<63))) },
	code.NegF32: func(g *gen) { g.set(opA, bin(i64Xor, g.val(opB), constI64(1<<31))) },
	code.AbsF:   func(g *gen) { g.set(opA, bin(i64And, g.val(opB), constI64(1<<63-1))) },
	code.Sqrt:   func(g *gen) { g.setF(opA, un(f64Sqrt, g.fval(f64Load, opB))) },
	code.IntF:   func(g *gen) { g.setF(opA, un(f64CvtS, g.val(opB))) },
	code.UintF:  func(g *gen) { g.setF(opA, un(f64CvtU, g.val(opB))) },
	code.FInt:   func(g *gen) { g.set(opA, truncate(g.fval(f64Load, opB))) },
	code.FUint:  truncateU, code.FInt32: truncate32,
	code.IntF32: func(g *gen) { g.setF32(opA, un(f32CvtS, g.val(opB))) }, code.UintF32: func(g *gen) { g.setF32(opA, un(f32CvtU, g.val(opB))) },
	code.FF32: func(g *gen) { g.setF32(opA, un(f32Dem, g.fval(f64Load, opB))) },
	code.F32F: func(g *gen) { g.setF(opA, un(f64Prom, g.fval(f32Load, opB))) },

	code.LdS8: ld(i64Load8S), code.LdU8: ld(i64Load8U), code.LdS16: ld(i64Load16S), code.LdU16: ld(i64Load16U),
	code.LdS32: ld(i64Load32S), code.LdU32: ld(i64Load32U), code.Ld64: ld(i64Load), code.Ld128: ldWords(2), code.Ld192: ldWords(3),
	code.St8: st(i64Store8), code.St16: st(i64Store16), code.St32: st(i64Store32), code.St64: st(i64Store), code.St128: stWords(2), code.St192: stWords(3),
	code.NilCheck: func(g *gen) { g.leaveIf(bin(i64GeU, offset(g.val(opA)), get(size))) },
	code.AddA32:   addA(i64Load32U, i64Store32, 0xffffffff), code.AddA64: addA(i64Load, i64Store, -1),
	code.SwapA32: swapA(i64Load32U, i64Store32), code.SwapA64: swapA(i64Load, i64Store),
	code.CasA32: casA(i64Load32U, i64Store32, 0xffffffff), code.CasA64: casA(i64Load, i64Store, -1),
	code.LdxS8: ldx(i64Load8S, 1), code.LdxU8: ldx(i64Load8U, 1), code.LdxS16: ldx(i64Load16S, 2), code.LdxU16: ldx(i64Load16U, 2),
	code.LdxS32: ldx(i64Load32S, 4), code.LdxU32: ldx(i64Load32U, 4), code.Ldx64: ldx(i64Load, 8),
	code.Stx8: stx(i64Store8, 1), code.Stx16: stx(i64Store16, 2), code.Stx32: stx(i64Store32, 4), code.Stx64: stx(i64Store, 8),
	code.Bounds: bounds, code.BoundsI: bounds,
	code.Lea2: lea(2), code.Lea4: lea(4), code.Lea8: lea(8), code.Lea16: lea(16), code.Lea24: lea(24),

	code.LeaA: leaA, code.LdaU8: lda(i64Load8U, 1), code.Lda64: lda(i64Load, 8), code.Sta8: sta(i64Store8, 1), code.Sta64: sta(i64Store, 8), code.LeaS: leaS,

	code.FldS8: fld(i64Load8S), code.FldU8: fld(i64Load8U), code.FldS16: fld(i64Load16S), code.FldU16: fld(i64Load16U),
	code.FldS32: fld(i64Load32S), code.FldU32: fld(i64Load32U), code.Fst8: fst(i64Store8), code.Fst16: fst(i64Store16), code.Fst32: fst(i64Store32),
	code.FlxS8: flx(i64Load8S), code.FlxU8: flx(i64Load8U), code.FlxS16: flx(i64Load16S), code.FlxU16: flx(i64Load16U),
	code.FlxS32: flx(i64Load32S), code.FlxU32: flx(i64Load32U), code.Flx64: flx(i64Load),
	code.Fsx8: fsx(i64Store8), code.Fsx16: fsx(i64Store16), code.Fsx32: fsx(i64Store32), code.Fsx64: fsx(i64Store),

	code.Fli64: func(g *gen) { g.set(opA, load(i64Load, g.word(opB), 0)) },
	code.Fsi64: func(g *gen) { g.emit(store(i64Store, g.word(opA), 0, g.val(opB))) },

	code.Slice: slice, code.SliceArr: sliceArr, code.SliceStr: sliceStr, code.Append1: append1, code.AppendStr: appendStr, code.EqStr: eqStr, code.StrNext: strNext,

	code.Enter: enter, code.EnterLeaf: func(*gen) {},
	code.Call: call, code.CallLeaf: callLeaf, code.CallClo: callClo, code.CallItab: callItab, code.Ret: ret,
	code.GetCtx: func(g *gen) { g.set(opA, reg(fCtx)) },
}

// Has reports whether the core knows an operation. It knows chains whose parts
// it knows.
func Has(op code.Op) bool {
	for _, part := range op.Parts() {
		if !Has(part.Op) {
			return false
		}
	}
	return op < code.NumOps && rows[op.Plain()] != nil
}

// alu: a = b op c.
func alu(op byte) func(*gen) {
	return func(g *gen) { g.set(opA, bin(op, g.val(opB), g.val(opC))) }
}

// compare: a = 1 if b op c, else 0.
func compare(op byte) func(*gen) {
	return func(g *gen) { g.set(opA, un(i64ExtU, bin(op, g.val(opB), g.val(opC)))) }
}

// jumpIf jumps if a op b.
func jumpIf(op byte) func(*gen) {
	return func(g *gen) { g.when(bin(op, g.val(opA), g.val(opB)), func() { g.jump(opC) }) }
}

// countTo steps a by one and jumps if it is then still op b.
func countTo(step, op byte) func(*gen) {
	return func(g *gen) {
		g.set(opA, tee(x0, bin(step, g.val(opA), constI64(1))))
		g.when(bin(op, get(x0), g.val(opB)), func() { g.jump(opC) })
	}
}

func addJLt(g *gen) {
	g.set(opA, tee(x0, bin(i64Add, g.val(opA), g.val(opB))))
	g.emit(cat(bin(i64LtS, get(x0), g.extraVal()), expr{opIf, noResult}))
	g.jump(opC)
	g.emit(expr{opElse})
	g.skip(g.op.Extras())
	g.emit(expr{opEnd})
}

func extend(op byte) func(*gen) {
	return func(g *gen) { g.set(opA, un(op, g.val(opB))) }
}

func mask(m int64) func(*gen) {
	return func(g *gen) { g.set(opA, bin(i64And, g.val(opB), constI64(m))) }
}

// shift: WebAssembly shifts by the count modulo 64, Go shifts everything out.
func shift(op byte) func(*gen) {
	return func(g *gen) {
		count := tee(x0, g.val(opC))
		g.set(opA, pick(bin(i64LtU, get(x0), constI64(64)), bin(op, g.val(opB), count), constI64(0)))
	}
}

func sar(g *gen) {
	g.emit(set(x0, g.val(opC)))
	count := pick(bin(i64LtU, get(x0), constI64(63)), get(x0), constI64(63))
	g.set(opA, bin(i64ShrS, g.val(opB), count))
}

// divide: a = b op c, which may not be 0.
func divide(op byte) func(*gen) {
	return func(g *gen) {
		g.leaveIf(un(i64Eqz, tee(x0, g.val(opC))))
		g.set(opA, bin(op, g.val(opB), get(x0)))
	}
}

// div: WebAssembly traps at MinInt64 / -1, where Go wraps around.
func div(g *gen) {
	g.leaveIf(un(i64Eqz, tee(x0, g.val(opC))))
	g.emit(set(x1, g.val(opB)))
	g.set(opA, either(i64, bin(i64Eq, get(x0), constI64(-1)),
		bin(i64Sub, constI64(0), get(x1)), bin(i64DivS, get(x1), get(x0))))
}

// mulHU multiplies by halves of 32 bits.
func mulHU(g *gen) {
	low := func(x expr) expr { return bin(i64And, x, constI64(0xffffffff)) }
	high := func(x expr) expr { return bin(i64ShrU, x, constI64(32)) }
	g.emit(cat(set(x0, g.val(opB)), set(x1, g.val(opC))))
	// x2 = middle product with the carry of the low one
	g.emit(set(x2, bin(i64Add, bin(i64Mul, high(get(x0)), low(get(x1))), high(bin(i64Mul, low(get(x0)), low(get(x1)))))))
	other := bin(i64Add, low(get(x2)), bin(i64Mul, low(get(x0)), high(get(x1))))
	sum := bin(i64Add, high(get(x2)), high(other))
	g.set(opA, bin(i64Add, bin(i64Mul, high(get(x0)), high(get(x1))), sum))
}

func rotl32(g *gen) {
	g.set(opA, un(i64ExtU, bin(i32Rotl, un(i32Wrap, g.val(opB)), un(i32Wrap, g.val(opC)))))
}

func loadK(g *gen) {
	g.want(opB, "k")
	index := bin(i32Shl, load(i32Load, get(ip), 4), constI32(3))
	g.set(opA, load(i64Load, bin(i32Add, reg(fPool), index), 0))
}

// maxWords bounds what MovN and Zero do here; longer pieces are Go's.
const maxWords = 8

// eachWord loops from p0 to p1, in steps of a word.
func (g *gen) eachWord(do func()) {
	none := g.open(opBlock)
	again := g.open(opLoop)
	g.brIf(bin(i32GeU, get(p0), get(p1)), none)
	do()
	g.emit(set(p0, bin(i32Add, get(p0), constI32(8))))
	g.br(again)
	g.end()
	g.end()
}

// movN copies upwards. It leaves overlaps that this would spoil.
func movN(g *gen) {
	g.leaveIf(bin(i64GtU, tee(x0, g.u16(opC)), constI64(maxWords)))
	g.emit(set(p1, bin(i32Shl, un(i32Wrap, get(x0)), constI32(3))))
	g.emit(set(p0, g.slot(opA)))
	g.emit(set(p2, bin(i32Sub, g.slot(opB), get(p0)))) // from - to
	g.leaveIf(bin(i32LtU, bin(i32Sub, constI32(0), get(p2)), get(p1)))
	g.emit(set(p1, bin(i32Add, get(p0), get(p1))))
	g.eachWord(func() {
		g.emit(store(i64Store, get(p0), 0, load(i64Load, bin(i32Add, get(p0), get(p2)), 0)))
	})
}

func zero(g *gen) {
	g.want(opB, "i")
	g.leaveIf(bin(i32GtU, tee(p1, load(i32Load, get(ip), 4)), constI32(maxWords)))
	g.emit(set(p0, g.slot(opA)))
	g.emit(set(p1, bin(i32Add, get(p0), bin(i32Shl, get(p1), constI32(3)))))
	g.eachWord(func() { g.emit(store(i64Store, get(p0), 0, constI64(0))) })
}
