package sched

import (
	"cmp"
	"slices"

	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A restart is a P with work when the world starts again, and the idle thread that
// gets it; nil: a new one.
type restart struct {
	p *p
	m *m
}

// startTheWorld gives Ps that have work to threads and lets the others idle
// (runtime/proc.go:startTheWorldWithSema).
func (s *gmp) startTheWorld(m *m) {
	s.must(s.stopping && s.stopper == m.id, "thread %d starts a world that it didn't stop", m.id)
	s.charge(s.costs.STW)
	s.inject(s.netDue())
	short := min(int(s.procs), s.cfg.Cores, cmp.Or(s.era.GCThreads, 32)) > len(s.idleM)+1 // runtime/runtime2.go:_MaxGcproc
	s.resize(m)
	list := s.restarts(m)
	s.stopping, s.stopper = false, none
	s.event(trace.STWEnd, m.curg, 0, 0)
	s.wakeSysmon()
	for _, r := range list {
		if r.m != nil {
			s.wakeM(r.m, r.p, false)
			continue
		}
		s.newM(r.p, false)
		short = false
	}
	if s.era.StartWakes {
		s.wakep()
	}
	if s.era.SpareMs && short {
		s.spareM()
	}
}

// restarts are the Ps with work, in the order in which their threads are woken. Ps
// that have none idle (runtime/proc.go:procresize).
func (s *gmp) restarts(m *m) []restart {
	var work, idle []*p // highest first
	for i := s.procs - 1; i >= 0; i-- {
		x := s.ps[i]
		if i == m.p {
			continue
		}
		x.status = pidle
		if s.runqEmpty(x) {
			idle = append(idle, x)
		} else {
			work = append(work, x)
		}
	}
	list := s.withMs(work)
	if s.era.WorkerFirst {
		for n := len(idle); n > 0 && s.assignMarker(idle[n-1]); n-- {
			list = append([]restart{{idle[n-1], s.idleMGet()}}, list...)
			idle = idle[:n-1]
		}
	}
	if s.era.StartDeals { // they are taken from the list of idle Ps again
		for _, x := range idle {
			s.idlePPut(x)
		}
		return list
	}
	for i := len(idle) - 1; i >= 0; i-- {
		s.idlePPut(idle[i])
	}
	return list
}

// withMs finds idle threads for Ps with work, highest first: the one that a P had, if
// that is idle and the era asks for it, or the last that went idle.
func (s *gmp) withMs(work []*p) []restart {
	var list []restart // in the order in which threads are found; the last one's is woken first
	find := func(x *p) { list = append(list, restart{x, s.idleMGet()}) }
	rest := work
	if s.era.OldM {
		rest = nil
		for _, x := range work {
			if s.preferM(x.oldm) {
				find(x)
			} else {
				rest = append(rest, x)
			}
		}
	}
	if s.era.OldM || s.era.StartDeals { // the lowest is the first that asks for any
		slices.Reverse(rest)
	}
	for _, x := range rest {
		find(x)
	}
	slices.Reverse(list)
	return list
}

// idleMGet takes the thread that went idle last, nil if there is none
// (runtime/proc.go:mget).
func (s *gmp) idleMGet() *m {
	n := len(s.idleM)
	if n == 0 {
		return nil
	}
	m := s.ms[s.idleM[n-1]]
	s.idleM = s.idleM[:n-1]
	return m
}

// preferM moves thread t to where idleMGet takes it from, and reports whether it is idle.
func (s *gmp) preferM(t int32) bool {
	for i, id := range s.idleM {
		if id == t {
			s.idleM = append(append(s.idleM[:i], s.idleM[i+1:]...), t)
			return true
		}
	}
	return false
}

// spareM makes a thread that goes idle: had there been one more, it could have
// helped to collect (runtime/proc.c:needaddgcproc).
func (s *gmp) spareM() {
	if s.tooManyThreads(1) {
		return
	}
	t := s.addM(s.mach.Create(machine.Thread(s.cur), s.now))
	s.ms[t].phase = atHelp
	s.charge(s.mach.Costs.ThreadCreate)
}

// resize changes the number of Ps while the world stands still. What a P that
// goes away has queued goes to the head of the global queue, its timers to
// the current P.
func (s *gmp) resize(m *m) {
	n, old := s.newProcs, s.procs
	if n == old && !s.era.StartDeals {
		return
	}
	s.growProcs(n)
	if n != old {
		s.procs = n
		s.event(trace.ProcsChange, task.None, int64(n), 0)
	}
	for _, x := range s.ps[old:max(old, n)] {
		x.status = pgcstop
	}
	if s.era.StartDeals {
		s.deal(s.ps[:old])
	}
	if m.p >= n || m.p != 0 && s.era.StartDeals {
		s.releaseP(m, trace.WhyProcs)
		s.ps[0].status = pidle
		s.acquireP(s.ps[0])
	}
	for i := n; i < old; i++ {
		s.destroyP(s.ps[i], s.ps[m.p])
	}
}

// deal gathers all that can run, from the queues of the Ps there were, in the global
// one and deals it to the Ps that there are, P1 first, since the current goroutine
// will have P0. Where Ps have a ring, it is half full then, and their goroutines go
// first, the newest last; else those come first that were in the global queue before
// (runtime/proc.c:procresize).
func (s *gmp) deal(old []*p) {
	most := s.era.Ring / 2 * int(s.procs)
	s.event(trace.RunqDeal, task.None, int64(s.procs), int64(max(most-1, 0)))
	if most > 0 {
		for left := true; left; {
			left = false
			for _, x := range old {
				if x.ring.n > 0 {
					left = true
					x.ring.n--
					s.runq.pushFront(x.ring.at(x.ring.n))
				}
			}
		}
	} else {
		most = 1 << 30
		for _, x := range old {
			for x.ring.n > 0 {
				s.runq.push(x.ring.pop())
			}
		}
	}
	s.charge(task.Duration(2 * s.runq.n))
	for i := 1; i < most && s.runq.n > 0; i++ {
		s.ps[i%int(s.procs)].ring.push(s.runq.pop())
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
