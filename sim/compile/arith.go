package compile

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

var (
	extOps = map[int][2]code.Op{1: {code.ExtU8, code.ExtS8}, 2: {code.ExtU16, code.ExtS16}, 4: {code.ExtU32, code.ExtS32}}
	intOps = map[token.Token]code.Op{
		token.ADD: code.Add, token.SUB: code.Sub, token.MUL: code.Mul, token.AND: code.And, token.OR: code.Or,
		token.XOR: code.Xor, token.AND_NOT: code.AndNot,
	}
	floatOps = map[token.Token][2]code.Op{ // float64, float32
		token.ADD: {code.AddF, code.AddF32}, token.SUB: {code.SubF, code.SubF32}, token.MUL: {code.MulF, code.MulF32}, token.QUO: {code.DivF, code.DivF32},
	}
	cmpFloat = map[token.Token][2]code.Op{
		token.EQL: {code.EqF, code.EqF32}, token.NEQ: {code.NeF, code.NeF32}, token.LSS: {code.LtF, code.LtF32}, token.LEQ: {code.LeF, code.LeF32},
	}
	cmpSigned   = map[token.Token]code.Op{token.EQL: code.Eq, token.NEQ: code.Ne, token.LSS: code.Lt, token.LEQ: code.Le}
	cmpUnsigned = map[token.Token]code.Op{token.EQL: code.Eq, token.NEQ: code.Ne, token.LSS: code.LtU, token.LEQ: code.LeU}
	cmpString   = map[token.Token]code.Op{token.EQL: code.EqStr, token.LSS: code.LtStr, token.LEQ: code.LeStr}
)

// extend makes the 64-bit result in dst canonical for t.
func (f *function) extend(dst uint16, t types.Type) {
	cl := f.classOf(t)
	if op := extOps[cl.size][signed(cl)]; op != 0 && cl.scalar && !cl.float {
		f.emit(op, dst, dst, 0)
	}
}

func (f *function) binop(dst uint16, in *ssa.BinOp) {
	switch in.Op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		f.compare(dst, in.Op, in.X, in.Y)
		return
	case token.SHL, token.SHR:
		f.shift(dst, in)
		return
	}
	t := in.X.Type()
	switch {
	case isString(t):
		f.emit(code.Concat, dst, f.operand(in.X), f.operand(in.Y))
	case isComplex(t):
		f.complexOp(dst, in)
	case isFloat(t):
		f.emit(floatOps[in.Op][narrow(f.classOf(t))], dst, f.operand(in.X), f.operand(in.Y))
	default:
		f.integer(dst, in, f.classOf(t))
	}
}

// narrow is 1 for 4-byte classes.
func narrow(cl class) int {
	if cl.size == 4 {
		return 1
	}
	return 0
}

func (f *function) integer(dst uint16, in *ssa.BinOp, cl class) {
	x, y := in.X, in.Y
	switch in.Op {
	case token.QUO, token.REM:
		op := map[token.Token][2]code.Op{token.QUO: {code.DivU, code.Div}, token.REM: {code.RemU, code.Rem}}[in.Op][signed(cl)]
		f.emit(op, dst, f.operand(x), f.operand(y))
		if in.Op == token.QUO && cl.signed { // the smallest number / -1
			f.extend(dst, in.Type())
		}
		return
	case token.ADD, token.MUL, token.AND:
		if _, ok := smallConst(x); ok {
			x, y = y, x
		}
	}
	if k, ok := smallConst(y); ok {
		switch in.Op {
		case token.ADD:
			f.emit(code.AddI, dst, f.operand(x), k)
			f.extend(dst, in.Type())
			return
		case token.SUB:
			if k != 0x8000 {
				f.emit(code.AddI, dst, f.operand(x), -k)
				f.extend(dst, in.Type())
				return
			}
		case token.MUL:
			f.emit(code.MulI, dst, f.operand(x), k)
			f.extend(dst, in.Type())
			return
		case token.AND:
			f.emit(code.AndI, dst, f.operand(x), k)
			return
		}
	}
	f.emit(intOps[in.Op], dst, f.operand(x), f.operand(y))
	if in.Op == token.ADD || in.Op == token.SUB || in.Op == token.MUL {
		f.extend(dst, in.Type())
	}
}

func (f *function) shift(dst uint16, in *ssa.BinOp) {
	cl := f.classOf(in.X.Type())
	op, opI := code.Shl, code.ShlI
	if in.Op == token.SHR {
		op, opI = code.Shr, code.ShrI
		if cl.signed {
			op, opI = code.Sar, code.SarI
		}
	}
	if k, ok := constInt(in.Y); ok && k >= 0 && k < 64 {
		f.emit(opI, dst, f.operand(in.X), uint16(k))
	} else {
		n := f.operand(in.Y)
		if f.classOf(in.Y.Type()).signed && (!ok || k < 0) {
			f.emit(code.CheckShift, n, 0, 0)
		}
		f.emit(op, dst, f.operand(in.X), n)
	}
	if in.Op == token.SHL {
		f.extend(dst, in.Type())
	}
}

