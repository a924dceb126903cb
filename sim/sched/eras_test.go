package sched

import (
	"strings"
	"testing"

	"gopark/sim/trace"
)

// What Go of each era prints for programs whose output only the scheduler
// decides, told again as scripts with GOMAXPROCS=1: see oracle_test.go.
func TestOracleOfEras(t *testing.T) {
	fifo := []string{"go1.0", "go1.1", "go1.2", "go1.4"}
	next := []string{"go1.5", "go1.13", "go1.14"}
	jumps := []string{"go1.14"}
	for _, o := range []struct {
		name, script string
		first        int
		want         string
		eras         []string
	}{
		{"01 spawn order", "1: spawn 2..9, wait 8\n2..9: run 50, note, done", 2, "0-7", fifo},
		{"01 spawn order", "1: spawn 2..9, wait 8\n2..9: run 50, note, done", 2, "7 0-6", next},
		{"02 Gosched of main", "1: spawn 2..6, note, yield, note\n2..6: run 50, note", 2, "-1-4 -1", fifo},
		{"02 Gosched of main", "1: spawn 2..6, note, yield, note\n2..6: run 50, note", 2, "-1 4 0-3 -1", next},
		{"07 a ready kicks runnext", "1: spawn 2, yield, spawn 3, spawn 4, ready 2, wait 3\n2: park chan_receive, note, done\n3..4: note, done", 2, "1-2 0", fifo},
		{"07 a ready kicks runnext", "1: spawn 2, yield, spawn 3, spawn 4, ready 2, wait 3\n2: park chan_receive, note, done\n3..4: note, done", 2, "0-2", next},
		{"11 overflow", "1: spawn 2..301, wait 300\n2..301: run 20, note, done", 2, "0-299", []string{"go1.0", "go1.1", "go1.2"}},
		{"97 a timer jumps the queue", "1: spawn 2, yield, spawn 3..6, wait 5\n2: sleep 1ms, note, done\n3..5: note, done\n6: run 3ms, note, done", 2, "4 0-3", jumps},
		{"97 a timer waits its turn", "1: spawn 2, yield, spawn 3..6, wait 5\n2: sleep 1ms, note, done\n3..5: note, done\n6: run 3ms, note, done", 2, "4 1-3 0", []string{"go1.5", "go1.13"}},
		{"97 a timer waits its turn", "1: spawn 2, yield, spawn 3..6, wait 5\n2: sleep 1ms, note, done\n3..5: note, done\n6: run 3ms, note, done", 2, "1-4 0", fifo},
	} {
		for _, era := range o.eras {
			s, r, log := start(t, era, o.script, Config{Cores: 2, Procs: 1, OSLinked: true})
			finish(t, s)
			if err := trace.Check(log, rules(t, era)); err != nil {
				t.Error(era, err)
			}
			if got := ranges(r.Notes, o.first); got != o.want {
				t.Errorf("%s, %s: script\n%s\ngot  %s\nwant %s", o.name, era, o.script, got, o.want)
			}
		}
	}
}

// The first goroutine of a program has the id that Go of the era gives it, and
// GOMAXPROCS its default.
func TestDefaultsOfEras(t *testing.T) {
	for _, c := range []struct {
		era   string
		goid  int64 // with package os; without it one less from 1.4 on
		bare  int64
		procs int
	}{
		{"threads", 2, 2, 3}, {"go1.0", 3, 3, 1}, {"go1.1", 3, 3, 1}, {"go1.2", 3, 3, 1}, {"go1.4", 5, 3, 1}, // 4 if main has made anything before: the first collection makes bgsweep

		{"go1.5", 5, 4, 3}, {"go1.13", 6, 5, 3}, {"go1.14", 6, 5, 3}, {"go1.26", 7, 6, 3},
	} {
		for _, os := range []bool{false, true} {
			s, _, _ := start(t, c.era, "1: spawn 2, park\n2: sleep 1ms, quit 0", Config{Cores: 3, OSLinked: os})
			want := c.bare
			if os {
				want = c.goid
			}
			if s.Procs() != c.procs {
				t.Errorf("%s: GOMAXPROCS is %d, want %d", c.era, s.Procs(), c.procs)
			}
			finish(t, s)
			if got := s.Goid(2); got != want {
				t.Errorf("%s, os %v: goid %d, want %d", c.era, os, got, want)
			}
		}
	}
}

// How a program ends in which nobody can go on is the era's affair, on any
// number of cores.
func TestEndsOfEras(t *testing.T) {
	dead, code0, noMain, blocked := End{Deadlocked, 2}, End{Exited, 0}, End{NoMain, 2}, End{Kind: AllBlocked}
	for _, c := range []struct {
		script string
		want   map[string]End
	}{
		{"1: spawn 2, park\n2: sleep 5ms, run 10, park", map[string]End{"threads": blocked, "go1.0": dead, "go1.1": dead, "go1.2": dead, "go1.4": dead, "go1.5": dead, "go1.13": dead, "go1.14": dead}},
		{"1: park", map[string]End{"go1.0": dead, "go1.1": dead, "go1.2": dead, "go1.4": dead, "go1.5": dead, "go1.13": dead, "go1.14": dead}},
		{"1: exit", map[string]End{"go1.0": dead, "go1.1": code0, "go1.2": code0, "go1.4": noMain, "go1.13": noMain}},
		{"1: timer 0 5ms 1, park", map[string]End{"go1.0": code0, "go1.1": code0, "go1.4": code0, "go1.13": code0}},
		{"1: poll 5ms, sleep 1ms, poll 1ms", map[string]End{"go1.0": code0, "go1.1": code0, "go1.5": code0}},
		{"1: spawn 2..10100, park\n2..10100: syscall 9000ms", map[string]End{"go1.1": dead, "go1.2": {ThreadsGone, 2}}},
	} {
		for i := range Eras {
			want, ok := c.want[Eras[i].Name]
			if !ok {
				continue
			}
			for cores := 1; cores <= 4; cores++ {
				s, _, log := start(t, Eras[i].Name, c.script, Config{Cores: cores, Procs: cores})
				finish(t, s)
				if s.Ended() != want {
					t.Errorf("%s, %d cores\n%s\nended %v, want %v\n%s", Eras[i].Name, cores, c.script, s.Ended(), want, tail(log))
				}
			}
		}
	}
}

