package code

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"sort"
	"strings"
)

// An Archive is an opened archive. A damaged body reads as an absent definition
// and is remembered in Err. What it returns is shared: it
// must not be changed.
type Archive struct {
	strings []string
	entries []archEntry // in order of name and kind
	bodies  []byte

	funcs map[string]*Func // decoded
	data  map[string]*Data
	err   error
}

type archEntry struct {
	name   string
	kind   uint64
	lo, hi uint64 // of the body
}

// OpenArchive reads the index of what Encode wrote. The archive keeps b.
func OpenArchive(b []byte) (*Archive, error) {
	b, ok := bytes.CutPrefix(b, []byte(archiveMagic))
	if !ok {
		return nil, errArchive
	}
	a := &Archive{funcs: map[string]*Func{}, data: map[string]*Data{}}
	r := &archReader{b: b}
	if a.strings = r.stringTable(); r.bad {
		return nil, errArchive
	}
	r.strings = a.strings
	n := r.count(3)
	a.entries = make([]archEntry, n)
	off := uint64(0)
	for i := range a.entries {
		e := archEntry{name: r.str(), kind: r.uint(), lo: off}
		size := r.uint()
		if size > uint64(len(b)) {
			return nil, errArchive
		}
		off += size
		e.hi = off
		if i > 0 && compareEntries(a.entries[i-1], e.name, e.kind) >= 0 {
			return nil, errArchive
		}
		a.entries[i] = e
	}
	if r.bad || off != uint64(len(r.b)) {
		return nil, errArchive
	}
	a.bodies = r.b
	return a, nil
}

func compareEntries(e archEntry, name string, kind uint64) int {
	return cmp.Or(strings.Compare(e.name, name), cmp.Compare(e.kind, kind))
}

// Err is the first damage that was met, nil if none.
func (a *Archive) Err() error { return a.err }

// Symbols calls yield for every symbol, in order.
func (a *Archive) Symbols(yield func(sym string, isData bool, bytes int) bool) {
	for _, e := range a.entries {
		if !yield(e.name, e.kind == archData, int(e.hi-e.lo)) {
			return
		}
	}
}

// Func returns the function sym, nil if the archive has none. What it returns
// has passed Verify.
func (a *Archive) Func(sym string) *Func {
	if i, ok := a.find(sym, archFunc); ok {
		return a.funcAt(sym, i)
	}
	return nil
}

// funcAt is the function sym, which is entry i.
func (a *Archive) funcAt(sym string, i int) *Func {
	if f := a.funcs[sym]; f != nil {
		return f
	}
	f := a.decode(sym, i)
	if f == nil {
		return nil
	}
	if err := Verify(f); err != nil {
		a.fail(err)
		return nil
	}
	a.funcs[f.Sym] = f
	return f
}

// decode reads the function sym, entry i, as it is written.
func (a *Archive) decode(sym string, i int) *Func {
	r := a.body(i)
	f := &Func{Sym: r.str()}
	r.function(f)
	if !a.good(r, sym, f.Sym) {
		return nil
	}
	return f
}

// Data returns the data symbol sym, nil if the archive has none.
func (a *Archive) Data(sym string) *Data {
	if i, ok := a.find(sym, archData); ok {
		return a.dataAt(sym, i)
	}
	return nil
}

// dataAt is the data symbol sym, which is entry i.
func (a *Archive) dataAt(sym string, i int) *Data {
	if d := a.data[sym]; d != nil {
		return d
	}
	r := a.body(i)
	d := &Data{Sym: r.str()}
	r.data(d)
	if !a.good(r, sym, d.Sym) {
		return nil
	}
	a.data[d.Sym] = d
	return d
}

func (a *Archive) find(sym string, kind uint64) (int, bool) {
	return sort.Find(len(a.entries), func(i int) int { return -compareEntries(a.entries[i], sym, kind) })
}

func (a *Archive) body(i int) *archReader {
	e := a.entries[i]
	return &archReader{b: a.bodies[e.lo:e.hi], strings: a.strings}
}

// good reports whether a body was read to its end and is sym's.
func (a *Archive) good(r *archReader, sym, have string) bool {
	if !r.bad && len(r.b) == 0 && have == sym {
		return true
	}
	a.fail(fmt.Errorf("the definition of %s is damaged", sym))
	return false
}

func (a *Archive) fail(err error) {
	if a.err == nil {
		a.err = fmt.Errorf("archive: %w", err)
	}
}

