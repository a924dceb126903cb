package conform_test

import (
	"strings"
	"testing"

	"gopark/sim"
)

// A thread's stack is 8 MiB of addresses and never moves; the kernel finds a page for
// those that are touched. Who needs more runs into its guard page, and the process dies of SIGSEGV.
func TestStacksOfThreads(t *testing.T) {
	const deep = `package main

func f(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + f(n-1)
}

func main() {
	done := make(chan int)
	go func() { done <- f(30_000) }()
	println(<-done)
	f(1 << 30)
}
`
	for _, era := range []string{"threads", "processes"} {
		rec, diagnostics := load(t, "main.go", deep, sim.Config{Era: era, Cores: 2, Seed: 1, Limits: sim.DefaultLimits, History: -1})
		if rec == nil {
			t.Fatal(diagnostics)
		}
		rec.Advance(0, 0)
		out := merged(rec)
		if _, code := rec.Ended(); code != 128+11 || !strings.HasPrefix(out, "30000\nsignal SIGSEGV: stack overflow: the 8388608 bytes") || !strings.Contains(out, "main.f(") {
			t.Errorf("%s: exit code %d after\n%.300s", era, code, out)
		}
		st := rec.At(rec.Log().Len() - 1)
		for i := range st.Gs {
			if g := &st.Gs[i]; g.ID == 1 && (g.StackSize != 8<<20 || g.Grown != 0) {
				t.Errorf("%s: main has a stack of %d bytes, copied %d times", era, g.StackSize, g.Grown)
			}
		}
		var b strings.Builder
		if err := rec.Log().Write(&b); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "StackGrow") {
			t.Errorf("%s: a stack was copied", era)
		}
	}
}
