package vm

import (
	"math/bits"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/rtype"
)

func (v *VM) sizeOf(typ mem.Addr) uint64 { return v.mem.U64(typ) }

func (v *VM) hasPointers(typ mem.Addr) bool { return v.mem.U64(typ+8) != 0 }

func (v *VM) hasMethods(typ mem.Addr) bool {
	return typ != 0 && rtype.At(v.mem, typ).NumMethod() > 0
}

// makeSlice is MakeSlice (runtime/slice.go:makeslice).
func (v *VM) makeSlice(in code.Instr) {
	typ := v.typeWord()
	n, c := v.get(in.B), v.get(in.C)
	size := v.sizeOf(typ)
	tooLarge := func(n uint64) bool {
		hi, lo := bits.Mul64(size, n)
		return int64(n) < 0 || hi != 0 || lo > maxAlloc
	}
	switch {
	case tooLarge(n):
		v.panicText("makeslice: len out of range")
		return
	case tooLarge(c) || n > c:
		v.panicText("makeslice: cap out of range")
		return
	}
	p := v.allocArray(size, typ, c)
	v.set(in.A, p)
	v.set(in.A+1, n)
	v.set(in.A+2, c)
}

// maxAlloc is what an address space of 48 bits bounds (runtime/malloc.go).
const maxAlloc = 1 << 48

// box makes an interface's data word of a value (runtime/iface.go:convT).
func (v *VM) box(in code.Instr) {
	typ := v.typeWord()
	t := rtype.At(v.mem, typ)
	size := t.Size()
	if t.Direct() {
		v.set(in.A, v.get(in.B))
		return
	}
	p := v.alloc(size, typ, 1)
	if size > 0 {
		copy(v.mem.Bytes(p, size), v.frameBytes(in.B, size))
	}
	v.set(in.A, p)
}

func (v *VM) sliceOp(op code.Op, in code.Instr) {
	switch op {
	case code.Slice, code.SliceArr:
		v.slice(op, in)
	case code.Append:
		typ := v.typeWord()
		v.appendFrom(in, typ, v.get(in.C), v.get(in.C+1))
	case code.AppendStr:
		v.appendFrom(in, 0, v.get(in.C), v.get(in.C+1))
	case code.Append1:
		typ := v.typeWord()
		v.append1(in, typ)
	case code.CopySlice:
		typ := v.typeWord()
		v.copySlice(in, v.sizeOf(typ))
	case code.CopyStr:
		v.copySlice(in, 1)
	case code.ClearSlice:
		size := v.sizeOf(v.typeWord())
		n := v.get(in.A+1) * size
		clear(v.writable(v.get(in.A), n))
		v.chargeBytes(n)
	case code.SliceToArr:
		want := uint64(uint32(v.extraWord().Imm()))
		if n := v.get(in.B + 1); n < want {
			v.panicBounds(want, false, n, boundsConvert)
			return
		}
		v.set(in.A, v.get(in.B))
	default:
		panic(badOp(op))
	}
}

// What operand C of Slice, SliceArr and SliceStr says of the bounds.
const (
	unsignedLow = 1 << iota
	unsignedHigh
	unsignedMax
)

