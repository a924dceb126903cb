// Package rtypetest writes the host's types and values into a simulated memory,
// in the layouts of internal/abi, for tests. It knows them by reflection only,
// so that what reads them is checked against the host's Go. The host must have
// 64-bit words, as amd64 and wasm do.
package rtypetest

import (
	"reflect"

	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// An Encoder writes types and values to Mem.
type Encoder struct {
	Mem *mem.Memory

	types map[reflect.Type]mem.Addr
	ptrs  map[uintptr]mem.Addr // host pointers already copied
}

// New returns an encoder for a fresh memory of at most limit bytes.
func New(limit uint64) *Encoder {
	e := &Encoder{Mem: mem.New(limit, nil), types: map[reflect.Type]mem.Addr{}, ptrs: map[uintptr]mem.Addr{}}
	e.Alloc(16, 0) // offset 0 means no name
	return e
}

// Alloc returns n zeroed bytes.
func (e *Encoder) Alloc(n uint64, _ mem.Addr) mem.Addr {
	a, ok := e.Mem.Extend(max(n, 1))
	if !ok {
		panic("rtypetest: memory is full")
	}
	return a
}

// uncommonAt is where a descriptor's head ends, by kind.
var uncommonAt = map[reflect.Kind]uint64{
	reflect.Array: 72, reflect.Chan: 64, reflect.Func: 56, reflect.Interface: 80,
	reflect.Map: 112, reflect.Pointer: 56, reflect.Slice: 56, reflect.Struct: 80,
}

// Type returns the descriptor of t, written on first use.
func (e *Encoder) Type(t reflect.Type) mem.Addr {
	if a, ok := e.types[t]; ok {
		return a
	}
	m := e.Mem
	head, ok := uncommonAt[t.Kind()]
	if !ok {
		head = 48
	}
	n := t.NumMethod()
	if t.Kind() == reflect.Interface {
		n = 0
	}
	params := uint64(0)
	if t.Kind() == reflect.Func {
		params = uint64(8 * (t.NumIn() + t.NumOut()))
	}
	a := e.Alloc(head+16+params+16*uint64(n), 0)
	e.types[t] = a
	m.PutU64(a, uint64(t.Size()))
	m.PutU64(a+8, ptrBytes(t))
	m.PutU32(a+16, uint32(len(e.types))*2654435761)
	m.PutU8(a+20, flags(t))
	m.PutU8(a+21, uint8(t.Align()))
	m.PutU8(a+22, uint8(t.FieldAlign()))
	m.PutU8(a+23, uint8(t.Kind()))
	if t.Comparable() {
		m.PutU64(a+24, 1)
	}
	m.PutU32(a+40, e.Name(t.String(), "", false, false))
	e.kind(t, a)
	if flags(t)&rtype.FlagUncommon != 0 {
		e.uncommon(t, a+head, params)
	}
	return a
}

func flags(t reflect.Type) (f uint8) {
	if t.Name() != "" {
		f |= rtype.FlagNamed
	}
	if t.PkgPath() != "" || t.Kind() != reflect.Interface && t.NumMethod() > 0 {
		f |= rtype.FlagUncommon
	}
	if regular(t) {
		f |= rtype.FlagRegularMemory
	}
	if direct(t) {
		f |= rtype.FlagDirectIface
	}
	return f
}

func direct(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return true
	case reflect.Array:
		return t.Len() == 1 && direct(t.Elem())
	case reflect.Struct:
		return t.NumField() == 1 && direct(t.Field(0).Type)
	}
	return false
}

func regular(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128,
		reflect.String, reflect.Interface, reflect.Slice, reflect.Func, reflect.Map:
		return false
	case reflect.Array:
		return regular(t.Elem())
	case reflect.Struct:
		end := uintptr(0)
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Name == "_" || f.Offset != end || !regular(f.Type) {
				return false
			}
			end += f.Type.Size()
		}
		return end == t.Size()
	}
	return true
}

func ptrBytes(t reflect.Type) uint64 {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.String, reflect.Slice:
		return 8
	case reflect.Interface:
		return 16
	case reflect.Array:
		if t.Len() > 0 && ptrBytes(t.Elem()) > 0 {
			return uint64(t.Size()-t.Elem().Size()) + ptrBytes(t.Elem())
		}
	case reflect.Struct:
		for i := t.NumField() - 1; i >= 0; i-- {
			if p := ptrBytes(t.Field(i).Type); p > 0 {
				return uint64(t.Field(i).Offset) + p
			}
		}
	}
	return 0
}

// Name writes an abi.Name and returns its NameOff.
func (e *Encoder) Name(name, tag string, exported, embedded bool) uint32 {
	var bits byte
	if exported {
		bits |= 1
	}
	if tag != "" {
		bits |= 2
	}
	if embedded {
		bits |= 8
	}
	b := append(varint([]byte{bits}, len(name)), name...)
	if tag != "" {
		b = append(varint(b, len(tag)), tag...)
	}
	a := e.Alloc(uint64(len(b)), 0)
	copy(e.Mem.Bytes(a, uint64(len(b))), b)
	return uint32(a - mem.Base)
}

