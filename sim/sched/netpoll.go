package sched

import (
	"slices"

	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// netAnyDue reports whether netDue has somebody.
func (s *gmp) netAnyDue() bool {
	return slices.ContainsFunc(s.net, func(id task.ID) bool { return s.gs[id].when <= s.now })
}

// netDue takes the goroutines whose network wait is over, the last to be ready
// first: epoll tells of them in order, and netpollready puts each at the head of
// its list.
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
		for j := i; j > 0 && s.gs[due[j]].when >= s.gs[due[j-1]].when; j-- {
			due[j], due[j-1] = due[j-1], due[j]
		}
	}
	return due
}

func without(list []task.ID, id task.ID) []task.ID {
	return slices.DeleteFunc(list, func(x task.ID) bool { return x == id })
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

// injects reports whether netReady will put a goroutine into the global queue.
func (s *gmp) injects(pp *p) bool {
	due := 0
	for _, id := range s.net {
		if s.gs[id].when <= s.now {
			due++
		}
	}
	return due > 1 && (!s.era.InjectLocal || len(s.idleP) > 0 || pp.ring.n+due > s.era.Ring)
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
	event := machine.Never
	for _, id := range s.net {
		event = min(event, s.gs[id].when)
	}
	s.event(trace.PollBegin, task.None, logged, 0)
	return machine.Request{Kind: machine.Park, Until: until, Event: event, Why: trace.WhyPoll}
}

// arrive notes when the kernel has what goroutine id waits for. A thread in
// epoll_wait hears of it by itself.
func (s *gmp) arrive(id task.ID, when task.Time) {
	switch x := &s.gs[id]; {
	case x.status == gsyscall:
		s.mach.Arrive(machine.Thread(x.m), when)
	case x.status == gwaiting && x.reason == task.IOWait:
		x.when = when
		if s.poller != none && when != machine.Never {
			s.mach.Arrive(machine.Thread(s.poller), when)
		}
	}
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
