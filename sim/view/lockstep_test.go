package view

import (
	"slices"
	"testing"

	"gopark/sim"
)

// TestLockstep walks through two runs at once: every event of both is stopped at
// once, in the order of time, and the way back is the way there.
func TestLockstep(t *testing.T) {
	const program = "package main\n\nimport \"sync\"\n\nfunc main() {\n\tvar wg sync.WaitGroup\n\tfor range 3 {\n\t\twg.Add(1)\n\t\tgo func() { wg.Done() }()\n\t}\n\twg.Wait()\n}\n"
	for _, kind := range []StepKind{StepEvent, StepDecision} {
		l := Lockstep{
			real(t, program, sim.Config{Era: "go1.4", Procs: 2}),
			real(t, program, sim.Config{Era: "go1.26", Procs: 2}),
			real(t, program, sim.Config{Era: "threads"}),
		}
		at := make([]int, len(l))
		var path [][]int
		for ok := true; ok; {
			path = append(path, at)
			var next []int
			if next, ok = l.Step(at, kind, false); !ok {
				break
			}
			moved := 0
			for i := range l {
				moved += next[i] - at[i]
			}
			if kind == StepEvent && moved != 1 || moved < 1 || l.Now(next) < l.Now(at) {
				t.Fatalf("from %v at %d to %v at %d", at, l.Now(at), next, l.Now(next))
			}
			for i := range l {
				if next[i] < l[i].EventAt(l.Now(next)-1) || next[i] > l[i].EventAt(l.Now(next)) {
					t.Fatalf("%v is not what has happened by %d", next, l.Now(next))
				}
			}
			at = next
		}
		if kind == StepEvent {
			for i, n := range at {
				if n != l[i].Progress().Events {
					t.Errorf("run %d was left at event %d of %d", i, n, l[i].Progress().Events)
				}
			}
		}
		for k := len(path) - 2; k >= 0; k-- {
			back, ok := l.Step(path[k+1], kind, true)
			if !ok || !slices.Equal(back, path[k]) {
				t.Fatalf("%s: back from %v is %v, not %v", kind, path[k+1], back, path[k])
			}
		}
		if _, ok := l.Step(path[0], kind, true); ok {
			t.Error("there is something before the beginning")
		}
	}
}
