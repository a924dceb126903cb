package sched

import (
	"fmt"
	"slices"

	"gopark/sim/machine"
	"gopark/sim/state"
	"gopark/sim/task"
)

func (s *threads) Fill(st *state.State) {
	st.Time, st.Era, st.Rules = s.mach.Now(), s.era.Name, s.era.stateRules(nil)
	s.mach.Fill(st)
	for i := range st.Threads {
		t := &st.Threads[i]
		t.Name, t.G = fmt.Sprintf("T%d", i), none
		if i < len(s.ts) { // a thread is made an instant before what it carries
			t.G = int32(s.ts[i].task)
			if s.era.VM.Forks {
				t.Name = fmt.Sprintf("pid %d", s.pid(machine.Thread(i)))
			}
		}
	}
	st.Gs = make([]state.G, 0, len(s.gs))
	for i := range s.gs {
		x := &s.gs[i]
		g := state.G{Task: task.ID(i), ID: x.goid, Status: gstatusNames[x.status], Object: x.object,
			Since: x.since, Parent: x.parent, Thread: x.m, P: none, LockedM: none}
		if x.status == gwaiting {
			g.Reason = x.reason.String()
		}
		st.Gs = append(st.Gs, g)
	}
	st.Sched = state.Sched{GoMaxProcs: s.cfg.Cores, GoidGen: s.goids, Live: s.live, Stopper: none, Poller: none}
	for _, n := range s.heap {
		st.Timers = append(st.Timers, state.Timer{ID: int32(n.key), When: n.when, What: fmt.Sprintf("timer %d", n.key), P: none, G: none})
	}
	if s.end.Kind != Running {
		st.Ended, st.Exit = s.end.Kind.String(), s.end.Code
	}
}

func (s threadsState) clone() *threadsState {
	s.ts, s.gs, s.procs, s.heap = slices.Clone(s.ts), slices.Clone(s.gs), slices.Clone(s.procs), slices.Clone(s.heap)
	return &s
}

func (s *threads) Snapshot() Snapshot {
	return Snapshot{machine: s.mach.Snapshot(), threads: s.threadsState.clone()}
}

func (s *threads) SnapshotBytes() int64 { return snapshotBytes(len(s.gs), s.mach.Threads()) }

func (s *threads) Restore(x Snapshot) {
	s.mach.Restore(x.machine)
	s.threadsState = *x.threads.clone()
}

// A timerHeap is the kernel's: timers in the order of their time, and of their
// arming where that is equal.
type timerHeap []timerNode

func (h *timerHeap) push(n timerNode) {
	i, _ := slices.BinarySearchFunc(*h, n, func(a, b timerNode) int {
		if a.when <= b.when {
			return -1
		}
		return 1
	})
	*h = slices.Insert(*h, i, n)
}

func (h *timerHeap) pop() timerNode {
	n := (*h)[0]
	*h = slices.Delete(*h, 0, 1)
	return n
}

func (h *timerHeap) remove(k key) bool {
	for i, n := range *h {
		if n.key == k {
			*h = slices.Delete(*h, i, i+1)
			return true
		}
	}
	return false
}
