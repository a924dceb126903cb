package vm

import (
	"slices"

	"gopark/sim/mem"
	"gopark/sim/state"
	"gopark/sim/task"
)

// reachBudget bounds what Reach looks at: objects times passes.
const reachBudget = 8_000_000

// Reach says who could still come to where task id waits, as Go's profile of
// leaked goroutines finds it (runtime/mgc.go:findGoroutineLeaks): marking starts
// from whoever may run; a goroutine that waits for something that was marked may
// run too; whoever is left waits for ever. It is called between turns and
// changes nothing.
func (v *VM) Reach(id task.ID) (r state.Reach) {
	if v.kern != nil {
		return r // what a process waits for may be in another's hands, and memory doesn't tell
	}
	blocked := v.blocked()
	if id < 0 || int(id) >= len(v.gs) || !blocked[id] {
		return r
	}
	h := &v.heap
	pass := int(h.objects-h.freed) + len(v.gs)/16 + 1
	if 4*pass > reachBudget {
		return r
	}
	flags, gc, timers := slices.Clone(h.flags), v.gc, slices.Clone(v.timers)
	v.gc.grey = nil
	defer func() { copy(h.flags, flags); v.gc, v.timers = gc, timers }()

	may, known := v.mayRun(blocked)
	r.Looked, r.Lost = known, known && !may[id]
	g := v.gs[id]
	reached := func(root func()) bool {
		v.unmark()
		root()
		v.blacken()
		return v.waitsForMarked(g)
	}
	r.Global = reached(v.markGlobals)
	r.Timer = reached(v.markArmed)
	r.All = true
	spent := 4 * pass
	for _, x := range v.gs {
		if spent += pass; spent > reachBudget {
			r.All = false
			break
		}
		if x != g && x.Status != gFree && reached(func() { v.markG(x) }) {
			r.From = append(r.From, int32(x.ID))
		}
	}
	return r
}

// blocked says which goroutines wait for another, and for nothing that happens
// by itself. One that was made ready is told to the scheduler first, which may have to
// wait for a lock, and before that it may be among what a goroutine has still to ask for.
func (v *VM) blocked() []bool {
	list := make([]bool, len(v.gs))
	for i, g := range v.gs {
		list[i] = g.waitsForOthers() && v.host.Status(g.ID) == "waiting" && !v.host.Readying(g.ID)
	}
	wake := func(rs []task.Request) {
		for _, r := range rs {
			if r.Kind == task.Ready {
				list[r.Task] = false
			}
		}
	}
	wake(v.fireq)
	for _, g := range v.gs {
		wake(g.Requests)
	}
	return list
}

func (g *G) waitsForOthers() bool {
	if g.Status != gWaiting || g.System || g.Job != jobNone { // a job of the runtime's, which goes on
		return false
	}
	switch g.Reason {
	case task.ChanReceiveNil, task.ChanSendNil, task.SelectNoCases, task.Select, task.ChanReceive, task.ChanSend,
		task.CondWait, task.MutexLock, task.RWMutexLock, task.RWMutexRLock, task.WaitGroupWait, task.Semacquire:
		return g.Bubble == 0
	}
	return false
}

// mayRun says of each goroutine whether it may ever run again; known is false if
// that took too long to find out. Where nobody runs but goroutines of the
// runtime's own, package-level variables are of no use.
func (v *VM) mayRun(blocked []bool) (may []bool, known bool) {
	may = make([]bool, len(v.gs))
	v.unmark()
	anyone := len(v.gc.specials.items)+len(v.gc.finalizers)+len(v.gc.cleanups) > 0
	for i, g := range v.gs {
		if g.Status != gFree && !blocked[i] {
			may[i] = true
			anyone = anyone || !g.System
			v.markG(g)
		}
	}
	for i := range v.timers {
		anyone = anyone || v.timers[i].armed
	}
	if anyone {
		v.markGlobals()
		v.markArmed()
		for i := 0; v.rootCoro(i); i++ {
		}
		for i := 0; v.rootSpecial(i); i++ {
		}
		v.rootSpecial(len(v.gc.specials.items))
	}
	v.blacken()
	for again, spent := true, 0; again; {
		if spent += len(v.gs); spent > reachBudget {
			return nil, false
		}
		again = false
		for i, g := range v.gs {
			if !may[i] && blocked[i] && v.waitsForMarked(g) {
				may[i], again = true, true
				v.markG(g)
				v.blacken()
			}
		}
	}
	return may, true
}

// waitsForMarked reports whether anything that g waits for was marked. What is
// no object, a variable of a package's for example, counts as marked only if
// those were.
func (v *VM) waitsForMarked(g *G) bool {
	for i := g.Waiting; i >= 0; i = v.sudogs.at(i).waitLink {
		if v.reachedAt(v.sudogs.at(i).ch) {
			return true
		}
	}
	switch g.Reason {
	case task.CondWait, task.MutexLock, task.RWMutexLock, task.RWMutexRLock, task.WaitGroupWait, task.Semacquire:
		return v.reachedAt(g.Object)
	}
	return false
}

func (v *VM) reachedAt(a mem.Addr) bool {
	if a-mem.Base < uint64(len(v.prog.Data)) {
		return v.gc.roots > 0
	}
	i, _, ok := v.heap.find(a)
	return ok && v.heap.flags[i]&marked != 0
}

func (v *VM) unmark() {
	for i := range v.heap.flags {
		v.heap.flags[i] &^= marked
	}
	for i := range v.timers {
		v.timers[i].seen = false
	}
	v.gc.grey, v.gc.roots = v.gc.grey[:0], 0
}

// blacken follows all pointers of what was marked.
func (v *VM) blacken() {
	for len(v.gc.grey) > 0 || v.markTimers() {
		for len(v.gc.grey) > 0 {
			v.scanGrey()
		}
	}
}

func (v *VM) markGlobals() {
	for i := 0; v.rootGlobals(i); i++ {
	}
}

func (v *VM) markArmed() {
	for i := 0; v.rootTimer(i); i++ {
	}
}

// markG marks what g's stack and its deferred calls name.
func (v *VM) markG(g *G) {
	roots := v.gc.roots
	v.rootExec(&g.exec)
	v.mark(g.Aux)
	for i := g.Defers; i >= 0; i = v.defers.at(i).next {
		d := v.defers.at(i)
		v.mark(d.ctx)
		for _, a := range d.args {
			v.mark(a)
		}
	}
	for i := g.Panics; i >= 0; i = v.panics.at(i).link {
		v.mark(v.panics.at(i).data)
	}
	v.gc.roots = roots
}

// Word is the word of the program's memory at address a. There is none where each
// process has a memory of its own: the address names a word in each of them.
func (v *VM) Word(a mem.Addr) (w uint64, ok bool) {
	if v.kern != nil || !v.mem.Valid(a, 8) {
		return 0, false
	}
	return v.mem.U64(a), true
}