// Who gives its place away in a system call, and when: Go 1.0 at once, Go 1.1
// after a round of sysmon's and only to those who need it, however long it
// takes; from 1.3 on in any case after 10 ms.
func TestHandOverOfEras(t *testing.T) {
	for _, c := range []struct {
		era, script string
		procs       int
		min, max    int64 // until the other starts, or the P is taken; -1: never
		kind        trace.Kind
	}{
		{"go1.0", "1: spawn 2, run 50, syscall 5ms, wait 1\n2: run 10, done", 1, 50, 20_000, trace.GoHand},
		{"go1.1", "1: spawn 2, run 50, syscall 5ms, wait 1\n2: run 10, done", 1, 20_000, 200_000, trace.ProcSteal},
		{"go1.14", "1: spawn 2, run 50, syscall 5ms, wait 1\n2: run 10, done", 1, 20_000, 200_000, trace.ProcSteal},
		{"go1.2", "1: sleep 1ms, syscall 100ms", 2, -1, -1, trace.ProcSteal},
		{"go1.4", "1: sleep 1ms, syscall 100ms", 2, 10_000_000, 30_000_000, trace.ProcSteal},
	} {
		s, _, log := start(t, c.era, c.script, Config{Cores: 2, Procs: c.procs})
		finish(t, s)
		began, got := int64(-1), int64(-1)
		for i := range log.Len() {
			e := log.At(i)
			switch {
			case e.Kind == trace.GoSyscallBegin && e.G == 1:
				began = e.Time
			case e.Kind == c.kind && began >= 0 && got < 0:
				got = e.Time - began
			}
		}
		if c.min < 0 && got >= 0 || c.min >= 0 && (got < 0 || got > c.max) {
			t.Errorf("%s\n%s\n%s after %d ns, want %d to %d\n%s", c.era, c.script, c.kind, got, c.min, c.max, tail(log))
		}
	}
}

// A loop without calls stops for nobody before 1.14; one with calls stops from
// 1.2 on; nothing does before.
func TestPreemptionOfEras(t *testing.T) {
	calls := "1: spawn 2, " + strings.Repeat("check, run 1ms, ", 60) + "wait 1\n2: note, done"
	for _, c := range []struct {
		era, script string
		stops       bool
	}{
		{"go1.0", calls, false}, {"go1.1", calls, false}, {"go1.2", calls, true}, {"go1.4", calls, true}, {"go1.13", calls, true},
		{"go1.13", "1: spawn 2, run 60ms, wait 1\n2: note, done", false}, {"go1.14", "1: spawn 2, run 60ms, wait 1\n2: note, done", true},
	} {
		s, _, log := start(t, c.era, c.script, Config{Cores: 2, Procs: 1})
		finish(t, s)
		stops := false
		for i := range log.Len() {
			e := log.At(i)
			stops = stops || e.Kind == trace.GoStop && trace.Why(e.A) == trace.WhyPreempted && e.G == 1
		}
		if stops != c.stops {
			t.Errorf("%s: preempted %v, want %v\n%s", c.era, stops, c.stops, c.script)
		}
	}
}

// Check knows the rules of one era from those of another.
func TestCheckKnowsTheEra(t *testing.T) {
	for _, c := range []struct {
		era, script string
		wrong       trace.Rules
	}{
		{"go1.1", "1: spawn 2..9, run 300us, wait 8\n2..9: run 60us, done", trace.Rules{Sleeper: 2}},
		{"go1.1", "1: spawn 2..1001, wait 1000\n2..1001: run 200, done", trace.Rules{Ring: 256, StealHead: true, Sleeper: 2}},
		{"go1.0", "1: spawn 2, park\n2: run 10", trace.Rules{}},
	} {
		s, _, log := start(t, c.era, c.script, Config{Cores: 2, Procs: 2})
		finish(t, s)
		if err := trace.Check(log, rules(t, c.era)); err != nil {
			t.Errorf("%s: %v", c.era, err)
		}
		if trace.Check(log, c.wrong) == nil {
			t.Errorf("%s: the log passes with other rules %+v\n%s", c.era, c.wrong, tail(log))
		}
	}
}

// What a switch at a call saves is told in words and in bytes.
func TestCallWordsAreCallSave(t *testing.T) {
	for _, e := range Eras {
		if int64(8*len(e.CallWords)) != e.CallSave {
			t.Errorf("%s: %d bytes are the words %v", e.Name, e.CallSave, e.CallWords)
		}
	}
}
