package rtype

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"gopark/sim/mem"
)

// Bounds of Format's answers.
const (
	FormatMax   = 200 // bytes, before the closing "…"
	formatDepth = 5   // values within values
	formatElems = 32  // elements of one array, slice or map
)

// A Formatter writes values for people: as fmt's %v would, except that strings
// and the string-like are quoted and methods are never called. It accepts any
// address: what doesn't lie in memory is printed as such, never read.
type Formatter struct {
	Mem *mem.Memory
	// Max bounds the answer's length in bytes; 0: FormatMax.
	Max int
	// Entries calls visit for the entries of map h of type typ until it
	// returns false. nil: only the number of entries is printed.
	Entries func(typ, h Addr, visit func(key, elem Addr) bool)

	out []byte
}

// Format returns the value of type typ at a, shortened.
func Format(m *mem.Memory, typ, a Addr) string {
	f := Formatter{Mem: m}
	return f.Format(typ, a)
}

// Format returns the value of type typ at a.
func (f *Formatter) Format(typ, a Addr) string {
	f.out = f.out[:0]
	f.value(typ, a, 0)
	if limit := f.limit(); len(f.out) > limit {
		for limit > 0 && !utf8.RuneStart(f.out[limit]) {
			limit--
		}
		f.out = append(f.out[:limit], "…"...)
	}
	return string(f.out)
}

func (f *Formatter) limit() int {
	if f.Max > 0 {
		return f.Max
	}
	return FormatMax
}

func (f *Formatter) full() bool       { return len(f.out) > f.limit() }
func (f *Formatter) text(s string)    { f.out = append(f.out, s...) }
func (f *Formatter) address(p uint64) { f.out = fmt.Appendf(f.out, "%#x", p) }

// readable reports that typ is a descriptor all of which can be read. Only
// what the program made up fails here; the check is as deep as Format reads.
func (f *Formatter) readable(typ Addr) bool {
	m := f.Mem
	if !m.Valid(typ, structHead) || Kind(m.U8(typ+offKind)) >= NumKinds {
		return false
	}
	t := Type{m, typ}
	switch t.Kind() {
	case Struct:
		n := m.U64(typ + offFields + 8)
		return n < 1<<16 && m.Valid(m.U64(typ+offFields), n*fieldSize)
	case Invalid:
		return false
	}
	return true
}

func (f *Formatter) value(typ, a Addr, depth int) {
	if f.full() {
		return
	}
	m := f.Mem
	if !f.readable(typ) {
		f.text("?")
		return
	}
	t := Type{m, typ}
	if !m.Valid(a, t.Size()) {
		f.text("?(bad address ")
		f.address(a)
		f.text(")")
		return
	}
	if f.scalar(t, a) {
		return
	}
	if depth >= formatDepth {
		f.text("…")
		return
	}
	if t.Kind() == Struct && t.Named() && f.known(t, a, depth) {
		return
	}
	f.composite(t, a, depth)
}

// scalar prints the value at a if its kind has no parts.
func (f *Formatter) scalar(t Type, a Addr) bool {
	m := f.Mem
	switch k := t.Kind(); k {
	case Bool:
		f.out = strconv.AppendBool(f.out, m.U8(a) != 0)
	case Int8:
		f.int(int64(int8(m.U8(a))))
	case Int16:
		f.int(int64(int16(m.U16(a))))
	case Int32:
		f.int(int64(int32(m.U32(a))))
	case Int, Int64:
		f.int(int64(m.U64(a)))
	case Uint8:
		f.uint(uint64(m.U8(a)))
	case Uint16:
		f.uint(uint64(m.U16(a)))
	case Uint32:
		f.uint(uint64(m.U32(a)))
	case Uint, Uint64, Uintptr:
		f.uint(m.U64(a))
	case Float32:
		f.float(float64(f32(m, a)), 32)
	case Float64:
		f.float(f64(m, a), 64)
	case Complex64:
		f.out = fmt.Append(f.out, complex(f32(m, a), f32(m, a+4)))
	case Complex128:
		f.out = fmt.Append(f.out, complex(f64(m, a), f64(m, a+8)))
	case String:
		f.str(m.U64(a), m.U64(a+8))
	case Func, Chan, UnsafePointer:
		f.pointer(m.U64(a))
	default:
		return false
	}
	return true
}