func varint(b []byte, n int) []byte {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

func (e *Encoder) off(t reflect.Type) uint32 { return uint32(e.Type(t) - mem.Base) }

func (e *Encoder) kind(t reflect.Type, a mem.Addr) {
	m := e.Mem
	switch t.Kind() {
	case reflect.Array:
		m.PutU64(a+48, e.Type(t.Elem()))
		m.PutU64(a+56, e.Type(reflect.SliceOf(t.Elem())))
		m.PutU64(a+64, uint64(t.Len()))
	case reflect.Chan:
		m.PutU64(a+48, e.Type(t.Elem()))
		m.PutU64(a+56, uint64(t.ChanDir()))
	case reflect.Func:
		e.fn(t, a)
	case reflect.Interface:
		e.iface(t, a)
	case reflect.Map:
		e.mapping(t, a)
	case reflect.Pointer, reflect.Slice:
		m.PutU64(a+48, e.Type(t.Elem()))
	case reflect.Struct:
		fields := e.Alloc(uint64(24*t.NumField()), 0)
		m.PutU64(a+48, mem.Base+uint64(e.Name(t.PkgPath(), "", false, false)))
		for i := range t.NumField() {
			f := t.Field(i)
			at := fields + uint64(24*i)
			m.PutU64(at, mem.Base+uint64(e.Name(f.Name, string(f.Tag), f.IsExported(), f.Anonymous)))
			m.PutU64(at+8, e.Type(f.Type))
			m.PutU64(at+16, uint64(f.Offset))
		}
		e.slice(a+56, fields, t.NumField())
	}
}

func (e *Encoder) slice(at, p mem.Addr, n int) {
	e.Mem.PutU64(at, p)
	e.Mem.PutU64(at+8, uint64(n))
	e.Mem.PutU64(at+16, uint64(n))
}

func (e *Encoder) fn(t reflect.Type, a mem.Addr) {
	m := e.Mem
	m.PutU16(a+48, uint16(t.NumIn()))
	out := uint16(t.NumOut())
	if t.IsVariadic() {
		out |= 1 << 15
	}
	m.PutU16(a+50, out)
	at := a + 56
	if flags(t)&rtype.FlagUncommon != 0 {
		at += 16
	}
	for in := range t.Ins() {
		m.PutU64(at, e.Type(in))
		at += 8
	}
	for out := range t.Outs() {
		m.PutU64(at, e.Type(out))
		at += 8
	}
}

func (e *Encoder) iface(t reflect.Type, a mem.Addr) {
	m := e.Mem
	methods := e.Alloc(uint64(8*t.NumMethod()), 0)
	pkg := ""
	for i := range t.NumMethod() {
		f := t.Method(i)
		if f.PkgPath != "" {
			pkg = f.PkgPath
		}
		m.PutU32(methods+uint64(8*i), e.Name(f.Name, "", f.PkgPath == "", false))
		m.PutU32(methods+uint64(8*i)+4, e.off(f.Type))
	}
	m.PutU64(a+48, mem.Base+uint64(e.Name(pkg, "", false, false)))
	e.slice(a+56, methods, t.NumMethod())
}

func (e *Encoder) mapping(t reflect.Type, a mem.Addr) {
	m := e.Mem
	m.PutU64(a+48, e.Type(t.Key()))
	m.PutU64(a+56, e.Type(t.Elem()))
	key, elem := t.Key(), t.Elem()
	flags := uint32(0)
	if needUpdate(key) {
		flags |= 1
	}
	if mightPanic(key) {
		flags |= 2
	}
	if key.Size() > 128 {
		key, flags = reflect.PointerTo(key), flags|4
	}
	if elem.Size() > 128 {
		elem, flags = reflect.PointerTo(elem), flags|8
	}
	slot := reflect.StructOf([]reflect.StructField{{Name: "K", Type: key}, {Name: "E", Type: elem}})
	m.PutU64(a+80, 8+8*uint64(slot.Size()))
	m.PutU64(a+88, uint64(slot.Size()))
	m.PutU64(a+96, uint64(slot.Field(1).Offset))
	m.PutU32(a+104, flags)
}

func anyPart(t reflect.Type, is func(reflect.Kind) bool) bool {
	switch t.Kind() {
	case reflect.Array:
		return anyPart(t.Elem(), is)
	case reflect.Struct:
		for i := range t.NumField() {
			if anyPart(t.Field(i).Type, is) {
				return true
			}
		}
		return false
	}
	return is(t.Kind())
}

func needUpdate(t reflect.Type) bool {
	return anyPart(t, func(k reflect.Kind) bool {
		return k >= reflect.Float32 && k <= reflect.Complex128 || k == reflect.Interface || k == reflect.String
	})
}

func mightPanic(t reflect.Type) bool {
	return anyPart(t, func(k reflect.Kind) bool { return k == reflect.Interface })
}

// uncommon writes the UncommonType at a. Entry pcs are the methods' numbers
// from 100 on.
func (e *Encoder) uncommon(t reflect.Type, a mem.Addr, params uint64) {
	m := e.Mem
	m.PutU32(a, e.Name(t.PkgPath(), "", false, false))
	if t.Kind() == reflect.Interface {
		return
	}
	n := t.NumMethod()
	m.PutU16(a+4, uint16(n))
	m.PutU16(a+6, uint16(n))
	m.PutU32(a+8, uint32(16+params))
	for i := range n {
		f := t.Method(i)
		at := a + 16 + params + uint64(16*i)
		m.PutU32(at, e.Name(f.Name, "", true, false))
		m.PutU32(at+4, e.off(withoutReceiver(f.Type)))
		m.PutU32(at+8, uint32(100+i))
		m.PutU32(at+12, uint32(200+i))
	}
}

func withoutReceiver(t reflect.Type) reflect.Type {
	var in, out []reflect.Type
	for i := 1; i < t.NumIn(); i++ {
		in = append(in, t.In(i))
	}
	for o := range t.Outs() {
		out = append(out, o)
	}
	return reflect.FuncOf(in, out, t.IsVariadic())
}
