package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// schedule is the part of runtime/proc.go:schedule and findRunnable that
// looks at places nearby; if they are empty the search goes on in later steps.
func (s *gmp) schedule(m *m) machine.Request {
	if (m.lockedG != task.None || s.stopping) && !s.lock(m) {
		return machine.Request{}
	}
	if m.lockedG != task.None {
		s.stopLockedM(m)
		return machine.Request{}
	}
	pp := s.ps[m.p]
	if s.stopping {
		return s.gcStopM(m)
	}
	if s.era.TimerHeaps == 0 {
		s.runTimers(pp)
	}
	if s.end.Kind != Running {
		return machine.Request{}
	}
	if id := s.markerFor(pp); id != task.None {
		return s.found(m, id, trace.InHand, false)
	}
	if t := s.era.TickCheck; t > 0 && pp.schedTick%uint32(t) == 0 && s.runq.n > 0 {
		if !s.lock(m) {
			return machine.Request{}
		}
		return s.found(m, s.globalGet(pp, 1), trace.InHand, false)
	}
	if pp.ring.n > 0 && !s.lockQueue(m, pp.id) || s.runqEmpty(pp) && s.runq.n > 0 && !s.lock(m) {
		return machine.Request{}
	}
	if id, from, inherit := s.runqGet(pp); id != task.None {
		return s.found(m, id, from, inherit)
	}
	s.look(trace.LookLocal, pp.id)
	if id := s.globalGet(pp, s.era.GlobalBatch); id != task.None {
		return s.found(m, id, trace.InHand, false)
	}
	s.look(trace.LookGlobal, none)
	if len(s.net) > 0 && s.poller == none {
		if s.injects(pp) && !s.lock(m) {
			return machine.Request{}
		}
		if id := s.netReady(); id != task.None {
			return s.found(m, id, trace.InHand, false)
		}
		s.charge(s.costs.Poll)
		s.look(trace.LookNet, none)
	}
	if m.spinning || 2*s.spinning < s.procs-int32(len(s.idleP)) {
		s.becomeSpinning(m)
		m.round, m.ran = 0, false
		if s.era.StealPicks == 0 {
			m.walk = newWalk(uint32(s.procs), s.rand.next())
		}
		m.phase = atSteal
		return machine.Request{}
	}
	m.phase = atGiveUp
	return machine.Request{}
}

func (s *gmp) look(w trace.Where, pid int32) {
	s.event(trace.Look, task.None, int64(w), int64(pid))
	if pid == none || pid == s.pOf(s.cur) {
		s.charge(s.costs.Look)
	} else {
		s.charge(s.costs.LookOther)
	}
}

// found runs a goroutine that the search came up with. A thread that was
// spinning wakes another to spin in its place.
func (s *gmp) found(m *m, id task.ID, from trace.Place, inherit bool) machine.Request {
	if m.spinning {
		s.stopSpinning(m)
		s.wakep()
	}
	if l := s.gs[id].lockedM; l != none && l != m.id {
		s.startLockedM(m, id, from)
		return machine.Request{}
	}
	s.execute(id, from, inherit)
	return machine.Request{}
}

// giveUp is what follows when there is nothing to do anywhere: put the P
// away, look once more, then wait for the network, a timer or another thread.
func (s *gmp) giveUp(m *m) machine.Request {
	if !s.lock(m) {
		return machine.Request{}
	}
	m.phase = atSchedule
	pp := s.ps[m.p]
	if s.stopping {
		return machine.Request{}
	}
	if id := s.globalGet(pp, s.era.GlobalBatch); id != task.None {
		return s.found(m, id, trace.InHand, false)
	}
	if id := s.idleMarker(pp); id != task.None {
		return s.found(m, id, trace.InHand, false)
	}
	if s.era.NeedSpin && !m.spinning && s.needSpin {
		s.becomeSpinning(m)
		return machine.Request{}
	}
	s.idlePPut(s.releaseP(m, trace.WhyIdle))
	m.wasSpin = m.spinning
	if m.spinning {
		s.stopSpinning(m)
		if s.recheck(m) {
			return machine.Request{}
		}
	}
	until := s.nextTimer()
	if s.poller == none && (len(s.net) > 0 || until != machine.Never) {
		return s.pollBegin(m, until)
	}
	if until != machine.Never && s.pollUntil > until {
		s.breakPoll()
	}
	return s.stopM(m)
}

// recheck closes the gap in which somebody queued work and woke nobody,
// because this thread was spinning. It gets a P back if there is work.
func (s *gmp) recheck(m *m) bool {
	work := s.runq.n > 0
	for _, x := range s.ps[:s.procs] {
		work = work || !x.idle && !s.runqEmpty(x)
	}
	if !work {
		s.look(trace.LookAgain, none)
		return false
	}
	x := s.idlePGet(true)
	if x == nil {
		return false
	}
	s.acquireP(x)
	s.becomeSpinning(m)
	return true
}

func (s *gmp) becomeSpinning(m *m) {
	if m.spinning {
		return
	}
	m.spinning = true
	s.spinning++
	s.needSpin = false
	s.event(trace.SpinBegin, task.None, 0, 0)
}

func (s *gmp) stopSpinning(m *m) {
	m.spinning = false
	s.spinning--
	s.event(trace.SpinEnd, task.None, 0, 0)
}
