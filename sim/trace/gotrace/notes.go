package gotrace

import (
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A NoteKind is the kind of a Note.
type NoteKind uint8

// The kinds of notes, as package runtime/trace has them.
const (
	TaskBegin NoteKind = iota
	TaskEnd
	RegionBegin
	RegionEnd
	Message
)

// A Note is what the program itself says in the trace.
type Note struct {
	Kind   NoteKind
	Event  int // before this event of the log
	Time   task.Time
	G      task.ID // who says it, and runs
	Task   uint64  // 0: none
	Parent uint64
	Name   string // of a Message the category
	Text   string // of a Message
	Calls  []state.Frame
}

// notes writes those that come before event i, which happens at the time until.
// A note is made within a turn, and events of other cores may be earlier than
// it and later in the log: it is told no later than they.
func (t *teller) notes(i int, until task.Time) {
	for len(t.run.Notes) > 0 && t.run.Notes[0].Event <= i {
		n := &t.run.Notes[0]
		t.run.Notes = t.run.Notes[1:]
		if !t.on || int(n.G) >= len(t.fold.Gs) || t.fold.Gs[n.G].Status != trace.GRunning {
			continue // before main there is no trace
		}
		t.w.at(min(n.Time, until))
		t.note1(t.fold.Gs[n.G].M, n)
	}
}

func (t *teller) note1(m int32, n *Note) {
	stack := t.w.stack(t.run.Stacks.Add(n.Calls))
	switch n.Kind {
	case TaskBegin:
		t.w.event(m, evUserTaskBegin, n.Task, n.Parent, t.w.text(n.Name), stack)
	case TaskEnd:
		t.w.event(m, evUserTaskEnd, n.Task, stack)
	case RegionBegin:
		t.w.event(m, evUserRegionBegin, n.Task, t.w.text(n.Name), stack)
	case RegionEnd:
		t.w.event(m, evUserRegionEnd, n.Task, t.w.text(n.Name), stack)
	case Message:
		t.w.event(m, evUserLog, n.Task, t.w.text(n.Name), t.w.text(n.Text), stack)
	}
}
