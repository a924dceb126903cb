package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// netDue takes the goroutines whose network wait is over, in the order of
// that time.
func (s *gmp) netDue() []task.ID {
	var due []task.ID
	rest := s.net[:0]
	for _, id := range s.net {
		if s.gs[id].when <= s.now {
			due = append(due, id)
		} else {
			rest = append(rest, id)
		}
	}
	s.net = rest
	for i := 1; i < len(due); i++ {
		for j := i; j > 0 && s.gs[due[j]].when < s.gs[due[j-1]].when; j-- {
			due[j], due[j-1] = due[j-1], due[j]
		}
	}
	return due
}

// netReady polls without waiting: the first goroutine is for the caller, the
// others are injected.
func (s *gmp) netReady() task.ID {
	due := s.netDue()
	if len(due) == 0 {
		return task.None
	}
	s.charge(s.costs.Poll)
	s.inject(due[1:])
	s.takeInHand(due[0])
	return due[0]
}

func (s *gmp) takeInHand(id task.ID) {
	s.setRunnable(&s.gs[id])
	s.event(trace.GoUnblock, id, 0, int64(trace.InHand))
}

// pollBegin sleeps in the network poller until a network wait is over or, in
// whole units of the kernel's, the next timer is due: never shorter than one
// unit (runtime/netpoll_epoll.go:netpoll).
func (s *gmp) pollBegin(m *m, until task.Time) machine.Request {
	s.poller, s.pollUntil = m.id, until
	m.phase = atPoll
	logged := int64(-1)
	if until != machine.Never {
		delay := max(0, until-s.now)
		if delay > 0 {
			delay = max(1, delay/s.era.PollGrain) * s.era.PollGrain
		}
		until = s.now + delay
		logged = until
	}
	for _, id := range s.net {
		until = min(until, s.gs[id].when)
	}
	s.event(trace.PollBegin, task.None, logged, 0)
	return machine.Request{Kind: machine.Park, Until: until, Why: trace.WhyPoll}
}

// breakPoll wakes the thread in the poller (runtime/netpoll.go:netpollBreak).
func (s *gmp) breakPoll() {
	if s.poller != none && s.poller != s.cur {
		s.mach.Break(machine.Thread(s.cur), machine.Thread(s.poller), s.now)
		s.charge(s.mach.Costs.Wake)
	}
}

// wakeNetPoller sees to it that somebody wakes at the time when
// (runtime/proc.go:wakeNetPoller).
func (s *gmp) wakeNetPoller(when task.Time) {
	if s.poller == none {
		s.wakep()
		return
	}
	if s.pollUntil > when {
		s.breakPoll()
	}
}

// pollEnd looks for a P after the poll; without one, what is ready goes to
// the global queue and the thread to sleep.
func (s *gmp) pollEnd(m *m) machine.Request {
	s.event(trace.PollEnd, task.None, 0, 0)
	s.poller, s.pollUntil, s.lastPoll = none, 0, s.now
	m.phase = atSchedule
	s.charge(s.costs.Poll)
	due := s.netDue()
	x := s.idlePGet(false)
	if x == nil {
		s.inject(due)
		return s.stopM(m)
	}
	s.acquireP(x)
	if len(due) > 0 {
		s.inject(due[1:])
		s.takeInHand(due[0])
		return s.found(m, due[0], trace.InHand, false)
	}
	if m.wasSpin {
		s.becomeSpinning(m)
	}
	return machine.Request{}
}
