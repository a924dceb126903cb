package view

import (
	"strings"
	"testing"

	"gopark/sim/state"
)

// What the runtime has beside goroutines is on the board once the state has it,
// and not before.
func TestTheRuntimesOwnIsOnTheBoard(t *testing.T) {
	s := crowd(9)
	quiet := NewBoard(Names{}, nil, s)
	if quiet.GC != nil || quiet.Poll != nil || quiet.Timers != nil {
		t.Errorf("a board without them has %+v, %+v, %+v", quiet.GC, quiet.Poll, quiet.Timers)
	}
	s.Time = 1000
	s.Rules = state.Rules{SysmonMin: 20_000, Slice: 10_000_000}
	s.Sched.Poller, s.Sched.PollUntil = 0, 4000
	s.Net = []state.Poll{{G: 2}, {G: 6}}
	s.Timers = []state.Timer{{ID: 3, When: 4000, G: -1}, {ID: -1, When: 9000, G: 3}, {ID: 4, When: 500, P: 1, G: -1}}
	s.GC = state.GC{Phase: state.GCMark, Heap: 5 << 20, Goal: 8 << 20, Whole: 1, Share: 1, Of: 8, Workers: []state.Worker{{G: 4, Mode: "dedicated"}, {G: 5}}}
	s.Ps[0].SliceStart, s.Ps[0].SchedTick, s.Ps[0].SeenTick = 500, 7, 7
	var got []string
	b := NewBoard(Names{}, nil, s)
	for _, l := range b.Table() {
		switch l.Place {
		case "timers", "network poller", "garbage collector":
			got = append(got, l.Place+": "+l.What)
		}
	}
	want := `timers: P0: 2 timers, the first in 3 µs
timers: P1: 1 timer, the first is due
network poller: M0 waits for 3 µs at most; for the network wait: G3 G7
garbage collector: marking beside the program; 5,242,880 bytes of objects; 1 P marks only; workers G5`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if p := b.Cores[0].M.P; p.Slice != "10 ms left" && p.Slice != "9.999 ms left" {
		t.Errorf("P0's slice is %q", p.Slice)
	}
}
