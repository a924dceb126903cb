package formula

import (
	"go/ast"
	"strings"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// A Run is what a formula is asked of: a program that ran to its end under some
// settings, and the log of it.
type Run struct {
	Log    *trace.Log
	End    task.Time // how far the run got: a loop that logs nothing takes time, too
	Rules  trace.Rules
	Output []Piece
	Exit   int
	Hung   bool // it did not end by itself: nothing would ever happen again, or a limit ended it
	Era    string
	Source string // of the program's file
	// System says which goroutines, by id, the runtime started itself.
	System map[int64]bool
	// Stack is the size in bytes of a goroutine's stack after n events.
	Stack func(n int, g task.ID) int64
	// Memory is what the process has of it after n events.
	Memory func(n int) Memory
	Saves  Saves
	// Executed is how often goroutine goid, 0: any, has executed a line of Source, or
	// received a value from a channel, which stands on line 0. nil: nobody has counted.
	Executed func(line int32, goid int64) int64

	file *ast.File // Source, parsed when first asked for
}

// Memory is bytes of addresses that are set aside, of memory that has been
// touched, and of what the kernel keeps for the process.
type Memory struct{ Reserved, Touched, Kernel int64 }

// Saves are how many bytes of registers a switch stores: of a goroutine at a
// call, of one that is stopped by a signal (0: there are no signals), and of a
// thread that leaves its core.
type Saves struct{ Call, Signal, Thread int64 }

// A Piece is something that the program wrote after Event events.
type Piece struct {
	Event int
	Error bool // to standard error
	Text  string
}

// An instant is a run after some of its events, with all that a formula has
// gathered on the way.
type instant struct {
	run   *Run
	fold  *trace.Fold
	event trace.Event // the latest
	kinds [trace.NumKinds]int64
	gs    [6]int64 // goroutines of the program's, by trace.GStatus
	alive int64    // threads
	at    int      // pieces of output written
	wrote [2]strings.Builder
	stack []int64 // by task; 0: not asked for yet
	saved Saves   // bytes so far
	acc   []accumulator
	same  map[*node]bool // what same(x) is, once all runs are over
}

func newInstant(r *Run, slots int) *instant {
	f := trace.NewFold(r.Rules)
	f.Trust() // the log was checked when it was made
	return &instant{run: r, fold: f, acc: make([]accumulator, slots)}
}

// apply brings in past the next event of the log.
func (in *instant) apply(e trace.Event) error {
	before, mine := in.status(e.G)
	if mine {
		in.gs[before]--
	}
	if err := in.fold.Apply(e); err != nil {
		return err
	}
	if after, mine := in.status(e.G); mine {
		in.gs[after]++
	}
	in.event = e
	in.kinds[e.Kind]++
	in.save(&e)
	switch e.Kind {
	case trace.ThreadCreate:
		in.alive++
	case trace.ThreadDestroy:
		in.alive--
	case trace.GoCreate:
		in.setStack(e.G, 0)
	case trace.StackGrow, trace.StackShrink, trace.StackLink, trace.StackUnlink:
		in.setStack(e.G, e.B)
	}
	return nil
}

// save counts what a switch stores. Who ends leaves nothing to store.
func (in *instant) save(e *trace.Event) {
	costs := &in.run.Saves
	switch e.Kind {
	case trace.GoBlock:
		in.saved.Call += costs.Call
	case trace.GoStop:
		if trace.Why(e.A) == trace.WhyPreempted && costs.Signal > 0 {
			in.saved.Signal += costs.Signal
		} else {
			in.saved.Call += costs.Call
		}
	case trace.ThreadStop:
		if trace.Why(e.A) != trace.WhyExit {
			in.saved.Thread += costs.Thread
		}
	}
}

// write adds what was written up to the present event.
func (in *instant) write() {
	for ; in.at < len(in.run.Output) && in.run.Output[in.at].Event <= in.fold.Events; in.at++ {
		p := in.run.Output[in.at]
		if p.Error {
			in.wrote[1].WriteString(p.Text)
		} else {
			in.wrote[0].WriteString(p.Text)
		}
	}
}

// status is what goroutine g does, and whether it is one of the program's.
func (in *instant) status(g task.ID) (s trace.GStatus, mine bool) {
	if g < 0 || int(g) >= len(in.fold.Gs) {
		return trace.GNone, false
	}
	x := &in.fold.Gs[g]
	return x.Status, x.Status != trace.GNone && !in.run.System[x.Goid]
}

func (in *instant) setStack(g task.ID, size int64) {
	for int(g) >= len(in.stack) {
		in.stack = append(in.stack, 0)
	}
	in.stack[g] = size
}

// stackOf is the size of g's stack. Events tell when it changes, but not what
// it was at first.
func (in *instant) stackOf(g task.ID) int64 {
	if int(g) >= len(in.stack) {
		return 0
	}
	if in.stack[g] == 0 && in.run.Stack != nil {
		in.stack[g] = in.run.Stack(in.fold.Events, g)
	}
	return in.stack[g]
}

// find is the goroutine with an id, the latest of its task; nil: there is none
// yet, or its place has been given to another since.
func (in *instant) find(goid int64) (task.ID, *trace.FoldG) {
	for i := range in.fold.Gs {
		if g := &in.fold.Gs[i]; g.Goid == goid && g.Status != trace.GNone {
			return task.ID(i), g
		}
	}
	return task.None, nil
}
