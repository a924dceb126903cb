package lesson

import (
	"fmt"
	"slices"

	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// nextFact finds the instant of a question of kind AskNext and then the
// goroutine that runs next in the place (P, or core in an era without Ps).
func (q *Question) nextFact(rec sim.Recording) fact {
	n, place := q.Instant(rec)
	if n < 0 {
		return noFact(q.neverComes())
	}
	if q.At != "" {
		return nextStart(rec, n, place)
	}
	for i := n; i <= rec.Log().Len(); i++ {
		if g := running(rec.At(i), place); g != nil {
			return ranNext(rec, n, i, g)
		}
	}
	return noFact("After that nothing runs any more.")
}

func (q *Question) neverComes() string {
	if q.At != "" {
		return "In this run it never comes to that: " + q.At + "."
	}
	return fmt.Sprintf("In this run %s never %s.", q.Who, q.When)
}

func ranNext(rec sim.Recording, from, to int, g *state.G) fact {
	return fact{goid(g), fmt.Sprintf("%s runs next%s.", goid(g), lastPlace(rec, from, to, g.Task)), to}
}

// nextStart is the first goroutine of the reader's that starts in a place after n
// events: at an instant that a formula names, somebody may be running.
func nextStart(rec sim.Recording, n int, place int32) fact {
	for i := n; i < rec.Log().Len(); i++ {
		e := rec.Log().At(i)
		switch {
		case e.P != place && (e.P >= 0 || int32(e.Core) != place):
		case e.Kind == trace.GoStart:
			if g := &rec.At(i + 1).Gs[e.G]; !g.System {
				return ranNext(rec, n, i+1, g)
			}
		case e.Kind == trace.ThreadStart:
			// The kernel puts a thread back on its core, and its goroutine runs on.
			if s := rec.At(i + 1); !s.HasP {
				if g := running(s, place); g != nil {
					return ranNext(rec, n, i+1, g)
				}
			}
		}
	}
	return noFact("After that nothing starts any more.")
}

// Instant is the number of events after which what q is about has just
// happened, and the P (or core) it happened on; -1 if it never does.
func (q *Question) Instant(rec sim.Recording) (event int, place int32) {
	if q.At != "" {
		return firstInstant(rec, q.Era, q.At, 0), int32(q.P)
	}
	nth := max(q.Nth, 1)
	was, place := "", int32(-1)
	for n := range rec.Log().Len() + 1 {
		s := rec.At(n)
		g := q.find(s)
		if g == nil {
			continue
		}
		if p := placeOf(s, g); p >= 0 {
			place = p
		}
		if q.happened(was, g.Status) {
			if nth--; nth == 0 {
				return n, place
			}
		}
		was = g.Status
	}
	return -1, -1
}

// happened reports whether a goroutine whose status was was, and is is, has
// just done what q waits for.
func (q *Question) happened(was, is string) bool {
	switch q.When {
	case Blocks:
		return was == "running" && is == "waiting"
	case Yields:
		return was == "running" && is == "runnable"
	case Ends:
		return was == "running" && is == "dead"
	}
	return false
}

func (q *Question) find(s *state.State) *state.G { return named(s, q.Who) }

// named is the goroutine of that name, the latest that had its place, or nil.
func named(s *state.State, name string) *state.G {
	for i := range s.Gs {
		g := &s.Gs[i]
		if goid(g) == name || name == "main" && g.ID == mainGoroutine {
			return g
		}
	}
	return nil
}

// mainGoroutine is the id of the goroutine that runs main.main.
const mainGoroutine = 1

func goid(g *state.G) string { return fmt.Sprintf("G%d", g.ID) }

// placeOf is the P that g runs on, or its core where there are no Ps; -1: none.
func placeOf(s *state.State, g *state.G) int32 {
	if g.Status != "running" {
		return -1
	}
	if s.HasP {
		return g.P
	}
	if t := threadOf(s, g.Thread); t != nil {
		return t.Core
	}
	return -1
}

func threadOf(s *state.State, id int32) *state.Thread {
	for i := range s.Threads {
		if s.Threads[i].ID == id {
			return &s.Threads[i]
		}
	}
	return nil
}

// running is the goroutine of the reader's that runs in a place, or nil.
func running(s *state.State, place int32) *state.G {
	for i := range s.Gs {
		g := &s.Gs[i]
		if !g.System && placeOf(s, g) == place {
			return g
		}
	}
	return nil
}

// lastPlace says where task waited last between two events, as foundIn does.
func lastPlace(rec sim.Recording, from, to int, id task.ID) string {
	for i := to - 1; i >= from; i-- {
		if where := foundIn(rec.At(i), id); where != "" {
			return where
		}
	}
	return ""
}

// foundIn says where the scheduler had task before it ran, as part of a
// sentence; nothing if the state doesn't tell.
func foundIn(s *state.State, id task.ID) string {
	is := func(i int32) bool { return i >= 0 && int(i) < len(s.Gs) && s.Gs[i].Task == id }
	for _, p := range s.Ps {
		if is(p.Next) {
			return fmt.Sprintf(": it was in P%d's runnext", p.ID)
		}
		if i := slices.IndexFunc(p.Queue, is); i >= 0 {
			return fmt.Sprintf(": it was number %d in P%d's queue", i+1, p.ID)
		}
	}
	if i := slices.IndexFunc(s.Sched.Queue, is); i >= 0 {
		return fmt.Sprintf(": it was number %d in the global queue", i+1)
	}
	for i, thread := range s.Kernel {
		if t := threadOf(s, thread); t != nil && is(t.G) {
			return fmt.Sprintf(": its thread was number %d in the kernel’s queue", i+1)
		}
	}
	return ""
}
