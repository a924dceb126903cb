package perfetto

import (
	"fmt"
	"io"
	"strconv"

	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/trace/stacks"
)

// A Run is what is to be written.
type Run struct {
	Log    *trace.Log
	Rules  trace.Rules
	Stacks *stacks.Table // nil: neither names of functions nor places are told
}

// A teller turns a log into slices.
type teller struct {
	run  Run
	w    *writer
	fold *trace.Fold

	names  []string // of goroutines, by task
	where  []string // by task: where it was when it was last seen
	arrows []int64  // by task: the arrow that will end where it runs, 0: none
	wakes  []int64  // by thread: the same
	last   int64    // number of the latest arrow
}

// Write writes the run to w. It fails if the log is illegal or writing fails.
func Write(w io.Writer, run Run) error {
	t := &teller{run: run, w: newWriter(w), fold: trace.NewFold(run.Rules)}
	for i := range run.Log.Len() {
		e := run.Log.At(i)
		t.w.now = e.Time
		t.before(i, e)
		if err := t.fold.Apply(e); err != nil {
			return fmt.Errorf("event %d: %w", i, err)
		}
		t.after(e)
	}
	return t.w.close()
}

// before tells what depends on how things stood before the event.
func (t *teller) before(i int, e trace.Event) {
	if e.G != task.None {
		t.grow(e.G)
	}
	at, _ := t.run.Stacks.Event(i)
	switch e.Kind {
	case trace.GoCreate:
		t.names[e.G] = "G" + strconv.FormatInt(e.A, 10)
		if entry := t.run.Stacks.Entry(i); entry != "" {
			t.names[e.G] += " " + entry
		}
		t.where[e.G] = ""
		t.w.name(lane{goroutines, e.A}, t.names[e.G])
		t.begin(e, &t.arrows[e.G])
	case trace.GoUnblock:
		t.begin(e, &t.arrows[e.G])
	case trace.ThreadCreate, trace.ThreadUnpark:
		for int(e.A) >= len(t.wakes) {
			t.wakes = append(t.wakes, 0)
		}
		t.begin(e, &t.wakes[e.A])
	case trace.GoBlock, trace.GoStop, trace.GoSyscallBegin:
		t.where[e.G] = t.place(at)
	}
}

func (t *teller) grow(id task.ID) {
	for int(id) >= len(t.names) {
		t.names, t.where, t.arrows = append(t.names, ""), append(t.where, ""), append(t.arrows, 0)
	}
}

// begin begins an arrow at what thread M runs, or at the thread.
func (t *teller) begin(e trace.Event, arrow *int64) {
	*arrow = 0
	if e.M < 0 || int(e.M) >= len(t.fold.Threads) {
		return
	}
	from := lane{threads, int64(e.M)}
	if g := t.fold.Threads[e.M].G; g != task.None && e.Kind != trace.ThreadCreate && e.Kind != trace.ThreadUnpark {
		from = lane{goroutines, t.fold.Gs[g].Goid}
	}
	if t.w.open[from] == "" {
		return // an arrow needs a slice to come from
	}
	t.last++
	*arrow = t.last
	t.w.arrow(from, t.last, false)
}

// after brings the lanes up to date that the event may have changed.
func (t *teller) after(e trace.Event) {
	f := t.fold
	switch e.Kind {
	case trace.Cores:
		for c := range f.Cores {
			t.w.name(lane{cores, int64(c)}, "core "+strconv.Itoa(c))
		}
	case trace.ThreadCreate:
		t.w.name(lane{threads, e.A}, "M"+strconv.FormatInt(e.A, 10))
	case trace.ProcsChange:
		for p := range f.Ps {
			t.w.name(lane{procs, int64(p)}, "P"+strconv.Itoa(p))
		}
	}
	t.world(e)
	for c, m := range f.Cores {
		what := ""
		if m >= 0 {
			what = "M" + strconv.Itoa(int(m))
		}
		t.w.show(lane{cores, int64(c)}, what, nil)
	}
	t.thread(e.M)
	if trace.Kinds[e.Kind].A.Type == trace.ArgThread {
		t.thread(int32(e.A))
	}
	for p := range f.Ps {
		t.proc(int32(p))
	}
	t.goroutine(e.G)
	t.marks(e)
}

// marks are arrows that end and what happens at an instant.
func (t *teller) marks(e trace.Event) {
	switch e.Kind {
	case trace.GoStart:
		t.end(&t.arrows[e.G], lane{goroutines, t.fold.Gs[e.G].Goid})
	case trace.ThreadStart:
		if int(e.M) < len(t.wakes) {
			t.end(&t.wakes[e.M], lane{threads, int64(e.M)})
		}
	case trace.GoPreempt, trace.StackGrow, trace.StackShrink, trace.StackLink, trace.StackUnlink:
		t.w.instant(lane{goroutines, t.fold.Gs[e.G].Goid}, e.Kind.String())
	case trace.Steal, trace.StealNext, trace.GlobalTake, trace.ProcSteal, trace.RunqOverflow:
		t.w.instant(lane{procs, int64(e.P)}, e.Kind.String())
	}
}

func (t *teller) end(arrow *int64, to lane) {
	if *arrow != 0 {
		t.w.arrow(to, *arrow, true)
		*arrow = 0
	}
}

// place is the innermost call of a stack, in words.
func (t *teller) place(stack int32) string {
	if stack == 0 {
		return ""
	}
	c := t.run.Stacks.Call(t.run.Stacks.Stack(stack)[0])
	return fmt.Sprintf("%s %s:%d", c.Func, c.File, c.Line)
}
