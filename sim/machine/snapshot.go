package machine

import (
	"slices"

	"gopark/sim/state"
)

// A Snapshot is a machine at one instant.
type Snapshot struct{ data data }

func (s data) clone() data {
	s.cores = slices.Clone(s.cores)
	s.threads = slices.Clone(s.threads)
	s.queue = slices.Clone(s.queue)
	s.wakes = slices.Clone(s.wakes)
	s.sleep = slices.Clone(s.sleep)
	return s
}

// Snapshot copies all that changes. The log is not part of it.
func (m *Machine) Snapshot() Snapshot { return Snapshot{m.data.clone()} }

// Restore brings back what s has.
func (m *Machine) Restore(s Snapshot) { m.data = s.data.clone() }

// Fill adds what the machine knows to st: cores, and for each thread its core,
// what it does as far as the kernel can tell, and until when.
func (m *Machine) Fill(st *state.State) {
	for i, c := range m.cores {
		st.Cores = append(st.Cores, state.Core{ID: int32(i), Thread: int32(c.thread), Clock: c.clock})
	}
	for _, t := range m.queue {
		st.Kernel = append(st.Kernel, int32(t))
	}
	for i, t := range m.threads {
		x := state.Thread{ID: int32(i), G: -1, P: -1, Core: -1, LockedG: -1, Until: t.until}
		switch t.status {
		case ready:
			x.Doing = state.DoingReady
		case running:
			x.Doing, x.Core = state.DoingRun, t.core
		case parked:
			x.Doing = state.DoingSleep
			if t.until == 0 {
				x.Doing = state.DoingIdle
			}
		case waking:
			x.Doing = state.DoingReady
		case insys:
			x.Doing = state.DoingSyscall
		case dead:
			x.Doing = state.DoingDead
		}
		st.Threads = append(st.Threads, x)
	}
}
