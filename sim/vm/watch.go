package vm

import (
	"gopark/sim/code"
	"gopark/sim/task"
)

// A Watch hears of every instruction of the reader's and counts. A machine that has
// one runs as it would without, instruction by instruction, and so far more slowly.
type Watch struct {
	Counts map[Spot]int64 // how often who ran an instruction, or received a value
	Seen   uint64         // instructions, the library's too

	last []uint32 // by task: the pc + 1 that it began at last, if it may have to begin again
}

// A Spot is an instruction and the goid of who runs it, 0: anybody. It is a number since
// the page's program has maps of numbers anyway.
type Spot uint64

// received, in place of a pc, stands for values that came through channels. It is on no line.
const received = 1<<32 - 1

// Goid is who runs the instruction, 0: anybody.
func (s Spot) Goid() int64 { return int64(s >> 32) }

// PC is where it stands.
func (s Spot) PC() uint32 { return uint32(s) }

// watched is run where somebody watches: the same, one instruction at a time. What the
// loop doesn't know finds the budget as it would be.
//
//go:noinline
func (v *VM) watched() code.Op {
	for {
		again := v.look()
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

// look counts the instruction that is about to run, but for one that was left without
// an effect and starts the next turn (VM.retry).
//
//go:noinline
func (v *VM) look() *uint32 {
	w, id := v.cfg.Watch, v.cur.ID
	w.Seen++
	for int(id) >= len(w.last) {
		w.last = append(w.last, 0)
	}
	last := &w.last[id]
	if f := v.funcAt(v.pc); *last != v.pc+1 && f != nil && f.Flags&code.UserCode != 0 {
		v.note(id, v.pc)
	}
	*last = v.pc + 1
	return last
}

// got notes that a value has come to task id. It is inlined: most runs have no watch.
func (v *VM) got(id task.ID) {
	if v.cfg.Watch != nil {
		v.note(id, received)
	}
}

//go:noinline
func (v *VM) note(id task.ID, pc uint32) {
	for _, goid := range []int64{0, v.host.Goid(id)} {
		v.cfg.Watch.Counts[Spot(goid)<<32|Spot(pc)]++
	}
}

// Line is the source line that an instruction was made from; 0: of nothing.
func (v *VM) Line(pc uint32) int32 {
	if f := v.funcAt(pc); f != nil {
		return f.LineAt(pc)
	}
	return 0
}
