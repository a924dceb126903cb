package sched

import "testing"

// BenchmarkPingPong is the host's cost of one goroutine switch: a ready and a
// park through runnext, three events of the log.
func BenchmarkPingPong(b *testing.B) {
	for _, c := range []struct {
		name  string
		cores int
		procs int
	}{{"P=1", 1, 1}, {"P=2", 2, 2}} {
		b.Run(c.name, func(b *testing.B) {
			s, r, _ := start(b, "go1.26", "1: spawn 2, again 2\n2: again 1", Config{Cores: c.cores, Procs: c.procs})
			for b.Loop() {
				s.Step()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(max(1, r.Parks)), "ns/switch")
		})
	}
}

// BenchmarkHog is the cost of a turn when one goroutine computes.
func BenchmarkHog(b *testing.B) {
	s, _, _ := start(b, "go1.26", "1: run 100000000ms", Config{Cores: 2, Procs: 2, MaxSlice: 10_000})
	for b.Loop() {
		s.Step()
	}
}
