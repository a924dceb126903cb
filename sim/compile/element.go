package compile

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// This file emits what elements of slices, arrays and strings are reached by.

func (f *function) indexAddr(in *ssa.IndexAddr, val *value) {
	if val.mode == place {
		if val.dyn != nil && val.dyn.v == ssa.Value(in) {
			f.dynamicPlace(in, val)
		}
		return
	}
	arr := arrayOf(in.X)
	switch {
	case arr == nil:
		f.unsignedBounds(in.Index, in.X)
		s, idx := f.operand(in.X), f.operand(in.Index)
		f.emit(code.LeaS, val.slot, s, idx)
		f.extra(0, int32(f.sizes.Sizeof(elemOf(in.X.Type()))))
	case f.smallArray(in):
		f.unsignedBounds(in.Index, in.X)
		base, off := f.arrayBase(in.X)
		f.emit(code.LeaA, val.slot, base, f.operand(in.Index))
		f.elementExtra(arr, off)
	default:
		base := f.operand(in.X)
		f.nilCheck(in.X, base)
		f.unsignedBounds(in.Index, in.X)
		idx := f.operand(in.Index)
		f.arrayBounds(idx, arr.Len())
		f.lea(val.slot, base, idx, f.sizes.Sizeof(arr.Elem()))
	}
}

// arrayBase returns the slot of an array's address, less a constant.
func (f *function) arrayBase(x ssa.Value) (base uint16, off int64) {
	if val := f.info[x]; val != nil && val.mode == folded {
		return f.operand(val.root.v), val.off
	}
	return f.operand(x), 0
}

// elementExtra emits the Extra word of the operations on elements of arr.
func (f *function) elementExtra(arr *types.Array, off int64) {
	f.emit(code.Extra, uint16(arr.Len()), uint16(f.sizes.Sizeof(arr.Elem())), uint16(off))
}

// dynamicPlace computes the byte offset of a local array's element.
func (f *function) dynamicPlace(in *ssa.IndexAddr, val *value) {
	arr := elemOf(in.X.Type()).Underlying().(*types.Array)
	f.unsignedBounds(in.Index, in.X)
	idx := f.operand(in.Index)
	f.arrayBounds(idx, arr.Len())
	dst := val.dyn.slot
	outer := f.info[in.X].dyn
	scaled := dst
	if outer != nil {
		scaled = f.temp(1)
	}
	f.scale(scaled, idx, f.sizes.Sizeof(arr.Elem()))
	if outer != nil {
		f.emit(code.Add, dst, scaled, outer.slot)
	}
}

// wideUnsigned reports whether v has values that no int has: the text of a
// bounds error tells -1 from 18446744073709551615.
func wideUnsigned(v ssa.Value) bool {
	if _, constant := v.(*ssa.Const); v == nil || constant {
		return false
	}
	b, ok := v.Type().Underlying().(*types.Basic)
	return ok && (b.Kind() == types.Uint || b.Kind() == types.Uint64 || b.Kind() == types.Uintptr)
}

// bit is an operand's bit.
func bit(b bool) uint16 {
	if b {
		return 1
	}
	return 0
}

// unsignedBounds emits a check of index v into x before an operation whose own
// check takes it for signed.
func (f *function) unsignedBounds(v, x ssa.Value) {
	if !wideUnsigned(v) {
		return
	}
	arr := arrayOf(x)
	if a, ok := x.Type().Underlying().(*types.Array); ok {
		arr = a
	}
	if arr == nil {
		f.emit(code.Bounds, f.operand(v), f.operand(x)+1, 1)
		return
	}
	n := f.temp(1)
	f.loadInt(n, arr.Len())
	f.emit(code.Bounds, f.operand(v), n, 1)
}

// arrayBounds emits the check of an index into an array of n elements.
func (f *function) arrayBounds(idx uint16, n int64) {
	if n == int64(int32(n)) {
		f.emitImm(code.BoundsI, idx, int32(n))
		return
	}
	t := f.temp(1)
	f.loadInt(t, n)
	f.emit(code.Bounds, idx, t, 0)
}

