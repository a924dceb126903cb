package view

import "gopark/sim/state"

// Idle is the board of a computer that has not been switched on: its cores and
// Ps, and nothing on them. Zeros mean the defaults of package sim.
func Idle(procs, cores int) *Board {
	if cores == 0 {
		cores = 2
	}
	if procs == 0 {
		procs = cores
	}
	s := &state.State{HasP: true, Sched: state.Sched{GoMaxProcs: procs}}
	for i := range cores {
		s.Cores = append(s.Cores, state.Core{ID: int32(i), Thread: -1})
	}
	for i := range procs {
		s.Ps = append(s.Ps, state.P{ID: int32(i), Status: "idle", Thread: -1, Next: -1})
	}
	return NewBoard(Names{}, nil, s)
}
