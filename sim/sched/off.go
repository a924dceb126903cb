package sched

import (
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Off is the state of a computer before Boot: with cores, and with idle Ps where
// the structure has Ps.
func Off(e *Era, c Config) *state.State {
	st := &state.State{Era: e.Name}
	s := New(e, c, nil, &trace.Log{})
	g, ok := s.(*gmp)
	if !ok {
		s.Fill(st)
		return st
	}
	st.HasP, st.Sched.GoMaxProcs = true, g.Procs()
	g.mach.Fill(st)
	for i := range int32(g.Procs()) {
		st.Ps = append(st.Ps, state.P{ID: i, Status: "idle", Thread: none, Next: int32(task.None)})
	}
	return st
}
