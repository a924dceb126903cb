package sched

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"gopark/sim/task"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// printed is what a script lets the era's scheduler print.
func printed(t *testing.T, e *Era, script string, c Config) []string {
	t.Helper()
	var out []string
	c.Print = func(text string) { out = append(out, text) }
	sc, err := tasktest.Parse(script)
	if err != nil {
		t.Fatal(err)
	}
	var reasons []task.Reason
	for _, g := range e.SystemTasks(false, c.Procs) {
		reasons = append(reasons, g.Reason)
	}
	r, ids := tasktest.NewRunner(sc, reasons)
	log := &trace.Log{}
	s := New(e, c, r, log)
	s.Boot(sc.Main, ids)
	finish(t, s)
	if err := trace.Check(log, e.Rules()); err != nil {
		t.Error(e.Name, err)
	}
	return out
}

// story: when sysmon's rounds come by, two run, others are queued, one sleeps,
// one is in a system call and one is locked to its thread.
const story = "1: spawn 6..7, run 5us, spawn 2..5, run 100us, collect 20us, run 200us, quit 0\n" +
	"2: run 250us\n3..4: run 5us\n5: sleep 200us\n6: syscall 250us\n7: lock, sleep 30us, run 100us\n"

// TestSchedTrace compares what each era prints with a file that was read by
// people beside the sources of those runtimes.
func TestSchedTrace(t *testing.T) {
	var got strings.Builder
	for i := range Eras {
		e := &Eras[i]
		for _, detail := range []bool{false, true} {
			out := printed(t, e, story, Config{Cores: 2, Procs: 2, Seed: 1, TracePeriod: 1000, TraceDetail: detail})
			if (e.SchedTrace == nil) != (len(out) == 0) {
				t.Errorf("%s prints %d times", e.Name, len(out))
			}
			fmt.Fprintf(&got, "-- %s, detail %v --\n%s", e.Name, detail, strings.Join(out[:min(3, len(out))], ""))
		}
	}
	const file = "testdata/schedtrace.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s\n(go test ./sim/sched -run TestSchedTrace -update, if it is right)", &got, want)
	}
}

// TestSchedTracePeriod: a line for each period, as far as sysmon's rounds allow,
// which doesn't sleep deeply then.
func TestSchedTracePeriod(t *testing.T) {
	e, _ := Lookup("go1.26")
	out := printed(t, e, "1: sleep 50ms, quit 0\n", Config{Cores: 2, Procs: 2, Seed: 1, TracePeriod: 5_000_000})
	if n := len(out); n < 5 || n > 11 {
		t.Errorf("%d lines in 50 ms:\n%s", n, strings.Join(out, ""))
	}
	if !strings.HasPrefix(out[0], "SCHED 0ms: ") {
		t.Errorf("the first is not at 0 ms: %s", out[0])
	}
}
