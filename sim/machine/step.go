package machine

import (
	"fmt"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// Step is one turn of the machine. It reports false when nothing can ever
// happen again: every thread is parked without an end.
func (m *Machine) Step() bool {
	c, second := m.slowest()
	next := m.alarm
	if w := m.nextWake(); w < next {
		next = w
	}
	if c < 0 && next == Never {
		return false
	}
	if c < 0 || next <= m.cores[c].clock {
		m.interrupt(next)
		return true
	}
	k := &m.cores[c]
	m.now = max(m.now, k.clock)
	budget := min(next-k.clock, m.MaxSlice)
	if second != Never {
		budget = min(budget, second+m.Quantum-k.clock)
	}
	if len(m.queue) > 0 && m.hold == None {
		if k.clock >= k.slice {
			m.stop(c, ready, trace.WhyPreempted)
			return true
		}
		budget = min(budget, k.slice-k.clock)
	}
	m.turn(c, budget)
	return true
}

// slowest is the busy core whose clock is lowest, and the clock of the next.
func (m *Machine) slowest() (c int, second task.Time) {
	c, second = -1, Never
	first := Never
	for i := range m.cores {
		k := &m.cores[i]
		if k.thread == None || m.hold != None && k.thread != m.hold {
			continue
		}
		switch {
		case k.clock < first || c < 0:
			c, first, second = i, k.clock, first
		case k.clock < second:
			second = k.clock
		}
	}
	return c, second
}

// Left is what is left of thread t's budget after calls that have made something
// happen sooner than was known when it was reckoned. It is at least 1.
func (m *Machine) Left(t Thread, now task.Time, budget task.Duration) task.Duration {
	if !m.sooner {
		return budget
	}
	end := min(m.alarm, m.nextWake())
	if len(m.queue) > 0 && m.threads[t].status == running {
		end = min(end, m.cores[m.threads[t].core].slice)
	}
	return max(min(budget, end-now), 1)
}

func (m *Machine) turn(c int, budget task.Duration) {
	m.sooner = false
	k := &m.cores[c]
	t := k.thread
	took, req := m.runner.Run(t, k.clock, budget)
	if took < 0 || (took == 0) != (req.Kind != Nothing) {
		wrong(t, took, req.Kind)
	}
	k.clock += took
	if req.Kind != Nothing {
		m.ask(c, t, req)
	}
}

// wrong is apart, as ask is, so that a turn in which time passes is short.
//
//go:noinline
func wrong(t Thread, took task.Duration, k Kind) {
	panic(fmt.Sprintf("machine: thread %d took %d and asked for %d: either time passes or something happens", t, took, k))
}

// ask does what the thread on core c asks for.
//
//go:noinline
func (m *Machine) ask(c int, t Thread, req Request) {
	k := &m.cores[c]
	switch req.Kind {
	case Park:
		m.park(c, t, req)
	case Syscall:
		if req.Wait < 0 {
			m.stop(c, insys, trace.WhySyscall)
			m.await(t, Never)
			break
		}
		wait := max(req.Wait, m.Costs.SyscallLeast)
		if wait <= m.Costs.SyscallOnCore && !req.Sleep {
			k.clock += wait
			break
		}
		m.stop(c, insys, trace.WhySyscall)
		m.threads[t].until = m.now + wait
		m.wakeAt(t, m.now+wait)
	case Yield:
		if len(m.queue) > 0 {
			m.stop(c, ready, trace.WhyPreempted)
		} else {
			k.clock += m.Costs.ThreadSwitch / 2
		}
	case Exit:
		m.stop(c, dead, trace.WhyExit)
		m.event(trace.ThreadDestroy, t, -1, 0)
		m.live--
	}
}

func (m *Machine) park(c int, t Thread, req Request) {
	th := &m.threads[t]
	if req.Futex != 0 {
		th.futex = req.Futex
		m.sleep = append(m.sleep, t)
	} else if th.token {
		th.token = false
		m.cores[c].clock++ // the futex's value has changed: it doesn't sleep
		return
	}
	m.stop(c, parked, req.Why)
	if req.Until != Never {
		th.until = req.Until
		at := m.now
		if req.Until > at {
			at = req.Until + m.Costs.TimerSlack
		}
		m.wakeAt(t, at)
	}
	if req.Event != 0 {
		m.await(t, req.Event)
	}
}

// await lets thread t, which has just stopped, wake for what the kernel will have
// at the time at, or for what was told of before.
func (m *Machine) await(t Thread, at task.Time) {
	th := &m.threads[t]
	if th.event != 0 {
		at = min(at, th.event)
		th.event = 0
	}
	if at != Never {
		m.Arrive(t, at)
	}
}

// Arrive tells thread t that the kernel has, at the time at, what it waits for or
// is about to wait for: in a system call without end, or in a Park for an Event.
func (m *Machine) Arrive(t Thread, at task.Time) {
	th := &m.threads[t]
	switch th.status {
	case parked, insys:
		if at = max(at, m.now) + m.latency(m.Costs.WakeLatency); th.wake == 0 || at < th.due {
			m.wakeAt(t, at)
			th.told = true
		}
	case ready, running:
		if th.event == 0 || at < th.event {
			th.event = at
		}
	}
}

// interrupt handles what is due at the time at: the alarm or a wake-up.
func (m *Machine) interrupt(at task.Time) {
	m.now = max(m.now, at)
	if m.alarm <= at {
		m.alarm = Never
		m.runner.Alarm(m.now)
		return
	}
	w := m.popWake()
	th := &m.threads[w.thread]
	why := trace.WhyWoken
	switch th.status {
	case insys:
		why = trace.WhySyscall
	case parked:
		why = trace.WhyTime
	}
	if th.told {
		why = trace.WhyArrived
	}
	if th.fresh {
		why = trace.WhyNew
	}
	m.enqueue(w.thread, m.now, why)
}
