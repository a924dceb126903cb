package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// stopAgain is how often goroutines are asked to stop for a stop of the world
// (runtime/proc.go:stopTheWorldWithSema).
const stopAgain = 100_000

// stopTheWorld lets all other Ps halt, for the collector or to change their
// number. The goroutine goes on when they stand still.
func (s *gmp) stopTheWorld(m *m, req task.Request) {
	x := &s.gs[m.curg]
	s.pending.put(x, m.curg, req)
	if s.stopping { // another goroutine was quicker; ask again later
		s.charge(s.costs.Park)
		s.preempted(m)
		return
	}
	why := trace.WhyCollect
	s.newProcs = s.procs
	if req.Kind == task.SetProcs {
		why, s.newProcs = trace.WhyProcs, int32(s.era.allowed(int(req.N)))
	}
	s.event(trace.STWBegin, m.curg, int64(why), 0)
	s.stopping, s.stopper, s.stopWait = true, m.id, s.procs-1
	s.charge(s.costs.STW)
	s.preemptAll(m.p)
	for _, x := range s.ps[:s.procs] {
		if x.id != m.p && s.inSyscall(x) != none {
			s.takeP(x)
			s.haltP(x)
		}
	}
	for x := s.idlePGet(false); x != nil; x = s.idlePGet(false) {
		s.haltP(x)
	}
	m.phase = atStopping
}

func (s *gmp) preemptAll(except int32) {
	for _, x := range s.ps[:s.procs] {
		if x.id != except && s.running(x) {
			s.preemptP(x, trace.WhyStop)
		}
	}
}

// haltP counts a P that stands still; the last one wakes the stopper.
func (s *gmp) haltP(x *p) {
	s.unassignMarker(x)
	x.status = pgcstop
	s.eventP(trace.ProcHalt, x.id, task.None, 0, 0)
	s.stopWait--
	if s.stopWait == 0 && s.stopper != s.cur {
		s.mach.Break(machine.Thread(s.cur), machine.Thread(s.stopper), s.now)
	}
}

// waitStopped is the stopper's wait.
func (s *gmp) waitStopped(m *m) machine.Request {
	if s.stopWait > 0 {
		s.preemptAll(m.p)
		s.event(trace.ThreadPark, task.None, int64(trace.WhyStop), 0)
		return machine.Request{Kind: machine.Park, Until: s.now + stopAgain, Why: trace.WhyStop}
	}
	id := m.curg
	req := s.pending.take(&s.gs[id], id)
	m.phase = atRun
	if req.Kind == task.SetProcs {
		s.startTheWorld(m)
		return machine.Request{}
	}
	s.collecting(id, req.N)
	return machine.Request{}
}

// gcStopM lets thread m's P halt and the thread sleep (runtime/proc.go:gcstopm).
func (s *gmp) gcStopM(m *m) machine.Request {
	if m.spinning {
		s.stopSpinning(m)
	}
	s.haltP(s.releaseP(m, trace.WhyStop))
	return s.stopM(m)
}
