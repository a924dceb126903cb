package sim

import (
	"sort"

	"gopark/sim/sched"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// window is how many events around one that was asked for are kept too, so
// that stepping to and fro costs nothing.
const window = 12

// crowded is from how many goroutines on only what was asked for and the instant
// before, which a view needs to tell what changed, are looked at: each goroutine
// costs some microseconds and some hundred bytes.
const crowded = 300

// Throng is from how many goroutines on the instant before is not looked at either:
// nobody tells what has changed among so many.
const Throng = 20_000

// At implements Recording.
func (r *recording) At(n int) *state.State {
	st, _ := r.Instant(n, func(*state.State) int32 { return -1 })
	return st
}

// Instant implements Inspector.
func (r *recording) Instant(n int, choose func(*state.State) int32) (*state.State, *state.Stack) {
	n = r.clamp(n)
	if st := r.seen[n]; st != nil {
		if g := choose(st); g >= 0 {
			return st, r.Stack(n, g)
		}
		return st, nil
	}
	around, most := r.around()
	if len(r.seen) > most {
		clear(r.seen)
	}
	if r.atHead(n) {
		st := r.head.fill(r.era)
		overlay(st, foldOf(st, r.era.Rules()))
		r.seen[n] = r.stamp(st, n)
		return st, r.stackOf(r.head, n, choose(st))
	}
	var stack *state.Stack
	r.seek(max(n-around, r.shots[0].events), n, true, func(k int) {
		r.seen[k] = r.look(k)
		if k == n {
			stack = r.stackOf(r.past, n, choose(r.seen[k]))
		}
	})
	return r.seen[n], stack
}

// around is how many instants before one that is asked for are looked at too, and
// how many are kept.
func (r *recording) around() (before, most int) {
	switch n := r.head.vm.Tasks(); {
	case n >= Throng:
		return 0, 1
	case n >= crowded:
		return 1, 2
	}
	return window, 20 * window
}

// Stack implements Recording.
func (r *recording) Stack(n int, g int32) *state.Stack {
	n = r.clamp(n)
	for _, k := range r.stacks {
		if k.stack != nil && k.n == n && k.g == g {
			return k.stack
		}
	}
	if r.atHead(n) {
		return r.stackOf(r.head, n, g)
	}
	var s *state.Stack
	r.seek(n, n, false, func(int) { s = r.stackOf(r.past, n, g) })
	return s
}

// A seenStack is the stack of goroutine g after n events.
type seenStack struct {
	n     int
	g     int32
	stack *state.Stack
}

// stackOf is the stack of goroutine g, nil for -1, of a computer that stands after n
// events. The last are kept.
func (r *recording) stackOf(c *computer, n int, g int32) *state.Stack {
	if g < 0 {
		return nil
	}
	s := c.vm.Stack(task.ID(g))
	r.stacks[0], r.stacks[1] = r.stacks[1], seenStack{n, g, s}
	return s
}

// muchMemory is how many bytes of memory a computer has that the host should not
// have twice.
const muchMemory = 256 << 20

// atHead reports whether the state after n events is the head's own, and a second
// computer would take long to get there, or much memory. Nothing happens after the
// event with which a program exits.
func (r *recording) atHead(n int) bool {
	end := r.head.sched.Ended().Kind
	arena, _ := r.head.vm.Bytes()
	large := r.head.vm.Tasks() >= crowded || arena >= muchMemory
	return large && n == r.head.log.Len() && (end == sched.Exited || end == sched.Crashed)
}

// Release implements Releaser.
func (r *recording) Release() {
	r.head.vm.Release()
	if r.past != nil {
		r.past.vm.Release()
	}
}

// clamp brings n into what can be looked at: before the first snapshot the
// computer was not yet built.
func (r *recording) clamp(n int) int {
	return max(r.shots[0].events, min(n, r.head.log.Len()))
}

// look is the state after the k-th event, which has just been logged.
func (r *recording) look(k int) *state.State {
	st := r.past.fill(r.era)
	overlay(st, r.foldTo(k))
	return r.stamp(st, k)
}

// stamp notes in a state that it is that after the k-th event.
func (r *recording) stamp(st *state.State, k int) *state.State {
	st.Event = k
	if k > 0 {
		st.Time = r.head.log.At(k - 1).Time
	}
	if k == r.head.log.Len() {
		st.Ended, st.Exit = r.ended, r.code
	}
	return st
}

// seek runs the past from a snapshot and calls do at each instant from the
// from-th to the to-th event. With fold, r.fold will be there too.
func (r *recording) seek(from, to int, fold bool, do func(k int)) {
	if r.past == nil {
		r.buildPast()
	}
	s := r.shots[r.shotBefore(from)]
	if at := r.past.log.Len(); r.want == nil || at >= from || at < s.events || fold && r.fold == nil {
		r.past.restore(&s)
		r.fold = nil
		if fold {
			var st state.State
			r.past.sched.Fill(&st)
			st.Event = s.events
			r.fold = foldOf(&st, r.era.Rules())
		}
	}
	done := false
	reach := func(k int) {
		if k >= from && k <= to {
			do(k)
		}
		done = done || k >= to
	}
	// Schedulers log first and act then. An event has had its effect when the
	// next one is logged, the program runs on, or the step is over.
	fresh := -1
	r.past.settle = func() {
		if k := fresh; k >= 0 {
			fresh = -1
			reach(k)
		}
	}
	r.want = func(k int) { r.past.settle(); fresh = k }
	reach(r.past.log.Len())
	for more := true; more && !done; {
		more = r.past.step()
		r.past.settle()
	}
	r.want, r.past.settle = func(int) {}, nil
}

// shotBefore is the last snapshot from which the n-th event can be reached.
// Snapshots are taken between turns; an instant inside a turn is seen from
// within it, so it starts before it.
func (r *recording) shotBefore(n int) int {
	return max(0, sort.Search(len(r.shots), func(i int) bool { return r.shots[i].events >= n })-1)
}

// buildPast makes the second computer.
func (r *recording) buildPast() {
	log := trace.ResumeAt(0, func(n int) {
		if r.want != nil {
			r.want(n)
		}
	})
	r.past = r.another(log, nil)
}