// An archReader takes values from the front of b. After the first mistake bad
// is set and all values are zero.
type archReader struct {
	b       []byte
	strings []string
	bad     bool
}

func (r *archReader) fail() {
	r.bad = true
	r.b = nil
}

func (r *archReader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *archReader) int() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return v
}

// count reads the length of a list whose items take at least size bytes each,
// so that a lie can't make us allocate more than the input's own size.
func (r *archReader) count(size uint64) int {
	n := r.uint()
	if n > uint64(len(r.b))/size {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *archReader) upTo(limit uint64) uint64 {
	v := r.uint()
	if v > limit {
		r.fail()
		return 0
	}
	return v
}

func (r *archReader) u16() uint16 { return uint16(r.upTo(1<<16 - 1)) }
func (r *archReader) u32() uint32 { return uint32(r.upTo(1<<32 - 1)) }

func (r *archReader) i32() int32 {
	v := r.int()
	if int64(int32(v)) != v {
		r.fail()
		return 0
	}
	return int32(v)
}

func (r *archReader) bytes(n int) []byte {
	if n > len(r.b) {
		r.fail()
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}

func (r *archReader) str() string {
	i := r.uint()
	if i >= uint64(len(r.strings)) {
		r.fail()
		return ""
	}
	return r.strings[i]
}

// stringTable reads the strings; they share one copy of their bytes.
func (r *archReader) stringTable() []string {
	list := make([]string, r.count(1))
	sizes := make([]int, len(list))
	total := 0
	for i := range sizes {
		sizes[i] = int(r.upTo(uint64(len(r.b))))
		if total += sizes[i]; total > len(r.b) {
			r.fail()
			return nil
		}
	}
	all := string(r.bytes(total))
	for i, n := range sizes {
		if r.bad {
			return nil
		}
		list[i], all = all[:n], all[n:]
	}
	return list
}

func (r *archReader) function(f *Func) {
	f.Name, f.File = r.str(), r.str()
	f.Line, f.Recover = r.i32(), r.i32()
	f.Flags = Flags(r.upTo(1<<8 - 1))
	f.Params, f.Results, f.Frame, f.Out = r.u16(), r.u16(), r.u16(), r.u16()
	f.Args = list(r, 1, r.u16)
	f.Code = list(r, 4, func() Instr { return Instr{Op(r.u16()), r.u16(), r.u16(), r.u16()} })
	f.Relocs = r.relocs()
	f.K = list(r, 3, func() Const { return Const{RelocKind(r.upTo(1<<8 - 1)), r.uint(), r.str()} })
	f.Lines = list(r, 2, func() LineRun { return LineRun{r.u32(), r.i32()} })
	f.Vars = list(r, 6, func() Var {
		return Var{Name: r.str(), Type: r.str(), Slot: r.u16(), Indirect: r.upTo(1) == 1, From: r.u32(), To: r.u32()}
	})
}

func (r *archReader) data(d *Data) {
	d.Size = r.uint()
	d.Align = uint8(r.upTo(1<<8 - 1))
	d.RO, d.DupOK = r.upTo(1) == 1, r.upTo(1) == 1
	d.Type = r.str()
	if n := r.count(1); n > 0 {
		d.Bytes = r.bytes(n)
	}
	d.Relocs = r.relocs()
	if d.Size < uint64(len(d.Bytes)) || d.Size > maxStored || d.Align&(d.Align-1) != 0 {
		r.fail()
	}
	for _, rel := range d.Relocs {
		if uint64(rel.At)+rel.Kind.size() > d.Size {
			r.fail()
		}
	}
}

// maxStored bounds one symbol of an archive: a lie can't make the linker
// allocate much.
const maxStored = 4 << 20

// maxData bounds all data together, so that offsets fit 31 bits (see doc.go).
const maxData = 1<<31 - 1

func (r *archReader) relocs() []Reloc {
	at := int64(0)
	return list(r, 4, func() Reloc {
		at += r.int()
		if at != int64(uint32(at)) {
			r.fail()
		}
		return Reloc{At: uint32(at), Kind: RelocKind(r.upTo(1<<8 - 1)), Sym: r.str(), Add: r.int()}
	})
}

// list reads a length and so many items; nil for none.
func list[T any](r *archReader, size uint64, item func() T) []T {
	n := r.count(size)
	if n == 0 {
		return nil
	}
	items := make([]T, n)
	for i := range items {
		items[i] = item()
	}
	return items
}
