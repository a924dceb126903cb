package slim

import (
	"bytes"
	"encoding/binary"
)

// The table of functions takes a quarter of all data when it is compressed row by
// row, with what each row has in common with the rows around it eighty bytes away.
// So the module holds it by columns, in memory that the program doesn't use yet, and
// a function of its own puts it together when the module is started, before anything
// of Go runs. What follows from the rest is left out: where a function begins, where
// its record is, and all of what finds a pc's function. That has a bucket for each
// 4096 pcs, and in WebAssembly a function has 65536, however many it needs
// (cmd/link/internal/wasm/asm.go:assignAddress).

const (
	recEntry   = 0
	fixedWords = recFixed / 4
	indexEntry = 8 // bytes a function has in the index: where it begins, where its record is

	bucketBytes = 20 // the first function's number in four, the others' distances to it
	bucketShift = 4  // a function has 1<<bucketShift buckets
)

// A layout is how the records of a table lie.
type layout struct {
	index        int    // the index's address in memory; records' places are relative to it
	funcs        int    // how many
	entry        uint32 // the first one's; the others' follow
	first        int    // the first record's place; the others follow, at multiples of 8
	pcs, tables  int    // at most so many tables for pcs and other tables
	columnsBytes int
	buckets      int // the first bucket's address
	bucketsEnd   int // the address after the last
}

// takeColumns takes the index and the records out of memory and returns them by
// columns: the words of the fixed part but the first, the tables for pcs, the others.
// ok is false, and memory unchanged, if they don't lie as a layout says.
func (t *functab) takeColumns() (l layout, columns []byte, ok bool) {
	if len(t.funcs) == 0 {
		return l, nil, false
	}
	l = layout{index: t.tablesEnd, funcs: len(t.funcs), entry: t.u32(t.tablesEnd), first: t.funcs[0].at - t.tablesEnd}
	at := t.funcs[0].at
	for i, f := range t.funcs {
		entry := l.entry + uint32(i)
		if f.at != at || t.u32(t.tablesEnd+indexEntry*i) != entry || t.u32(at+recEntry) != entry {
			return l, nil, false
		}
		pcs, tables := t.extra(f)
		l.pcs, l.tables = max(l.pcs, pcs), max(l.tables, tables)
		stop := at + recFixed + 4*(pcs+tables)
		at = (stop-t.tablesEnd+7)&^7 + t.tablesEnd
		if stop < at && (at > len(t.memory) || t.u32(stop) != 0) {
			return l, nil, false
		}
	}
	column := func(at func(record) (int, bool)) {
		for _, f := range t.funcs {
			if at, ok := at(f); ok {
				columns = append(columns, t.memory[at:][:4]...)
			}
		}
	}
	for word := 1; word < fixedWords; word++ {
		column(func(f record) (int, bool) { return f.at + 4*word, true })
	}
	for i := range l.pcs {
		column(func(f record) (int, bool) {
			pcs, _ := t.extra(f)
			return f.at + recFixed + 4*i, i < pcs
		})
	}
	for i := range l.tables {
		column(func(f record) (int, bool) {
			pcs, tables := t.extra(f)
			return f.at + recFixed + 4*(pcs+i), i < tables
		})
	}
	l.columnsBytes = len(columns)
	if t.bucketsPlain() {
		l.buckets = t.buckets
		l.bucketsEnd = t.buckets + (t.bucketsEnd-t.buckets)/bucketBytes*bucketBytes
		clear(t.memory[l.buckets:l.bucketsEnd])
	}
	clear(t.memory[t.tablesEnd:][:indexEntry*len(t.funcs)])
	clear(t.memory[t.funcs[0].at:min(at, len(t.memory))])
	return l, columns, true
}

// bucketsPlain says whether each bucket is one function's.
func (t *functab) bucketsPlain() bool {
	for i := range (t.bucketsEnd - t.buckets) / bucketBytes {
		at := t.buckets + bucketBytes*i
		if int(t.u32(at)) != i>>bucketShift || len(bytes.Trim(t.memory[at+4:at+bucketBytes], "\x00")) > 0 {
			return false
		}
	}
	return true
}

// extra is how many tables a record ends with: for pcs, and others.
func (t *functab) extra(f record) (pcs, tables int) {
	return int(t.u32(f.at + recPCData)), int(t.memory[f.at+recFuncData])
}

// The instructions of WebAssembly that putting together takes (5.4 of its
// specification).
const (
	opUnreachable               = 0x00
	opLoop, opIf, opEnd, opBrIf = 0x03, 0x04, 0x0b, 0x0d
	opGet, opSet                = 0x20, 0x21
	opLoad, opLoad8, opStore    = 0x28, 0x2d, 0x36
	opConst, opLess             = 0x41, 0x49
	opAdd, opSub, opAnd         = 0x6a, 0x6b, 0x71
	opShift, opShiftRight       = 0x74, 0x76
	opBulk, bulkFill            = 0xfc, 0x0b

	typeI32, typeEmpty = 0x7f, 0x40
)

// The local variables of the function that puts the table together.
const (
	varEntry  = iota // of the function that is put together
	varRecord        // where its record is
	varIndex         // where it is in the index
	varColumn        // where its words are in the columns
	vars
)

