package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Run is one piece of a thread's work: see machine.Runner.
func (s *gm) Run(t machine.Thread, now task.Time, budget task.Duration) (task.Duration, machine.Request) {
	s.now, s.cur = now, int32(t)
	m := s.ms[t]
	for steps := 0; ; steps++ {
		s.must(steps < 10_000, "the thread makes no progress in phase %d", m.phase)
		if s.end.Kind != Running {
			return 1, machine.Request{}
		}
		if m.wakes {
			s.wakeSleeper(m)
		}
		if m.busy > 0 {
			took := min(m.busy, s.mach.Left(t, now, budget))
			if m.hold > 0 {
				took = s.mu.pass(&m.locking, took, now)
			}
			m.busy -= took
			return took, machine.Request{}
		}
		if m.waits {
			spin, req := s.locks.look(&s.mu, &m.locking, now)
			if req.Kind != machine.Nothing {
				return 0, req
			}
			m.busy = spin
			continue
		}
		if m.owes {
			if s.lock(m) {
				m.owes = false
				s.rouse()
				s.unlock(m)
			}
			continue
		}
		if m.phase == gmHelp && s.marking {
			if !m.helps {
				m.helps = true
				s.helpers++
			}
			return min(s.mach.Left(t, now, budget), helpLook), machine.Request{}
		}
		if m.phase == gmRun {
			if took := s.runG(m, budget); took > 0 {
				return took, machine.Request{}
			}
			s.unlockUnless(m, gmSchedule)
			continue
		}
		req := s.step(m)
		s.unlockUnless(m, gmSchedule)
		if req.Kind != machine.Nothing && s.end.Kind == Running {
			s.locks.quit(&s.mu, &m.locking, m.id, now, 0)
			return 0, req
		}
	}
}

func (s *gm) step(m *worker) machine.Request {
	switch m.phase {
	case gmSchedule:
		return s.next(m)
	case gmWait:
		s.must(m.nextg != task.None, "thread %d wakes without a goroutine", m.id)
		s.execute(m, m.nextg, trace.InHand)
	case gmSyscall:
		m.phase = gmReturn
		return machine.Request{Kind: machine.Syscall, Wait: m.wait, Sleep: m.sleeps}
	case gmKernel:
		m.phase = gmReturn
		return machine.Request{Kind: machine.Park, Until: m.until, Event: m.event, Why: trace.WhySyscall}
	case gmReturn:
		s.exitSyscall(m)
	case gmStopping:
		return s.waitStopped(m)
	case gmHelp:
		m.helps, m.phase = false, gmSchedule
	}
	return machine.Request{}
}

// runG runs the thread's goroutine, or does what it asked for. Goroutines stop
// for a stop of the world only, at calls: the runtime of old looked at channel
// operations, map operations and allocations.
func (s *gm) runG(m *worker, budget task.Duration) task.Duration {
	id := m.curg
	x := &s.gs[id]
	if x.keeper {
		if s.lock(m) {
			s.keep(m)
		}
		return 0
	}
	if x.waits {
		s.tryHandle(m, s.pending.take(x, id))
		return 0
	}
	took, req := s.runner.Run(id, s.now, budget, x.preempt)
	if s.marking && s.stopper == m.id {
		took = shared(took, s.helpers)
	}
	s.must(took >= 0 && (took == 0) == (req.Kind != task.Nothing),
		"task %d took %d and asked for %s: either time passes or something happens", id, took, req.Kind)
	if took == 0 {
		s.tryHandle(m, req)
	}
	return took
}

