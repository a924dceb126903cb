package sched

import (
	"fmt"
	"testing"

	"gopark/sim/task"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// unfair reports who waited for longer than the era promises, with one P: a
// goroutine in the global queue for more than tick ticks for each that is there
// before it, or one that could run while another ran for longer than slice.
func unfair(t *testing.T, era, script string, c Config, tick int, slice int64) string {
	t.Helper()
	s, _, log := start(t, era, script, c)
	for i := 0; s.Step() && s.Now() < 200e6 && i < steps; i++ {
	}
	type wait struct{ from, place int }
	queued := map[task.ID]wait{} // in the global queue; only looked up
	ticks, began := 0, int64(-1)
	f := trace.NewFold(rules(t, era))
	for i := range log.Len() {
		e := log.At(i)
		if e.Kind == trace.GoStart && trace.Place(e.A) != trace.InNext {
			ticks++
		}
		if e.Kind == trace.GlobalTake {
			for k := range e.A {
				w := queued[f.Global[k]]
				if n := ticks - w.from; n > (w.place+1)*(tick+1) {
					return fmt.Sprintf("at %d task %d was the %d. in the global queue and left it after %d ticks", e.Time, f.Global[k], w.place+1, n)
				}
			}
		}
		if began >= 0 && e.Time-began > slice {
			return fmt.Sprintf("at %d somebody has run since %d while others could", e.Time, began)
		}
		if err := f.Apply(e); err != nil {
			t.Fatal(err)
		}
		for k, id := range f.Global {
			if _, ok := queued[id]; !ok {
				queued[id] = wait{ticks, k}
			}
		}
		for id := range queued { // in any order
			if f.Gs[id].Place != trace.InGlobal || f.Gs[id].Status != trace.GRunnable {
				delete(queued, id)
			}
		}
		p := &f.Ps
		runs := len(*p) > 0 && (*p)[0].Status == trace.PHeld && f.Threads[(*p)[0].M].G != task.None &&
			f.Gs[f.Threads[(*p)[0].M].G].Status == trace.GRunning
		others := len(f.Global) > 0 || len(*p) > 0 && len((*p)[0].Ring) > 0
		fresh := e.Kind == trace.GoStart && trace.Place(e.A) != trace.InNext
		if !runs || !others || f.Stopped {
			began = -1
		} else if began < 0 || fresh {
			began = e.Time
		}
	}
	return ""
}

// Nobody starves where the era promises it: the global queue has its turn every 61
// ticks since 1.2, and since 1.14 no time slice is longer than 10 ms, which sysmon may
// see up to 10 ms late. In Go 1.1 both happen.
func TestFair(t *testing.T) {
	const never = 1 << 62
	const slice = 21_500_000
	for seed := range int64(500) {
		script := tasktest.Random(uint64(seed))
		for i := range Eras {
			e := &Eras[i]
			if e.TickCheck == 0 || int(seed)%len(Eras) != i {
				continue
			}
			most := int64(never)
			if e.AsyncPreempt {
				most = slice
			}
			if bad := unfair(t, e.Name, script, Config{Cores: 1 + int(seed)%3, Procs: 1, Seed: uint64(seed)}, e.TickCheck, most); bad != "" {
				t.Errorf("seed %d, %s: %s\n%s", seed, e.Name, bad, script)
			}
		}
	}
	const pair = "1: spawn 3, spawn 2, spawn 4, yield, sleep 150ms\n2: ready 3, park, again 60000\n3: park, ready 2, again 60000\n4: yield, note"
	const hogs = "1: spawn 2, spawn 3, wait 2\n2..3: run 60ms, done"
	for _, script := range []string{pair, hogs} {
		if bad := unfair(t, "go1.26", script, Config{Cores: 2, Procs: 1}, 61, slice); bad != "" {
			t.Errorf("go1.26: %s\n%s", bad, script)
		}
	}
	if unfair(t, "go1.1", hogs, Config{Cores: 2, Procs: 1}, 61, slice) == "" {
		t.Error("in Go 1.1 a time slice ended, or nobody noticed that it did not")
	}
	churn := "1: spawn 2..70, yield, wait 69\n2..70: again 3\n3: yield, yield, note, quit 0"
	if unfair(t, "go1.1", churn, Config{Cores: 2, Procs: 1}, 61, never) == "" {
		t.Error("in Go 1.1 the global queue had its turn, or nobody noticed that it had not")
	}
}