type assembler []byte

func (a *assembler) op(ops ...byte)      { *a = append(*a, ops...) }
func (a *assembler) constant(v int)      { *a = appendInt(append(*a, opConst), int64(v)) }
func (a *assembler) get(v byte)          { a.op(opGet, v) }
func (a *assembler) set(v byte)          { a.op(opSet, v) }
func (a *assembler) setTo(v byte, c int) { a.constant(c); a.set(v) }

// access loads or stores at offset from the address on the stack.
func (a *assembler) access(op byte, offset int) {
	align := byte(2)
	if op == opLoad8 {
		align = 0
	}
	*a = binary.AppendUvarint(append(*a, op, align), uint64(offset))
}

// step adds c to a variable.
func (a *assembler) step(v byte, c int) {
	a.get(v)
	a.constant(c)
	a.op(opAdd)
	a.set(v)
}

// again goes back to the loop's begin while v is less than c, and ends it.
func (a *assembler) again(v byte, c int) {
	a.get(v)
	a.constant(c)
	a.op(opLess, opBrIf, 0, opEnd)
}

// putTogether is the body of a function that does what takeColumns undid, for
// memory that begins at base and columns at an address, and zeroes the columns.
func putTogether(l layout, base, columns int) []byte {
	l.index, l.buckets, l.bucketsEnd = l.index+base, l.buckets+base, l.bucketsEnd+base
	a := &assembler{1, vars, typeI32} // one run of variables
	a.records(l, columns)
	a.setTo(varColumn, columns+4*(fixedWords-1)*l.funcs)
	for i := range l.pcs {
		a.lists(l, i, func() { a.access(opLoad, recPCData) }, func() {})
	}
	for i := range l.tables {
		a.lists(l, i, func() { a.access(opLoad8, recFuncData) }, func() {
			a.get(varRecord)
			a.access(opLoad, recPCData)
			a.constant(2)
			a.op(opShift, opAdd)
		})
	}
	if l.buckets < l.bucketsEnd {
		a.fillBuckets(l)
	}
	a.constant(columns)
	a.constant(0)
	a.constant(l.columnsBytes)
	a.op(opBulk, bulkFill, 0, opEnd)
	return *a
}

// records makes the index and the records' fixed parts.
func (a *assembler) records(l layout, columns int) {
	a.setTo(varEntry, int(l.entry))
	a.setTo(varIndex, l.index)
	a.setTo(varRecord, l.index+l.first)
	a.setTo(varColumn, columns)
	a.op(opLoop, typeEmpty)
	a.get(varIndex)
	a.get(varEntry)
	a.access(opStore, 0)
	a.get(varIndex)
	a.get(varRecord)
	a.constant(l.index)
	a.op(opSub)
	a.access(opStore, 4)
	a.get(varRecord)
	a.get(varEntry)
	a.access(opStore, recEntry)
	for word := 1; word < fixedWords; word++ {
		a.get(varRecord)
		a.get(varColumn)
		a.access(opLoad, 4*(word-1)*l.funcs)
		a.access(opStore, 4*word)
	}
	// The next record is at the next multiple of 8 of the index's address.
	a.get(varRecord)
	a.constant(recFixed + 7 - l.index)
	a.op(opAdd)
	a.get(varRecord)
	a.access(opLoad, recPCData)
	a.get(varRecord)
	a.access(opLoad8, recFuncData)
	a.op(opAdd)
	a.constant(2)
	a.op(opShift, opAdd)
	a.constant(-8)
	a.op(opAnd)
	a.constant(l.index)
	a.op(opAdd)
	a.set(varRecord)
	a.step(varColumn, 4)
	a.step(varIndex, indexEntry)
	a.step(varEntry, 1)
	a.again(varEntry, int(l.entry)+l.funcs)
}

// fillBuckets says in each bucket which function has it.
func (a *assembler) fillBuckets(l layout) {
	a.setTo(varEntry, 0)
	a.setTo(varIndex, l.buckets)
	a.op(opLoop, typeEmpty)
	a.get(varIndex)
	a.get(varEntry)
	a.constant(bucketShift)
	a.op(opShiftRight)
	a.access(opStore, 0)
	a.step(varEntry, 1)
	a.step(varIndex, bucketBytes)
	a.again(varIndex, l.bucketsEnd)
}

// lists puts the i-th word into one of the two lists after the fixed part of every
// record that has one: many loads the list's length from a record's address, and
// skip adds to that address what is before the list.
func (a *assembler) lists(l layout, i int, many, skip func()) {
	a.setTo(varIndex, l.index)
	a.op(opLoop, typeEmpty)
	a.get(varIndex)
	a.access(opLoad, 4)
	a.constant(l.index)
	a.op(opAdd)
	a.set(varRecord)
	a.constant(i)
	a.get(varRecord)
	many()
	a.op(opLess, opIf, typeEmpty)
	a.get(varRecord)
	skip()
	a.get(varColumn)
	a.access(opLoad, 0)
	a.access(opStore, recFixed+4*i)
	a.step(varColumn, 4)
	a.op(opEnd)
	a.step(varIndex, indexEntry)
	a.again(varIndex, l.index+indexEntry*l.funcs)
}
