// Package trace is the log of a run: one event for each scheduling fact, in
// the runtime's words. It knows what is legal in a log (Check) and how to
// print one; it does not know how a scheduler comes to its decisions.
//
// Naming follows internal/trace/tracev2: Begin and End for ranges of time,
// Start and Stop for holding a resource, Create and Destroy for existence,
// Block and Unblock for waiting.
package trace

import "gopark/sim/task"

// An Event is one scheduling fact. M is the thread it happens on, P the
// processor that M holds, G the task it is about; -1: none. What A and B mean
// depends on Kind; see Kinds. Both are 0 where a kind doesn't use them.
type Event struct {
	Time task.Time
	Kind Kind
	Core int16
	M, P int32
	G    task.ID
	A, B int64
}
