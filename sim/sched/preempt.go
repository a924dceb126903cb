package sched

import (
	"gopark/sim/task"
	"gopark/sim/trace"
)

// How a goroutine is made to stop. Whoever asks (preemptP) sets its flag, and since 1.14
// sends its thread a signal. The flag is seen by the goroutine's next prologue,
// its own or that of a function of the runtime that it calls; the signal stops it
// wherever it finds it in code of its own. It finds it in the runtime (that starts the
// goroutine, makes another, ends it) in vain, as it does if whom it is for has gone. A flag is lost
// when its goroutine blocks or ends, and whoever is asked again is sent
// another signal.

// preemptP asks the goroutine on P to stop (runtime/proc.go:preemptone). There is nobody to
// ask while one is being started: execute makes it the thread's, and resets its flag,
// near the end of that.
func (s *gmp) preemptP(x *p, why trace.Why) {
	if x.m == none {
		return
	}
	m := s.ms[x.m]
	if m.curg == task.None || m.starting && m.busy > s.costs.Switch/startShare {
		return
	}
	if g := &s.gs[m.curg]; !g.preempt {
		g.preempt = true
		s.eventP(trace.GoPreempt, x.id, m.curg, int64(why), 0)
	}
	if !s.async() {
		return
	}
	if m.signal == 0 {
		m.signal = s.now + s.costs.SignalSend
	}
	s.charge(s.costs.SignalSend)
}

// One startShare of a switch is left when execute has reset the flag: a few
// instructions, about 2 ns, in which who starts can be asked already.
const startShare = 16

// signalled lets the signal arrive that is due, or stops the goroutine after
// that, and reports whether it did either
// (runtime/signal_unix.go:doSigPreempt, preempt.go:isAsyncSafePoint).
func (s *gmp) signalled(m *m) bool {
	if m.signal > 0 {
		if s.now < m.signal {
			return false
		}
		m.caught = m.ownFrom <= m.signal && m.signal <= m.ownTo && s.gs[m.curg].preempt && s.stopper != m.id && !s.pinned(m.curg)
		m.signal = 0
		s.charge(s.costs.Preempt)
		return true
	}
	if s.lock(m) {
		m.caught = false
		s.preempted(m)
	}
	return true
}

// pinned reports whether a task has pinned itself to its P (runtime/preempt.go:isAsyncSafePoint
// looks at m.locks).
func (s *gmp) pinned(id task.ID) bool {
	p, ok := s.runner.(task.Pinner)
	return ok && p.Pinned(id)
}

// atPrologue reports whether a request leads through a prologue in which a goroutine
// that was asked to stop does so: it makes the request when it runs again.
func (s *gmp) atPrologue(m *m, kind task.Kind) bool {
	if !s.gs[m.curg].preempt || s.stopper == m.id {
		return false
	}
	return kind == task.Ready || kind == task.Spawn && s.era.SpawnChecks
}

// preempted stops a goroutine that was asked to stop (runtime/proc.go:gopreempt_m), which
// is the same work as Gosched.
func (s *gmp) preempted(m *m) {
	id := m.curg
	s.charge(s.costs.Yield)
	if s.stopping && s.era.StopsToNext {
		s.stopG(m, trace.WhyPreempted, trace.InNext)
		s.runqPut(s.ps[m.p], id, true)
	} else {
		s.stopG(m, trace.WhyPreempted, trace.InGlobal)
		s.runq.push(id)
	}
	if s.era.YieldWakes {
		s.wakep()
	}
}
