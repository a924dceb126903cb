// Package export writes a recording down as other tools read it. It knows how a
// recording gives its log, its stacks and its notes; what the formats are, the
// packages below sim/trace know.
package export

import (
	"io"

	"gopark/sim"
	"gopark/sim/sched"
	"gopark/sim/trace/gotrace"
	"gopark/sim/trace/perfetto"
	"gopark/sim/trace/stacks"
	"gopark/sim/vm"
)

// Stacks runs the program once more, for the stacks at its events.
func Stacks(rec sim.Recording) *stacks.Table {
	table := &stacks.Table{}
	if r, ok := rec.(sim.Walker); ok {
		r.Walk(func(n int, l sim.Looker) { table.Look(rec.Log(), n, l) })
	}
	return table
}

// GoTrace writes an execution trace, for go tool trace. An era without Ps has
// none: gotrace.ErrNoPs.
func GoTrace(w io.Writer, rec sim.Recording, era *sched.Era) error {
	return gotrace.Write(w, gotrace.Run{Log: rec.Log(), Rules: era.Rules(), Stacks: Stacks(rec), Notes: notes(rec), Epoch: vm.Epoch})
}

// Perfetto writes trace events in JSON, for ui.perfetto.dev.
func Perfetto(w io.Writer, rec sim.Recording, era *sched.Era) error {
	return perfetto.Write(w, perfetto.Run{Log: rec.Log(), Rules: era.Rules(), Stacks: Stacks(rec)})
}

// notes are what the program said with package runtime/trace.
func notes(rec sim.Recording) []gotrace.Note {
	r, ok := rec.(sim.Annotated)
	if !ok {
		return nil
	}
	var list []gotrace.Note
	for _, a := range r.Annotations() {
		list = append(list, gotrace.Note{Kind: noteKinds[a.Kind], Event: a.Event, Time: a.Time, G: a.G,
			Task: a.Task, Parent: a.Parent, Name: a.Name, Text: a.Text, Calls: a.Calls})
	}
	return list
}

var noteKinds = [...]gotrace.NoteKind{
	vm.TaskBegin: gotrace.TaskBegin, vm.TaskEnd: gotrace.TaskEnd, vm.RegionBegin: gotrace.RegionBegin,
	vm.RegionEnd: gotrace.RegionEnd, vm.Message: gotrace.Message,
}
