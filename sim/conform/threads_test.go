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

// A limit on threads that a program sets ends it as real Go does, since there is such a limit.
func TestThreadLimit(t *testing.T) {
	const crowd = `package main

import (
	"runtime/debug"
	"syscall"
	"time"
)

func main() {
	println(debug.SetMaxThreads(10))
	for range 20 {
		go func() {
			ts := syscall.NsecToTimespec(1e9)
			syscall.Nanosleep(&ts, nil)
		}()
	}
	time.Sleep(time.Second / 2)
	println("survived")
}
`
	if real := realOutput(t, crowd, "GOMAXPROCS=1"); !strings.HasPrefix(real, reached) {
		t.Errorf("real Go prints\n%s", real)
	}
	for era, want := range map[string]string{"threads": "10000\nsurvived\n", "go1.0": "10000\nsurvived\n", "go1.1": "10000\nsurvived\n", "go1.2": reached, "go1.14": reached, "go1.26": reached} {
		rec, diagnostics := load(t, "main.go", crowd, sim.Config{Era: era, Procs: 1, Cores: 2, Seed: 1, Limits: sim.DefaultLimits, History: -1})
		if rec == nil {
			t.Fatal(diagnostics)
		}
		rec.Advance(0, 0)
		if got := merged(rec); !strings.HasPrefix(got, want) {
			t.Errorf("%s prints\n%s", era, got)
		}
	}
}

const reached = "10000\nruntime: program exceeds 10-thread limit\nfatal error: thread exhaustion\n\nruntime stack:\nruntime.throw("

// Each collection halves a stack of which little is used, until those of its size share a span.
func TestStackSpans(t *testing.T) {
	const shrinking = `package main

import "runtime"

func deep(n int) int {
	var pad [128]byte
	pad[n&127] = 1
	if n == 0 {
		return int(pad[5])
	}
	return deep(n-1) + int(pad[n&63])
}

func main() {
	var before, m runtime.MemStats
	c, d := make(chan int), make(chan int)
	go func() { deep(2000); d <- 1; <-c }()
	<-d
	runtime.ReadMemStats(&before)
	smaller := 0
	for range 12 {
		runtime.GC()
		runtime.ReadMemStats(&m)
		if m.StackInuse < before.StackInuse {
			smaller++
		}
		before = m
	}
	println(smaller)
}
`
	if real := realOutput(t, shrinking, "GOMAXPROCS=1"); real != "5" && real != "6" { // now and then a thread more has begun
		t.Errorf("real Go prints %s", real)
	}
	rec, diagnostics := load(t, "main.go", shrinking, sim.Config{Procs: 1, Seed: 1, Limits: sim.DefaultLimits, History: -1})
	if rec == nil {
		t.Fatal(diagnostics)
	}
	rec.Advance(0, 0)
	if got := merged(rec); got != "5\n" {
		t.Errorf("it prints %s", got)
	}
}