// compare emits dst = x op y for any comparable operands.
func (f *function) compare(dst uint16, op token.Token, x, y ssa.Value) {
	if op == token.GTR || op == token.GEQ {
		x, y, op = y, x, mirrored[op]
	}
	t := x.Type()
	if isNil(x) {
		x, y, t = y, x, y.Type()
	}
	cl := f.classOf(t)
	switch {
	case isNil(y) && !cl.scalar: // a slice or an interface: its first word
		z := f.temp(1)
		f.emitImm(code.LoadI, z, 0)
		f.emit(cmpSigned[op], dst, f.operand(x), z)
	case cl.float:
		f.emit(cmpFloat[op][narrow(cl)], dst, f.operand(x), f.operand(y))
	case cl.scalar && cl.signed:
		f.emit(cmpSigned[op], dst, f.operand(x), f.operand(y))
	case cl.scalar:
		f.emit(cmpUnsigned[op], dst, f.operand(x), f.operand(y))
	case isString(t):
		if op == token.NEQ {
			f.emit(code.EqStr, dst, f.operand(x), f.operand(y))
			f.emit(code.NotB, dst, dst, 0)
			return
		}
		f.emit(cmpString[op], dst, f.operand(x), f.operand(y))
	default:
		f.equalValues(dst, t, x, y)
		if op == token.NEQ {
			f.emit(code.NotB, dst, dst, 0)
		}
	}
}

// equalValues compares interfaces, complex numbers, structs and arrays.
func (f *function) equalValues(dst uint16, t types.Type, x, y ssa.Value) {
	if types.IsInterface(t) {
		f.emit(code.EqIface, dst, f.eface(x), f.eface(y))
		return
	}
	if f.slots(t) == 0 {
		f.emitImm(code.LoadI, dst, 1)
		return
	}
	f.emit(code.EqVal, dst, f.operand(x), f.operand(y))
	f.extra(0, f.typeK(t))
}

// eface returns slots with v, an interface, as {type, data}.
func (f *function) eface(v ssa.Value) uint16 {
	s := f.operand(v)
	if isEmptyInterface(v.Type()) {
		return s
	}
	t := f.temp(2)
	f.emit(code.ItabType, t, s, 0)
	f.emit(code.Mov, t+1, s+1, 0)
	return t
}

func isNil(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value != nil {
		return false
	}
	switch k.Type().Underlying().(type) {
	case *types.Slice, *types.Interface, *types.Pointer, *types.Map, *types.Chan, *types.Signature:
		return true
	}
	return false
}

func (f *function) negate(dst uint16, in *ssa.UnOp) {
	t := in.X.Type()
	cl := f.classOf(t)
	switch {
	case isComplex(t):
		re, im := f.complexParts(in.X)
		f.emit(code.NegF, re, re, 0)
		f.emit(code.NegF, im, im, 0)
		f.makeComplex(dst, t, re, im)
	case cl.float && cl.size == 4:
		f.emit(code.NegF32, dst, f.operand(in.X), 0)
	case cl.float:
		f.emit(code.NegF, dst, f.operand(in.X), 0)
	default:
		f.emit(code.Neg, dst, f.operand(in.X), 0)
		f.extend(dst, t)
	}
}

// complexParts returns temporaries with the parts of v as float64s.
func (f *function) complexParts(v ssa.Value) (re, im uint16) {
	s := f.operand(v)
	re, im = f.temp(1), f.temp(1)
	if f.classOf(v.Type()).size == 8 {
		f.emit(code.FldU32, re, s, 0)
		f.emit(code.FldU32, im, s, 4)
		f.emit(code.F32F, re, re, 0)
		f.emit(code.F32F, im, im, 0)
		return re, im
	}
	f.move(re, s, 1)
	f.move(im, s+1, 1)
	return re, im
}

// makeComplex puts float64 parts into a complex of type t.
func (f *function) makeComplex(dst uint16, t types.Type, re, im uint16) {
	if f.classOf(t).size == 8 {
		a, b := f.temp(1), f.temp(1)
		f.emit(code.FF32, a, re, 0)
		f.emit(code.FF32, b, im, 0)
		f.emit(code.ShlI, b, b, 32)
		f.emit(code.Or, dst, a, b)
		return
	}
	f.move(dst, re, 1)
	f.move(dst+1, im, 1)
}

// complexOp computes in float64, as gc does for both sizes
// (cmd/compile/internal/ssagen: "Compute in Float64 to minimize cancellation error").
func (f *function) complexOp(dst uint16, in *ssa.BinOp) {
	a, b := f.complexParts(in.X)
	c, d := f.complexParts(in.Y)
	re, im := f.temp(1), f.temp(1)
	t1, t2 := f.temp(1), f.temp(1)
	switch in.Op {
	case token.ADD:
		f.emit(code.AddF, re, a, c)
		f.emit(code.AddF, im, b, d)
	case token.SUB:
		f.emit(code.SubF, re, a, c)
		f.emit(code.SubF, im, b, d)
	case token.MUL:
		f.emit(code.MulF, t1, a, c)
		f.emit(code.MulF, t2, b, d)
		f.emit(code.SubF, re, t1, t2)
		f.emit(code.MulF, t1, a, d)
		f.emit(code.MulF, t2, b, c)
		f.emit(code.AddF, im, t1, t2)
	case token.QUO:
		args := []uint16{a, b, c, d}
		for i, s := range args {
			f.move(f.base()+code.HeaderSlots+uint16(i), s, 1)
		}
		f.nativeCall("runtime.complex128div", 4, 2)
		f.move(re, f.base()+code.HeaderSlots, 1)
		f.move(im, f.base()+code.HeaderSlots+1, 1)
	default:
		f.fail("complex %s", in.Op)
	}
	f.makeComplex(dst, in.X.Type(), re, im)
}

// nativeCall emits a call of a native whose arguments stand behind the base.
func (f *function) nativeCall(sym string, args, results int) {
	f.outSlots(max(args, results))
	f.reloc(f.emitImm(code.Native, f.base(), 0), code.RelNative, sym)
}
