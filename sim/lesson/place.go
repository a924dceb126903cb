package lesson

import (
	"fmt"
	"strings"

	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Where a goroutine goes that becomes runnable: questions of kind AskPlace.

// placeNone is the place of a goroutine that runs on at once.
const placeNone = "none"

// placeFact is where q.Who is put when it becomes runnable for the first time
// after the instant that q is about.
func (q *Question) placeFact(rec sim.Recording) fact {
	n, _ := q.Instant(rec)
	if n < 0 {
		return noFact(q.neverComes())
	}
	i := q.putAt(rec, n)
	if i < 0 {
		return noFact("After that " + q.Who + " never becomes runnable.")
	}
	e := rec.Log().At(i)
	s := rec.At(i + 1)
	place, where := placeIn(s, e.G)
	if putsInto(&e) == trace.InHand {
		place, where = placeNone, fmt.Sprintf("into no queue: %s has found a P that is idle, and it runs on", threadName(s, int32(e.M)))
	}
	if place == "" {
		return noFact(q.Who + " goes into no queue of Go's: in this era it has a thread of its own.")
	}
	return fact{place, fmt.Sprintf("%s %s, and goes %s.", q.Who, howPut(&e, s), where), i + 1}
}

// putAt is the index of the first event from n on that makes q.Who runnable, -1:
// none does.
func (q *Question) putAt(rec sim.Recording, n int) int {
	for i := n; i < rec.Log().Len(); i++ {
		e := rec.Log().At(i)
		if putsInto(&e) == trace.Nowhere {
			continue
		}
		if g := named(rec.At(i+1), q.Who); g != nil && g.Task == e.G {
			return i
		}
	}
	return -1
}

// putsInto is the place into which an event puts its goroutine.
func putsInto(e *trace.Event) trace.Place {
	switch e.Kind {
	case trace.GoCreate, trace.GoUnblock, trace.GoStop, trace.GoSyscallEndBlocked:
		return trace.Place(e.B)
	}
	return trace.Nowhere
}

// placeIn is where the scheduler has a runnable goroutine, as an answer and as
// part of a sentence; "" if it has none.
func placeIn(s *state.State, id task.ID) (place, words string) {
	is := func(i int32) bool { return i >= 0 && int(i) < len(s.Gs) && s.Gs[i].Task == id }
	for _, p := range s.Ps {
		if is(p.Next) {
			return fmt.Sprintf("P%d.next", p.ID), fmt.Sprintf("into P%d’s runnext", p.ID)
		}
		for _, i := range p.Queue {
			if is(i) {
				return fmt.Sprintf("P%d.ring", p.ID), fmt.Sprintf("to the tail of P%d’s queue", p.ID)
			}
		}
	}
	for _, i := range s.Sched.Queue {
		if is(i) {
			return "global", "to the tail of the global queue"
		}
	}
	return "", ""
}

// howPut says how a goroutine became runnable, as the middle of a sentence.
func howPut(e *trace.Event, after *state.State) string {
	switch e.Kind {
	case trace.GoCreate:
		return "is created" + onP(e)
	case trace.GoUnblock:
		if by := onThread(after, int32(e.M)); by != "" {
			return "is made runnable by " + by + onP(e)
		}
		return "is made runnable by " + threadName(after, int32(e.M)) + onP(e)
	case trace.GoSyscallEndBlocked:
		return "comes back from its system call without a P"
	}
	switch trace.Why(e.A) {
	case trace.WhyPreempted:
		return "is interrupted"
	case trace.WhyGosched:
		return "steps aside"
	}
	return "stops running"
}

func onP(e *trace.Event) string {
	if e.P < 0 {
		return ""
	}
	return fmt.Sprintf(" on P%d", e.P)
}

// onThread is the goroutine of the reader's that runs on a thread, "" if none.
func onThread(s *state.State, thread int32) string {
	for i := range s.Gs {
		if g := &s.Gs[i]; g.Thread == thread && g.Status == "running" && !g.System {
			return goid(g)
		}
	}
	return ""
}

func threadName(s *state.State, id int32) string {
	if t := threadOf(s, id); t != nil {
		return t.Name
	}
	return "the runtime"
}

// otherPlace says of a place what would have had to happen for q.Who to go there.
func (q *Question) otherPlace(rec sim.Recording, answer string) string {
	n, _ := q.Instant(rec)
	i := q.putAt(rec, n)
	if i < 0 {
		return ""
	}
	e := rec.Log().At(i)
	s := rec.At(i + 1)
	p, queue, _ := strings.Cut(strings.TrimSpace(answer), ".")
	here := fmt.Sprintf("P%d", e.P)
	switch {
	case answer == placeNone:
		return "For no queue at all it would have had to come back from a system call and find a P that is idle."
	case answer == "global":
		return "For the global queue it would have had to step aside or be interrupted, or come back from the kernel and find no P."
	case !s.HasP:
		return "In this era there are no Ps."
	case p != here && e.P >= 0 && putsInto(&e) != trace.InGlobal:
		return fmt.Sprintf("For that, what made it runnable would have had to run on %s; it ran on %s.", p, here)
	case queue == "next" && !s.Rules.RunNext:
		return "In this era a P has no runnext."
	case queue == "next", !s.Rules.RunNext:
		return fmt.Sprintf("For that, something that runs on %s would have had to start it or wake it.", p)
	case putsInto(&e) == trace.InNext:
		return fmt.Sprintf("It comes into %s’s queue only when a younger one takes its place in runnext.", p)
	}
	return fmt.Sprintf("For that it would have had to be pushed out of %s’s runnext, or be brought there from elsewhere.", p)
}