// handle does what the goroutine on thread m asks for, at this instant.
func (s *gm) handle(m *worker, req task.Request) {
	if req.Kind.Stops() {
		s.handleStop(m, req)
		return
	}
	id := m.curg
	x := &s.gs[id]
	switch req.Kind {
	case task.Spawn:
		s.newproc(req.Task, x.goid, req.N == 1)
	case task.Ready:
		s.ready(req.Task)
	case task.SetTimer:
		s.setTimer(timerKey(req.Timer), req.When)
	case task.StopTimer:
		s.charge(s.costs.Timer)
		if s.heap.remove(timerKey(req.Timer)) {
			s.event(trace.TimerStop, task.None, int64(req.Timer), 0)
		}
	case task.LockThread:
		s.charge(s.costs.Lock)
		if m.lockedG == task.None { // it doesn't nest
			x.lockedM, m.lockedG = m.id, id
			s.event(trace.GoLock, id, 0, 0)
		}
	case task.UnlockThread:
		s.charge(s.costs.Lock)
		if m.lockedG != task.None {
			s.event(trace.GoUnlock, id, 0, 0)
			x.lockedM, m.lockedG = none, task.None
		}
	case task.SetProcs:
		s.setProcs(m, int32(s.era.allowed(int(req.N))))
	case task.CollectBegin:
		s.stopTheWorld(m, req)
	case task.CollectEnd:
		s.event(trace.GCEnd, id, 0, 0)
		s.marking, s.helpers, s.collected = false, 0, s.now
		s.startTheWorld(m)
	case task.SetMaxThreads: // there is no limit to set
		s.charge(1)
	case task.Check:
		s.charge(1)
		if x.preempt {
			s.yield(m, trace.WhyPreempted)
		}
	case task.Arrive:
		s.arrive(req.Task, req.When)
	case task.StackGrow:
		s.event(s.era.stackEvent(req), id, int64(req.Object), int64(req.N))
		s.charge(1) // what was done took its time before
	case task.StackShrink:
		s.event(trace.StackShrink, req.Task, int64(req.Object), int64(req.N))
		s.charge(1)
	default:
		s.must(false, "task %d asks for %s", id, req.Kind)
	}
}

func (s *gm) handleStop(m *worker, req task.Request) {
	id := m.curg
	switch req.Kind {
	case task.Park:
		if id == s.forcer { // its task goes on, when it is started anew
			s.exit(m)
			return
		}
		s.block(m, req.Reason, req.Object)
		if x := &s.gs[id]; x.onStop {
			x.onStop = false
			s.ready(id)
		}
	case task.Sleep:
		s.block(m, task.Sleeping, 0)
		s.setTimer(sleepKey(id), req.When)
	case task.Poll:
		s.block(m, task.IOWait, req.Object)
		s.net = append(s.net, id)
		s.arrive(id, req.When)
		if x := &s.gs[s.server]; x.status == gnone {
			s.startKeeper(s.server)
		}
	case task.Yield:
		s.charge(s.costs.Yield)
		s.yield(m, trace.WhyGosched)
	case task.GoYield:
		s.charge(1) // there is no such thing
	case task.Syscall:
		m.wait, m.sleeps = req.Wait, req.N == task.InKernel
		s.enterSyscall(m, req.Wait, gmSyscall)
	case task.Exit:
		s.exit(m)
	case task.ExitProcess:
		s.finish(Exited, int(req.N), trace.Exit, int64(req.N))
	case task.Crash:
		s.finish(Crashed, int(req.N), trace.Crash, int64(req.N))
	default:
		s.must(false, "task %d asks for %s", id, req.Kind)
	}
}

func (s *gm) block(m *worker, why task.Reason, object uint64) {
	id := m.curg
	s.event(trace.GoBlock, id, int64(why), int64(object))
	s.drop(m)
	x := &s.gs[id]
	x.status, x.reason, x.object, x.since, x.preempt = gwaiting, why, object, s.now, false
	s.charge(s.costs.Park)
}

func (s *gm) yield(m *worker, why trace.Why) {
	id := m.curg
	s.drop(m)
	s.setRunnable(&s.gs[id])
	s.gs[id].preempt = false
	s.put(id, trace.GoStop, int64(why))
}

func (s *gm) exit(m *worker) {
	id := m.curg
	x := &s.gs[id]
	s.event(trace.GoDestroy, id, 0, 0)
	s.drop(m)
	if x.lockedM != none {
		m.lockedG = task.None
	}
	x.status, x.since, x.lockedM, x.locks, x.preempt = gdead, s.now, none, 0, false
	s.free = append(s.free, id)
	if !x.system {
		s.live--
	}
	s.charge(s.costs.Exit)
}
