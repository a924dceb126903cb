package sim

import (
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/vm"
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

// Annotated is a Recording that may have Annotations.
type Annotated interface {
	// Annotations are those so far, if Config.Annotate is set.
	Annotations() []Annotation
}

// An Annotation is what the program noted with package runtime/trace.
type Annotation struct {
	vm.Annotation
	Event int // log length when it did
}

// Annotations implements Annotated.
func (r *recording) Annotations() []Annotation { return r.notes }

// Walk implements Walker.
func (r *recording) Walk(visit func(n int, l Looker)) {
	if n := r.head.log.Len(); n > 0 {
		r.seek(r.shots[0].events, n, false, func(k int) { visit(k, r.past.vm) })
	}
}
