package conform_test

import (
	"strings"
	"testing"

	"gopark/sim"
)

// Who uses a map while another goroutine writes to it is told so, in real Go's words; who
// takes a lock first is not, on whatever computer.
func TestMapFaults(t *testing.T) {
	racing := map[string]string{
		"concurrent map writes":                  `go func() { for { m[1]++ } }(); for { m[2]++ }`,
		"concurrent map read and map write":      `go func() { for { _ = m[1] } }(); for { m[2]++ }`,
		"concurrent map iteration and map write": `go func() { for { for range m {} } }(); for { m[2]++ }`,
	}
	for want, body := range racing {
		source := "package main\n\nfunc main() { m := map[int]int{1: 1, 2: 2}; " + body + " }\n"
		want = "fatal error: " + want
		if real := realOutput(t, source, "GOMAXPROCS=2"); !strings.HasPrefix(real, want) {
			t.Errorf("real Go prints %.200s, want %s", real, want)
		}
		for seed := range uint64(5) {
			if got := runMap(t, source, sim.Config{Cores: 2, Procs: 2, Seed: seed}); !strings.HasPrefix(got, want) {
				t.Errorf("seed %d prints %.200s, want %s", seed, got, want)
			}
		}
	}
	const locked = `package main

import "sync"

func main() {
	m := map[int]int{}
	var mu sync.RWMutex
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for k := range 3000 {
				mu.Lock()
				m[k%10]++
				mu.Unlock()
				mu.RLock()
				for range m {
				}
				_ = m[k%10]
				mu.RUnlock()
			}
		})
	}
	all.Wait()
	println(m[0])
}
`
	for _, c := range []sim.Config{{Cores: 1, Procs: 1}, {Cores: 1, Procs: 4}, {Cores: 2, Procs: 2}, {Cores: 4, Procs: 4}, {Cores: 3, Procs: 3, Era: "go1.13"}, {Cores: 4, Era: "threads"}} {
		for c.Seed = range 3 {
			if got := runMap(t, locked, c); got != "1200\n" {
				t.Errorf("%+v prints %.300s", c, got)
			}
		}
	}
}

func runMap(t *testing.T, source string, c sim.Config) string {
	t.Helper()
	c.Limits, c.History = sim.DefaultLimits, -1
	rec, diagnostics := load(t, "main.go", source, c)
	if rec == nil {
		t.Fatal(diagnostics)
	}
	rec.Advance(0, 0)
	return merged(rec)
}
