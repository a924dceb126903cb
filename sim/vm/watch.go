package vm

import (
	"gopark/sim/code"
	"gopark/sim/task"
)

// A Watch hears of every instruction of the reader's and counts. A machine that has
// one runs as it would without, instruction by instruction, and so far more slowly.
type Watch struct {
	Ran      map[Spot]int64  // how often an instruction was run
	Received map[int64]int64 // by goid: values that came to it through channels
	Seen     uint64          // instructions, the library's too

	last []uint32 // by task: the pc + 1 that it began at last, if it may have to begin again
}

// A Spot is an instruction and the goroutine that runs it.
type Spot struct {
	Goid int64
	PC   uint32
}

// NewWatch is one that has seen nothing.
func NewWatch() *Watch { return &Watch{Ran: map[Spot]int64{}, Received: map[int64]int64{}} }

// step is run where nobody watches. Else it is the same, one instruction at a time: what
// the loop doesn't know finds the budget as it would be.
func (v *VM) step() code.Op {
	w := v.cfg.Watch
	if w == nil || v.initializing {
		return v.run()
	}
	for {
		again := w.begin(v)
		rest := v.left - 1
		v.left = 1
		op := v.run()
		v.left += rest
		if op == opNone {
			*again = 0
			if v.left > 0 {
				continue
			}
		}
		return op
	}
}

// begin counts the instruction that is about to run, but for one that was left without
// an effect and starts the next turn (VM.retry).
func (w *Watch) begin(v *VM) *uint32 {
	w.Seen++
	id := v.cur.ID
	for int(id) >= len(w.last) {
		w.last = append(w.last, 0)
	}
	last := &w.last[id]
	if f := v.funcAt(v.pc); *last != v.pc+1 && f != nil && f.Flags&code.UserCode != 0 {
		w.Ran[Spot{v.host.Goid(id), v.pc}]++
	}
	*last = v.pc + 1
	return last
}

// received notes that a value has come to task id.
func (v *VM) received(id task.ID) {
	if w := v.cfg.Watch; w != nil {
		w.Received[v.host.Goid(id)]++
	}
}

// Line is the source line that an instruction was made from; 0: of nothing.
func (v *VM) Line(pc uint32) int32 {
	if f := v.funcAt(pc); f != nil {
		return f.LineAt(pc)
	}
	return 0
}
