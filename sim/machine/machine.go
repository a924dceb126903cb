package machine

import (
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Boot makes the process's first thread and puts it on core 0 at time 0.
func (m *Machine) Boot() Thread {
	t := m.add(0)
	m.event(trace.ThreadCreate, None, -1, int64(t))
	m.enqueue(t, 0, trace.WhyNew)
	m.cores[0].clock, m.cores[0].slice = 0, m.Costs.Slice // the first thread is simply there
	return t
}

// Add makes a thread that sleeps until it is unparked, at no cost: one that
// was made before the run began, or that never needs a core.
func (m *Machine) Add() Thread {
	t := m.add(0)
	m.threads[t].status = parked
	m.event(trace.ThreadCreate, None, -1, int64(t))
	return t
}

// Doze lets thread t, which Add made, wake by itself at the time until: it
// fell asleep before the run began.
func (m *Machine) Doze(t Thread, until task.Time) {
	m.threads[t].until = until
	m.wakeAt(t, until+m.Costs.TimerSlack)
}

// Create makes a thread, asked for by thread by. It will be in the run queue
// after Costs.ThreadLatency at most. The creator pays Costs.ThreadCreate by itself.
func (m *Machine) Create(by Thread, now task.Time) Thread {
	t := m.add(0)
	m.now = max(m.now, now)
	m.event(trace.ThreadCreate, by, m.coreOf(by), int64(t))
	m.threads[t].status, m.threads[t].fresh = waking, true
	m.wakeAt(t, now+m.Costs.ThreadCreate+m.latency(m.Costs.ThreadLatency))
	return t
}

func (m *Machine) add(core int32) Thread {
	m.threads = append(m.threads, thread{core: core})
	m.live++
	return Thread(len(m.threads) - 1)
}

// Unpark wakes thread t; if it is not parked, its next Park returns at once.
func (m *Machine) Unpark(by, t Thread, now task.Time) {
	m.now = max(m.now, now)
	m.event(trace.ThreadUnpark, by, m.coreOf(by), int64(t))
	th := &m.threads[t]
	if th.status != parked || th.futex != 0 {
		th.token = true
		return
	}
	m.rouse(t, now)
}

// Wake wakes the thread that has slept longest on futex f, or the last that
// came, and says which it is; None: nobody sleeps there.
func (m *Machine) Wake(by Thread, f Futex, last bool, now task.Time) Thread {
	found := -1
	for i, t := range m.sleep {
		if m.threads[t].futex == f && (found < 0 || last) {
			found = i
		}
	}
	if found < 0 {
		return None
	}
	t := m.sleep[found]
	m.sleep = append(m.sleep[:found], m.sleep[found+1:]...)
	m.now = max(m.now, now)
	m.threads[t].futex = 0
	m.event(trace.ThreadUnpark, by, m.coreOf(by), int64(t))
	m.rouse(t, now)
	return t
}

// Sleeps reports whether thread t sleeps on futex f; None: whether any does.
func (m *Machine) Sleeps(t Thread, f Futex) bool {
	for _, s := range m.sleep {
		if m.threads[s].futex == f && (s == t || t == None) {
			return true
		}
	}
	return false
}

// Sleepers are the threads that sleep on futex f, who came first at the head.
func (m *Machine) Sleepers(f Futex) []Thread {
	var list []Thread
	for _, t := range m.sleep {
		if m.threads[t].futex == f {
			list = append(list, t)
		}
	}
	return list
}

// rouse brings a parked thread on its way to the run queue.
func (m *Machine) rouse(t Thread, now task.Time) {
	th := &m.threads[t]
	d := m.latency(m.Costs.WakeLatency)
	if d == 0 {
		m.enqueue(t, now, trace.WhyWoken)
		return
	}
	th.status = waking
	m.wakeAt(t, now+d)
}

// latency is d if there is an idle core, which has to be woken by an interrupt.
// If all are busy, a thread is in the run queue at once.
func (m *Machine) latency(d task.Duration) task.Duration {
	for i := range m.cores {
		if m.cores[i].thread == None {
			return d
		}
	}
	return 0
}

// Break wakes thread t if it is parked; otherwise it does nothing, because the
// thread is about to look around by itself.
func (m *Machine) Break(by, t Thread, now task.Time) {
	if th := &m.threads[t]; th.status == parked && th.futex == 0 {
		m.Unpark(by, t, now)
	}
}

// SetAlarm asks for Runner.Alarm at time at; Never: no more.
func (m *Machine) SetAlarm(at task.Time) { m.alarm, m.sooner = at, true }

// Hold lets only thread t run until Release: a world that is stopped by the
// kernel's means.
func (m *Machine) Hold(t Thread) { m.hold = t }

// Release ends Hold at the time now.
func (m *Machine) Release(now task.Time) {
	m.hold = None
	for i := range m.cores {
		c := &m.cores[i]
		c.clock = max(c.clock, now)
	}
}

// Waking reports whether some thread will wake by itself.
func (m *Machine) Waking() bool { return m.nextWake() != Never }

// Now is the time of the latest turn.
func (m *Machine) Now() task.Time { return m.now }

// Threads is the number of threads that exist.
func (m *Machine) Threads() int { return m.live }

// Core is the core that thread t is on, -1: none.
func (m *Machine) Core(t Thread) int32 { return m.coreOf(t) }

func (m *Machine) coreOf(t Thread) int32 {
	if t < 0 || m.threads[t].status != running {
		return -1
	}
	return m.threads[t].core
}

func (m *Machine) event(k trace.Kind, t Thread, core int32, a int64) {
	m.log.Add(trace.Event{Time: m.now, Kind: k, Core: int16(core), M: int32(t), P: -1, G: task.None, A: a})
}

// enqueue puts thread t at the tail of the run queue, or on an idle core: the
// one it was on last, if that is idle, or the first.
func (m *Machine) enqueue(t Thread, now task.Time, why trace.Why) {
	m.sooner = true
	th := &m.threads[t]
	th.status, th.wake, th.until, th.fresh = ready, 0, 0, false
	m.event(trace.ThreadReady, t, -1, int64(why))
	c := int(th.core)
	if m.cores[c].thread != None {
		for c = 0; c < len(m.cores) && m.cores[c].thread != None; c++ {
		}
	}
	if c == len(m.cores) {
		m.queue = append(m.queue, t)
		return
	}
	m.start(c, t, now)
}

func (m *Machine) start(c int, t Thread, now task.Time) {
	k := &m.cores[c]
	k.clock = max(k.clock, now)
	if k.last != t {
		k.clock += m.Costs.ThreadSwitch
	}
	k.thread, k.last, k.slice = t, t, k.clock+m.Costs.Slice
	m.threads[t].status, m.threads[t].core = running, int32(c)
	m.event(trace.ThreadStart, t, int32(c), 0)
}

// stop takes the thread off core c and gives the core to the next in the queue.
func (m *Machine) stop(c int, s status, why trace.Why) {
	k := &m.cores[c]
	t := k.thread
	m.event(trace.ThreadStop, t, int32(c), int64(why))
	m.threads[t].status = s
	k.thread = None
	if s == ready {
		m.event(trace.ThreadReady, t, -1, int64(why))
		m.queue = append(m.queue, t)
	}
	if len(m.queue) > 0 {
		next := m.queue[0]
		m.queue = append(m.queue[:0], m.queue[1:]...)
		m.start(c, next, k.clock)
	}
}
