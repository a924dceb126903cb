package sched

import (
	"gopark/sim/task"
	"gopark/sim/trace"
)

// handle does what the goroutine on thread m asks for, at this instant.
func (s *gmp) handle(m *m, req *task.Request) {
	if req.Kind.Stops() {
		s.handleStop(m, req)
		return
	}
	id := m.curg
	x, pp := &s.gs[id], s.ps[m.p]
	if s.atPrologue(m, req.Kind) {
		s.pending.put(x, id, *req)
		s.preempted(m)
		return
	}
	switch req.Kind {
	case task.Spawn:
		s.newproc(req.Task, x.goid, req.N == 1)
	case task.Ready:
		s.ready(req.Task)
	case task.SetTimer:
		s.setTimer(pp, timerKey(req.Timer), req.When)
	case task.StopTimer:
		s.stopTimer(timerKey(req.Timer))
	case task.LockThread:
		if x.locks == 0 || s.era.VM.LockNests {
			x.locks++
		}
		if x.lockedM == none {
			x.lockedM, m.lockedG = m.id, id
			s.event(trace.GoLock, id, 0, 0)
		}
		s.charge(s.costs.Lock)
	case task.UnlockThread:
		if x.locks == 1 {
			x.lockedM, m.lockedG = none, task.None
			s.event(trace.GoUnlock, id, 0, 0)
		}
		x.locks = max(0, x.locks-1)
		s.charge(s.costs.Lock)
	case task.SetProcs, task.CollectBegin:
		s.stopTheWorld(m, *req)
	case task.CollectEnd:
		s.collected(m, req.N)
		s.startTheWorld(m)
	case task.SetMaxThreads:
		s.setMaxThreads(req.N)
	case task.Check:
		s.charge(1)
		if x.preempt {
			s.preempted(m)
		}
	case task.Arrive:
		s.arrive(req.Task, req.When)
	case task.StackGrow:
		s.event(s.era.stackEvent(*req), id, int64(req.Object), int64(req.N))
		s.charge(1) // what was done took its time before
	case task.StackShrink:
		s.event(trace.StackShrink, req.Task, int64(req.Object), int64(req.N))
		s.charge(1)
	default:
		s.must(false, "task %d asks for %s", id, req.Kind)
	}
}

func (s *gmp) handleStop(m *m, req *task.Request) {
	id := m.curg
	x := &s.gs[id]
	pp := s.ps[m.p]
	switch req.Kind {
	case task.Park:
		if x.worker != notMarking || req.Reason == task.GCWorkerIdle {
			s.stopMarker(m)
			return
		}
		if id == s.forcer { // its task goes on, when it is started anew
			s.exitG(m)
			return
		}
		s.blockG(m, req.Reason, req.Object)
	case task.Sleep:
		s.blockG(m, task.Sleeping, 0)
		s.setTimer(pp, sleepKey(id), req.When)
	case task.Poll:
		s.blockG(m, task.IOWait, req.Object)
		s.net = append(s.net, id)
		s.arrive(id, req.When)
	case task.Yield:
		s.stopG(m, trace.WhyGosched, trace.InGlobal)
		s.runq.push(id)
		s.unlock(m)
		s.charge(s.costs.Yield)
		if s.era.YieldWakes {
			s.wakep()
		}
	case task.GoYield:
		if !s.era.LocalYield {
			s.charge(1)
			return
		}
		s.charge(s.costs.Yield)
		s.stopG(m, trace.WhyGoyield, trace.InRing)
		s.runqPut(pp, id, false)
	case task.Syscall:
		s.enterSyscall(m, *req)
	case task.Exit:
		s.exitG(m)
	case task.ExitProcess:
		s.finish(Exited, int(req.N), trace.Exit, int64(req.N))
	case task.Crash:
		s.finish(Crashed, int(req.N), trace.Crash, int64(req.N))
	default:
		s.must(false, "task %d asks for %s", id, req.Kind)
	}
}

// exitG ends a goroutine; one that is locked takes its thread with it
// (runtime/proc.go:goexit0, mexit).
func (s *gmp) exitG(m *m) {
	id := m.curg
	x := &s.gs[id]
	pp := s.ps[m.p]
	s.event(trace.GoDestroy, id, 0, 0)
	s.drop(m)
	locked := x.lockedM == m.id
	x.status, x.since, x.lockedM, x.locks, x.preempt = gdead, s.now, none, 0, false
	s.freePut(pp, id)
	if !x.system {
		s.live--
	}
	s.charge(s.costs.Exit)
	if !locked {
		return
	}
	m.lockedG = task.None
	if s.era.LockedDies {
		m.phase = atUnwired
	}
}

// exitM gives up the P of a thread whose locked goroutine has ended
// (runtime/proc.go:mexit).
func (s *gmp) exitM(m *m) {
	s.handOff(s.releaseP(m, trace.WhyExit))
	s.freed++
	m.phase = atExit
	if m.id == 0 { // the process's first thread can't end
		m.phase, m.asleep = atWedge, true
	}
	s.checkDead()
}
