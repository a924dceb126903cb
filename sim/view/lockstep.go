package view

import "gopark/sim/task"

// A Lockstep shows several runs at one instant of virtual time. Where they stand is
// an event number each, on the one path that all their events make when they are put
// in order: by time, at the same time by run, and in one run as its log has them.
type Lockstep []*Session

// At is where the runs stand when all that happened up to a time has happened.
func (l Lockstep) At(time int64) []int {
	at := make([]int, len(l))
	for i, s := range l {
		at[i] = s.EventAt(time)
	}
	return at
}

// To is where they stand right after the n-th event of run i.
func (l Lockstep) To(i, n int) []int {
	if n <= 0 {
		return make([]int, len(l))
	}
	time := l.time(i, n)
	at := l.At(time)
	for k := i + 1; k < len(l); k++ {
		at[k] = l[k].EventAt(time - 1)
	}
	at[i] = n
	return at
}

// Now is the virtual time at which they stand: that of the latest event.
func (l Lockstep) Now(at []int) int64 {
	now := int64(0)
	for i, n := range at {
		now = max(now, l.time(i, n))
	}
	return now
}

// time is that of the n-th event of run i, 0 before the first.
func (l Lockstep) time(i, n int) task.Time {
	if log := l[i].rec.Log(); n > 0 && n <= log.Len() {
		return log.Time(n - 1)
	}
	return 0
}

// Step is where they stand after the next event of any of them, or the next decision
// of a scheduler's, or after the one before this instant. ok: there is one.
func (l Lockstep) Step(at []int, kind StepKind, back bool) (next []int, ok bool) {
	run, event, latest := -1, 0, l.latest(at)
	for i := range l {
		n := at[i]
		switch {
		case !back:
			n = l.find(i, n+1, 1, kind)
		case i == latest:
			n = l.find(i, n-1, -1, kind)
		default:
			n = l.find(i, n, -1, kind)
		}
		if n > 0 && (run < 0 || l.before(i, n, run, event) != back) {
			run, event = i, n
		}
	}
	if run < 0 && (!back || latest < 0) {
		return at, false
	}
	if run < 0 { // before the first lies the beginning
		return make([]int, len(l)), true
	}
	return l.To(run, event), true
}

// latest is the run whose event was the last, -1 at the beginning.
func (l Lockstep) latest(at []int) int {
	run := -1
	for i, n := range at {
		if n > 0 && (run < 0 || l.before(run, at[run], i, n)) {
			run = i
		}
	}
	return run
}

// find is the first event of a kind from the n-th of run i on, forwards or back, 0
// if there is none.
func (l Lockstep) find(i, n, by int, kind StepKind) int {
	log := l[i].rec.Log()
	for ; n > 0 && n <= log.Len(); n += by {
		if kind != StepDecision || decisions[log.At(n-1).Kind] {
			return n
		}
	}
	return 0
}

// before reports whether the n-th event of run i comes before the m-th of run k.
func (l Lockstep) before(i, n, k, m int) bool {
	a, b := l.time(i, n), l.time(k, m)
	return a < b || a == b && i < k
}
