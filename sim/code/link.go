package code

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// A Library finds definitions by symbol, nil if it has none.
type Library interface {
	Func(sym string) *Func
	Data(sym string) *Data
}

// Index is an object's definitions by symbol.
type Index struct {
	funcs map[string]*Func
	data  map[string]*Data
}

// NewIndex indexes o.
func NewIndex(o *Object) *Index {
	x := &Index{map[string]*Func{}, map[string]*Data{}}
	for _, f := range o.Funcs {
		x.funcs[f.Sym] = f
	}
	for _, d := range o.Data {
		x.data[d.Sym] = d
	}
	return x
}

// Func and Data implement Library.
func (x *Index) Func(sym string) *Func { return x.funcs[sym] }

// Data returns the data symbol, nil if the object doesn't define it.
func (x *Index) Data(sym string) *Data { return x.data[sym] }

// A linker gathers what the roots reach and gives it places.
type linker struct {
	libs  []Library
	base  uint64 // address of the arena's first byte
	prog  *Program
	funcs map[string]int // index into list
	list  []*Func
	data  map[string]int // index into blobs
	blobs []*Data
	addr  []uint64 // by index into blobs
	entry []uint32 // by index into list
	pool  map[Const]int32
	nat   map[string]int32
	undef []string
	roots map[string]bool
}

// typical is about how many symbols of each kind a program that prints has.
const typical = 4096

