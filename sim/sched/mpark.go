package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// acquireP gives P to the current thread (runtime/proc.go:acquirep).
func (s *gmp) acquireP(x *p) {
	m := s.ms[s.cur]
	s.must(m.p == none && x.m == none, "thread %d takes P%d, which thread %d has; it has P%d", m.id, x.id, x.m, m.p)
	m.p, x.m, x.status = x.id, m.id, prunning
	s.event(trace.ProcStart, task.None, 0, 0)
}

// releaseP takes the P from thread m. Its caller says where it goes.
func (s *gmp) releaseP(m *m, why trace.Why) *p {
	x := s.ps[m.p]
	s.eventP(trace.ProcStop, x.id, task.None, int64(why), 0)
	m.p, x.m, x.status, x.oldm = none, none, pidle, m.id
	return x
}

func (s *gmp) idlePPut(x *p) {
	s.must(s.runqEmpty(x), "P%d goes idle with work", x.id)
	x.status, x.idle = pidle, true
	s.idleP = append(s.idleP, x.id)
	s.eventP(trace.ProcIdle, x.id, task.None, 0, 0)
}

// idlePGet takes the P that went idle last; forSpin notes a wish not granted.
func (s *gmp) idlePGet(forSpin bool) *p {
	n := len(s.idleP)
	if n == 0 {
		s.needSpin = s.needSpin || forSpin
		return nil
	}
	x := s.ps[s.idleP[n-1]]
	s.idleP = s.idleP[:n-1]
	x.idle = false
	return x
}

func (s *gmp) takeNextP(m *m) *p {
	x := s.ps[m.nextp]
	m.nextp = none
	return x
}

// wakep starts one more spinning thread, if none spins and a P is idle
// (runtime/proc.go:wakep).
func (s *gmp) wakep() {
	if s.spinning != 0 {
		return
	}
	if len(s.idleP) > 0 && s.byM() {
		if m := s.ms[s.cur]; s.mu.taken(&m.locking, s.now) {
			m.owes, m.astir = true, true
			return
		}
		s.lock(s.ms[s.cur])
	}
	x := s.idlePGet(true)
	if x == nil {
		return
	}
	s.spinning++
	s.startm(x, true)
}

// startm lets an idle or a new thread run P (runtime/proc.go:startm).
func (s *gmp) startm(x *p, spinning bool) {
	if s.end.Kind != Running {
		return
	}
	m := s.idleMGet()
	s.unlockCur()
	if m != nil {
		s.wakeM(m, x, spinning)
		return
	}
	s.newM(x, spinning)
}

func (s *gmp) wakeM(m *m, x *p, spinning bool) {
	s.must(m.nextp == none && m.p == none, "thread %d is woken for P%d but has P%d", m.id, x.id, m.p)
	m.idle, m.nextp, m.spinning = false, x.id, spinning
	s.eventP(trace.ProcHand, x.id, task.None, int64(m.id), 0)
	s.mach.Unpark(machine.Thread(s.cur), machine.Thread(m.id), s.now)
	s.charge(s.mach.Costs.Wake)
}

// setMaxThreads is debug.SetMaxThreads.
func (s *gmp) setMaxThreads(n int32) {
	s.charge(s.costs.Lock)
	if s.era.VM.CountsThreads {
		s.maxThreads = n
		s.tooManyThreads(0)
	}
}

// tooManyThreads ends the run if there are more threads than there may be once
// more have been added (runtime/proc.go:checkmcount).
func (s *gmp) tooManyThreads(more int) bool {
	if s.mach.Threads()+more <= int(s.maxThreads) {
		return false
	}
	s.finish(ThreadsGone, 2, trace.ThreadLimit, int64(s.maxThreads))
	return true
}

func (s *gmp) newM(x *p, spinning bool) {
	if s.tooManyThreads(1) {
		return
	}
	t := s.addM(s.mach.Create(machine.Thread(s.cur), s.now))
	m := s.ms[t]
	m.nextp, m.spinning = x.id, spinning
	s.eventP(trace.ProcHand, x.id, task.None, int64(t), 0)
	s.charge(s.mach.Costs.ThreadCreate)
}

// handOff finds somebody for a P whose thread can't go on, or lets it idle
// (runtime/proc.go:handoffp).
func (s *gmp) handOff(x *p) {
	switch {
	case !s.runqEmpty(x) || s.runq.n > 0 || s.markersWait():
		s.startm(x, false)
	case s.spinning+int32(len(s.idleP)) == 0:
		s.spinning++
		s.needSpin = false
		s.startm(x, true)
	case s.stopping:
		s.haltP(x)
	case int32(len(s.idleP)) == s.procs-1 && s.poller == none:
		s.startm(x, false) // the last P: somebody must wait for network and timers
	default:
		s.idlePPut(x)
		if at := s.nextTimerOf(x); at != machine.Never {
			s.wakeNetPoller(at)
		}
	}
}

