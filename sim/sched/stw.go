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

// startTheWorld gives Ps that have work to threads, the one they had before if
// it is idle, and lets the others idle (runtime/proc.go:procresize,
// startTheWorldWithSema).
func (s *gmp) startTheWorld(m *m) {
	s.must(s.stopping && s.stopper == m.id, "thread %d starts a world that it didn't stop", m.id)
	s.charge(s.costs.STW)
	s.inject(s.netDue())
	s.resize(m)
	var work, idle []*p
	for i := s.procs - 1; i >= 0; i-- {
		x := s.ps[i]
		if i == m.p {
			continue
		}
		x.status = pidle
		if s.runqEmpty(x) && !(s.era.WorkerFirst && s.assignMarker(x)) {
			idle = append(idle, x)
		} else {
			work = append(work, x)
		}
	}
	for i := len(idle) - 1; i >= 0; i-- {
		s.idlePPut(idle[i])
	}
	s.stopping, s.stopper = false, none
	s.event(trace.STWEnd, m.curg, 0, 0)
	s.wakeSysmon()
	for i := len(work) - 1; i >= 0; i-- {
		if s.era.OldM {
			s.preferM(work[i].oldm)
		}
		s.startm(work[i], false)
	}
	s.wakep()
}

// preferM moves thread t, if it is idle, to where startm takes it from.
func (s *gmp) preferM(t int32) {
	for i, id := range s.idleM {
		if id == t {
			s.idleM = append(append(s.idleM[:i], s.idleM[i+1:]...), t)
			return
		}
	}
}

// resize changes the number of Ps while the world stands still. What a P that
// goes away has queued goes to the head of the global queue, its timers to
// the current P.
func (s *gmp) resize(m *m) {
	n := s.newProcs
	if n == s.procs {
		return
	}
	s.growProcs(n)
	old := s.procs
	s.procs = n
	s.event(trace.ProcsChange, task.None, int64(n), 0)
	for _, x := range s.ps[old:max(old, n)] {
		x.status = pgcstop
	}
	if m.p >= n {
		s.releaseP(m, trace.WhyProcs)
		s.ps[0].status = pidle
		s.acquireP(s.ps[0])
	}
	for i := n; i < old; i++ {
		s.destroyP(s.ps[i], s.ps[m.p])
	}
}

func (s *gmp) destroyP(x, heir *p) {
	if k := int64(x.ring.n); !s.runqEmpty(x) {
		if x.next != task.None {
			k++
		}
		s.eventP(trace.RunqDrain, x.id, task.None, k, 0)
	}
	for x.ring.n > 0 {
		s.runq.pushFront(x.ring.at(x.ring.n - 1))
		x.ring.n--
	}
	if x.next != task.None {
		s.runq.pushFront(x.next)
		x.next = task.None
	}
	if s.era.TimerHeaps == 0 {
		s.moveTimers(x, heir)
	}
	for x.free.n > 0 {
		id := x.free.head
		s.freeRemove(id)
		s.freePush(onGlobal, id)
	}
	x.status = pdead
}

func (s *gmp) moveTimers(x, heir *p) {
	for _, n := range x.heap {
		heir.heap = append(heir.heap, n)
		*s.at(n.key) = timerAt{heir.id, int32(len(heir.heap))}
		s.siftUp(heir, len(heir.heap)-1)
	}
	x.heap = x.heap[:0]
}
