package sim

import (
	"gopark/sim/state"
	"gopark/sim/task"
)

// An Inspector is a Recording that answers what takes some work to find out.
type Inspector interface {
	// Instant is At(n) and the Stack of the goroutine that choose finds in it, nil if
	// that is -1: what takes two ways there, with one.
	Instant(n int, choose func(*state.State) int32) (*state.State, *state.Stack)
	// Reach says who could still come to where goroutine g, an index into
	// At(n).Gs, waits after n events.
	Reach(n int, g int32) state.Reach
	// LastWrite is the last change, up to the n-th event, of those bits of the
	// word at addr that mask has. It looks back snapshot by snapshot, and gives
	// up when that is too far: then ok is false, as it is if the word never changed,
	// or if there are processes, each with a word of its own at addr.
	LastWrite(n int, addr, mask uint64) (w state.Write, ok bool)
	// Globals are the reader's package-level variables after n events.
	Globals(n int) []state.Var
	// Visit calls visit after each event from the from-th to the to-th.
	Visit(from, to int, visit func(n int, l Looker))
}

// Reach implements Inspector.
func (r *recording) Reach(n int, g int32) (reach state.Reach) {
	n = r.clamp(n)
	r.seek(n, n, false, func(int) { reach = r.past.vm.Reach(task.ID(g)) })
	return reach
}

// Globals implements Inspector.
func (r *recording) Globals(n int) (list []state.Var) {
	n = r.clamp(n)
	r.seek(n, n, false, func(int) { list = r.past.vm.Globals() })
	return list
}

// Visit implements Inspector.
func (r *recording) Visit(from, to int, visit func(n int, l Looker)) {
	from, to = r.clamp(from), r.clamp(to)
	r.seek(from, to, false, func(k int) { visit(k, r.past.vm) })
}

// writeLookback is how much work LastWrite runs again at most, beside the stretch
// that n lies in: sixteen times what the page needs to look back.
const writeLookback = 16 * shotWork

// LastWrite implements Inspector. Within one turn of the virtual machine only one
// goroutine writes, so it is enough to look at the word after each.
func (r *recording) LastWrite(n int, addr, mask uint64) (state.Write, bool) {
	n = r.clamp(n)
	// Many snapshots may have been taken without an event between them: up to the
	// next one is so much work.
	work, end := uint64(0), n
	first := r.shotBefore(n)
	for i := first; i >= 0 && r.shots[first].work-r.shots[i].work <= writeLookback; i-- {
		if w, ok := r.lastWriteFrom(i, end, work, addr, mask); ok {
			return w, true
		}
		work, end = r.shots[i].work, r.shots[i].events
	}
	return state.Write{}, false
}

// lastWriteFrom looks from snapshot i to the end-th event, and until so much work
// is done.
func (r *recording) lastWriteFrom(i, end int, work uint64, addr, mask uint64) (w state.Write, ok bool) {
	if r.past == nil {
		r.buildPast()
	}
	c := r.past
	c.restore(&r.shots[i])
	r.fold, r.want = nil, nil    // for the next seek, which starts from a snapshot again
	before, _ := c.vm.Word(addr) // 0 if memory has not grown so far yet
	c.after = func(id task.ID) {
		now, _ := c.vm.Word(addr)
		if (now^before)&mask != 0 && c.log.Len() <= end {
			w, ok = state.Write{Event: c.log.Len(), Time: c.sched.Now(), Goid: c.sched.Goid(id), Before: before, After: now}, true
		}
		before = now
	}
	for (c.log.Len() < end || c.vm.Work() < work) && c.step() {
	}
	c.after = nil
	return w, ok
}
