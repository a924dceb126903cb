package slim

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
)

// The table of functions (internal/abi/symtab.go, runtime/symtab.go): a header,
// the functions' names, files, tables that say something for each pc, and a
// record for each function with offsets into the others.
var header = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8} // magic, pad, quantum, size of a pointer

// Offsets into the header, whose words have eight bytes, and into a record,
// whose words have four.
const (
	nFuncs, nameTab, pcTab, pcTabEnd = 8, 32, 56, 64 // the records begin where the tables of pcs end

	recName, recSP, recFile, recLine, recPCData, recUnit, recStart = 4, 16, 20, 24, 28, 32, 36
	recFixed                                                       = 44 // bytes; the offsets of more tables follow
)

// A record is a function in the table.
type record struct {
	at   int // in memory
	keep bool
}

// A functab is the table of functions within memory.
type functab struct {
	memory                   []byte
	names, tables, tablesEnd int // where names and tables of pcs begin, and where these end
	funcs                    []record
	needed                   map[uint32]bool // by a table's offset: some function needs it
}

// dropLines zeroes the lines of functions whose name keep is false for, and
// every reference to them. The runtime then says "?" and 0 (runtime/symtab.go:funcline1).
func dropLines(memory []byte, keep func(name string) bool) {
	t := findTable(memory, keep)
	if t == nil {
		return
	}
	for _, f := range t.funcs {
		t.note(f)
	}
	t.zeroTables()
	for _, f := range t.funcs {
		if !f.keep {
			for _, field := range []int{recFile, recLine, recUnit, recStart} {
				clear(memory[f.at+field:][:4])
			}
		}
	}
}

// findTable finds the table and its records, nil if they are not as they should be.
func findTable(memory []byte, keep func(name string) bool) *functab {
	at := bytes.Index(memory, header)
	if at < 0 || at+pcTabEnd+8 > len(memory) {
		return nil
	}
	word := func(offset int) int { return int(binary.LittleEndian.Uint64(memory[at+offset:]) & (maxMemory - 1)) }
	t := &functab{memory: memory, needed: map[uint32]bool{}, names: at + word(nameTab), tables: at + word(pcTab), tablesEnd: at + word(pcTabEnd)}
	n := word(nFuncs)
	if t.names > t.tables || t.tables > t.tablesEnd || t.tablesEnd+8*n > len(memory) {
		return nil
	}
	for i := range n {
		rec := record{at: t.tablesEnd + int(t.u32(t.tablesEnd+8*i+4))}
		if rec.at+recFixed > len(memory) || rec.at+recFixed+4*int(t.u32(rec.at+recPCData)) > len(memory) {
			return nil
		}
		name := t.names + int(t.u32(rec.at+recName))
		if name >= t.tables {
			return nil
		}
		text, _, _ := bytes.Cut(memory[name:t.tables], []byte{0})
		rec.keep = keep(string(text))
		t.funcs = append(t.funcs, rec)
	}
	return t
}

func (t *functab) u32(at int) uint32 { return binary.LittleEndian.Uint32(t.memory[at:]) }

// note takes in which of a function's tables are needed.
func (t *functab) note(f record) {
	note := func(at int, needed bool) {
		table := t.u32(at)
		t.needed[table] = t.needed[table] || needed
	}
	note(f.at+recSP, true)
	note(f.at+recFile, f.keep)
	note(f.at+recLine, f.keep)
	for i := range int(t.u32(f.at + recPCData)) {
		note(f.at+recFixed+4*i, true)
	}
}

// zeroTables zeroes the tables that nobody needs. Functions share tables; each
// ends where the next begins. Offset 0 is no table.
func (t *functab) zeroTables() {
	list := slices.Sorted(maps.Keys(t.needed))
	for i, table := range list {
		start, stop := t.tables+int(table), t.tablesEnd
		if i+1 < len(list) {
			stop = t.tables + int(list[i+1])
		}
		if !t.needed[table] && table > 0 && stop <= t.tablesEnd {
			clear(t.memory[start:stop])
		}
	}
}
