package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// stealStep looks at one victim (runtime/proc.go:stealWork). In the last
// round also at its timers and its runnext.
func (s *gmp) stealStep(m *m) machine.Request {
	if again := m.again; again != none { // it waited for the lock of that one's queue
		m.again = none
		if over, req := s.stealFrom(m, s.ps[again]); over {
			return req
		}
	}
	if s.era.StealPicks > 0 {
		return s.pickStep(m)
	}
	for {
		if s.stopping {
			m.phase = atSchedule
			return machine.Request{}
		}
		if m.walk.done() {
			m.round++
			if m.round == s.era.StealRounds {
				m.phase = atGiveUp
				if m.ran {
					m.phase = atSchedule
				}
				return machine.Request{}
			}
			m.walk = newWalk(uint32(s.procs), s.rand.next())
		}
		victim := s.ps[m.walk.pos]
		m.walk.advance()
		if victim.id == m.p {
			continue
		}
		if over, req := s.stealFrom(m, victim); over {
			return req
		}
	}
}

// pickStep is stealStep for eras in which a thief picks victims at random:
// often the same again, or itself.
func (s *gmp) pickStep(m *m) machine.Request {
	for !s.stopping {
		if m.round == s.era.StealPicks*int(s.procs) {
			m.phase = atGiveUp
			return machine.Request{}
		}
		m.round++
		victim := s.ps[s.rand.next()%uint32(s.procs)]
		if victim.id == m.p {
			continue
		}
		if over, req := s.stealFrom(m, victim); over {
			return req
		}
	}
	m.phase = atSchedule
	return machine.Request{}
}

// takesNext reports whether a thief has come so far in its search that it
// takes what is in runnext as well.
func (s *gmp) takesNext(m *m) bool {
	if s.era.StealPicks > 0 {
		return s.era.StealNextAt > 0 && m.round > s.era.StealNextAt*int(s.procs)
	}
	return m.round >= s.era.StealNextAt
}

// stealFrom reports whether the step is over: something was found or time was spent.
func (s *gmp) stealFrom(m *m, victim *p) (over bool, req machine.Request) {
	last := s.takesNext(m)
	pp := s.ps[m.p]
	if last && s.era.TimerHeaps == 0 && len(victim.heap) > 0 && s.runTimers(victim) {
		if id, from, inherit := s.runqGet(pp); id != task.None {
			return true, s.found(m, id, from, inherit)
		}
		m.ran = true
	}
	if victim.idle && s.era.IdleMask {
		return false, req
	}
	if victim.ring.n > 0 && !(s.lockQueue(m, victim.id) && s.lockQueue(m, m.p)) {
		m.again = victim.id
		return true, req
	}
	if id := s.stealRing(m, victim); id != task.None {
		return true, s.found(m, id, trace.InHand, false)
	}
	if !last {
		s.look(trace.LookSteal, victim.id)
		return true, req
	}
	if victim.next == task.None {
		s.look(trace.LookNext, victim.id)
		return true, req
	}
	m.phase, m.victim, m.nap = atNap, victim.id, victim.next
	if s.running(victim) && victim.m != none {
		if id := s.ms[victim.m].curg; id == task.None || s.gs[id].status != gsyscall {
			s.charge(s.era.StealNextNap)
		}
	}
	return true, req
}

// stealRing takes half of the victim's ring, rounded up, and runs the last
// (runtime/proc.go:runqgrab); or it runs the first and takes half of the rest along.
func (s *gmp) stealRing(m *m, victim *p) task.ID {
	if victim.ring.n == 0 {
		return task.None
	}
	pp := s.ps[m.p]
	if s.era.StealHead {
		n := 1 + (victim.ring.n-1)/2
		first := victim.ring.pop()
		s.event(trace.Steal, first, int64(victim.id), int64(n))
		for range n - 1 {
			pp.ring.push(victim.ring.pop())
		}
		s.charge(s.costs.Steal + task.Duration(n))
		return first
	}
	n := victim.ring.n - victim.ring.n/2
	last := victim.ring.at(n - 1)
	s.event(trace.Steal, last, int64(victim.id), int64(n))
	for range n - 1 {
		pp.ring.push(victim.ring.pop())
	}
	victim.ring.pop()
	s.charge(s.costs.Steal + task.Duration(n))
	return last
}

// stealNext takes what has been in the victim's runnext since the nap began.
// Without the nap a goroutine that readies another and then blocks would
// often see it run elsewhere.
func (s *gmp) stealNext(m *m) machine.Request {
	victim := s.ps[m.victim]
	m.phase = atSteal
	if s.stopping {
		return machine.Request{}
	}
	if victim.next != m.nap { // the victim was quicker; there may be something else
		_, req := s.stealFrom(m, victim)
		return req
	}
	id := victim.next
	victim.next = task.None
	s.event(trace.StealNext, id, int64(victim.id), 0)
	s.charge(s.costs.Steal)
	return s.found(m, id, trace.InHand, false)
}