// slice is b[lo:hi:max] of a slice or of the array b points to.
func (v *VM) slice(op code.Op, in code.Instr) {
	x := v.extraWord()
	size := v.sizeOf(v.typeWord())
	p := v.get(in.B)
	var n, c uint64
	isSlice := op == code.Slice
	if isSlice {
		n, c = v.get(in.B+1), v.get(in.B+2)
	} else {
		c = v.k[v.extraWord().Imm()]
		n = c
		if p == 0 {
			v.fault(0)
			return
		}
	}
	lo, hi, limit := uint64(0), n, c
	if x.A != code.NoSlot {
		lo = v.get(x.A)
	}
	if x.B != code.NoSlot {
		hi = v.get(x.B)
	}
	if x.C != code.NoSlot {
		limit = v.get(x.C)
	}
	// An array's or string's bound is a length, a slice's a capacity.
	b2, b3 := uint8(boundsSliceAlen), uint8(boundsSlice3Alen)
	if isSlice {
		b2, b3 = boundsSliceAcap, boundsSlice3Acap
	}
	switch {
	case x.C != code.NoSlot && limit > c:
		v.panicBounds(limit, in.C&unsignedMax != 0, c, b3)
		return
	case x.C != code.NoSlot && hi > limit:
		v.panicBounds(hi, in.C&unsignedHigh != 0, limit, boundsSlice3B)
		return
	case x.C != code.NoSlot && lo > hi:
		v.panicBounds(lo, in.C&unsignedLow != 0, hi, boundsSlice3C)
		return
	case hi > limit:
		v.panicBounds(hi, in.C&unsignedHigh != 0, limit, b2)
		return
	case lo > hi:
		v.panicBounds(lo, in.C&unsignedLow != 0, hi, boundsSliceB)
		return
	}
	if limit != lo { // an empty rest must not point behind the object
		p += lo * size
	}
	v.set(in.A, p)
	v.set(in.A+1, hi-lo)
	v.set(in.A+2, limit-lo)
}

// grown returns a backing array with room for n elements, and its capacity
// (runtime/slice.go:growslice).
func (v *VM) grown(p, old, c, n uint64, typ mem.Addr) (mem.Addr, uint64, bool) {
	size, pointers := uint64(1), false
	if typ != 0 {
		size, pointers = v.sizeOf(typ), v.hasPointers(typ)
	}
	if int64(n) < 0 {
		v.panicText("growslice: len out of range")
		return 0, 0, false
	}
	if size == 0 {
		return v.zeroBase(), n, true
	}
	newCap := nextCap(n, c)
	hi, bytes := bits.Mul64(newCap, size)
	if hi != 0 || bytes > maxAlloc {
		v.panicText("growslice: len out of range")
		return 0, 0, false
	}
	newCap = v.heap.roundSize(bytes, pointers) / size
	q := v.allocArray(size, typ, newCap)
	if old > 0 {
		copy(v.mem.Bytes(q, old*size), v.bytes(p, old*size))
		v.chargeBytes(old * size)
	}
	return q, newCap, true
}

// nextCap is runtime/slice.go:nextslicecap.
func nextCap(n, old uint64) uint64 {
	const threshold = 256
	if n > 2*old {
		return n
	}
	if old < threshold {
		return 2 * old
	}
	c := old
	for c < n {
		c += (c + 3*threshold) >> 2
	}
	return c
}

func (v *VM) appendFrom(in code.Instr, typ mem.Addr, from, m uint64) {
	size := uint64(1)
	if typ != 0 {
		size = v.sizeOf(typ)
	}
	p, n, c := v.get(in.B), v.get(in.B+1), v.get(in.B+2)
	if n+m > c {
		var ok bool
		if p, c, ok = v.grown(p, n, c, n+m, typ); !ok {
			return
		}
	}
	if m*size > 0 {
		added := v.bytes(from, m*size)
		copy(v.writable(p+n*size, m*size), added)
		v.chargeBytes(m * size)
	}
	v.set(in.A, p)
	v.set(in.A+1, n+m)
	v.set(in.A+2, c)
}

func (v *VM) append1(in code.Instr, typ mem.Addr) {
	size := v.sizeOf(typ)
	p, n, c := v.get(in.B), v.get(in.B+1), v.get(in.B+2)
	if n+1 > c {
		var ok bool
		if p, c, ok = v.grown(p, n, c, n+1, typ); !ok {
			return
		}
	}
	if size > 0 {
		copy(v.writable(p+n*size, size), v.frameBytes(in.C, size))
	}
	v.set(in.A, p)
	v.set(in.A+1, n+1)
	v.set(in.A+2, c)
}

func (v *VM) copySlice(in code.Instr, size uint64) {
	n := min(v.get(in.B+1), v.get(in.C+1))
	if n*size > 0 {
		from := v.bytes(v.get(in.C), n*size)
		copy(v.writable(v.get(in.B), n*size), from)
		v.chargeBytes(n * size)
	}
	v.set(in.A, n)
}
