package machine

import "gopark/sim/task"

// A wake is a thread's way back to the run queue. An entry whose seq is not
// the thread's is void.
type wake struct {
	at     task.Time
	seq    int64
	thread Thread
}

func (w wake) before(v wake) bool {
	return w.at < v.at || w.at == v.at && w.seq < v.seq
}

// wakeAt makes thread t ready at the time at, and at no other.
func (m *Machine) wakeAt(t Thread, at task.Time) {
	m.sooner = true
	m.seq++
	m.threads[t].wake, m.threads[t].due, m.threads[t].told = m.seq, at, false
	h := append(m.wakes, wake{at, m.seq, t})
	i := len(h) - 1
	for i > 0 && h[i].before(h[(i-1)/2]) {
		h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
		i = (i - 1) / 2
	}
	m.wakes = h
}

// nextWake is the time of the next valid wake-up; void entries are dropped.
func (m *Machine) nextWake() task.Time {
	for len(m.wakes) > 0 {
		w := m.wakes[0]
		if m.threads[w.thread].wake == w.seq {
			return w.at
		}
		m.popWake()
	}
	return Never
}

func (m *Machine) popWake() wake {
	h := m.wakes
	top := h[0]
	last := len(h) - 1
	h[0] = h[last]
	h = h[:last]
	for i := 0; ; {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(h); c++ {
			if h[c].before(h[least]) {
				least = c
			}
		}
		if least == i {
			break
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
	m.wakes = h
	return top
}
