package vm

import (
	"strings"
	"testing"
)

// A restored run goes on as the recorded one did.
func TestSnapshot(t *testing.T) {
	b := newPark(t, fibProgram(15), Config{})
	b.start("main")
	for range 5 {
		if _, r := b.v.Run(0, b.now, 500, false); r.Kind.Stops() {
			t.Fatal("too short a program")
		}
		b.now += 500
	}
	s, _ := b.v.Snapshot(nil, 1<<30)
	now := b.now
	first := b.run()
	steps, end := b.v.Steps(), b.now
	for range 2 { // a snapshot can be restored again
		b.v.Restore(s)
		b.now, b.ended, b.out = now, "", strings.Builder{}
		b.queue = append(b.queue[:0], 0)
		if again := b.run(); again != first || b.v.Steps() != steps || b.now != end {
			t.Errorf("printed %q after %d steps at %d, want %q, %d, %d", again, b.v.Steps(), b.now, first, steps, end)
		}
	}
}
