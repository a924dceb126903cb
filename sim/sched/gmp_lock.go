package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
)

// What takes sched.lock is the global queue, the idle lists of Ps and Ms, and
// the stop of the world. A step that will need it takes it first, and is tried again
// if it has to wait; what is charged until unlock is how long others wait.
// Sysmon, which has no core here, waits for it before it takes a P or makes somebody
// runnable, and is not seen to hold it.

// lock takes sched.lock for thread m, or lets the thread wait for it: see locks.take.
func (s *gmp) lock(m *m) bool {
	if m.has {
		return true
	}
	took, ok := s.locks.take(&s.mu, &m.locking, m.id, s.costs.LookOther, s.now)
	if ok {
		s.charge(s.costs.Global + took)
	}
	return ok
}

// unlock lets go of sched.lock when what was charged so far has passed.
func (s *gmp) unlock(m *m) {
	if m.has {
		s.mu.letGo(&m.locking, m.busy, s.now)
	}
}

// byM reports whether it is a thread with a core that works, and not sysmon.
func (s *gmp) byM() bool { return s.cur >= 0 && s.cur != sysmonM }

func (s *gmp) unlockCur() {
	if s.byM() {
		s.unlock(s.ms[s.cur])
	}
}

// lockQueue takes, and in an instant gives back, the lock of the queue of P pid,
// where there is one; it is held for as long as Costs.Global.
func (s *gmp) lockQueue(m *m, pid int32) bool {
	if !s.era.QueueLock {
		return true
	}
	mu := &s.ps[pid].mu
	if !mu.free(s.now) {
		s.locks.wait(mu, &m.locking, pid+1, s.now)
		return false
	}
	mu.until = s.now + s.costs.Global
	return true
}

// stir does what a thread has to do about locks before anything else; again: it did
// something and may have more to do.
func (s *gmp) stir(m *m) (req machine.Request, again bool) {
	if m.wakes {
		s.wakeSleeper(m)
	}
	m.astir = m.waits || m.owes
	switch {
	case m.busy > 0:
		return req, false
	case m.waits:
		return s.waitLock(m), true
	case m.owes:
		s.payWakep(m)
		return req, true
	}
	return req, false
}

// waitLock is a turn of a thread that waits for a lock.
func (s *gmp) waitLock(m *m) machine.Request {
	mu := &s.mu
	if m.lock != lockSched {
		mu = &s.ps[m.lock-1].mu
	}
	spin, req := s.locks.look(mu, &m.locking, s.now)
	m.busy = spin
	return req
}

// payWakep makes up for a wakep that found sched.lock taken.
func (s *gmp) payWakep(m *m) {
	if s.lock(m) {
		m.owes = false
		s.wakep()
		s.unlock(m)
	}
}

func (s *gmp) wakeSleeper(m *m) {
	if s.locks.wake(&s.mu, &m.locking, m.id, s.now, s.chance()) {
		s.charge(s.mach.Costs.Wake)
	}
}

// goSleep lets go of sched.lock for a thread that asks the kernel for something.
func (s *gmp) goSleep(m *m) {
	if m.hold > 0 || m.wakes {
		s.locks.quit(&s.mu, &m.locking, m.id, s.now, s.chance())
	}
}

// chance decides whom to wake, where that is left to it.
func (s *gmp) chance() uint32 {
	if !s.era.LockStack {
		return 0
	}
	return s.rand.next()
}

// locksFor takes the locks that a request needs, or keeps it until the thread has
// them.
func (s *gmp) locksFor(m *m, req *task.Request) bool {
	x := &s.gs[m.curg]
	ok := true
	switch req.Kind {
	case task.Spawn, task.Ready:
		if s.era.QueueLock || x.preempt || s.overflows(s.ps[m.p]) {
			global := s.overflows(s.ps[m.p]) || s.atPrologue(m, req.Kind)
			ok = s.lockQueue(m, m.p) && (!global || s.lock(m))
		}
	case task.Yield, task.SetProcs, task.SetMaxThreads, task.CollectBegin, task.CollectEnd:
		ok = s.lock(m)
	case task.Check:
		ok = !x.preempt || s.lock(m)
	}
	if !ok {
		s.pending.put(x, m.curg, *req)
	}
	return ok
}

// overflows reports whether one more goroutine in P's queue is one too many.
func (s *gmp) overflows(x *p) bool {
	return s.era.Ring > 0 && x.ring.n >= s.era.Ring && (!s.era.RunNext || x.next != task.None)
}
