package paint

import (
	"strings"
	"testing"

	"gopark/sim/state"
	"gopark/sim/view"
)

// TestTheRuntimesOwnIsDrawn: collector, poller, timers and locks are on the
// board once the state has them, can be opened, and let no markup through.
func TestTheRuntimesOwnIsDrawn(t *testing.T) {
	s := hostileState()
	s.Rules.SysmonMin = 20_000
	s.GC = state.GC{Phase: state.GCMark, Heap: 5 << 20, Goal: 8 << 20, Whole: 1, Share: 1, Of: 8, Workers: []state.Worker{{G: 1, Mode: "dedicated"}}}
	s.Net = []state.Poll{{G: 2}}
	s.Timers = []state.Timer{{ID: 3, When: s.Time + 3000, P: 0, G: -1}, {ID: 4, When: s.Time, P: 1, G: -1}}
	s.Sched.Locks = []state.Lock{{Name: `<b>"sched.lock"</b>`, Holder: 0, Waiters: []state.LockWaiter{{Thread: 0}, {Thread: 0, Asleep: true}}}, {Name: "free", Holder: -1}}
	html := Board(view.NewBoard(view.Names{}, nil, s))
	balanced(t, "board", html)
	for _, want := range []string{
		"Garbage collector", `data-o="gc:0"`, `data-tile="gc:0"`, "5 MiB", "Network poller", "Timers", "the first is due", "the first in 3 µs",
		"Locks of the scheduler", "spinning for it", "asleep until it is free", `data-tile="sched:0"`, `data-tile="core:0"`, `data-tile="p:0"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the board has no %q", want)
		}
	}
	if strings.Contains(html, "<b>") || strings.Contains(html, ">free<") {
		t.Error("the board has a free lock, or a lock's markup")
	}
	plain := Board(view.NewBoard(view.Names{}, nil, hostileState()))
	for _, not := range []string{"Garbage collector", "Timers", "Locks of the scheduler"} {
		if strings.Contains(plain, not) {
			t.Errorf("a board without it has %q", not)
		}
	}
}
