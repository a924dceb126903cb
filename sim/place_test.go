package sim_test

import (
	"fmt"
	"testing"

	"gopark/sim"
	"gopark/sim/sched"
)

// After every single event each goroutine has its place: a runnable one stands
// in one queue and no more, a running one is on a thread that says so. With Ps
// no more than one for each core is on its way: kicked out of runnext, or in the
// hands of a thread.
func TestEveryGoroutineHasItsPlace(t *testing.T) {
	for _, era := range sched.Eras {
		t.Run(era.Name, func(t *testing.T) {
			rec := record(t, everything(&era), sim.Config{Era: era.Name, Cores: 3, Procs: 3, Seed: 2})
			for n := range rec.Log().Len() + 1 {
				st := rec.At(n)
				queued := map[int32]int{}
				for _, p := range st.Ps {
					if p.Next >= 0 {
						queued[p.Next]++
					}
					for _, g := range p.Queue {
						queued[g]++
					}
				}
				for _, g := range st.Sched.Queue {
					queued[g]++
				}
				onWay := 0
				for i, g := range st.Gs {
					switch k := queued[int32(i)]; {
					case k > 1, k == 1 && g.Status != "runnable":
						t.Fatalf("event %d: %s goroutine %d stands in %d queues", n, g.Status, g.ID, k)
					case g.Status == "runnable" && k == 0:
						onWay++
					case st.HasP && g.Status == "running" && (g.Thread < 0 || st.Threads[g.Thread].G != int32(i)):
						t.Fatalf("event %d: goroutine %d runs on thread %d, which does not say so", n, g.ID, g.Thread)
					}
				}
				if st.HasP && onWay > len(st.Cores) {
					t.Fatalf("event %d: %d runnable goroutines stand nowhere%s", n, onWay, at(rec, n))
				}
			}
		})
	}
}

// at is the events before n, for a message.
func at(rec sim.Recording, n int) string {
	text := ""
	for i := max(0, n-6); i < n; i++ {
		text += fmt.Sprintf("\n\t%v", rec.Log().At(i))
	}
	return text
}
