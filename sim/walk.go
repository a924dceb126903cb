package sim

import (
	"gopark/sim/state"
	"gopark/sim/task"
)

// A Walker is a Recording that can be run through once more, in one pass:
// what looks at every event is too slow with At and Stack.
type Walker interface {
	// Walk calls visit after each event of the log so far; n counts from 1.
	// The events before the first that can be looked at are left out.
	Walk(visit func(n int, l Looker))
}

// A Looker answers what things look like at an instant of a Walk.
type Looker interface {
	// Calls are at most the max innermost calls of task id, without variables.
	Calls(id task.ID, max int) []state.Frame
}

// Walk implements Walker.
func (r *recording) Walk(visit func(n int, l Looker)) {
	if n := r.head.log.Len(); n > 0 {
		r.seek(r.shots[0].events, n, false, func(k int) { visit(k, r.past.vm) })
	}
}
