package code

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// A linker gathers what the roots reach and gives it places. All tables by
// symbol's number hold one more than an index, 0 for none.
type linker struct {
	lib   *Archives
	base  uint64 // address of the arena's first byte
	prog  *Program
	addr  []uint64 // by index into blobs
	entry []uint32 // by index into list
	undef []string
	roots map[string]bool

	own    map[int32]ownSymbol // what the object defines, by number
	others map[[2]uint64]int32 // constants that are an address and an offset
	*tables
}

// tables are those parts of a linker that the next one uses again.
type tables struct {
	list   []*linkFunc
	blobs  []*linkData
	funcs  numbering        // into list
	data   numbering        // into blobs
	closed numbering        // into blobs: closures of functions
	nat    numbering        // into the program's natives
	pool   map[uint64]int32 // plain constants
	consts [RelNative + 1]numbering
}

// emptied are the tables as they were made.
func (t *tables) emptied() *tables {
	clear(t.list)
	clear(t.blobs)
	t.list, t.blobs = t.list[:0], t.blobs[:0]
	for _, n := range []numbering{t.funcs, t.data, t.closed, t.nat} {
		clear(n)
	}
	for _, n := range t.consts {
		clear(n)
	}
	clear(t.pool)
	return t
}

// A numbering holds indices by symbol's number.
type numbering []int32

func (n numbering) at(sym int32) (index int32, ok bool) {
	if int(sym) < len(n) && n[sym] > 0 {
		return n[sym] - 1, true
	}
	return 0, false
}

func (n *numbering) set(sym int32, index int) {
	if int(sym) >= len(*n) {
		*n = append(*n, make([]int32, max(int(sym)+1-len(*n), len(*n), typical))...)
	}
	(*n)[sym] = int32(index) + 1
}

// typical is about how many symbols of each kind a program that prints has.
const typical = 4096

// Link makes a program of everything that roots, function or data symbols,
// reach in own and, where that has no definition, in lib; either may be nil.
// Roots that nobody defines are left out. A reached function that nobody
// defines becomes a native; missing data is an error. base is the address of the
// arena's first byte.
func Link(base uint64, roots []string, own *Object, lib *Archives) (*Program, error) {
	if lib == nil {
		lib = NewArchives()
	}
	lib.bound()
	l := &linker{
		lib: lib, base: base, prog: &Program{Symbols: make(map[string]uint64, typical), Types: make(map[string]string, typical/2)},
		others: map[[2]uint64]int32{}, roots: map[string]bool{}, tables: lib.tables.emptied(),
	}
	l.define(own)
	for _, r := range roots {
		l.roots[r] = true
		l.wantRoot(r)
	}
	for f, d := 0, 0; f < len(l.list) || d < len(l.blobs); {
		if f < len(l.list) {
			l.reachFunc(l.list[f])
			f++
			continue
		}
		l.reachData(l.blobs[d])
		d++
	}
	if len(l.undef) > 0 {
		return nil, fmt.Errorf("undefined: %s", strings.Join(l.undef, ", "))
	}
	l.prog.Symbols["runtime.zerobase"] = base
	if l.layout(); len(l.prog.Data) == 0 {
		return nil, fmt.Errorf("the program's data take more than %d bytes", maxData)
	}
	l.emitCode()
	l.emitData()
	return l.prog, nil
}

// An ownSymbol is what the object that is linked defines by a name.
type ownSymbol struct {
	fn   *Func
	data *Data
}

// define takes in the object's definitions.
func (l *linker) define(own *Object) {
	l.own = map[int32]ownSymbol{}
	if own == nil {
		return
	}
	for _, f := range own.Funcs {
		n := l.lib.number(f.Sym)
		s := l.own[n]
		s.fn = f
		l.own[n] = s
	}
	for _, d := range own.Data {
		n := l.lib.number(d.Sym)
		s := l.own[n]
		s.data = d
		l.own[n] = s
	}
}

// wantRoot keeps sym, function or data, if somebody defines it.
func (l *linker) wantRoot(sym string) {
	n := l.lib.number(sym)
	own := l.own[n]
	switch {
	case own.fn != nil:
		l.wantFunc(n)
	case own.data != nil:
		l.wantData(n)
	case l.lib.funcOf(n) != nil:
		l.wantFunc(n)
	case l.lib.dataOf(n) != nil:
		l.wantData(n)
	}
}

func (l *linker) wantFunc(n int32) {
	if _, ok := l.funcs.at(n); ok {
		return
	}
	var f *linkFunc
	if own := l.own[n]; own.fn != nil {
		f = l.lib.linkFunc(own.fn)
	} else if f = l.lib.funcOf(n); f == nil {
		f = l.lib.linkFunc(NativeStub(l.lib.symbols[n].name))
	}
	l.funcs.set(n, len(l.list))
	l.list = append(l.list, f)
}

