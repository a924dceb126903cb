package rtype

import (
	"bytes"
	"math"

	"gopark/sim/mem"
)

// Equal compares the values of type typ at a and b as == does. If an interface
// among them holds a type that can't be compared, bad is that type: the
// program panics with "comparing uncomparable type" and its String. bad is typ
// itself if it can't be compared.
func Equal(m *mem.Memory, typ, a, b Addr) (equal bool, bad Addr) {
	t := Type{m, typ}
	switch t.Kind() {
	case Bool, Int8, Uint8:
		return m.U8(a) == m.U8(b), 0
	case Int16, Uint16:
		return m.U16(a) == m.U16(b), 0
	case Int32, Uint32:
		return m.U32(a) == m.U32(b), 0
	case Int, Uint, Int64, Uint64, Uintptr, Chan, Pointer, UnsafePointer:
		return m.U64(a) == m.U64(b), 0
	case Float32:
		return f32(m, a) == f32(m, b), 0
	case Float64:
		return f64(m, a) == f64(m, b), 0
	case Complex64:
		return f32(m, a) == f32(m, b) && f32(m, a+4) == f32(m, b+4), 0
	case Complex128:
		return f64(m, a) == f64(m, b) && f64(m, a+8) == f64(m, b+8), 0
	case String:
		return equalString(m, a, b), 0
	case Interface:
		return equalInterface(t, a, b)
	case Array:
		return equalArray(t, a, b)
	case Struct:
		return equalStruct(t, a, b)
	}
	return false, typ
}

func f32(m *mem.Memory, a Addr) float32 { return math.Float32frombits(m.U32(a)) }
func f64(m *mem.Memory, a Addr) float64 { return math.Float64frombits(m.U64(a)) }

func equalString(m *mem.Memory, a, b Addr) bool {
	n := m.U64(a + 8)
	if n != m.U64(b+8) {
		return false
	}
	p, q := m.U64(a), m.U64(b)
	return n == 0 || p == q || bytes.Equal(m.Bytes(p, n), m.Bytes(q, n))
}

// TypeWord returns the dynamic type of the interface of type typ at a; 0 if it
// is nil.
func TypeWord(m *mem.Memory, typ, a Addr) Addr {
	w := m.U64(a)
	if w == 0 || (Type{m, typ}).NumImethod() == 0 {
		return w
	}
	return m.U64(w + ITabType)
}

// Data returns the address of the value of dynamic type dyn in the interface
// at a.
func Data(m *mem.Memory, dyn, a Addr) Addr {
	if (Type{m, dyn}).Direct() {
		return a + 8
	}
	return m.U64(a + 8)
}

func equalInterface(t Type, a, b Addr) (bool, Addr) {
	m := t.Mem
	dyn := TypeWord(m, t.Addr, a)
	if dyn != TypeWord(m, t.Addr, b) {
		return false, 0
	}
	return EqualData(m, dyn, m.U64(a+8), m.U64(b+8))
}

// EqualData compares the data words x and y of two interfaces that both hold
// type dyn, or nothing if dyn is 0 (runtime/alg.go:efaceeq).
func EqualData(m *mem.Memory, dyn Addr, x, y uint64) (bool, Addr) {
	if dyn == 0 {
		return true, 0
	}
	t := Type{m, dyn}
	switch {
	case !t.Comparable():
		return false, dyn
	case t.Direct() || x == y && t.Flags()&FlagRegularMemory != 0:
		return x == y, 0
	}
	return Equal(m, dyn, x, y)
}

func equalArray(t Type, a, b Addr) (bool, Addr) {
	m, elem, n := t.Mem, t.Elem(), t.Len()
	if t.Flags()&FlagRegularMemory != 0 {
		return bytes.Equal(m.Bytes(a, t.Size()), m.Bytes(b, t.Size())), 0
	}
	size := elem.Size()
	for i := range n {
		if eq, bad := Equal(m, elem.Addr, a+i*size, b+i*size); !eq {
			return false, bad
		}
	}
	return true, 0
}

func equalStruct(t Type, a, b Addr) (bool, Addr) {
	m := t.Mem
	if t.Flags()&FlagRegularMemory != 0 {
		return bytes.Equal(m.Bytes(a, t.Size()), m.Bytes(b, t.Size())), 0
	}
	// What strings hold comes last, except that everything stays in front of
	// what may panic (cmd/compile/internal/compare:EqStruct).
	texts := 0
	i := 0
	for ; i < t.NumField(); i++ {
		f := t.Field(i)
		k := f.Type.Kind()
		switch x, y := a+f.Offset, b+f.Offset; {
		case f.Name.Blank():
			continue
		case k == String:
			if m.U64(x+8) != m.U64(y+8) {
				return false, 0
			}
			texts++
			continue
		case k != Interface && k != Array && k != Struct:
			if eq, _ := Equal(m, f.Type.Addr, x, y); !eq {
				return false, 0
			}
			continue
		}
		break
	}
	for k := 0; texts > 0 && k < i; k++ {
		if f := t.Field(k); f.Type.Kind() == String && !f.Name.Blank() && !equalString(m, a+f.Offset, b+f.Offset) {
			return false, 0
		}
	}
	for ; i < t.NumField(); i++ {
		f := t.Field(i)
		if f.Name.Blank() {
			continue
		}
		if eq, bad := Equal(m, f.Type.Addr, a+f.Offset, b+f.Offset); !eq {
			return false, bad
		}
	}
	return true, 0
}
