package code

import "strings"

// Archives are archives taken together. Where several have a symbol they agree
// on it, so it doesn't matter which one answers.
//
// They number the names of symbols, and remember of each definition that was
// ever linked which symbols it names: so another program is linked without
// looking up names.
type Archives struct {
	list    []*Archive
	numbers map[string]int32 // by name
	symbols []symbol         // by number; the first is none
	stored  int              // symbols when the last archive was added
	tables  tables           // the linker's
}

// A symbol is a name and what archives know by it.
type symbol struct {
	name     string
	fn, data place
	linkFunc *linkFunc // of fn, once it was wanted
	linkData *linkData // of data, likewise
}

// A place is an entry of an archive: the archive's number from 1, 0 for none.
type place struct{ archive, entry int32 }

// A linkFunc is a function with what the linker wants to know of it.
type linkFunc struct {
	*Func
	relocs  []int32  // the symbols of Relocs
	k       []int32  // of K
	vars    []int32  // of the types of Vars
	uses    []uint32 // see poolUses
	runtime bool     // it is a function of package runtime
}

// A linkData is likewise.
type linkData struct {
	*Data
	refs []int32 // the symbols of Relocs
	typ  int32   // of Type
}

// NewArchives returns an empty set.
func NewArchives() *Archives {
	return &Archives{numbers: map[string]int32{}, symbols: make([]symbol, 1), tables: tables{pool: map[uint64]int32{}}}
}

// Add adds an archive.
func (s *Archives) Add(a *Archive) {
	s.list = append(s.list, a)
	s.enter(int32(len(s.list)))
	s.stored = len(s.symbols)
}

// enter numbers the symbols of the n-th archive, counted from 1.
func (s *Archives) enter(n int32) {
	for i, e := range s.list[n-1].entries {
		number := s.number(e.name)
		sym := &s.symbols[number]
		where := &sym.fn
		if e.kind == archData {
			where = &sym.data
		}
		if where.archive == 0 {
			*where = place{n, int32(i)}
		}
	}
}

// number is that of the symbol called name, a new one if need be.
func (s *Archives) number(name string) int32 {
	n, ok := s.numbers[name]
	if !ok {
		n = int32(len(s.symbols))
		s.numbers[name] = n
		s.symbols = append(s.symbols, symbol{name: name})
	}
	return n
}

// foreign is how many names that are in no archive are numbered at most, before
// all are numbered anew. A program of the largest size has a tenth of that.
const foreign = 1 << 16

// bound forgets all numbers when programs have brought too many names.
func (s *Archives) bound() {
	if len(s.symbols)-s.stored < foreign {
		return
	}
	clear(s.numbers)
	s.symbols = make([]symbol, 1)
	for i := range s.list {
		s.enter(int32(i + 1))
	}
	s.stored = len(s.symbols)
}

// Func returns the function sym, nil if no archive has it.
func (s *Archives) Func(sym string) *Func {
	if f := s.funcOf(s.numbers[sym]); f != nil {
		return f.Func
	}
	return nil
}

// Data returns the data symbol sym, nil if no archive has it.
func (s *Archives) Data(sym string) *Data {
	if d := s.dataOf(s.numbers[sym]); d != nil {
		return d.Data
	}
	return nil
}

// funcOf is the function that is the n-th symbol, nil if no archive has it.
func (s *Archives) funcOf(n int32) *linkFunc {
	sym := &s.symbols[n]
	if sym.linkFunc != nil || sym.fn.archive == 0 {
		return sym.linkFunc
	}
	f := s.list[sym.fn.archive-1].funcAt(sym.name, int(sym.fn.entry))
	if f == nil {
		return nil
	}
	link := s.linkFunc(f) // it may move the symbols
	s.symbols[n].linkFunc = link
	return link
}

// dataOf is the data that are the n-th symbol, nil if no archive has them.
func (s *Archives) dataOf(n int32) *linkData {
	sym := &s.symbols[n]
	if sym.linkData != nil || sym.data.archive == 0 {
		return sym.linkData
	}
	d := s.list[sym.data.archive-1].dataAt(sym.name, int(sym.data.entry))
	if d == nil {
		return nil
	}
	link := s.linkData(d)
	s.symbols[n].linkData = link
	return link
}

// linkFunc looks up what f names.
func (s *Archives) linkFunc(f *Func) *linkFunc {
	refs := make([]int32, len(f.Relocs)+len(f.K)+len(f.Vars))
	link := &linkFunc{Func: f, uses: poolUses(nil, f.Code), runtime: strings.HasPrefix(f.Sym, "runtime.")}
	link.relocs, refs = refs[:len(f.Relocs)], refs[len(f.Relocs):]
	link.k, link.vars = refs[:len(f.K)], refs[len(f.K):]
	for i := range f.Relocs {
		link.relocs[i] = s.number(f.Relocs[i].Sym)
	}
	for i := range f.K {
		if f.K[i].Kind != RelNone {
			link.k[i] = s.number(f.K[i].Sym)
		}
	}
	for i := range f.Vars {
		link.vars[i] = s.number(f.Vars[i].Type)
	}
	return link
}

// linkData looks up what d names.
func (s *Archives) linkData(d *Data) *linkData {
	link := &linkData{Data: d, refs: make([]int32, len(d.Relocs))}
	for i := range d.Relocs {
		link.refs[i] = s.number(d.Relocs[i].Sym)
	}
	if d.Type != "" {
		link.typ = s.number(d.Type)
	}
	return link
}

// Err is the first damage that was met, nil if none.
func (s *Archives) Err() error {
	for _, a := range s.list {
		if a.err != nil {
			return a.err
		}
	}
	return nil
}
