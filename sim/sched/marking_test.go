package sched

import (
	"fmt"
	"testing"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// A worker that has its P for the whole of marking and is asked to stop goes on, but
// lets go of what waits in the P's queue: runnext first, under sched.lock.
func TestWorkerLetsGo(t *testing.T) {
	s, _, log := start(t, "go1.26", "1: collect 1000, spawn 2..6, run 50ms, wait 5\n2..6: run 100us, done", Config{Cores: 1, Procs: 1})
	x := s.(*gmp)
	for x.ps[0].ring.n < 4 || x.ms[0].phase != atRun || x.ms[0].busy > 0 {
		s.Step()
	}
	worker := x.ms[0].curg
	x.gs[worker].worker, x.collect.whole = markWhole, 1
	x.mu.until = 20_000_000 // somebody has the lock
	for s.Step() && !x.ms[0].waits && x.now < 40_000_000 {
	}
	if !x.ms[0].waits || x.ps[0].next == task.None || x.runq.n > 0 {
		t.Fatalf("it does not wait for the lock, with %d goroutines in the global queue\n%s", x.runq.n, tail(log))
	}
	want := []task.ID{x.ps[0].next}
	for i := range x.ps[0].ring.n {
		want = append(want, x.ps[0].ring.at(i))
	}
	x.mu.until = 0
	for s.Step() && x.runq.n == 0 {
	}
	if got := fmt.Sprint(x.runq.list()); got != fmt.Sprint(want) || !x.runqEmpty(x.ps[0]) || x.ms[0].curg != worker {
		t.Errorf("in the global queue are %s, want %d, and the worker goes on", got, want)
	}
	x.gs[worker].worker = notMarking
	finish(t, s)
	flushes := 0
	check := func(change func(e *trace.Event) (keep bool)) error {
		l := &trace.Log{}
		for i := range log.Len() {
			e := log.At(i)
			if e.Kind == trace.GCEnd { // no task marks here: the collection is said to go on
				e.Kind = trace.GCMarkBegin
			}
			if e.Kind == trace.RunqFlush {
				flushes++
			}
			if e.Kind != trace.RunqFlush || change(&e) {
				l.Add(e)
			}
		}
		return trace.Check(l, rules(t, "go1.26"))
	}
	if err := check(func(*trace.Event) bool { return true }); err != nil || flushes != 1 {
		t.Errorf("%d flushes: %v", flushes, err)
	}
	if trace.Check(log, rules(t, "go1.26")) == nil || check(func(*trace.Event) bool { return false }) == nil ||
		check(func(e *trace.Event) bool { e.A--; return true }) == nil {
		t.Error("nobody notices a flush without a collection, one that is not told, or one of less than there is")
	}
}
