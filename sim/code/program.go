package code

import "sort"

// A Program is what the linker makes of objects: all that a run begins with.
// It does not change while it runs, and several runs may share one.
//
// In Code, Call's imm is the callee's absolute entry pc, LoadK's imm and T
// index the program's K, Native's imm indexes Natives; jumps stay relative.
type Program struct {
	Code    []Instr
	K       []uint64
	Funcs   []FuncInfo // ascending by Entry, without gaps or overlaps
	Natives []string   // symbols, by number

	Data   []byte // the arena's first bytes: what is read-only first
	ROSize uint64 // how many of them a program may not write; a multiple of 16

	// Far are the addresses of very large variables, from and to, that lie
	// outside of the arena; they begin as zeros.
	Far [][2]uint64

	// Symbols has the addresses of data symbols and TextBase+entry of
	// functions, for those that are looked up by name at run time.
	Symbols map[string]uint64
	// Types has the type descriptor's symbol for each global variable, by the
	// variable's symbol, for the views.
	Types map[string]string
}

// A FuncInfo says where a function's code lies.
type FuncInfo struct {
	Entry, End uint32
	*Func
}

// FuncAt returns the function that pc lies in, or nil.
func (p *Program) FuncAt(pc uint32) *FuncInfo {
	i := sort.Search(len(p.Funcs), func(i int) bool { return p.Funcs[i].End > pc })
	if i == len(p.Funcs) || pc < p.Funcs[i].Entry {
		return nil
	}
	return &p.Funcs[i]
}

// LineAt returns the source line of pc, which counts from the start of the
// program: Line itself when the table has nothing better.
func (f *FuncInfo) LineAt(pc uint32) int32 {
	off := pc - f.Entry
	i := sort.Search(len(f.Lines), func(i int) bool { return f.Lines[i].PC > off })
	if i == 0 || f.Lines[i-1].Line == 0 {
		return f.Line
	}
	return f.Lines[i-1].Line
}

// PlaceAt returns the file and the line of pc as the program is told them:
// //line directives count.
func (f *FuncInfo) PlaceAt(pc uint32) (file string, line int32) {
	off := pc - f.Entry
	i := sort.Search(len(f.Said), func(i int) bool { return f.Said[i].PC > off })
	if i == 0 {
		return f.File, f.LineAt(pc)
	}
	return f.Said[i-1].File, f.Said[i-1].Line
}
