package sched

import (
	"testing"

	"gopark/sim/trace"
)

// collection is how long the world stood still for a collector, from GCBegin to
// GCEnd, and how long it took to stop it.
func collection(t *testing.T, era, script string, c Config) (works, stops int64) {
	t.Helper()
	s, _, log := start(t, era, script, c)
	finish(t, s)
	if err := trace.Check(log, rules(t, era)); err != nil {
		t.Fatal(era, err)
	}
	var wish, begin int64
	for i := range log.Len() {
		switch e := log.At(i); e.Kind {
		case trace.STWBegin:
			wish = e.Time
		case trace.GCBegin:
			begin, stops = e.Time, e.Time-wish
		case trace.GCEnd:
			works = e.Time - begin
		}
	}
	return works, stops
}

// While the world stands still, threads that have nothing to do help the
// collector: two in all in Go 1.0, later as many as there are Ps. Since it
// works beside the program it is alone in the moments in which it stops the world.
func TestHelpers(t *testing.T) {
	const script = "1: spawn 2..9, run 1ms, collect 1000000, wait 8\n2..9: run 300us, check, run 300us, check, run 300us, done"
	for era, threads := range map[string]int64{"go1.0": 2, "go1.1": 4, "go1.4": 4, "go1.5": 1, "go1.26": 1} {
		works, _ := collection(t, era, script, Config{Cores: 4, Procs: 4})
		if want := int64(1_000_000) / threads; works < want || works > want*5/4 {
			t.Errorf("%s: the collector works for %d ns, want %d and what it takes to wake who helps", era, works, want)
		}
		if works, _ := collection(t, era, script, Config{Cores: 4, Procs: 1}); works < 1_000_000 {
			t.Errorf("%s: with one P it works for %d ns", era, works)
		}
	}
}

// A loop without calls can't be stopped before Go 1.14, and so the world can't:
// all others wait until it is over.
func TestLoopsBlockTheStop(t *testing.T) {
	const script = "1: spawn 2, run 1ms, collect 1000, quit 0\n2: run 300ms, done"
	for i := range Eras {
		e := &Eras[i]
		if e.Structure == nil || !e.DeadlockSeen {
			continue
		}
		_, stops := collection(t, e.Name, script, Config{Cores: 2, Procs: 2})
		if e.AsyncPreempt != (stops < 1_000_000) || !e.AsyncPreempt && stops < 250_000_000 {
			t.Errorf("%s: the world stands still after %d ns", e.Name, stops)
		}
	}
}