func (f *Formatter) int(v int64)   { f.out = strconv.AppendInt(f.out, v, 10) }
func (f *Formatter) uint(v uint64) { f.out = strconv.AppendUint(f.out, v, 10) }

func (f *Formatter) float(v float64, bits int) {
	f.out = strconv.AppendFloat(f.out, v, 'g', -1, bits)
}

func (f *Formatter) str(p, n uint64) {
	short := min(n, uint64(f.limit()))
	if n > 0 && !f.Mem.Valid(p, short) {
		f.text("?(bad string)")
		return
	}
	if n == 0 {
		f.text(`""`)
		return
	}
	f.out = strconv.AppendQuote(f.out, f.Mem.String(p, short))
}

func (f *Formatter) pointer(p uint64) {
	if p == 0 {
		f.text("<nil>")
		return
	}
	f.address(p)
}

func (f *Formatter) composite(t Type, a Addr, depth int) {
	m := f.Mem
	switch t.Kind() {
	case Pointer:
		f.pointee(t, m.U64(a), depth)
	case Interface:
		f.iface(t, a, depth)
	case Slice:
		f.list(t.Elem().Addr, m.U64(a), m.U64(a+8), depth)
	case Array:
		f.list(t.Elem().Addr, a, t.Len(), depth)
	case Map:
		f.mapping(t, m.U64(a), depth)
	case Struct:
		f.text("{")
		for i := 0; i < t.NumField() && !f.full(); i++ {
			if i > 0 {
				f.text(" ")
			}
			fd := t.Field(i)
			f.value(fd.Type.Addr, a+fd.Offset, depth+1)
		}
		f.text("}")
	}
}

// pointee prints pointers to composites as &{…} at the top, as fmt does, and
// as addresses deeper down, so that rings end.
func (f *Formatter) pointee(t Type, p uint64, depth int) {
	elem := t.Elem()
	if p != 0 && depth == 0 && f.readable(elem.Addr) && f.Mem.Valid(p, elem.Size()) {
		switch elem.Kind() {
		case Struct, Array, Slice, Map:
			f.text("&")
			f.value(elem.Addr, p, depth+1)
			return
		}
	}
	f.pointer(p)
}

func (f *Formatter) iface(t Type, a Addr, depth int) {
	m := f.Mem
	w := m.U64(a)
	if w == 0 {
		f.text("<nil>")
		return
	}
	if t.NumImethod() > 0 {
		if !m.Valid(w, ITabFun) {
			f.text("?(bad itab)")
			return
		}
		w = m.U64(w + ITabType)
	}
	if !f.readable(w) {
		f.text("?(bad type)")
		return
	}
	f.value(w, Data(m, w, a), depth+1)
}

func (f *Formatter) list(elem, p, n uint64, depth int) {
	if n == 0 {
		f.text("[]")
		return
	}
	if !f.readable(elem) {
		f.text("?")
		return
	}
	size := (Type{f.Mem, elem}).Size()
	f.text("[")
	for i := uint64(0); i < n && !f.full(); i++ {
		if i > 0 {
			f.text(" ")
		}
		if i == formatElems {
			f.text("…")
			break
		}
		f.value(elem, p+i*size, depth+1)
	}
	f.text("]")
}

func (f *Formatter) mapping(t Type, h Addr, depth int) {
	n := uint64(0)
	switch {
	case h == 0:
	case !f.Mem.Valid(h, 48):
		f.text("?(bad map)")
		return
	default:
		n = f.Mem.U64(h) // the header's first word
	}
	if n > 0 && f.Entries == nil {
		f.text("map[… " + strconv.FormatUint(n, 10) + "]")
		return
	}
	f.text("map[")
	i := 0
	visit := func(key, elem Addr) bool {
		if i > 0 {
			f.text(" ")
		}
		if i == formatElems {
			f.text("…")
			return false
		}
		i++
		f.value(t.Key().Addr, key, depth+1)
		f.text(":")
		f.value(t.Elem().Addr, elem, depth+1)
		return !f.full()
	}
	if n > 0 {
		f.Entries(t.Addr, h, visit)
	}
	f.text("]")
}
