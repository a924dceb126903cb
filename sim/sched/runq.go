package sched

import (
	"gopark/sim/task"
	"gopark/sim/trace"
)

// runqPlace is where runqPut will put a goroutine, to be logged before.
func (s *gmp) runqPlace(next bool) trace.Place {
	if next && s.era.RunNext {
		return trace.InNext
	}
	return trace.InRing
}

// runqPut puts goroutine id into P's queue (runtime/proc.go:runqput). In
// runnext it kicks the old one to the ring's tail; a full ring gives its
// older half to the global queue.
func (s *gmp) runqPut(x *p, id task.ID, next bool) {
	if next && s.era.RunNext {
		old := x.next
		x.next = id
		if old == task.None {
			return
		}
		s.eventP(trace.RunqKick, x.id, old, 0, 0)
		id = old
	}
	if s.era.Ring == 0 || x.ring.n < s.era.Ring {
		x.ring.push(id)
		x.most = max(x.most, x.ring.n)
		return
	}
	n := s.era.Ring / 2
	s.eventP(trace.RunqOverflow, x.id, id, int64(n), 0)
	s.charge(task.Duration(2 * n))
	for range n {
		s.runq.push(x.ring.pop())
	}
	s.runq.push(id)
}

// runqGet takes the next goroutine from P's own queue. One from runnext
// inherits the time slice.
func (s *gmp) runqGet(x *p) (id task.ID, from trace.Place, inherit bool) {
	if x.next != task.None {
		id, x.next = x.next, task.None
		return id, trace.InNext, true
	}
	if x.ring.n > 0 {
		return x.ring.pop(), trace.InRing, false
	}
	return task.None, 0, false
}

// globalGet takes a batch from the global queue: the first to run, the others
// into the ring (runtime/proc.go:globrunqgetbatch).
func (s *gmp) globalGet(x *p, most int) task.ID {
	n := min(most, s.runq.n, s.runq.n/int(s.procs)+1)
	if n == 0 {
		return task.None
	}
	id := s.runq.pop()
	s.eventP(trace.GlobalTake, x.id, id, int64(n), 0)
	for range n - 1 {
		x.ring.push(s.runq.pop())
	}
	s.charge(task.Duration(2 * n))
	return id
}

// ready makes a waiting goroutine runnable (runtime/proc.go:ready).
func (s *gmp) ready(id task.ID) {
	x := &s.gs[id]
	if x.status != gwaiting {
		s.fail("ready of goroutine %d (task %d), which is %s", x.goid, id, gstatusNames[x.status])
	}
	if x.reason == task.IOWait { // it was closed, or its deadline is over
		s.net = without(s.net, id)
	}
	pid := s.pOf(s.cur)
	s.event(trace.GoUnblock, id, 0, int64(s.runqPlace(true)))
	s.setRunnable(x)
	s.runqPut(s.ps[pid], id, true)
	s.charge(s.costs.Ready)
	s.wakep()
}

func (s *gmp) setRunnable(x *g) {
	x.status, x.reason, x.object, x.since, x.m = grunnable, task.NoReason, 0, s.now, none
}

// newproc starts a goroutine for a task that the Runner has made. parent is
// the goid of the one whose go statement it was, 0 for a timer; system says
// that it is the runtime's own.
func (s *gmp) newproc(id task.ID, parent int64, system bool) {
	s.growGs(id)
	x := &s.gs[id]
	if x.status != gnone && x.status != gdead {
		s.fail("spawn of task %d, which is %s", id, gstatusNames[x.status])
	}
	s.freeRemove(id)
	pp := s.ps[s.pOf(s.cur)]
	*x = g{goid: s.newGoid(pp), parent: parent, lockedM: none, m: none, freeIn: none, next: task.None, prev: task.None, system: system}
	if !system {
		s.live++
	}
	s.setRunnable(x)
	s.event(trace.GoCreate, id, x.goid, int64(s.runqPlace(true)))
	s.runqPut(pp, id, true)
	s.charge(s.costs.Spawn)
	s.wakep()
}

// newGoid hands out ids in batches per P (runtime/proc.go:newproc1).
func (s *gmp) newGoid(x *p) int64 {
	if x.goid == x.goidEnd {
		x.goid = s.goidGen + 1
		s.goidGen += int64(s.era.GoidBatch)
		x.goidEnd = s.goidGen + 1
	}
	x.goid++
	return x.goid - 1
}

// inject makes several waiting goroutines runnable at once, in the global queue, or all
// but one for each idle P in P's own, and wakes a thread for each
// (runtime/proc.go:injectglist).
func (s *gmp) inject(ids []task.ID) {
	if len(ids) == 0 {
		return
	}
	pid := s.pOf(s.cur)
	global := len(ids)
	local := pid != none && s.era.InjectLocal
	if local {
		global = min(global, len(s.idleP))
	}
	for i, id := range ids {
		s.setRunnable(&s.gs[id])
		if i < global || s.era.Ring > 0 && s.ps[pid].ring.n >= s.era.Ring {
			s.event(trace.GoUnblock, id, 0, int64(trace.InGlobal))
			s.runq.push(id)
			continue
		}
		s.event(trace.GoUnblock, id, 0, int64(trace.InRing))
		s.ps[pid].ring.push(id)
	}
	for range global {
		x := s.idlePGet(true)
		if x == nil {
			break
		}
		s.startm(x, false)
	}
	if local {
		s.wakep()
	}
}
