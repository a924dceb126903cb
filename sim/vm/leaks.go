package vm

import (
	"slices"

	"gopark/sim/task"
)

// The goroutine leak profile (runtime/mgc.go:findGoroutineLeaks): a collection
// that takes for reachable, at first, only what goroutines that can run reach.
// One that waits for something reachable can be woken, and so counts in its
// turn. Those that are left wait for ever: they are leaked. What they reach lives
// on nevertheless.

// A leakSearch is the state of such a collection.
type leakSearch struct {
	want     bool      // the next collection is one
	on       bool      // the present one is
	suspects []task.ID // whose stacks were not looked at yet
	count    int       // goroutines that leaked, as the last one found
}

// suspect reports whether only the program can wake g (mgcmark.go:internalBlocked).
func (g *G) suspect() bool {
	return g.Status == gWaiting && g.Job == jobNone && !g.System && g.Reason >= task.ChanReceiveNil && g.Reason <= task.WaitGroupWait
}

// postpone keeps g's stack from being looked at, in a search for leaks.
func (v *VM) postpone(g *G) bool {
	l := &v.gc.leaks
	g.Leaked = g.Leaked && !l.on
	if !l.on || !g.suspect() {
		return false
	}
	l.suspects = append(l.suspects, g.ID)
	return true
}

// wakeable reports whether something reachable may wake g.
func (v *VM) wakeable(g *G) bool {
	for i := g.Waiting; i >= 0; i = v.sudogs.at(i).waitLink {
		if v.isMarked(v.sudogs.at(i).ch) {
			return true
		}
	}
	return g.Reason >= task.CondWait && v.isMarked(g.Object)
}

// rescue marks from the suspects that can be woken, or from all that are left
// once none can: those leaked. It reports whether there were any.
func (v *VM) rescue() bool {
	l := &v.gc.leaks
	if len(l.suspects) == 0 {
		return false
	}
	found := len(l.suspects)
	for _, id := range l.suspects {
		if v.wakeable(v.gs[id]) {
			found--
		}
	}
	leaked := found == len(l.suspects)
	if leaked {
		l.count = found
	}
	any := found > 0 || !leaked
	l.suspects = slices.DeleteFunc(l.suspects, func(id task.ID) bool {
		g := v.gs[id]
		g.Leaked = leaked
		ready := leaked || v.wakeable(g)
		if ready {
			v.rootSuspect(g)
		}
		return ready
	})
	return any
}

// rootSuspect marks from a goroutine that was left out.
func (v *VM) rootSuspect(g *G) {
	v.rootGoroutine(g)
	for i := g.Defers; i >= 0; i = v.defers.at(i).next {
		v.rootDefer(v.defers.at(i))
	}
	for i := g.Panics; i >= 0; i = v.panics.at(i).link {
		v.rootPanic(v.panics.at(i))
	}
	for i := g.Waiting; i >= 0; i = v.sudogs.at(i).waitLink {
		v.rootSudog(v.sudogs.at(i))
	}
}

// leftOut are the records of the suspects, which are not marked from with the
// others: deferred calls and panics by number.
func (v *VM) leftOut() (defers, panics map[int32]bool) {
	l := &v.gc.leaks
	if !l.on {
		return nil, nil
	}
	defers, panics = map[int32]bool{}, map[int32]bool{}
	for _, id := range l.suspects {
		for i := v.gs[id].Defers; i >= 0; i = v.defers.at(i).next {
			defers[i] = true
		}
		for i := v.gs[id].Panics; i >= 0; i = v.panics.at(i).link {
			panics[i] = true
		}
	}
	return defers, panics
}

// goroutineLeakGC is a collection that searches for leaks.
func goroutineLeakGC(c *Call) Action {
	if c.Fresh() {
		c.VM.gc.leaks.want = true
	}
	return gcNative(c)
}

func goroutineLeakCount(c *Call) Action {
	c.SetResult(0, uint64(c.VM.gc.leaks.count))
	return Done
}
