// Package schedtest runs a script under an era's rules, for tests that want a
// log and not a scheduler.
package schedtest

import (
	"testing"

	"gopark/sim/sched"
	"gopark/sim/task"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// steps is more than any random script needs.
const steps = 2_000_000

// Run runs a script (see package tasktest) to its end. c.Cores must be given.
func Run(t testing.TB, e *sched.Era, script string, c sched.Config) *trace.Log {
	t.Helper()
	sc, err := tasktest.Parse(script)
	if err != nil {
		t.Fatal(err)
	}
	if c.Procs == 0 {
		c.Procs = e.DefaultProcs(c.Cores)
	}
	var reasons []task.Reason
	for _, g := range e.SystemTasks(c.OSLinked, c.Procs) {
		reasons = append(reasons, g.Reason)
	}
	r, ids := tasktest.NewRunner(sc, reasons)
	log := &trace.Log{}
	s := sched.New(e, c, r, log)
	s.Boot(sc.Main, ids)
	for n := 0; s.Step(); n++ {
		if n > steps {
			t.Fatalf("no end at %d ns, era %s, %+v\n%s", s.Now(), e.Name, c, script)
		}
	}
	return log
}
