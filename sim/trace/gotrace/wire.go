package gotrace

import (
	"bufio"
	"encoding/binary"
	"io"

	"gopark/sim/trace/stacks"
)

// A wire writes generations: events into a batch for each thread, then tables.
type wire struct {
	w       *bufio.Writer
	gen     uint64
	threads []batch // by thread+1; the first is for events on no thread
	events  int     // in this generation
	begin   uint64  // time of its first event
	now     uint64  // of the latest event
	stacks  *stacks.Table

	// Tables of this generation.
	strings map[string]uint64 // only looked up
	texts   []string
	used    map[int32]bool // stacks; only looked up
	order   []int32        // in the order of their first use
}

// A batch is what a thread has written and nobody has taken yet.
type batch struct {
	data []byte
	from uint64 // time of the first event
	last uint64
}

func newWire(w io.Writer, table *stacks.Table) *wire {
	x := &wire{w: bufio.NewWriter(w), stacks: table}
	x.w.WriteString("go 1.26 trace\x00\x00\x00")
	return x
}

// generation begins the next generation.
func (w *wire) generation() {
	w.gen++
	w.events, w.strings, w.texts, w.used, w.order = 0, map[string]uint64{}, nil, map[int32]bool{}, nil
}

// at moves the clock to the virtual time t, or a nanosecond on. A reader takes
// a time of 0 for none, so that the clock is 1 when the virtual time is 0.
func (w *wire) at(t int64) {
	w.now = max(uint64(t)+1, w.now+1)
	if w.events == 0 {
		w.begin = w.now
	}
}

// event writes an event of thread m, -1: none.
func (w *wire) event(m int32, typ byte, args ...uint64) {
	for int(m)+1 >= len(w.threads) {
		w.threads = append(w.threads, batch{})
	}
	b := &w.threads[m+1]
	if len(b.data) == 0 {
		b.from, b.last = w.now, w.now
	}
	b.data = append(b.data, typ)
	b.data = binary.AppendUvarint(b.data, w.now-b.last)
	b.last = w.now
	for _, a := range args {
		b.data = binary.AppendUvarint(b.data, a)
	}
	w.events++
	if len(b.data) >= maxBatch {
		w.flush(m)
	}
}

func (w *wire) flush(m int32) {
	b := &w.threads[m+1]
	if len(b.data) > 0 {
		w.batch(uint64(int64(m)), b.from, b.data) // no thread is 2⁶⁴-1
		b.data = b.data[:0]
	}
}

func (w *wire) batch(thread, from uint64, data []byte) {
	head := []byte{evEventBatch}
	for _, n := range []uint64{w.gen, thread, from, uint64(len(data))} {
		head = binary.AppendUvarint(head, n)
	}
	w.w.Write(head)
	w.w.Write(data)
}

// text is the number of a string in this generation.
func (w *wire) text(s string) uint64 {
	if len(s) > maxString {
		s = s[:maxString]
	}
	id, ok := w.strings[s]
	if !ok {
		w.texts = append(w.texts, s)
		id = uint64(len(w.texts))
		w.strings[s] = id
	}
	return id
}

// stack is the number of a stack; it will be in this generation's table.
func (w *wire) stack(id int32) uint64 {
	if id > 0 && !w.used[id] {
		w.used[id] = true
		w.order = append(w.order, id)
	}
	return uint64(max(id, 0))
}

// end writes what is left of the generation, and its tables. epoch is the wall
// clock, in Unix nanoseconds, at the virtual time 0.
func (w *wire) end(epoch int64) {
	for i := range w.threads {
		w.flush(int32(i) - 1)
	}
	w.table(evStacks, len(w.order), func(b []byte, i int) []byte {
		calls := w.stacks.Stack(w.order[i])
		b = append(b, evStack)
		b = binary.AppendUvarint(b, uint64(w.order[i]))
		b = binary.AppendUvarint(b, uint64(len(calls)))
		for _, k := range calls {
			c := w.stacks.Call(k)
			if c.PC == 0 {
				c.PC = uint64(k) + 1 // readers tell calls apart by their addresses
			}
			for _, n := range []uint64{c.PC, w.text(c.Func), w.text(c.File), uint64(c.Line)} {
				b = binary.AppendUvarint(b, n)
			}
		}
		return b
	})
	w.table(evStrings, len(w.texts), func(b []byte, i int) []byte {
		b = append(b, evString)
		b = binary.AppendUvarint(b, uint64(i)+1)
		b = binary.AppendUvarint(b, uint64(len(w.texts[i])))
		return append(b, w.texts[i]...)
	})
	wall := epoch + int64(w.begin) - 1
	sync := []byte{evSync, evFrequency}
	sync = binary.AppendUvarint(sync, 1e9)
	sync = append(sync, evClockSnapshot, 0)
	for _, n := range []uint64{w.begin, uint64(wall / 1e9), uint64(wall % 1e9)} {
		sync = binary.AppendUvarint(sync, n)
	}
	w.batch(noThread, w.begin, sync)
	w.w.WriteByte(evEndOfGeneration)
}

const noThread = 1<<64 - 1

// table writes n entries of a table, in as many batches as they need.
func (w *wire) table(typ byte, n int, entry func(b []byte, i int) []byte) {
	b := []byte{typ}
	for i := range n {
		b = entry(b, i)
		if len(b) >= maxBatch || i == n-1 {
			w.batch(noThread, w.begin, b)
			b = b[:1]
		}
	}
}
