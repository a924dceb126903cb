package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A keeper is a goroutine of the runtime's own that spends its life asleep in
// the kernel: the one that looks after a heap of timers (runtime/time.go:
// timerproc, until 1.13) or the one that gives memory back every minute
// (MHeap_Scavenger, until 1.2). To run, it needs a thread and a P and its turn in
// the queues like any goroutine; but what it does is the scheduler's work, and
// its task never runs.

// addKeeper adds the keeper of the next heap. It starts with the first timer.
func (s *gmp) addKeeper(id task.ID) {
	s.growGs(id)
	s.gs[id] = g{system: true, keeper: true, heap: int32(len(s.keepers)), lockedM: none, m: none, freeIn: none,
		next: task.None, prev: task.None}
	s.keepers = append(s.keepers, id)
}

// heapOf is the P in whose heap a timer goes that is set on P x.
func (s *gmp) heapOf(x *p) *p {
	if s.era.TimerHeaps == 0 {
		return x
	}
	return s.ps[int(x.id)%len(s.keepers)]
}

// rouse tells the keeper of P's heap that there is a new first timer
// (runtime/time.go:addtimerLocked).
func (s *gmp) rouse(x *p) {
	id := s.keepers[x.id]
	k := &s.gs[id]
	switch k.status {
	case gnone:
		k.goid = s.newGoid(s.ps[s.pOf(s.cur)])
		s.setRunnable(k)
		s.event(trace.GoCreate, id, k.goid, int64(s.runqPlace(true)))
		s.runqPut(s.ps[s.pOf(s.cur)], id, true)
		s.charge(s.costs.Spawn)
		s.wakep()
	case gwaiting:
		s.ready(id)
	case gsyscall:
		m := s.ms[k.m]
		if m.phase == atKernel { // it hasn't fallen asleep yet
			m.until = min(m.until, s.now)
		}
		s.mach.Break(machine.Thread(s.cur), machine.Thread(m.id), s.now)
		s.charge(s.mach.Costs.Wake)
	}
}

// keep is a turn of the keeper on thread m: it runs what is due and sleeps
// until the next is. The P goes to somebody else at once
// (runtime/proc.go:entersyscallblock).
func (s *gmp) keep(m *m) {
	x := &s.gs[m.curg]
	if x.sleeps > 0 {
		s.scavenge()
		s.locked++ // a thread that doesn't count when it is asked if all are asleep
		s.napBegin(m, s.now+x.sleeps)
		return
	}
	h := s.ps[x.heap]
	s.runTimers(h)
	switch {
	case s.end.Kind != Running:
	case len(h.heap) == 0:
		s.blockG(m, task.TimerIdle, 0)
	default:
		s.napBegin(m, h.heap[0].when)
	}
}

func (s *gmp) napBegin(m *m, until task.Time) {
	x := &s.gs[m.curg]
	s.event(trace.GoSyscallBegin, m.curg, max(0, until-s.now), 0)
	x.status, x.since = gsyscall, s.now
	m.oldp, m.until, m.phase = m.p, until, atKernel
	s.charge(s.costs.SyscallEnter)
	s.wakeSysmon()
	s.handOff(s.releaseP(m, trace.WhySyscall))
}

func (s *gmp) napEnd(m *m) {
	if s.gs[m.curg].sleeps > 0 {
		s.locked--
	}
}
