package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Run is one piece of a thread's work: see machine.Runner. Work of the
// scheduler's takes effect at once and then its cost passes.
func (s *gmp) Run(t machine.Thread, now task.Time, budget task.Duration) (task.Duration, machine.Request) {
	s.now, s.cur = now, int32(t)
	m := s.ms[t]
	for steps := 0; ; steps++ {
		if steps > 10_000 {
			s.fail("the thread makes no progress in phase %d", m.phase)
		}
		if s.end.Kind != Running {
			return 1, machine.Request{}
		}
		if m.astir {
			if req, again := s.stir(m); req.Kind != machine.Nothing {
				return 0, req
			} else if again {
				continue
			}
		}
		if m.busy > 0 {
			took := min(m.busy, s.mach.Left(t, now, budget))
			if m.hold > 0 {
				took = s.mu.pass(&m.locking, took, now)
			}
			m.busy -= took
			return took, machine.Request{}
		}
		if m.phase == atRun {
			took := s.runG(m, budget)
			if m.has {
				s.unlock(m)
			}
			if took > 0 {
				return took, machine.Request{}
			}
			continue
		}
		if m.phase == atHelp {
			if took := s.help(m); took > 0 {
				return min(s.mach.Left(t, now, budget), took), machine.Request{}
			}
		}
		req := s.step(m)
		if m.has {
			s.unlock(m)
		}
		if req.Kind != machine.Nothing && s.end.Kind == Running {
			s.goSleep(m)
			return 0, req
		}
	}
}

// step does the next thing that a thread has to do outside goroutines.
func (s *gmp) step(m *m) machine.Request {
	switch m.phase {
	case atSchedule:
		return s.schedule(m)
	case atSteal:
		return s.stealStep(m)
	case atNap:
		return s.stealNext(m)
	case atGiveUp:
		return s.giveUp(m)
	case atWake:
		s.wakeUp(m)
	case atPoll:
		if s.lock(m) {
			return s.pollEnd(m)
		}
	case atStop:
		if s.lock(m) {
			return s.stopM(m)
		}
	case atWired:
		if s.lock(m) {
			s.handWired(m)
		}
	case atUnneeded:
		if s.lock(m) {
			return s.waitLocked(m)
		}
	case atLocked:
		m.asleep = false
		s.acquireP(s.takeNextP(m))
		s.execute(m.lockedG, trace.InHand, false)
	case atSyscall:
		m.phase = atReturn
		return machine.Request{Kind: machine.Syscall, Wait: m.wait, Sleep: m.inKernel}
	case atReturn:
		if s.gs[m.curg].keeper {
			s.napEnd(m)
		}
		return s.exitSyscall(m)
	case atKernel:
		m.phase = atReturn
		return machine.Request{Kind: machine.Park, Until: m.until, Why: trace.WhySyscall}
	case atHelp:
		if s.lock(m) {
			m.helps = false
			return s.stopM(m)
		}
	case atStopping:
		return s.waitStopped(m)
	case atUnwired:
		if s.lock(m) {
			s.exitM(m)
		}
	case atExit:
		return machine.Request{Kind: machine.Exit}
	case atWedge:
		return machine.Request{Kind: machine.Park, Until: machine.Never, Why: trace.WhyExit}
	}
	return machine.Request{}
}

// runG runs the thread's goroutine, or does what it asked for.
func (s *gmp) runG(m *m, budget task.Duration) task.Duration {
	id := m.curg
	x := &s.gs[id]
	if x.keeper {
		if s.lockQueue(m, m.p) && s.lock(m) {
			s.keep(m)
		}
		return 0
	}
	if s.mustLetGo(m) && !s.lock(m) {
		return 0
	}
	if x.worker != notMarking && !s.mayMark(m) {
		s.stopMarker(m)
		return 0
	}
	m.starting = false
	if m.signal > 0 || m.caught {
		if s.signalled(m) {
			return 0
		}
		budget = min(budget, m.signal-s.now)
	}
	if x.waits {
		if req := s.pending.take(x, id); s.locksFor(m, &req) {
			s.handle(m, &req)
		}
		return 0
	}
	if x.worker != notMarking {
		budget = min(budget, markLook)
	}
	took, req := s.runner.Run(id, s.now, budget, x.preempt && s.stopper != m.id)
	if s.helpers > 0 && s.stopper == m.id {
		took = shared(took, s.helpers)
	}
	if took < 0 || (took == 0) != (req.Kind != task.Nothing) {
		s.fail("task %d took %d and asked for %s: either time passes or something happens", id, took, req.Kind)
	}
	if took == 0 && s.locksFor(m, &req) {
		s.handle(m, &req)
	}
	if took > 0 {
		m.ownFrom, m.ownTo = s.now, s.now+took
	}
	return took
}

// execute runs goroutine id on the current thread. An inherited time slice
// goes on; any other start counts as a tick (runtime/proc.go:execute).
func (s *gmp) execute(id task.ID, from trace.Place, inherit bool) {
	m, x := s.ms[s.cur], &s.gs[id]
	if x.status != grunnable {
		s.fail("execute goroutine %d, which is %s", x.goid, gstatusNames[x.status])
	}
	s.event(trace.GoStart, id, int64(from), 0)
	x.status, x.since, x.m, x.preempt = grunning, s.now, m.id, false
	m.curg, m.phase = id, atRun
	if !inherit {
		s.ps[m.p].schedTick++
	}
	s.chargeSwitch(m, id)
	m.starting = true
}

// chargeSwitch lets thread m pay for the start of goroutine id.
func (s *gmp) chargeSwitch(m *m, id task.ID) {
	s.charge(s.costs.Switch)
	if m.lastg != id {
		s.charge(s.costs.Other)
		m.lastg = id
	}
}

// drop ends the run of the thread's goroutine; the thread schedules next.
func (s *gmp) drop(m *m) {
	s.gs[m.curg].m = none
	m.curg, m.phase = task.None, atSchedule
}

func (s *gmp) stopG(m *m, why trace.Why, into trace.Place) {
	id := m.curg
	s.event(trace.GoStop, id, int64(why), int64(into))
	s.drop(m)
	s.setRunnable(&s.gs[id])
	s.gs[id].preempt = false
}

func (s *gmp) blockG(m *m, why task.Reason, object uint64) {
	id := m.curg
	x := &s.gs[id]
	s.event(trace.GoBlock, id, int64(why), int64(object))
	s.drop(m)
	x.status, x.reason, x.waited, x.object, x.since, x.preempt = gwaiting, why, why, object, s.now, false
	s.charge(s.costs.Park)
}
