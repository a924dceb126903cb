package sched

import (
	"testing"

	"gopark/sim/task"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// start boots a script under an era's rules.
func start(t testing.TB, era, script string, c Config) (Scheduler, *tasktest.Runner, *trace.Log) {
	t.Helper()
	sc, err := tasktest.Parse(script)
	if err != nil {
		t.Fatal(err)
	}
	e, ok := Lookup(era)
	if !ok {
		t.Fatal("no era ", era)
	}
	var reasons []task.Reason
	for _, g := range e.SystemTasks(c.OSLinked, procs(e, c)) {
		reasons = append(reasons, g.Reason)
	}
	r, ids := tasktest.NewRunner(sc, reasons)
	log := &trace.Log{}
	s := New(e, c, r, log)
	s.Boot(sc.Main, ids)
	return s, r, log
}

func procs(e *Era, c Config) int {
	if c.Procs > 0 {
		return c.Procs
	}
	if c.Cores == 0 {
		c.Cores = 2
	}
	return e.DefaultProcs(c.Cores)
}

// rules are what Check is to know of an era.
func rules(t testing.TB, era string) trace.Rules {
	e, ok := Lookup(era)
	if !ok {
		t.Fatal("no era ", era)
	}
	return e.Rules()
}
