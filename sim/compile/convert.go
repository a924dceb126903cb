package compile

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// convert emits dst = to(x).
func (f *function) convert(dst uint16, to types.Type, x ssa.Value) {
	from := x.Type()
	fb, fromBasic := from.Underlying().(*types.Basic)
	tb, toBasic := to.Underlying().(*types.Basic)
	fromString, toString := isString(from), isString(to)
	switch {
	case fromString && toString:
		f.load(dst, x)
	case toString && fromBasic:
		f.emit(code.RuneStr, dst, f.operand(x), 0)
	case toString:
		f.emit(f.elemSize(from, code.BytesStr, code.RunesStr), dst, f.operand(x), 0)
	case fromString && !toBasic:
		f.emit(f.elemSize(to, code.StrBytes, code.StrRunes), dst, f.operand(x), 0)
	case fromBasic && toBasic && isComplex(from):
		re, im := f.complexParts(x)
		f.makeComplex(dst, to, re, im)
	case fromBasic && toBasic && fb.Kind() != types.UnsafePointer && tb.Kind() != types.UnsafePointer:
		f.number(dst, f.classOf(to), to, f.classOf(from), x)
	case f.sliceToArray(to, from):
		f.arrayOfSlice(dst, to, x)
	default: // pointers, unsafe.Pointer and uintptr, channel directions, equal layouts
		f.load(dst, x)
	}
}

func (f *function) sliceToArray(to, from types.Type) bool {
	_, arr := to.Underlying().(*types.Array)
	_, sl := from.Underlying().(*types.Slice)
	return arr && sl
}

func (f *function) arrayOfSlice(dst uint16, to types.Type, x ssa.Value) {
	p := f.temp(1)
	f.emit(code.SliceToArr, p, f.operand(x), 0)
	n := to.Underlying().(*types.Array).Len()
	f.extra(0, int32(n))
	if n > 0 {
		f.loadMem(dst, to, p, 0)
	}
}

// elemSize picks the operation for byte or rune slices.
func (f *function) elemSize(t types.Type, bytes, runes code.Op) code.Op {
	if f.sizes.Sizeof(elemOf(t)) == 1 {
		return bytes
	}
	return runes
}

// number converts between integers and floats.
func (f *function) number(dst uint16, to class, toType types.Type, from class, x ssa.Value) {
	src := f.operand(x)
	switch {
	case from.float && to.float:
		switch {
		case from.size == to.size:
			f.move(dst, src, 1)
		case to.size == 4:
			f.emit(code.FF32, dst, src, 0)
		default:
			f.emit(code.F32F, dst, src, 0)
		}
	case from.float:
		if from.size == 4 {
			t := f.temp(1)
			f.emit(code.F32F, t, src, 0)
			src = t
		}
		op := code.FInt
		switch {
		case !to.signed && to.size == 8:
			op = code.FUint
		case to.size < 4 || to.signed && to.size == 4:
			op = code.FInt32 // cmd/compile/internal/ssagen: fpConvOpToSSA
		}
		f.emit(op, dst, src, 0)
		if op != code.FInt32 || to.size < 4 {
			f.extend(dst, toType)
		}
	case to.float:
		op := [2][2]code.Op{{code.UintF, code.UintF32}, {code.IntF, code.IntF32}}[signed(from)][narrow(to)]
		f.emit(op, dst, src, 0)
	default:
		f.integerTo(dst, src, to, from)
	}
}

// integerTo converts between integers; canonical slots often need nothing.
func (f *function) integerTo(dst, src uint16, to, from class) {
	same := to.size == 8 || to.size > from.size && (to.signed || !from.signed) || to.size == from.size && to.signed == from.signed
	if same {
		f.move(dst, src, 1)
		return
	}
	f.emit(extOps[to.size][signed(to)], dst, src, 0)
}