// Link makes a program of everything that roots, function or data symbols,
// reach; roots that nobody defines are left out. A reached function that no
// library defines becomes a native; missing data is an error. base is the
// address of the arena's first byte.
func Link(base uint64, roots []string, libs ...Library) (*Program, error) {
	l := &linker{
		libs: libs, base: base, prog: &Program{Symbols: map[string]uint64{}, Types: map[string]string{}},
		funcs: make(map[string]int, typical), data: make(map[string]int, typical), pool: make(map[Const]int32, typical), nat: map[string]int32{}, roots: map[string]bool{},
	}
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
		for _, r := range l.blobs[d].Relocs {
			l.reach(r.Kind, r.Sym)
		}
		if t := l.blobs[d].Type; t != "" {
			l.wantData(t)
		}
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

// wantRoot keeps sym, function or data, if a library defines it.
func (l *linker) wantRoot(sym string) {
	for _, lib := range l.libs {
		if lib.Func(sym) != nil {
			l.wantFunc(sym)
			return
		}
		if lib.Data(sym) != nil {
			l.wantData(sym)
			return
		}
	}
}

func (l *linker) wantFunc(sym string) int {
	if i, ok := l.funcs[sym]; ok {
		return i
	}
	var f *Func
	for _, lib := range l.libs {
		if f = lib.Func(sym); f != nil {
			break
		}
	}
	if f == nil {
		f = NativeStub(sym)
	}
	l.funcs[sym] = len(l.list)
	l.list = append(l.list, f)
	return len(l.list) - 1
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

func (l *linker) wantData(sym string) int {
	if i, ok := l.data[sym]; ok {
		return i
	}
	var d *Data
	for _, lib := range l.libs {
		if d = lib.Data(sym); d != nil {
			break
		}
	}
	if d == nil {
		l.undef = append(l.undef, sym)
		d = &Data{Sym: sym}
	}
	l.data[sym] = len(l.blobs)
	l.blobs = append(l.blobs, d)
	return len(l.blobs) - 1
}

func (l *linker) reach(kind RelocKind, sym string) {
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
func (l *linker) wantClosure(sym string) int {
	name := "clo:" + sym
	if i, ok := l.data[name]; ok {
		return i
	}
	d := &Data{Sym: name, Size: 8, Align: 8, RO: true, Bytes: make([]byte, 8), Relocs: []Reloc{{Kind: RelEntry, Sym: sym}}}
	l.wantFunc(sym)
	l.data[name] = len(l.blobs)
	l.blobs = append(l.blobs, d)
	return len(l.blobs) - 1
}

func (l *linker) reachFunc(f *Func) {
	for _, r := range f.Relocs {
		l.reach(r.Kind, r.Sym)
	}
	for _, k := range f.K {
		l.reach(k.Kind, k.Sym)
	}
	for _, v := range f.Vars {
		l.wantData(v.Type)
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
		l.prog.Funcs[i] = FuncInfo{Entry: pc, End: pc + uint32(len(f.Code)), Func: f}
		pc += uint32(len(f.Code))
	}
	l.prog.Code = make([]Instr, 0, pc)
}

func (l *linker) emitCode() {
	var consts []int32 // program's number of each of a function's constants
	var uses []uint32
	for i, f := range l.list {
		start := len(l.prog.Code)
		l.prog.Code = append(l.prog.Code, f.Code...)
		body := l.prog.Code[start:]
		consts = consts[:0]
		for _, k := range f.K {
			consts = append(consts, l.constant(k))
		}
		uses = poolUses(uses[:0], body)
		for _, at := range uses {
			body[at] = body[at].WithImm(consts[body[at].Imm()])
		}
		for _, r := range f.Relocs {
			in := &body[r.At]
			if r.Kind == RelCall {
				*in = l.callOf(*in, r.Sym)
			} else {
				*in = in.WithImm(l.native(r.Sym))
			}
		}
		if strings.HasPrefix(f.Sym, "runtime.") || f.Flags&UserCode != 0 || l.roots[f.Sym] {
			l.prog.Symbols[f.Sym] = TextBase + uint64(l.entry[i])
		}
	}
}

// callOf is a direct call of sym: a prologue that checks nothing is left out.
func (l *linker) callOf(in Instr, sym string) Instr {
	i := l.funcs[sym]
	if l.list[i].Code[0].Op == EnterLeaf {
		in.Op = CallLeaf
		return in.WithImm(int32(l.entry[i] + 1))
	}
	return in.WithImm(int32(l.entry[i]))
}

func (l *linker) native(sym string) int32 {
	if n, ok := l.nat[sym]; ok {
		return n
	}
	n := int32(len(l.prog.Natives))
	l.nat[sym] = n
	l.prog.Natives = append(l.prog.Natives, sym)
	return n
}

func (l *linker) constant(k Const) int32 {
	if i, ok := l.pool[k]; ok {
		return i
	}
	i := int32(len(l.prog.K))
	l.pool[k] = i
	l.prog.K = append(l.prog.K, k.Value+l.resolve(k.Kind, k.Sym))
	return i
}

func (l *linker) resolve(kind RelocKind, sym string) uint64 {
	switch kind {
	case RelAddr:
		return l.addr[l.data[sym]]
	case RelOff:
		return l.addr[l.data[sym]] - l.base
	case RelEntry:
		return TextBase + uint64(l.entry[l.funcs[sym]])
	case RelText:
		return uint64(l.entry[l.funcs[sym]])
	case RelClo:
		return l.addr[l.data["clo:"+sym]]
	}
	return 0
}

func (l *linker) emitData() {
	for i, d := range l.blobs {
		at := l.addr[i] - l.base
		bytes := l.prog.Data[at : at+d.Size]
		copy(bytes, d.Bytes)
		for _, r := range d.Relocs {
			v := l.resolve(r.Kind, r.Sym) + uint64(r.Add)
			if r.Kind.size() == 4 {
				binary.LittleEndian.PutUint32(bytes[r.At:], uint32(v))
			} else {
				binary.LittleEndian.PutUint64(bytes[r.At:], v)
			}
		}
		if !d.RO || strings.HasPrefix(d.Sym, "type:") {
			l.prog.Symbols[d.Sym] = l.addr[i]
		}
		if d.Type != "" {
			l.prog.Types[d.Sym] = d.Type
		}
	}
}
