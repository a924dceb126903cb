package conform_test

import (
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

// When collections are forced by time, era by era: by a goroutine that looks each
// minute, for which the start of all time was the last one; then by sysmon, which sleeps
// for up to a minute and waits for a first one.
func TestForcedCollections(t *testing.T) {
	const source = `package main

import (
	"runtime"
	"time"
)

func main() {
	var m runtime.MemStats
	for i := range 9 {
		time.Sleep(50 * time.Second)
		runtime.ReadMemStats(&m)
		print(m.NumGC, " ")
		if i == 3 {
			runtime.GC()
		}
	}
}
`
	prog, diagnostics, err := host.Load("prog.go", source)
	if err != nil || prog == nil {
		t.Fatal(err, diagnostics)
	}
	for era, want := range map[string]string{
		"threads": "0 0 0 0 1 1 1 1 1",
		// The first allocation collects, where a heap has no least size.
		"go1.0": "1 1 2 2 3 3 3 4 4", "go1.1": "1 1 2 2 3 3 3 4 4", "go1.2": "1 1 2 2 3 3 3 4 4",
		"go1.4": "1 1 1 2 3 3 3 4 4", "go1.5": "0 0 0 0 1 1 1 2 2", "go1.13": "0 0 0 0 1 1 1 2 2",
		// sysmon, whom the timer wakes too, first sees to the timer, where it does, and then to the collection.
		"go1.14": "0 0 0 0 1 1 1 2 2", "go1.26": "0 0 0 0 1 1 2 2 2",
	} {
		limits := sim.DefaultLimits
		limits.Time = 1e12
		rec, err := prog.Record(sim.Config{Era: era, Seed: 1, Limits: limits, History: -1})
		if err != nil {
			t.Fatal(err)
		}
		rec.Advance(0, 0)
		if got := strings.TrimSpace(merged(rec)); got != want {
			t.Errorf("%s: collections so far after each 50 s: %s, want %s", era, got, want)
		}
	}
}
