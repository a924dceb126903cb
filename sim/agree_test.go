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

// TestShrinking: where stacks shrink, the log tells each time that one does, and
// between these events no stack changes.
func TestShrinking(t *testing.T) {
	for _, era := range sched.Eras {
		rec := record(t, "shrinking.go", sim.Config{Era: era.Name, Cores: 1, Procs: 1, Seed: 1})
		told, shrinks := map[task.ID]int64{}, 0
		for i := range rec.Log().Len() {
			e, st := rec.Log().At(i), rec.At(i+1)
			if st.Event > i+1 {
				continue
			}
			switch e.Kind {
			case trace.GoCreate:
				delete(told, e.G)
			case trace.StackShrink:
				shrinks++
				fallthrough
			case trace.StackGrow, trace.StackLink, trace.StackUnlink:
				told[e.G] = e.B
			}
			if g := index(st, e.G); g >= 0 && told[e.G] != 0 && st.Gs[g].Status != "dead" && st.Gs[g].StackSize != told[e.G] {
				t.Errorf("%s: after event %d, %v: G%d has a stack of %d bytes, and %d were told", era.Name, i+1, e, st.Gs[g].ID, st.Gs[g].StackSize, told[e.G])
			}
		}
		if want := map[bool]int{true: 4}[era.VM.StackShrinks]; shrinks != want {
			t.Errorf("%s: stacks shrank %d times, want %d", era.Name, shrinks, want)
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
	case trace.StackGrow, trace.StackShrink, trace.StackLink, trace.StackUnlink:
		if g := index(st, e.G); g < 0 || st.Gs[g].StackSize != e.B {
			return fmt.Sprintf("the stack of task %d is not one of %d bytes", e.G, e.B)
		}
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
