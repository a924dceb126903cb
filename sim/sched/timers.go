package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A timer's key: a task.Timer, or, below zero, the sleep of a goroutine.
type key int32

func timerKey(t task.Timer) key { return key(t) }
func sleepKey(id task.ID) key   { return ^key(id) }

// A timerNode is an entry of a P's heap.
type timerNode struct {
	when task.Time
	key  key
}

// timerAt says where a timer is: place-1 in the heap of P; the zero value is nowhere.
type timerAt struct{ p, place int32 }

func (s *gmp) at(k key) *timerAt {
	if k < 0 {
		return &s.gs[^k].sleep
	}
	for int(k) >= len(s.timers) {
		s.timers = append(s.timers, timerAt{})
	}
	return &s.timers[k]
}

func (k key) args() (g task.ID, a int64) {
	if k < 0 {
		return task.ID(^k), -1
	}
	return task.None, int64(k)
}

// setTimer puts a timer into P's heap or moves it there. If it is the first
// to expire, whoever sleeps until a later one is woken.
func (s *gmp) setTimer(x *p, k key, when task.Time) {
	x = s.heapOf(x)
	s.heapRemove(k)
	id, a := k.args()
	s.eventP(trace.TimerSet, x.id, id, a, when)
	x.heap = append(x.heap, timerNode{when, k})
	*s.at(k) = timerAt{x.id, int32(len(x.heap))}
	s.siftUp(x, len(x.heap)-1)
	s.charge(s.costs.Timer)
	switch {
	case x.heap[0].key != k:
	case s.era.TimerHeaps > 0:
		s.rouse(x)
	default:
		s.wakeNetPoller(when)
	}
}

func (s *gmp) stopTimer(k key) {
	s.charge(s.costs.Timer)
	if s.heapRemove(k) {
		id, a := k.args()
		s.event(trace.TimerStop, id, a, 0)
	}
}

// runTimers runs what has expired in P's heap, on the current thread: what it
// readies goes to that thread's P. It reports whether anything ran.
func (s *gmp) runTimers(x *p) bool {
	ran := false
	for len(x.heap) > 0 && x.heap[0].when <= s.now {
		n := x.heap[0]
		s.heapRemove(n.key)
		id, a := n.key.args()
		s.event(trace.TimerFire, id, a, n.when)
		s.charge(s.costs.TimerRun)
		ran = true
		if n.key < 0 {
			s.ready(id)
			continue
		}
		s.fire(task.Timer(n.key))
	}
	return ran
}

func (s *gmp) fire(t task.Timer) {
	for {
		req := s.runner.Fire(t, s.now)
		switch req.Kind {
		case task.Nothing:
			return
		case task.Ready:
			s.ready(req.Task)
		case task.Spawn:
			s.newproc(req.Task, 0, false)
		case task.SetTimer:
			s.setTimer(s.ps[s.pOf(s.cur)], timerKey(req.Timer), req.When)
		default:
			s.must(false, "timer %d asks for %s", t, req.Kind)
		}
	}
}

// nextTimerOf is when a thread must look at P's heap, if that is a thread's
// affair and not a keeper's.
func (s *gmp) nextTimerOf(x *p) task.Time {
	if len(x.heap) == 0 || s.era.TimerHeaps > 0 {
		return machine.Never
	}
	return x.heap[0].when
}

func (s *gmp) nextTimer() task.Time {
	at := machine.Never
	for _, x := range s.ps {
		at = min(at, s.nextTimerOf(x))
	}
	return at
}

// The heaps have four children a node, or two, and are ordered by time alone,
// as Go's are: which of two equal timers goes first depends on their places.

func (s *gmp) arity() int {
	if s.era.TimerArity > 0 {
		return s.era.TimerArity
	}
	return 4
}

func (s *gmp) heapSet(x *p, i int, n timerNode) {
	x.heap[i] = n
	*s.at(n.key) = timerAt{x.id, int32(i + 1)}
}

func (s *gmp) siftUp(x *p, i int) {
	n := x.heap[i]
	for i > 0 {
		up := (i - 1) / s.arity()
		if n.when >= x.heap[up].when {
			break
		}
		s.heapSet(x, i, x.heap[up])
		i = up
	}
	s.heapSet(x, i, n)
}

func (s *gmp) siftDown(x *p, i int) {
	n, k := x.heap[i], s.arity()
	for {
		least := -1
		for c := k*i + 1; c <= k*i+k && c < len(x.heap); c++ {
			if least < 0 || x.heap[c].when < x.heap[least].when {
				least = c
			}
		}
		if least < 0 || x.heap[least].when >= n.when {
			break
		}
		s.heapSet(x, i, x.heap[least])
		i = least
	}
	s.heapSet(x, i, n)
}

// heapRemove reports whether the timer was in a heap.
func (s *gmp) heapRemove(k key) bool {
	at := *s.at(k)
	if at.place == 0 {
		return false
	}
	*s.at(k) = timerAt{}
	x := s.ps[at.p]
	i, last := int(at.place-1), len(x.heap)-1
	moved := x.heap[last]
	x.heap = x.heap[:last]
	if i == last {
		return true
	}
	s.heapSet(x, i, moved)
	s.siftUp(x, i)
	s.siftDown(x, int(s.at(moved.key).place-1))
	return true
}
