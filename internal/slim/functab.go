package slim

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"strings"
)

// The table of functions (internal/abi/symtab.go, runtime/symtab.go): a header,
// the functions' names, files, tables that say something for each pc, and a
// record for each function with offsets into the others.
var header = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8} // magic, pad, quantum, size of a pointer

// Offsets into the header, whose words have eight bytes, and into a record,
// whose words have four.
const (
	nFuncs, nameTab, nameTabEnd, pcTab, pcTabEnd = 8, 32, 40, 56, 64 // the records begin where the tables of pcs end

	recName, recSP, recFile, recLine, recPCData, recUnit, recStart, recFuncData = 4, 16, 20, 24, 28, 32, 36, 43
	recFixed                                                                    = 44 // bytes; the offsets of more tables follow
)

// The tables that follow a record's fixed part (internal/abi/symtab.go): for
// each pc, and for the whole function.
const (
	pcUnsafe, pcInline, pcArgsLive     = 0, 2, 3
	funcInline, funcArgs, funcArgsLive = 3, 5, 6

	noTable    = 0          // among the tables for pcs
	noFuncData = ^uint32(0) // among the others
)

// Words of the runtime's moduledata (runtime/symtab.go), which points to all this:
// the header and the names first.
const (
	modIndex, modFuncs, modBuckets = 16, 17, 19
	modFuncData, modEnd            = 40, 41 // the end of everything about functions
	modWords                       = 42
)

// A record is a function in the table.
type record struct {
	at   int // in memory
	name string
	told Told
}

// A functab is the table of functions within memory.
type functab struct {
	memory                             []byte
	names, namesEnd, tables, tablesEnd int // where names and tables of pcs begin and end
	funcData                           int // where tables begin that are not for pcs
	buckets, bucketsEnd                int // where what finds a pc's function begins and ends
	funcs                              []record
	needed                             map[uint32]bool // by a table's offset: some function needs it
	neededData                         map[uint32]bool // the same for tables that are not for pcs
}

// dropTold wipes what tracebacks tell of functions beyond what they should, and every
// reference to it, so that the runtime says "?" and 0 (runtime/symtab.go:funcline1).
// It wipes what only a signal reads, too: WebAssembly has none.
func (t *functab) dropTold() {
	t.shortenNames()
	for _, f := range t.funcs {
		t.note(f)
	}
	t.zero(t.needed, t.tables, t.tablesEnd)
	t.zero(t.neededData, t.funcData, t.buckets)
	for _, f := range t.funcs {
		t.forget(f)
	}
}

// shortenNames gives the functions of which no more than the package is told one
// name for all of a package. Which functions the runtime hides in tracebacks depends on the part
// up to the dot (runtime/traceback.go:showfuncinfo).
func (t *functab) shortenNames() {
	at := map[string]int{}
	for _, f := range t.funcs {
		if f.told == Name || f.told == Line {
			continue
		}
		first := t.names + int(t.u32(f.at+recName))
		clear(t.memory[first:][:len(f.name)])
		short := packageOf(f.name) + ".?"
		if _, ok := at[short]; !ok && len(short) <= len(f.name) {
			copy(t.memory[first:], short)
			at[short] = first
		}
		if old, ok := at[short]; ok {
			binary.LittleEndian.PutUint32(t.memory[f.at+recName:], uint32(old-t.names))
		}
	}
}

// packageOf is the path of the package in a function's name.
func packageOf(name string) string {
	path, _, _ := strings.Cut(name, "[")
	slash := strings.LastIndexByte(path, '/') + 1
	last, _, _ := strings.Cut(path[slash:], ".")
	return path[:slash] + last
}

// forget removes a function's references to what is not told.
func (t *functab) forget(f record) {
	nPC, nFunc := t.extra(f)
	set := func(i, n, base int, v uint32) {
		if i < n {
			binary.LittleEndian.PutUint32(t.memory[f.at+recFixed+4*(base+i):], v)
		}
	}
	set(pcUnsafe, nPC, 0, noTable)
	switch f.told {
	case Line:
		return
	case Never:
		clear(t.memory[f.at+recSP:][:4])
		for i := range nPC {
			set(i, nPC, 0, noTable)
		}
		for i := range nFunc {
			set(i, nFunc, nPC, noFuncData)
		}
	}
	for _, field := range []int{recFile, recLine, recUnit, recStart} {
		clear(t.memory[f.at+field:][:4])
	}
	for _, i := range []int{pcInline, pcArgsLive} {
		set(i, nPC, 0, noTable)
	}
	for _, i := range []int{funcInline, funcArgs, funcArgsLive} {
		set(i, nFunc, nPC, noFuncData)
	}
}

