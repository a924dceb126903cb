package sched

import (
	"strings"
	"testing"

	"gopark/sim/task"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// idling is for how long at most a P was idle while a goroutine was in a queue and
// the world was not stopped, and when that ended.
func idling(t *testing.T, log *trace.Log, era string) (longest, at task.Time) {
	t.Helper()
	f := trace.NewFold(rules(t, era))
	since := task.Time(-1)
	for i := range log.Len() {
		e := log.At(i)
		if since >= 0 && e.Time-since > longest {
			longest, at = e.Time-since, e.Time
		}
		if err := f.Apply(e); err != nil {
			t.Fatal(err)
		}
		queued := len(f.Global) > 0
		for k := range f.Ps {
			queued = queued || len(f.Ps[k].Ring) > 0
		}
		if len(f.IdleP) == 0 || !queued || f.Stopped {
			since = -1
		} else if since < 0 {
			since = e.Time
		}
	}
	return longest, at
}

// mayIdle is for how long work may wait for an idle P: until a thread has been made
// or woken for it and has looked everywhere, and that a few times over, as each wakes the
// next. Sysmon's part in it, that it takes a P from a system call, is in there too.
const mayIdle = 150_000

// No work waits while a P idles, if there is a core for each P.
func TestNoWorkWaitsForIdlePs(t *testing.T) {
	for seed := range uint64(1500) {
		script := tasktest.Random(seed)
		if strings.Contains(script, "procs") {
			continue
		}
		e := &Eras[seed%uint64(len(Eras))]
		c := Config{Cores: 2 + int(seed/7)%7, Seed: seed}
		c.Procs = c.Cores
		s, _, log := start(t, e.Name, script, c)
		if _, ok := s.(*gmp); !ok {
			continue // no Ps
		}
		finish(t, s)
		if long, at := idling(t, log, e.Name); long > mayIdle {
			t.Errorf("seed %d, %s: until %d a P was idle for %d ns while there was work\n%s", seed, e.Name, at, long, script)
		}
	}
}

// It is noticed when nobody is woken for new work, because somebody is
// thought to look for some already.
func TestIdlingIsNoticed(t *testing.T) {
	for _, wakes := range []bool{true, false} {
		s, _, log := start(t, "go1.26", "1: run 1ms, spawn 2..9, run 5ms, wait 8\n2..9: run 2ms, done", Config{Cores: 4, Procs: 4})
		for s.Step() {
			if x := s.(*gmp); !wakes && s.Now() > 500_000 && x.spinning == 0 {
				x.spinning = 1
			}
		}
		if long, _ := idling(t, log, "go1.26"); (long > mayIdle) == wakes {
			t.Errorf("threads are woken: %v; a P was idle for %d ns while there was work", wakes, long)
		}
	}
}
