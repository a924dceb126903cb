package conform_test

import (
	"fmt"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

// A measurement is what real Go takes, in nanoseconds, from and to what: Go
// 1.26 on linux/amd64, a shared machine with two virtual cores. snippet does it n
// times; the simulator is to take as long, give or take a quarter.
type measurement struct {
	name     string
	from, to float64
	n        int
	setup    string
	snippet  string
	era      string // "": today's
	cores    int    // 0: 1
}

// These are besides those of package costs: what needs two cores, new goroutines,
// or much stack.
var measurements = []measurement{
	{name: "fresh goroutine, kept blocked", from: 1300, to: 1300, n: 200, setup: `c := make(chan int)`, snippet: `go func() { <-c }()`},
	{name: "unbuffered send, consumer waiting", from: 240, to: 360, n: 200, setup: `a := make(chan int); go func() { for range a {} }(); runtime.Gosched()`, snippet: `a <- 1`},
	{name: "growth to 256 KB", from: 33e3, to: 33e3, n: 1, setup: warm(4500), snippet: `f(4500)`},
	{name: "growth to 1 MB", from: 140e3, to: 175e3, n: 1, setup: warm(18000), snippet: `f(18000)`},
	{name: "pthread_create, in a burst", from: 16e3, to: 23e3, n: 50, setup: `c := make(chan int)`, snippet: `go func() { c <- 1 }()`, era: "threads", cores: 2},
	{name: "fork, exit and wait", from: 106e3, to: 127e3, n: 20, snippet: `go func() {}(); syscall.Wait4(-1, nil, 0, nil)`, era: "processes", cores: 2},
	{name: "two hops over pipes", from: 2 * 1400, to: 2 * 2130, n: 200, setup: `a, b := make(chan int), make(chan int); go func() { for v := range a { b <- v } }()`, snippet: `a <- 1; <-b`, era: "processes"},
	{name: "two wake-ups of threads on idle cores", from: 2 * 3e3, to: 2 * 10e3, n: 50, era: "threads", cores: 2,
		setup: `a, b := make(chan int), make(chan int); go func() { for v := range a { b <- v } }()`, snippet: `a <- 1; <-b`},
}

// warm makes f, which uses as much stack as it is told, and takes off what its
// calls take without growth: they are made before, on the stack of another.
func warm(depth int) string {
	return fmt.Sprintf(`var f func(n int) int
	f = func(n int) int { if n == 0 { return 0 }; return f(n-1) + 1 }
	c := make(chan time.Duration)
	go func() { f(%[1]d); t := time.Now(); f(%[1]d); c <- time.Since(t) }()
	start = start.Add(<-c)`, depth)
}

// Costs of the one table add up to what was measured.
func TestCosts(t *testing.T) {
	for _, m := range measurements {
		t.Run(m.name, func(t *testing.T) {
			got := m.take(t)
			if got < 0.75*m.from || got > 1.25*m.to {
				t.Errorf("%.0f ns, want %.0f to %.0f, give or take a quarter\n%s", got, m.from, m.to, m.source())
			}
			t.Logf("%.0f ns (%.0f to %.0f)", got, m.from, m.to)
		})
	}
}

func (m *measurement) source() string {
	body := "\tstart := time.Now()\n\t_ = start\n\t" + m.setup
	if !strings.Contains(m.setup, "start =") {
		body += "\n\tstart = time.Now()"
	} else { // what the setup took without growth is taken off
		body = "\tvar start time.Time\n\t" + strings.Replace(m.setup, "start = start.Add(<-c)", "base := <-c\n\tstart = time.Now().Add(base)", 1)
	}
	if m.n == 1 {
		body += "\n\t" + m.snippet
	} else {
		body += fmt.Sprintf("\n\tfor range %d { %s }", m.n, m.snippet)
	}
	source := "package main\n\nimport (\n\t\"time\"\n%s)\n\nfunc main() {\n" + body + "\n\tprintln(int(time.Since(start)))\n}\n"
	var imports string
	if strings.Contains(body, "syscall.") {
		imports = "\t\"syscall\"\n"
	}
	if strings.Contains(body, "runtime.") {
		imports += "\t\"runtime\"\n"
	}
	return strings.Replace(source, "%s", imports, 1)
}

// take is how long the snippet takes once.
func (m *measurement) take(t *testing.T) float64 {
	t.Helper()
	cfg := sim.Config{Era: m.era, Procs: 1, Cores: max(m.cores, 1), Seed: 1, Limits: sim.DefaultLimits, History: -1}
	prog, diagnostics, err := host.Load("main.go", m.source())
	if err != nil || prog == nil {
		t.Fatal(err, diagnostics, m.source())
	}
	rec, err := prog.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	var n int
	if _, err := fmt.Sscan(merged(rec), &n); err != nil {
		t.Fatal(merged(rec), err)
	}
	return float64(n) / float64(m.n)
}
