package rtype

import (
	"encoding/binary"
	"math/bits"

	"gopark/sim/mem"
)

// Odd constants with well-mixed bits: the golden ratio and the square roots of
// 3 and 5, as fractions of 2⁶⁴.
const (
	k0 = 0x9e3779b97f4a7c15
	k1 = 0xbb67ae8584caa73b
	k2 = 0x3c6ef372fe94f82b
)

// mix spreads every bit of x over all bits of the result.
func mix(x uint64) uint64 {
	x ^= x >> 32
	x *= k1
	x ^= x >> 29
	x *= k2
	return x ^ x>>32
}

// Hash64 hashes a 64-bit value. It is the hash of 8-byte keys.
func Hash64(v, seed uint64) uint64 { return mix(v ^ seed*k0) }

// Hash32 hashes a 32-bit value. It is the hash of 4-byte keys.
func Hash32(v uint32, seed uint64) uint64 { return Hash64(uint64(v), seed) }

// HashBytes hashes bytes. It is the hash of strings. The result depends on
// neither host nor word size.
func HashBytes(b []byte, seed uint64) uint64 {
	h := seed ^ uint64(len(b))*k0
	for len(b) >= 8 {
		h = bits.RotateLeft64((h^binary.LittleEndian.Uint64(b))*k1, 29) * k2
		b = b[8:]
	}
	var last uint64
	for i, c := range b {
		last |= uint64(c) << (8 * i)
	}
	return mix(h ^ last)
}

// Hash hashes the value of type typ at a, so that equal values have equal
// hashes. If an interface in it holds a type that can't be hashed, bad is that
// type: the program panics with "hash of unhashable type" and its String. The
// hash of a NaN is random (runtime/alg.go:f64hash).
func Hash(m *mem.Memory, typ, a Addr, seed uint64, random func() uint64) (h uint64, bad Addr) {
	t := Type{m, typ}
	switch t.Kind() {
	case Bool, Int8, Uint8:
		return Hash64(uint64(m.U8(a)), seed), 0
	case Int16, Uint16:
		return Hash64(uint64(m.U16(a)), seed), 0
	case Int32, Uint32:
		return Hash32(m.U32(a), seed), 0
	case Int, Uint, Int64, Uint64, Uintptr, Chan, Pointer, UnsafePointer:
		return Hash64(m.U64(a), seed), 0
	case Float32:
		return hashFloat(float64(f32(m, a)), uint64(m.U32(a)), seed, random), 0
	case Float64:
		return hashFloat(f64(m, a), m.U64(a), seed, random), 0
	case Complex64:
		h = hashFloat(float64(f32(m, a)), uint64(m.U32(a)), seed, random)
		return hashFloat(float64(f32(m, a+4)), uint64(m.U32(a+4)), h, random), 0
	case Complex128:
		h = hashFloat(f64(m, a), m.U64(a), seed, random)
		return hashFloat(f64(m, a+8), m.U64(a+8), h, random), 0
	case String:
		n := m.U64(a + 8)
		if n == 0 {
			return HashBytes(nil, seed), 0
		}
		return HashBytes(m.Bytes(m.U64(a), n), seed), 0
	case Interface:
		return hashInterface(t, a, seed, random)
	case Array:
		elem, size := t.Elem().Addr, t.Elem().Size()
		for i := range t.Len() {
			if seed, bad = Hash(m, elem, a+i*size, seed, random); bad != 0 {
				return 0, bad
			}
		}
		return seed, 0
	case Struct:
		return hashStruct(t, a, seed, random)
	}
	return 0, typ
}

func hashFloat(f float64, word, seed uint64, random func() uint64) uint64 {
	switch {
	case f == 0: // +0 and -0 are equal
		return Hash64(0, seed)
	case f != f:
		return Hash64(random(), seed)
	}
	return Hash64(word, seed)
}

func hashInterface(t Type, a Addr, seed uint64, random func() uint64) (uint64, Addr) {
	dyn := TypeWord(t.Mem, t.Addr, a)
	if dyn == 0 {
		return seed, 0
	}
	if !(Type{t.Mem, dyn}).Comparable() {
		return 0, dyn
	}
	return Hash(t.Mem, dyn, Data(t.Mem, dyn, a), seed^k1, random)
}

func hashStruct(t Type, a Addr, seed uint64, random func() uint64) (uint64, Addr) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Name.Blank() {
			continue
		}
		var bad Addr
		if seed, bad = Hash(t.Mem, f.Type.Addr, a+f.Offset, seed, random); bad != 0 {
			return 0, bad
		}
	}
	return seed, 0
}
