package conform_test

import (
	"testing"

	"gopark/sim"
	"gopark/sim/sched"
)

// TestPoolsInEveryEra: what a sync.Pool has, and what collections leave of it, depends
// on no scheduler, and on no memory of a process's own, if nobody else collects.
func TestPoolsInEveryEra(t *testing.T) {
	source := readFile(t, "testdata/runtime/pools.go")
	want := ""
	for _, e := range sched.Eras {
		rec, diagnostics := load(t, "pools.go", source, sim.Config{Era: e.Name, Limits: goLimits, History: -1, Env: map[string]string{"GOGC": "off"}})
		if rec == nil {
			t.Fatal(diagnostics)
		}
		rec.Advance(0, 0)
		got := merged(rec)
		if want == "" {
			want = got
		}
		if got != want || got == "" {
			t.Errorf("%s prints\n%s\nwant\n%s", e.Name, got, want)
		}
	}
}
