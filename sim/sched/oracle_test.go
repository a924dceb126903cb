package sched

import (
	"fmt"
	"strings"
	"testing"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// What real Go 1.26 prints for programs whose output only the scheduler
// decides, told again as scripts. GOMAXPROCS=1 unless procs says otherwise.
// Tasks note themselves where the program notes the goroutine; want counts
// them from first.
var oracle = []struct {
	name, script string
	first        int
	os           bool
	want         string
}{
	{"01 spawn order", "1: spawn 2..9, wait 8\n2..9: run 50, note, done", 2, true, "7 0-6"},
	{"02 Gosched of main", "1: spawn 2..6, note, yield, note\n2..6: run 50, note", 2, true, "-1 4 0-3 -1"},
	{"04 nested spawn", "1: spawn 10, spawn 20, wait 14\n" +
		"10: note, spawn 11, spawn 12, done\n11: note, spawn 13, spawn 14, done\n12: note, spawn 15, spawn 16, done\n13..16: note, done\n" +
		"20: note, spawn 21, spawn 22, done\n21: note, spawn 23, spawn 24, done\n22: note, spawn 25, spawn 26, done\n23..26: note, done\n",
		0, true, "20 22 26 10 12 16 21 24-25 11 14-15 23 13"},
	{"07 a ready kicks runnext", "1: spawn 2, yield, spawn 3, spawn 4, ready 2, wait 3\n2: park chan_receive, note, done\n3..4: note, done", 2, true, "0-2"},
	{"11 overflow", "1: spawn 2..301, wait 300\n2..301: run 20, note, done", 2, true, "299 126-253 255-298 0-125 254"},
	{"13 several overflows", "1: yield, yield, yield, yield, spawn 2..1001, wait 1000\n2..1001: run 5, note, done", 2, true,
		"999 773-824 0 825-884 1 885-900 902-945 2 946-998 3-9 130 10-69 131 70-127 256 128 132 129 133-191 261 192-251 262 252-255 385 257-260 263-313 391 314-373 392 374-384 514 386-390 393-435 521 436-495 522 496-513 643 515-520 523-557 651 558-617 652 618-642 772 644-650 653-771 901"},
	{"14 global batch, before", "1: yield, yield, yield, yield, spawn 2..301, wait 300\n2..301: run 5, note, yield, done", 2, true,
		"299 128-179 0 180-239 1 240-255 257-298 2-127 256"},
	{"14 global batch, after", "1: yield, yield, yield, yield, spawn 2..301, wait 300\n2..301: run 5, yield, note, done", 2, true,
		"128-130 299 131-179 0 180-183 258 184-239 1 240-242 259 243-255 257 260-298 2-8 91 9-68 92 69-90 93-127 256"},
	{"35 WaitGroup wakes first in first out", "1: spawn 2..7, yield, ready 7, ready 2, ready 3, ready 4, ready 5, ready 6, wait 6\n2..7: park sync.WaitGroup.Wait, note, done", 2, true, "4-5 0-3"},
	{"97 a timer jumps the queue", "1: spawn 2, yield, spawn 3..6, wait 5\n2: sleep 1ms, note, done\n3..5: note, done\n6: run 3ms, note, done", 2, true, "4 0-3"},
	{"101 WaitGroup.Go", "1: spawn 2..6, wait 5\n2..6: note, done", 2, true, "4 0-3"},
}

func TestOracle(t *testing.T) {
	for _, o := range oracle {
		t.Run(o.name, func(t *testing.T) {
			s, r, log := start(t, "go1.26", o.script, Config{Cores: 2, Procs: 1, OSLinked: o.os})
			finish(t, s)
			if err := trace.Check(log, trace.Rules{Ring: 256}); err != nil {
				t.Error(err)
			}
			if got := ranges(r.Notes, o.first); got != o.want {
				t.Errorf("script\n%s\ngot  %s\nwant %s", o.script, got, o.want)
			}
		})
	}
}

// ranges writes runs of consecutive numbers as lo-hi.
func ranges(ids []task.ID, first int) string {
	var out []string
	for i := 0; i < len(ids); {
		j := i
		for j+1 < len(ids) && ids[j+1] == ids[j]+1 {
			j++
		}
		lo, hi := int(ids[i])-first, int(ids[j])-first
		if lo == hi {
			out = append(out, fmt.Sprint(lo))
		} else {
			out = append(out, fmt.Sprintf("%d-%d", lo, hi))
		}
		i = j + 1
	}
	return strings.Join(out, " ")
}

// Three hogs on one P are stopped in turn, each when sysmon, which may sleep for
// 10 ms, has seen it run for 10 ms,
// and go to the tail of the global queue.
func TestHogsTakeTurns(t *testing.T) {
	s, r, log := start(t, "go1.26", "1: spawn 2..4, wait 3\n2..4: until 100ms, done", Config{Cores: 2, Procs: 1, OSLinked: true})
	finish(t, s)
	if got := ranges(r.Notes[:6], 2); got != "2 0-2 0-1" {
		t.Errorf("slices %s, want 2 0-2 0-1", got)
	}
	var last int64
	for i := range log.Len() {
		e := log.At(i)
		if e.Kind != trace.GoStop || trace.Why(e.A) != trace.WhyPreempted {
			continue
		}
		if d := e.Time - last; d < 10e6 || d > 21e6 {
			t.Errorf("a slice of %d ns ended at %d, want 10 to 21 ms", d, e.Time)
		}
		last = e.Time
	}
}

// main yields again and again while 200 goroutines are queued: how many have
// run each time (program 104).
func TestTick61(t *testing.T) {
	s, r, _ := start(t, "go1.26", "1: spawn 2..201, yield, note, yield, note, yield, note, yield, note\n2..201: note", Config{Cores: 2, Procs: 1, OSLinked: true})
	finish(t, s)
	var got []int
	n := 0
	for _, id := range r.Notes {
		if id == 1 {
			got = append(got, n)
		} else {
			n++
		}
	}
	if want := "[56 116 176 200]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// A sleep in an idle process takes whole milliseconds; one on a busy P doesn't.
func TestSleepPrecision(t *testing.T) {
	for _, c := range []struct {
		script   string
		min, max int64
	}{
		{"1: sleep 50us", 1_000_000, 1_100_000},
		{"1: sleep 5500us", 6_000_000, 6_200_000},
		{"1: spawn 2, yield, sleep 50us\n2: run 40us, yield, run 30us, yield, run 30us, yield, run 300ms", 50_000, 300_000},
	} {
		s, _, _ := start(t, "go1.26", c.script, Config{Cores: 2, Procs: 1})
		finish(t, s)
		if s.Now() < c.min || s.Now() > c.max {
			t.Errorf("%s\nended at %d ns, want %d to %d", c.script, s.Now(), c.min, c.max)
		}
	}
}

// Forty system calls at once need forty threads, sysmon and one that runs Go
// code; forty waits for the network need none (programs 19 and 20).
func TestThreads(t *testing.T) {
	for _, c := range []struct {
		script string
		want   int
	}{
		{"1: spawn 2..41, sleep 60ms\n2..41: syscall 500ms", 42},
		{"1: spawn 2..41, sleep 60ms\n2..41: poll 500ms", 3},
	} {
		s, _, log := start(t, "go1.26", c.script, Config{Cores: 2, Procs: 1, OSLinked: true})
		finish(t, s)
		if s.NumThreads() != c.want {
			t.Errorf("%s\n%d threads, want %d\n%s", c.script, s.NumThreads(), c.want, tail(log))
		}
	}
}

func TestGoids(t *testing.T) {
	for _, os := range []bool{false, true} {
		s, _, _ := start(t, "go1.26", "1: spawn 2..4, wait 3\n2..4: done", Config{Cores: 2, Procs: 1, OSLinked: os})
		first := int64(6)
		if os {
			first = 7
		}
		if s.NumGoroutine() != 1 {
			t.Errorf("%d goroutines at the start, want 1", s.NumGoroutine())
		}
		finish(t, s)
		for i := range int64(3) {
			if got := s.Goid(task.ID(2 + i)); got != first+i {
				t.Errorf("os %v: goroutine %d has id %d, want %d", os, i, got, first+i)
			}
		}
	}
}

func TestEnds(t *testing.T) {
	for _, c := range []struct {
		era, script string
		want        End
	}{
		{"go1.26", "1: run 10", End{Exited, 0}},
		{"go1.26", "1: quit 3", End{Exited, 3}},
		{"go1.26", "1: park chan_receive", End{Deadlocked, 2}},
		{"go1.26", "1: spawn 2, park\n2: park", End{Deadlocked, 2}},
		{"go1.26", "1: spawn 2, park\n2: sleep 5ms", End{Deadlocked, 2}},
		{"go1.26", "1: timer 0 5ms 1, park", End{Exited, 0}},
		{"go1.26", "1: exit", End{NoMain, 2}},
		{"go1.26", "1: spawn 2, exit\n2: run 10, quit 5", End{Exited, 5}},
		{"go1.26", "1: lock, spawn 2, park\n2: run 10", End{Deadlocked, 2}},
		{"go1.26", "1: lock, exit", End{NoMain, 2}},
		{"go1.26", "1: spawn 2, park\n2: syscall 20ms", End{Deadlocked, 2}},
		{"go1.26", "1: spawn 2..10100, park\n2..10100: syscall 9000ms", End{ThreadsGone, 2}},
		{"threads", "1: park", End{AllBlocked, 0}},
		{"threads", "1: spawn 2, exit\n2: sleep 1ms, quit 5", End{Exited, 5}},
	} {
		for cores := 1; cores <= 4; cores++ {
			s, _, log := start(t, c.era, c.script, Config{Cores: cores})
			finish(t, s)
			if s.Ended() != c.want {
				t.Errorf("%s, %d cores\n%s\nended %v, want %v\n%s", c.era, cores, c.script, s.Ended(), c.want, tail(log))
			}
		}
	}
}