// scale emits dst = idx * size.
func (f *function) scale(dst, idx uint16, size int64) {
	if size == 1 {
		f.move(dst, idx, 1)
		return
	}
	for k := range uint16(17) {
		if size == 1<<k {
			f.emit(code.ShlI, dst, idx, k)
			return
		}
	}
	if size == int64(int16(size)) {
		f.emit(code.MulI, dst, idx, uint16(size))
		return
	}
	t := f.temp(1)
	f.loadInt(t, size)
	f.emit(code.Mul, dst, idx, t)
}

// lea emits dst = base + idx*size.
func (f *function) lea(dst, base, idx uint16, size int64) {
	if op, ok := map[int64]code.Op{1: code.Add, 2: code.Lea2, 4: code.Lea4, 8: code.Lea8, 16: code.Lea16, 24: code.Lea24}[size]; ok {
		f.emit(op, dst, base, idx)
		return
	}
	t := f.temp(1)
	f.scale(t, idx, size)
	f.emit(code.Add, dst, base, t)
}

// index emits the element of an array value or a string.
func (f *function) index(dst uint16, in *ssa.Index) {
	if s, ok := constString(in.X); ok && len(s) > 0 && len(s) <= maxElement && !wideUnsigned(in.Index) { // an array of known length
		base := f.word(code.Const{Kind: code.RelAddr, Sym: f.stringData(s)})
		f.emit(code.LdaU8, dst, base, f.operand(in.Index))
		f.emit(code.Extra, uint16(len(s)), 1, 0)
		return
	}
	f.unsignedBounds(in.Index, in.X)
	x, idx := f.operand(in.X), f.operand(in.Index)
	arr, ok := in.X.Type().Underlying().(*types.Array)
	if !ok {
		f.emit(code.LdxU8, dst, x, idx)
		return
	}
	f.arrayBounds(idx, arr.Len())
	off := f.temp(1)
	cl := f.classOf(arr.Elem())
	f.scale(off, idx, int64(cl.size))
	switch {
	case cl.size == 0:
	case flxOps[cl.size][0] != 0:
		f.emit(flxOps[cl.size][signed(cl)], dst, x, off)
	default:
		f.emit(code.FlxN, dst, x, off)
		f.extra(0, int32(cl.size))
	}
}

// loadElement emits dst = the element at ix.
func (f *function) loadElement(dst uint16, cl class, ix *ssa.IndexAddr) {
	f.unsignedBounds(ix.Index, ix.X)
	arr, xv := arrayOf(ix.X), f.info[ix.X]
	switch {
	case arr == nil:
		f.emit(loadxOps[cl.size][signed(cl)], dst, f.operand(ix.X), f.operand(ix.Index))
	case xv != nil && (xv.local || xv.mode == place):
		root, off, _, _ := f.placeOf(xv)
		f.emit(code.Fli64, dst, root+uint16(off/8), f.operand(ix.Index))
		f.emit(code.Extra, uint16(arr.Len()), 0, 0)
	default:
		op := code.Lda64
		if cl.size == 1 {
			op = code.LdaU8
		}
		base, off := f.arrayBase(ix.X)
		f.emit(op, dst, base, f.operand(ix.Index))
		f.elementExtra(arr, off)
	}
}

// storeElement emits: the element at ix = v.
func (f *function) storeElement(ix *ssa.IndexAddr, cl class, v ssa.Value) {
	f.unsignedBounds(ix.Index, ix.X)
	arr, xv := arrayOf(ix.X), f.info[ix.X]
	switch {
	case arr == nil:
		f.emit(storexOp[cl.size], f.operand(ix.X), f.operand(ix.Index), f.operand(v))
	case xv != nil && (xv.local || xv.mode == place):
		root, off, _, _ := f.placeOf(xv)
		f.emit(code.Fsi64, root+uint16(off/8), f.operand(v), f.operand(ix.Index))
		f.emit(code.Extra, uint16(arr.Len()), 0, 0)
	default:
		op := code.Sta64
		if cl.size == 1 {
			op = code.Sta8
		}
		base, off := f.arrayBase(ix.X)
		f.emit(op, base, f.operand(ix.Index), f.operand(v))
		f.elementExtra(arr, off)
	}
}
