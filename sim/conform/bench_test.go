package conform_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gopark/sim"
	"gopark/sim/conform/workload"
)

// benchLimits: none.
var benchLimits = sim.Limits{Memory: 1 << 32, Output: 1 << 20}

// simulate runs a workload in the simulator, on one P, and returns how many
// instructions it took. Reading it in is not counted.
func simulate(b testing.TB, w workload.Workload) (took time.Duration, instructions int64) {
	b.Helper()
	rec, diagnostics := load(b, strings.ToLower(w.Name)+".go", w.Source(), sim.Config{Procs: 1, Cores: 2, Seed: 1, Limits: benchLimits, History: -1})
	if rec == nil {
		b.Fatal(diagnostics)
	}
	start := time.Now()
	rec.Advance(0, 0)
	took = time.Since(start)
	if out := strings.TrimSpace(merged(rec)); out != strconv.Itoa(w.Want) {
		why, _ := rec.Ended()
		b.Fatalf("%s prints %q (%s), want %d", w.Name, tail(out), why, w.Want)
	}
	for _, s := range rec.Stats() {
		if s.Name == "instructions" {
			instructions = s.Value
		}
	}
	return took, instructions
}

// BenchmarkSim reports how long the simulator takes for a workload, per
// instruction, and how many times as long as the same Go compiled for the
// host that the benchmark runs on.
func BenchmarkSim(b *testing.B) {
	for _, w := range workload.All {
		b.Run(w.Name, func(b *testing.B) {
			var simulated, compiled time.Duration
			var instructions int64
			for range b.N {
				took, n := simulate(b, w)
				simulated += took
				instructions += n
				start := time.Now()
				if got := w.Run(); got != w.Want {
					b.Fatalf("compiled, %s returns %d, want %d", w.Name, got, w.Want)
				}
				compiled += time.Since(start)
			}
			b.ReportMetric(float64(simulated.Nanoseconds())/float64(b.N), "sim-ns/op")
			b.ReportMetric(float64(compiled.Nanoseconds())/float64(b.N), "go-ns/op")
			b.ReportMetric(float64(simulated)/float64(compiled), "ratio")
			b.ReportMetric(float64(simulated.Nanoseconds())/float64(instructions), "ns/instruction")
			b.ReportMetric(0, "ns/op") // it would count reading the program in
		})
	}
}
