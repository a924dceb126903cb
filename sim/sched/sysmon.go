package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A monSleep says what sysmon sleeps for.
type monSleep uint8

const (
	monNap   monSleep = iota // its next round, after monDelay
	monDeep                  // as long as no P runs: until a timer is due or somebody wakes it (sysmonwait)
	monWoken                 // it has been woken from that, and is on its way to a core
)

// Alarm is a round of sysmon (runtime/proc.go:sysmon). It watches Ps from
// outside: asks goroutines that run for long to stop, takes Ps from system
// calls, polls the network if nobody did.
func (s *gmp) Alarm(now task.Time) {
	s.now, s.cur, s.monVain, s.monWaits = now, sysmonM, false, false
	if s.end.Kind != Running || s.monSleep == monNap && s.sleepDeep() {
		return
	}
	if s.monSleep == monWoken {
		s.monIdle, s.monDelay = 0, s.era.SysmonMin
	}
	s.monSleep = monNap
	s.round()
	if s.monIdle == 0 {
		s.monDelay = s.era.SysmonMin
	} else if s.monIdle > s.era.SysmonIdle {
		s.monDelay *= 2
	}
	s.monDelay = min(s.monDelay, s.era.SysmonMax)
	if s.monWaits { // it spins for sched.lock
		s.mach.SetAlarm(now + s.mach.Costs.Pause)
		return
	}
	s.sleepSysmon(now + s.monDelay)
}

// round is what sysmon does each time it looks.
func (s *gmp) round() {
	if len(s.net) > 0 && s.poller == none && (s.lastPoll+s.era.PollEvery < s.now) != s.era.PollInverted && s.monMay(s.netAnyDue()) {
		if !s.era.PollInverted {
			s.lastPoll = s.now
		}
		s.inject(s.netDue())
	}
	if s.era.SysmonTimers && s.nextTimer() < s.now && s.monMay(len(s.idleP) > 0) {
		if x := s.idlePGet(false); x != nil {
			s.startm(x, false) // whose thread steals timers, too
		}
	}
	if s.retake() {
		s.monIdle = 0
	} else {
		s.monIdle++
	}
	s.forceCollection()
	s.traceDue()
}

// monMay reports whether sysmon may do what needs sched.lock, if it does; if it has to
// wait for the lock it looks again.
func (s *gmp) monMay(needs bool) bool {
	if needs && !s.mu.free(s.now) {
		s.monWaits = true
		return false
	}
	return true
}

// sleepDeep lets sysmon sleep until the next timer, or until it is woken, if no P
// runs. When that is over it looks at once.
func (s *gmp) sleepDeep() bool {
	if s.tracing() || !s.stopping && int32(len(s.idleP)) < s.procs {
		return false
	}
	until := s.nextTimer()
	if until <= s.now {
		return false
	}
	if f := s.era.ForceGC; f > 0 && s.collect.ended > 0 && (until != machine.Never || s.mach.Waking()) {
		until = min(until, s.now+f/2) // to look how old the last collection is
	}
	s.monSleep = monDeep
	s.sleepSysmon(until)
	return true
}

// sleepSysmon lets sysmon sleep, as late as the kernel's timers are: its rounds
// of 20 µs take 70.
func (s *gmp) sleepSysmon(until task.Time) {
	if until != machine.Never {
		until += s.mach.Costs.TimerSlack
	}
	if s.monVain {
		until += task.Duration(s.rand.next() % monJitter)
	}
	s.mach.SetAlarm(until)
}

// monJitter is by how much sysmon's rounds are irregular once a request to
// stop was in vain. A chain of goroutines in runnext, each of which starts the
// next and ends, goes on unless a request comes before that start; were the
// rounds a multiple of such a link's length apart, none ever would.
const monJitter = 1_000

// wakeSysmon ends its deep sleep. It looks as soon as the kernel has woken it, and
// then every SysmonMin again.
func (s *gmp) wakeSysmon() {
	if s.monSleep == monDeep {
		s.monSleep = monWoken
		s.charge(s.mach.Costs.Wake)
		s.mach.SetAlarm(s.now + s.mach.Costs.Wake + s.mach.Costs.WakeLatency)
	}
}

// retake reports whether it took a P from a system call (runtime/proc.go:retake).
func (s *gmp) retake() bool {
	took := false
	for _, x := range s.ps[:s.procs] {
		if !s.running(x) {
			continue
		}
		long := false
		if !s.era.SysRetake && s.inSyscall(x) != none {
			// not a slice of the goroutine's
		} else if x.monSched != x.schedTick {
			x.monSched, x.monWhen, x.monAsked = x.schedTick, s.now, 0
		} else if s.era.Slice > 0 && x.monWhen+s.era.Slice <= s.now {
			s.preemptP(x, trace.WhyTime)
			x.monAsked++
			s.monVain = s.monVain || x.monAsked > 1
			long = true
		}
		if s.inSyscall(x) == none {
			continue
		}
		if !long && x.monSyscall != x.syscallTick {
			x.monSyscall, x.monSysWhen = x.syscallTick, s.now
			continue
		}
		if s.runqEmpty(x) && s.spinning+int32(len(s.idleP)) > 0 && (s.era.RetakeAfter == 0 || x.monSysWhen+s.era.RetakeAfter > s.now) {
			continue
		}
		if !s.monMay(true) {
			continue
		}
		s.takeP(x)
		s.handOff(x)
		took = true
	}
	return took
}

var _ machine.Runner = (*gmp)(nil)
