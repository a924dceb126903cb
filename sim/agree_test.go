package sim_test

import (
	"fmt"
	"testing"

	"gopark/sim"
	"gopark/sim/sched"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// What is seen at an instant is what the log says: an event has had its effect
// on the state that bears its number.
func TestStateAgreesWithLog(t *testing.T) {
	for _, era := range sched.Eras {
		for _, cores := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s,%d", era.Name, cores), func(t *testing.T) {
				rec := record(t, everything(&era), sim.Config{Era: era.Name, Cores: cores, Procs: cores, Seed: 7})
				n := rec.Log().Len()
				for i := range n {
					e, st := rec.Log().At(i), rec.At(i+1)
					if st.Event > i+1 {
						continue // the computer was not yet built
					}
					if why := disagrees(st, e); why != "" {
						t.Errorf("after event %d, %v: %s", i+1, e, why)
					}
				}
			})
		}
	}
}

// disagrees says what of st can't be after event e, "" if nothing.
func disagrees(st *state.State, e trace.Event) string {
	want, place := "", trace.Nowhere
	switch e.Kind {
	case trace.GoStart, trace.GoSyscallEnd:
		want = "running"
	case trace.GoBlock:
		want = "waiting"
	case trace.GoSyscallBegin:
		want = "syscall"
	case trace.GoDestroy:
		want = "dead"
	case trace.GoStop, trace.GoUnblock, trace.GoSyscallEndBlocked, trace.GoCreate:
		want, place = "runnable", trace.Place(e.B)
	case trace.ThreadStart:
		if st.Threads[e.M].Core != int32(e.Core) {
			return fmt.Sprintf("M%d is on core %d", e.M, st.Threads[e.M].Core)
		}
	}
	if want == "" {
		return ""
	}
	g := index(st, e.G)
	if g < 0 {
		if want == "dead" {
			return ""
		}
		return "the goroutine is not there"
	}
	if got := st.Gs[g].Status; got != want {
		return fmt.Sprintf("G%d is %s, not %s", st.Gs[g].ID, got, want)
	}
	return misplaced(st, e, g, place)
}

// misplaced says that goroutine g is not where event e put it.
func misplaced(st *state.State, e trace.Event, g int32, place trace.Place) string {
	tail := func(q []int32) bool { return len(q) > 0 && q[len(q)-1] == g }
	ok := true
	switch place {
	case trace.InNext:
		ok = st.Ps[e.P].Next == g
	case trace.InRing:
		ok = tail(st.Ps[e.P].Queue)
	case trace.InGlobal:
		ok = tail(st.Sched.Queue)
	}
	if !ok {
		return fmt.Sprintf("G%d is not in place %d", st.Gs[g].ID, place)
	}
	return ""
}

func index(st *state.State, id task.ID) int32 {
	for i := range st.Gs {
		if st.Gs[i].Task == id {
			return int32(i)
		}
	}
	return -1
}
