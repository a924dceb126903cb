package sched

import "gopark/sim/task"

// lock takes the lock for thread m, or lets the thread wait for it: see locks.take.
func (s *gm) lock(m *worker) bool {
	if m.has {
		return true
	}
	took, ok := s.locks.take(&s.mu, &m.locking, m.id, s.costs.LookOther, s.now)
	s.charge(took)
	return ok
}

// unlock lets go of the lock when what was charged so far has passed, and wakes
// after that whom it put off (runtime/proc.c:schedunlock).
func (s *gm) unlock(m *worker) {
	if m.has {
		s.mu.letGo(&m.locking, m.busy, s.now)
		m.busy, m.after = m.busy+m.after, 0
	}
}

// unlockUnless is unlock, unless the thread goes on under the lock in a phase.
func (s *gm) unlockUnless(m *worker, p workerPhase) {
	if m.phase != p {
		s.unlock(m)
	}
}

func (s *gm) wakeSleeper(m *worker) {
	if s.locks.wake(&s.mu, &m.locking, m.id, s.now, 0) {
		s.charge(s.mach.Costs.Wake)
	}
}

// locked reports whether what a goroutine asks for is done under the lock: all
// that makes goroutines runnable, or stops them. One that ends is gone for its Runner, so that
// can't wait; what its thread does next can.
func (s *gm) locked(x *g, req task.Request) bool {
	switch req.Kind {
	case task.SetTimer, task.StopTimer, task.LockThread, task.UnlockThread, task.SetMaxThreads, task.StackGrow, task.StackShrink, task.GoYield, task.Exit, task.ExitProcess, task.Crash:
		return false
	case task.Check:
		return x.preempt
	case task.Syscall: // two numbers in one word say whether somebody waits
		return s.runq.n > 0 || s.stopping
	}
	return true
}

// tryHandle handles a request, or keeps it until the thread has the lock.
func (s *gm) tryHandle(m *worker, req task.Request) {
	x := &s.gs[m.curg]
	if s.locked(x, req) && !s.lock(m) {
		s.pending.put(x, m.curg, req)
		return
	}
	s.handle(m, req)
}
