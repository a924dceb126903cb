package vm

import (
	"bytes"
	"unicode/utf8"

	"gopark/sim/code"
	"gopark/sim/mem"
)

// str returns the bytes of the string (or []byte) at slot, shared.
func (v *VM) str(slot uint16) []byte { return v.bytes(v.get(slot), v.get(slot+1)) }

func (v *VM) stringOp(op code.Op, in code.Instr) {
	switch op {
	case code.Concat:
		v.concat(in)
	case code.EqStr:
		eq := v.get(in.B+1) == v.get(in.C+1)
		if eq && v.get(in.B) != v.get(in.C) {
			v.chargeBytes(v.get(in.B + 1))
			eq = bytes.Equal(v.str(in.B), v.str(in.C))
		}
		v.set(in.A, b2u(eq))
	case code.LtStr:
		v.set(in.A, b2u(bytes.Compare(v.str(in.B), v.str(in.C)) < 0))
	case code.LeStr:
		v.set(in.A, b2u(bytes.Compare(v.str(in.B), v.str(in.C)) <= 0))
	case code.SliceStr:
		v.sliceStr(in)
	case code.StrBytes:
		v.strBytes(in)
	case code.BytesStr:
		n := v.get(in.B + 1)
		v.str(in.B)
		p := mem.Addr(0)
		if n > 0 {
			p = v.alloc(n, 0, 1)
			copy(v.mem.Bytes(p, n), v.str(in.B))
		}
		v.setStr(in.A, p, n)
	case code.StrRunes:
		v.strRunes(in)
	case code.RunesStr:
		v.runesStr(in)
	case code.RuneStr:
		r := rune(utf8.RuneError)
		if x := int64(v.get(in.B)); x >= 0 && x <= utf8.MaxRune {
			r = rune(x)
		}
		s := string(r)
		v.setStr(in.A, v.newString(s), uint64(len(s)))
	case code.StrNext:
		v.strNext(in)
	}
}

func (v *VM) setStr(slot uint16, p mem.Addr, n uint64) {
	v.set(slot, p)
	v.set(slot+1, n)
}

func (v *VM) concat(in code.Instr) {
	n, m := v.get(in.B+1), v.get(in.C+1)
	switch {
	case n == 0:
		v.setStr(in.A, v.get(in.C), m)
		return
	case m == 0:
		v.setStr(in.A, v.get(in.B), n)
		return
	case n+m < n || n+m > maxAlloc:
		v.throw("string concatenation too long")
		return
	}
	p := v.alloc(n+m, 0, 1)
	b := v.mem.Bytes(p, n+m)
	copy(b, v.str(in.B))
	copy(b[n:], v.str(in.C))
	v.chargeBytes(n + m)
	v.setStr(in.A, p, n+m)
}

func (v *VM) sliceStr(in code.Instr) {
	x := v.extraWord()
	p, n := v.get(in.B), v.get(in.B+1)
	lo, hi := uint64(0), n
	if x.A != code.NoSlot {
		lo = v.get(x.A)
	}
	if x.B != code.NoSlot {
		hi = v.get(x.B)
	}
	switch {
	case hi > n:
		v.panicBounds(hi, in.C&unsignedHigh != 0, n, boundsSliceAlen)
		return
	case lo > hi:
		v.panicBounds(lo, in.C&unsignedLow != 0, hi, boundsSliceB)
		return
	}
	if lo < hi {
		p += lo
	}
	v.setStr(in.A, p, hi-lo)
}

// strBytes makes a []byte; its capacity is the size class's, as Go's is.
func (v *VM) strBytes(in code.Instr) {
	n := v.get(in.B + 1)
	v.str(in.B)
	c := v.heap.roundSize(n, false)
	if n == 0 {
		c = 0
	}
	p := v.alloc(c, 0, 1)
	if n > 0 {
		copy(v.mem.Bytes(p, n), v.str(in.B))
	}
	v.setStr(in.A, p, n)
	v.set(in.A+2, c)
}

func (v *VM) strRunes(in code.Instr) {
	runes := bytes.Runes(v.str(in.B))
	n := uint64(len(runes))
	c := v.heap.roundSize(n*4, false) / 4
	if n == 0 {
		c = 0
	}
	p := v.alloc(c*4, 0, 1)
	for i, r := range runes {
		v.mem.PutU32(p+4*uint64(i), uint32(r))
	}
	v.chargeBytes(4 * n)
	v.setStr(in.A, p, n)
	v.set(in.A+2, c)
}

func (v *VM) runesStr(in code.Instr) {
	n := v.get(in.B + 1)
	b := v.bytes(v.get(in.B), n*4)
	var s []byte
	for i := range n {
		s = utf8.AppendRune(s, rune(int32(uint32(b[4*i])|uint32(b[4*i+1])<<8|uint32(b[4*i+2])<<16|uint32(b[4*i+3])<<24)))
	}
	v.chargeBytes(uint64(len(s)))
	v.setStr(in.A, v.newString(string(s)), uint64(len(s)))
}

// strNext is one step of ranging over a string.
func (v *VM) strNext(in code.Instr) {
	s, at := v.str(in.B), v.get(in.C)
	if at >= uint64(len(s)) {
		v.set(in.A, 0)
		return
	}
	r, n := utf8.DecodeRune(s[at:])
	v.set(in.A, 1)
	v.set(in.A+1, at)
	v.set(in.A+2, uint64(int64(r)))
	v.set(in.C, at+uint64(n))
}