// findTable finds the table and its records, nil if they are not as they should be.
func findTable(base int, memory []byte, told func(name string) Told) *functab {
	at := bytes.Index(memory, header)
	if at < 0 || at+pcTabEnd+8 > len(memory) {
		return nil
	}
	word := func(offset int) int { return int(binary.LittleEndian.Uint64(memory[at+offset:]) & (maxMemory - 1)) }
	t := &functab{
		memory: memory, needed: map[uint32]bool{}, neededData: map[uint32]bool{},
		names: at + word(nameTab), namesEnd: at + word(nameTabEnd), tables: at + word(pcTab), tablesEnd: at + word(pcTabEnd),
	}
	n := word(nFuncs)
	if t.names > t.namesEnd || t.namesEnd > t.tables || t.tables > t.tablesEnd || t.tablesEnd+8*n > len(memory) {
		return nil
	}
	for i := range n {
		rec := record{at: t.tablesEnd + int(t.u32(t.tablesEnd+8*i+4))}
		if rec.at+recFixed > len(memory) {
			return nil
		}
		if pcs, tables := t.extra(rec); rec.at+recFixed+4*(pcs+tables) > len(memory) {
			return nil
		}
		name := t.names + int(t.u32(rec.at+recName))
		if name >= t.namesEnd {
			return nil
		}
		text, _, _ := bytes.Cut(memory[name:t.namesEnd], []byte{0})
		rec.name = string(text)
		rec.told = told(rec.name)
		t.funcs = append(t.funcs, rec)
	}
	if !t.findModule(base, at) {
		return nil
	}
	return t
}

func (t *functab) u32(at int) uint32 { return binary.LittleEndian.Uint32(t.memory[at:]) }

// note takes in which of a function's tables are needed.
func (t *functab) note(f record) {
	never := f.told == Never
	note := func(at int, needed bool) {
		table := t.u32(at)
		t.needed[table] = t.needed[table] || needed
	}
	note(f.at+recSP, !never)
	note(f.at+recFile, f.told == Line)
	note(f.at+recLine, f.told == Line)
	for i := range int(t.u32(f.at + recPCData)) {
		traced := i == pcInline || i == pcArgsLive
		note(f.at+recFixed+4*i, i != pcUnsafe && !never && (!traced || f.told == Line))
	}
	pcs, tables := t.extra(f)
	for i := range tables {
		table := t.u32(f.at + recFixed + 4*(pcs+i))
		traced := i == funcInline || i == funcArgs || i == funcArgsLive
		if table != noFuncData {
			t.neededData[table] = t.neededData[table] || !never && !traced || f.told == Line
		}
	}
}

// zero zeroes the tables between start and end that nobody needs. Functions share
// tables; each ends where the next begins, and the last one stays if only its
// references bound it. Offset 0 is no table, or the first, which somebody needs.
func (t *functab) zero(needed map[uint32]bool, start, end int) {
	list := slices.Sorted(maps.Keys(needed))
	for i, table := range list[:max(0, len(list)-1)] {
		from, to := start+int(table), start+int(list[i+1])
		if !needed[table] && table > 0 && to <= end {
			clear(t.memory[from:to])
		}
	}
}

// findModule finds where the runtime's moduledata says the rest is.
func (t *functab) findModule(base, header int) bool {
	pointers := binary.LittleEndian.AppendUint64(nil, uint64(base+header))
	pointers = binary.LittleEndian.AppendUint64(pointers, uint64(base+t.names))
	at := bytes.Index(t.memory, pointers)
	if at < 0 || at+8*modWords > len(t.memory) {
		return false
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint64(t.memory[at+8*i:]) & (maxMemory - 1)) }
	t.funcData, t.buckets, t.bucketsEnd = word(modFuncData)-base, word(modBuckets)-base, word(modEnd)-base
	return word(modIndex) == base+t.tablesEnd && word(modFuncs) == len(t.funcs)+1 &&
		t.tablesEnd < t.funcData && t.funcData < t.buckets && t.buckets < t.bucketsEnd && t.bucketsEnd < len(t.memory)
}