// stopM puts the thread, which has no P, to sleep until one is handed to it.
func (s *gmp) stopM(m *m) machine.Request {
	s.must(m.p == none && !m.spinning, "thread %d stops with P%d", m.id, m.p)
	m.phase, m.idle, m.asleep = atWake, true, true
	s.idleM = append(s.idleM, m.id)
	s.event(trace.ThreadPark, task.None, int64(trace.WhyIdle), 0)
	s.checkDead()
	return machine.Request{Kind: machine.Park, Until: machine.Never, Why: trace.WhyIdle}
}

// wakeUp is the thread's first step after stopM, or of its life.
func (s *gmp) wakeUp(m *m) {
	s.must(m.nextp != none, "thread %d wakes without a P", m.id)
	m.asleep = false
	s.acquireP(s.takeNextP(m))
	if m.spinning {
		s.event(trace.SpinBegin, task.None, 0, 0)
	}
	m.phase = atSchedule
}

// stopLockedM gives up the P until the goroutine locked to this thread may
// run again (runtime/proc.go:stoplockedm). Finding somebody for the P takes
// sched.lock, and so does waitLocked afterwards.
func (s *gmp) stopLockedM(m *m) {
	if m.p != none {
		s.handOff(s.releaseP(m, trace.WhyLocked))
	}
	m.phase = atUnneeded
}

// waitLocked counts the thread among those that wait for their goroutine
// (runtime/proc.go:incidlelocked) and lets it sleep.
func (s *gmp) waitLocked(m *m) machine.Request {
	s.locked++
	m.phase = atLocked
	if m.nextp != none { // another thread was quick to hand the goroutine over
		return machine.Request{}
	}
	m.asleep = true
	s.event(trace.ThreadPark, task.None, int64(trace.WhyLocked), 0)
	s.checkDead()
	return machine.Request{Kind: machine.Park, Until: machine.Never, Why: trace.WhyLocked}
}

// startLockedM hands goroutine id and the P to the thread it is locked to
// (runtime/proc.go:startlockedm): in the step that follows, because what it counts is
// under sched.lock. Until then the goroutine is in no queue, so nobody can steal it.
func (s *gmp) startLockedM(m *m, id task.ID, from trace.Place) {
	m.phase, m.wired = atWired, s.gs[id].lockedM
	s.event(trace.GoHandLocked, id, int64(m.wired), int64(from))
}

// handWired is that step. What it takes to wake the other passes without the lock, and
// for its own place among the idle the thread takes it anew.
func (s *gmp) handWired(m *m) {
	to := s.ms[m.wired]
	s.must(to.nextp == none, "thread %d is handed two Ps, P%d and P%d", to.id, to.nextp, m.p)
	s.locked-- // for a moment below zero if that thread is only about to wait
	s.unlock(m)
	x := s.releaseP(m, trace.WhyLocked)
	to.nextp = x.id
	s.eventP(trace.ProcHand, x.id, task.None, int64(to.id), 0)
	s.mach.Break(machine.Thread(s.cur), machine.Thread(to.id), s.now)
	s.charge(s.mach.Costs.Wake)
	m.phase = atStop
}

// checkDead ends the run when no goroutine can ever run again
// (runtime/proc.go:checkdead). A thread in the poller counts as running.
func (s *gmp) checkDead() {
	if !s.era.DeadlockSeen || s.end.Kind != Running {
		return
	}
	run := int32(len(s.ms)) - s.freed - int32(len(s.idleM)) - s.locked - 1 // sysmon
	if run > 0 {
		return
	}
	s.must(run == 0, "checkdead counts %d running threads", run)
	waiting := 0
	for i := range s.gs {
		x := &s.gs[i]
		if x.system && !(x.keeper && x.sleeps == 0 && s.era.KeepersWait) {
			continue
		}
		s.must(x.status != grunnable && x.status != grunning && x.status != gsyscall,
			"all threads are idle but goroutine %d is %s", x.goid, gstatusNames[x.status])
		if x.status == gwaiting {
			waiting++
		}
	}
	if waiting == 0 && s.era.GoexitIsExit {
		s.finish(Exited, 0, trace.Exit, 0)
		return
	}
	if waiting == 0 {
		s.finish(NoMain, 2, trace.Deadlock, 1)
		return
	}
	if s.nextTimer() == machine.Never {
		s.finish(Deadlocked, 2, trace.Deadlock, 0)
	}
}
