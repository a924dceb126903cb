package sched

import (
	"slices"
	"unsafe"
)

// Snapshot and Restore: gmpState is plain data, so a copy of it and of what
// its slices hold is all there is to do.

func (s gmpState) clone() *gmpState {
	s.gs = slices.Clone(s.gs)
	s.ms = clonePointers(s.ms)
	s.ps = clonePointers(s.ps)
	for _, x := range s.ps {
		x.ring = x.ring.clone()
		x.heap = slices.Clone(x.heap)
	}
	s.runq = s.runq.clone()
	s.idleM = slices.Clone(s.idleM)
	s.idleP = slices.Clone(s.idleP)
	s.net = slices.Clone(s.net)
	s.pending = slices.Clone(s.pending)
	s.collect.pool = slices.Clone(s.collect.pool)
	s.timers = slices.Clone(s.timers)
	s.keepers = slices.Clone(s.keepers)
	return &s
}

func clonePointers[T any](in []*T) []*T {
	out := make([]*T, len(in))
	for i, x := range in {
		c := *x
		out[i] = &c
	}
	return out
}

func (s *gmp) Snapshot() Snapshot {
	return Snapshot{machine: s.mach.Snapshot(), gmp: s.gmpState.clone()}
}

func (s *gmp) SnapshotBytes() int64 { return snapshotBytes(len(s.gs), s.mach.Threads()) }

// snapshotBytes is about how much so many goroutines and threads take.
func snapshotBytes(gs, threads int) int64 {
	const thread = 256 // with what the machine knows of it
	return int64(gs)*int64(unsafe.Sizeof(g{})) + int64(threads)*thread
}

func (s *gmp) Restore(x Snapshot) {
	s.mach.Restore(x.machine)
	s.gmpState = *x.gmp.clone()
}
