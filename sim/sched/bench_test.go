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

// BenchmarkEras is how many events each era's scheduler logs in a second of the
// host, where two goroutines do nothing but wake each other.
func BenchmarkEras(b *testing.B) {
	for i := range Eras {
		b.Run(Eras[i].Name, func(b *testing.B) {
			s, _, log := start(b, Eras[i].Name, "1: spawn 2, again 2\n2: again 1", Config{Cores: 2})
			before := log.Len()
			for b.Loop() {
				s.Step()
			}
			b.ReportMetric(float64(log.Len()-before)/b.Elapsed().Seconds(), "events/s")
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
