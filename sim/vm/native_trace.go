package vm

import (
	"gopark/sim/state"
	"gopark/sim/task"
)

// An AnnotationKind is what a program notes for who takes a trace of it.
type AnnotationKind uint8

// The kinds, as package runtime/trace has them.
const (
	TaskBegin AnnotationKind = iota
	TaskEnd
	RegionBegin
	RegionEnd
	Message
)

// An Annotation is a note of the program's. Task 0 is none.
type Annotation struct {
	Time   task.Time
	G      task.ID
	Kind   AnnotationKind
	Task   uint64
	Parent uint64        // of TaskBegin
	Name   string        // of a task or region; of a Message the category
	Text   string        // of a Message
	Calls  []state.Frame // the innermost, without variables
}

var traceNatives = table{
	{"runtime/trace.enabled", func(c *Call) Action { c.SetBool(0, c.VM.cfg.Annotate != nil); return Done }},
	{"runtime/trace.userTaskCreate", annotate(func(c *Call, a *Annotation) {
		a.Kind, a.Parent, a.Name = TaskBegin, c.Arg(1), c.ArgString(2)
	})},
	{"runtime/trace.userTaskEnd", annotate(func(_ *Call, a *Annotation) { a.Kind = TaskEnd })},
	{"runtime/trace.userRegion", annotate(func(c *Call, a *Annotation) {
		a.Kind, a.Name = RegionBegin, c.ArgString(2)
		if c.Arg(1) != 0 {
			a.Kind = RegionEnd
		}
	})},
	{"runtime/trace.userLog", annotate(func(c *Call, a *Annotation) {
		a.Kind, a.Name, a.Text = Message, c.ArgString(1), c.ArgString(3)
	})},
}

// callsNoted is how many calls an annotation keeps.
const callsNoted = 128

// annotate is a native that hands over what fill makes of its arguments.
func annotate(fill func(*Call, *Annotation)) Native {
	return func(c *Call) Action {
		v := c.VM
		if v.cfg.Annotate == nil {
			return Done
		}
		a := Annotation{Time: v.now(), G: v.cur.ID, Task: c.Arg(0)}
		fill(c, &a)
		v.save()
		if a.Calls = v.Calls(a.G, callsNoted+1); len(a.Calls) > 0 {
			a.Calls = a.Calls[1:] // but for the native
		}
		v.cfg.Annotate(a)
		return Done
	}
}