// NativeStub is a function that does nothing but run the native sym on its own
// parameters.
func NativeStub(sym string) *Func {
	return &Func{
		Sym: sym, Name: sym, Flags: NativeFn | DupOK, Frame: HeaderSlots, Recover: -1,
		Code:   []Instr{{Op: EnterLeaf, A: HeaderSlots, B: HeaderSlots}, {Op: Native}, {Op: Ret}},
		Relocs: []Reloc{{At: 1, Kind: RelNative, Sym: sym}},
	}
}

func (l *linker) wantData(n int32) {
	if _, ok := l.data.at(n); ok {
		return
	}
	var d *linkData
	if own := l.own[n]; own.data != nil {
		d = l.lib.linkData(own.data)
	} else if d = l.lib.dataOf(n); d == nil {
		name := l.lib.symbols[n].name
		l.undef = append(l.undef, name)
		d = &linkData{Data: &Data{Sym: name}}
	}
	l.data.set(n, len(l.blobs))
	l.blobs = append(l.blobs, d)
}

func (l *linker) reach(kind RelocKind, sym int32) {
	switch kind {
	case RelAddr, RelOff:
		l.wantData(sym)
	case RelEntry, RelText, RelCall:
		l.wantFunc(sym)
	case RelClo:
		l.wantClosure(sym)
	}
}

// wantClosure makes the closure of a function without captures.
func (l *linker) wantClosure(sym int32) {
	if _, ok := l.closed.at(sym); ok {
		return
	}
	name := l.lib.symbols[sym].name
	l.wantFunc(sym)
	l.closed.set(sym, len(l.blobs))
	l.blobs = append(l.blobs, &linkData{
		Data: &Data{Sym: "clo:" + name, Size: 8, Align: 8, RO: true, Bytes: make([]byte, 8), Relocs: []Reloc{{Kind: RelEntry, Sym: name}}},
		refs: []int32{sym},
	})
}

func (l *linker) reachFunc(f *linkFunc) {
	for i := range f.Relocs {
		l.reach(f.Relocs[i].Kind, f.relocs[i])
	}
	for i := range f.K {
		l.reach(f.K[i].Kind, f.k[i])
	}
	for _, typ := range f.vars {
		l.wantData(typ)
	}
}

func (l *linker) reachData(d *linkData) {
	for i := range d.Relocs {
		l.reach(d.Relocs[i].Kind, d.refs[i])
	}
	if d.Type != "" {
		l.wantData(d.typ)
	}
}

// layout decides all addresses and entries: read-only data first. If there is
// too much, it leaves the program without.
func (l *linker) layout() {
	off := uint64(16) // Base itself is the address of zero-size variables
	l.addr = make([]uint64, len(l.blobs))
	place := func(ro bool) {
		for i, d := range l.blobs {
			if d.RO != ro {
				continue
			}
			if l.isFar(d) {
				continue
			}
			if d.Size == 0 { // all zero-size variables share Base (runtime.zerobase)
				l.addr[i] = l.base
				continue
			}
			align := uint64(max(d.Align, 1))
			off = (off + align - 1) &^ (align - 1)
			l.addr[i] = l.base + off
			off += d.Size
			if off > maxData {
				return
			}
		}
		off = (off + 15) &^ 15
	}
	place(true)
	l.prog.ROSize = off
	place(false)
	if off > maxData {
		return
	}
	l.prog.Data = make([]byte, off)
	pc := uint32(0)
	l.entry = make([]uint32, len(l.list))
	l.prog.Funcs = make([]FuncInfo, len(l.list))
	for i, f := range l.list {
		l.entry[i] = pc
		l.prog.Funcs[i] = FuncInfo{Entry: pc, End: pc + uint32(len(f.Code)), Func: f.Func}
		pc += uint32(len(f.Code))
	}
	l.prog.Code = make([]Instr, 0, pc)
	l.placeFar(TextBase + uint64(pc))
}

// isFar reports whether a variable is too large to lie in the arena, which the
// host holds whole. One with pointers stays: the collector looks at the arena.
func (l *linker) isFar(d *linkData) bool {
	const large, ptrBytes = 64 << 20, 8 // offset of abi.Type.PtrBytes
	if d.Size < large || len(d.Bytes) > 0 || d.RO || d.Type == "" {
		return false
	}
	i, ok := l.data.at(d.typ)
	t := l.blobs[i].Bytes
	return ok && len(t) >= ptrBytes+8 && binary.LittleEndian.Uint64(t[ptrBytes:]) == 0
}

// placeFar places very large variables behind the code, as gc's linker does
// with all.
func (l *linker) placeFar(at uint64) {
	const align = 1 << 20
	for i, d := range l.blobs {
		if l.isFar(d) {
			at = (at + align) &^ (align - 1)
			l.addr[i] = at
			l.prog.Far = append(l.prog.Far, [2]uint64{at, at + d.Size})
			at += d.Size
		}
	}
}
