package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// enterSyscall leaves the goroutine on its thread, in the kernel. The P stays
// with the thread until somebody takes it (runtime/proc.go:entersyscall), unless
// the call is known to block (entersyscallblock).
func (s *gmp) enterSyscall(m *m, req task.Request) {
	x, pp, wait := &s.gs[m.curg], s.ps[m.p], req.Wait
	s.event(trace.GoSyscallBegin, m.curg, wait, 0)
	x.status, x.since = gsyscall, s.now
	m.sysTick, m.oldp, m.wait, m.inKernel = pp.syscallTick, pp.id, wait, req.N == task.InKernel
	m.phase = atSyscall
	s.charge(s.costs.SyscallEnter)
	s.wakeSysmon()
	if !s.era.SyscallKeepsP || req.N == 1 {
		s.handOff(s.releaseP(m, trace.WhySyscall))
	}
}

// inSyscall is the thread that runs P but is in a system call, none: no such.
func (s *gmp) inSyscall(x *p) int32 {
	if x.status != prunning || x.m == none {
		return none
	}
	id := s.ms[x.m].curg
	if id == task.None || s.gs[id].status != gsyscall {
		return none
	}
	return x.m
}

// takeP takes a P from a thread in a system call.
func (s *gmp) takeP(x *p) {
	t := x.m
	s.eventP(trace.ProcSteal, x.id, task.None, int64(t), 0)
	s.ms[t].p, x.m, x.status, x.oldm = none, none, pidle, t
	x.syscallTick++
}

// exitSyscall goes on with the goroutine if there is a P for it
// (runtime/proc.go:exitsyscall).
func (s *gmp) exitSyscall(m *m) machine.Request {
	id := m.curg
	x := &s.gs[id]
	if m.p == none && !s.lock(m) {
		return machine.Request{}
	}
	s.charge(s.costs.SyscallExit)
	if m.p != none {
		s.event(trace.GoSyscallEnd, id, 0, 0)
		s.ps[m.p].syscallTick++
		x.status, x.since = grunning, s.now
		m.phase = atRun
		return machine.Request{}
	}
	pp := s.exitSyscallP(m)
	preempt := x.preempt
	s.drop(m)
	s.setRunnable(x)
	if pp != nil {
		s.event(trace.GoSyscallEndBlocked, id, 0, int64(trace.InHand))
		s.acquireP(pp)
		pp.syscallTick++
		s.execute(id, trace.InHand, true)
		x.preempt = preempt
		return machine.Request{}
	}
	s.event(trace.GoSyscallEndBlocked, id, 0, int64(trace.InGlobal))
	s.runq.push(id)
	if m.lockedG != task.None {
		s.stopLockedM(m)
		return machine.Request{}
	}
	return s.stopM(m)
}

// exitSyscallP finds a P for a thread that lost its own: the old one, if the
// thread that has it now is in a system call too, or an idle one.
func (s *gmp) exitSyscallP(m *m) *p {
	if s.era.OldPAgain && m.oldp != none && m.oldp < s.procs && !s.stopping {
		old := s.ps[m.oldp]
		if s.inSyscall(old) != none {
			s.takeP(old)
			return old
		}
	}
	x := s.idlePGet(false)
	if x != nil {
		s.wakeSysmon()
	}
	return x
}
