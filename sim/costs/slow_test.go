package costs_test

import (
	"fmt"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/trace"
)

// slowed runs a program on a processor that takes slow times as long, on one core:
// what it prints, and how often a goroutine's time slice ended before it did.
func slowed(t *testing.T, source string, slow int64) (printed []int64, preempted int) {
	t.Helper()
	prog, diagnostics, err := host.Load("slow.go", source)
	if err != nil || prog == nil {
		t.Fatal(err, diagnostics)
	}
	limits := sim.DefaultLimits
	limits.Time = 0
	rec, err := prog.Record(sim.Config{Procs: 1, Cores: 1, Seed: 1, Slow: slow, Limits: limits, History: -1})
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	for _, o := range rec.Output() {
		var n int64
		if _, err := fmt.Sscan(o.Text, &n); err == nil {
			printed = append(printed, n)
		}
	}
	for i := range rec.Log().Len() {
		if e := rec.Log().At(i); e.Kind == trace.GoStop && trace.Why(e.A) == trace.WhyPreempted {
			preempted++
		}
	}
	return printed, preempted
}

const slowSource = `package main

import (
	"runtime"
	"time"
)

func timed(f func()) { start := time.Now(); f(); println(int64(time.Since(start))) }

func main() {
	runtime.Gosched()
	timed(func() { for range 100 { runtime.Gosched() } })
	timed(func() { n := 0; for i := range 5000 { n += i } })
	timed(func() { time.Sleep(20 * time.Millisecond) })
	done := make(chan bool)
	for range 2 {
		go func() { n := 0; for i := range 30_000 { n += i }; done <- true }()
	}
	<-done
	<-done
}
`

// On a processor a thousand times slower computing and switching take a thousand
// times as long, so their ratio stays. Clocks don't: a sleep is as long as
// before, worth a thousandth of the work, and time slices end in the midst of it.
func TestSlowProcessor(t *testing.T) {
	fast, none := slowed(t, slowSource, 1)
	slow, many := slowed(t, slowSource, 1000)
	if len(fast) != 3 || len(slow) != 3 {
		t.Fatal(fast, slow)
	}
	within := func(what string, got, want, percent int64) {
		if got*100 < want*(100-percent) || got*100 > want*(100+percent) {
			t.Errorf("%s takes %d ns, want about %d", what, got, want)
		}
	}
	within("switching", slow[0], 1000*fast[0], 10)
	within("computing", slow[1], 1000*fast[1], 10)
	within("sleeping", slow[2], fast[2], 10)
	if none != 0 || many < 4 {
		t.Errorf("goroutines are preempted %d times by a fast processor's slices and %d by a slow one's", none, many)
	}
}
