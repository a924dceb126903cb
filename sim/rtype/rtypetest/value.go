package rtypetest

import (
	"fmt"
	"math"
	"reflect"

	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// Value allocates a copy of v and what it points to, and returns its address.
func (e *Encoder) Value(v reflect.Value) mem.Addr {
	a := e.Alloc(uint64(v.Type().Size()), 0)
	e.Put(a, v)
	return a
}

// Put writes v to a.
func (e *Encoder) Put(a mem.Addr, v reflect.Value) {
	m := e.Mem
	switch t := v.Type(); v.Kind() {
	case reflect.Bool:
		m.PutU8(a, 0)
		if v.Bool() {
			m.PutU8(a, 1)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.bits(a, uint64(v.Int()), t.Size())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		e.bits(a, v.Uint(), t.Size())
	case reflect.Float32:
		m.PutU32(a, math.Float32bits(float32(v.Float())))
	case reflect.Float64:
		m.PutU64(a, math.Float64bits(v.Float()))
	case reflect.Complex64:
		c := complex64(v.Complex())
		m.PutU32(a, math.Float32bits(real(c)))
		m.PutU32(a+4, math.Float32bits(imag(c)))
	case reflect.Complex128:
		m.PutU64(a, math.Float64bits(real(v.Complex())))
		m.PutU64(a+8, math.Float64bits(imag(v.Complex())))
	case reflect.String:
		m.PutU64(a, e.bytes(v.String()))
		m.PutU64(a+8, uint64(v.Len()))
	case reflect.Slice:
		p := e.Alloc(uint64(v.Len())*uint64(t.Elem().Size()), 0)
		e.elems(p, v)
		e.slice(a, p, v.Len())
	case reflect.Array:
		e.elems(a, v)
	case reflect.Struct:
		for i := range v.NumField() {
			e.Put(a+uint64(t.Field(i).Offset), v.Field(i))
		}
	case reflect.Pointer:
		m.PutU64(a, e.pointee(v))
	case reflect.Chan, reflect.Func, reflect.UnsafePointer:
		m.PutU64(a, uint64(v.Pointer()))
	case reflect.Interface:
		e.putInterface(a, v)
	default:
		panic(fmt.Sprintf("rtypetest: can't write a %v", t))
	}
}

func (e *Encoder) bits(a mem.Addr, x uint64, size uintptr) {
	for i := range uint64(size) {
		e.Mem.PutU8(a+i, byte(x>>(8*i)))
	}
}

func (e *Encoder) bytes(s string) mem.Addr {
	a := e.Alloc(uint64(len(s)), 0)
	copy(e.Mem.Bytes(a, uint64(len(s))), s)
	return a
}

func (e *Encoder) elems(a mem.Addr, v reflect.Value) {
	for i := range v.Len() {
		e.Put(a+uint64(i)*uint64(v.Type().Elem().Size()), v.Index(i))
	}
}

func (e *Encoder) pointee(v reflect.Value) mem.Addr {
	if v.IsNil() {
		return 0
	}
	p := v.Pointer()
	if a, ok := e.ptrs[p]; ok {
		return a
	}
	a := e.Alloc(uint64(v.Type().Elem().Size()), 0)
	e.ptrs[p] = a
	e.Put(a, v.Elem())
	return a
}

func (e *Encoder) putInterface(a mem.Addr, v reflect.Value) {
	if v.IsNil() {
		clear(e.Mem.Bytes(a, 16))
		return
	}
	typ := e.Type(v.Elem().Type())
	if inter := v.Type(); inter.NumMethod() > 0 {
		tab := e.Alloc(rtype.ITabSize(e.Mem, e.Type(inter)), 0)
		if missing := rtype.BuildITab(e.Mem, tab, e.Type(inter), typ); missing != "" {
			panic("rtypetest: no method " + missing)
		}
		e.Mem.PutU64(a, tab)
	} else {
		e.Mem.PutU64(a, typ)
	}
	if direct(v.Elem().Type()) {
		e.Put(a+8, v.Elem())
		return
	}
	e.Mem.PutU64(a+8, e.Value(v.Elem()))
}
