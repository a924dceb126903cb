package sched

import (
	"testing"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// With one P and seed 1 sysmon asks main for the first time after 14.17 ms, and the
// signal arrives a microsecond later.
const (
	asked   = 14_170_000
	arrives = asked + 1_000
)

// firstStop is when main is first preempted, or 0.
func firstStop(t *testing.T, era, script string) task.Time {
	t.Helper()
	s, _, log := start(t, era, script, Config{Procs: 1})
	finish(t, s)
	var request, stop task.Time
	for i := range log.Len() {
		switch e := log.At(i); {
		case e.Kind == trace.GoPreempt && request == 0:
			request = e.Time
		case e.Kind == trace.GoStop && trace.Why(e.A) == trace.WhyPreempted && stop == 0:
			stop = e.Time
		}
	}
	if request != asked {
		t.Fatalf("sysmon asked at %d, and not at %d", request, asked)
	}
	return stop
}

func TestSignalStopsOwnCode(t *testing.T) {
	for _, era := range []string{"go1.14", "go1.26"} {
		if stop := firstStop(t, era, "1: spawn 2, run 18ms, wait 1\n2: done"); stop < arrives || stop > arrives+2_000 {
			t.Errorf("%s: main was asked at %d and stopped at %d", era, asked, stop)
		}
	}
}

// A signal that arrives while the goroutine makes another is in vain: the next
// would come 10 ms later.
func TestSignalInRuntimeIsInVain(t *testing.T) {
	if stop := firstStop(t, "go1.14", "1: until 14170980, spawn 2, run 4ms, wait 1\n2: done"); stop != 0 {
		t.Errorf("main stopped at %d, though the signal found it in newproc", stop)
	}
}

// A prologue sees the flag before the signal arrives.
func TestPrologueSeesTheFlag(t *testing.T) {
	if stop := firstStop(t, "go1.26", "1: spawn 2, until 14170500, check, run 4ms, wait 1\n2: done"); stop < asked || stop >= arrives {
		t.Errorf("main was asked at %d and stopped at %d, not at its next call", asked, stop)
	}
}

// The prologue of newproc is one, since 1.18: main stops before it has made
// the other, which then starts after it has gone on.
func TestGoStatementSeesTheFlag(t *testing.T) {
	script := "1: until 14170500, spawn 2, run 4ms, wait 1\n2: done"
	if stop := firstStop(t, "go1.26", script); stop < asked || stop >= arrives {
		t.Errorf("main was asked at %d and stopped at %d, not at its go statement", asked, stop)
	}
	if stop := firstStop(t, "go1.14", script); stop < arrives {
		t.Errorf("main stopped at %d, before the signal, though newproc had no prologue", stop)
	}
}

// Nobody is asked while the scheduler is at work: the P has no goroutine then.
func TestNobodyToAskDuringASwitch(t *testing.T) {
	s, _, log := start(t, "go1.26", "1: spawn 2, until 14169950, park\n2: run 1ms, ready 1", Config{Procs: 1})
	finish(t, s)
	for i := range log.Len() {
		if e := log.At(i); e.Kind == trace.GoPreempt && e.Time == asked {
			t.Errorf("somebody was asked at %d", e.Time)
		}
	}
}
