package gotrace

import (
	"errors"
	"fmt"
	"io"

	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/trace/stacks"
)

// A Run is what is to be written.
type Run struct {
	Log    *trace.Log
	Rules  trace.Rules
	Stacks *stacks.Table // nil: no stacks are told
	Notes  []Note        // in the order of the log
	Epoch  int64         // wall clock at virtual time 0, Unix nanoseconds
}

// ErrNoPs says that the run can't be told as a Go trace.
var ErrNoPs = errors.New("a Go execution trace speaks of Ps, and this era has none")

// A teller turns a log into a trace.
type teller struct {
	run  Run
	w    *wire
	fold *trace.Fold // the state before the event that is being told
	on   bool        // main has started

	gseq []uint64 // by task: what has happened to it in this generation
	pseq []uint64 // by P
	pnew []bool   // by P: its status has been told in this generation
	last []int32  // by task: stack when it was last seen
	gc   uint64   // number of the latest begin or end of a collection
	gcOn bool
}

// perGeneration is how many events a generation has at least, and goroutinesIn
// how many for each goroutine, because each has its status at the beginning.
const (
	perGeneration = 50_000
	goroutinesIn  = 4
)

// Write writes the run to w. It fails with ErrNoPs for a run without Ps, or if
// the log is illegal, or if writing fails.
func Write(w io.Writer, run Run) error {
	t := &teller{run: run, w: newWire(w, run.Stacks), fold: trace.NewFold(run.Rules)}
	for i := range run.Log.Len() {
		e := run.Log.At(i)
		if t.on {
			t.cut()
			t.notes(i, e.Time)
			t.tell(i, e)
		}
		t.note(i, e)
		if err := t.fold.Apply(e); err != nil {
			return fmt.Errorf("event %d: %w", i, err)
		}
		if !t.on && e.Kind == trace.GoStart {
			if !t.fold.HasP {
				return ErrNoPs
			}
			t.on = true
			t.generation()
		}
	}
	if !t.on {
		return ErrNoPs
	}
	t.w.end(run.Epoch)
	t.generation() // how things stood at the end
	t.w.end(run.Epoch)
	return t.w.w.Flush()
}

// cut begins a new generation if it is time.
func (t *teller) cut() {
	if t.w.events < perGeneration || t.w.events < goroutinesIn*len(t.fold.Gs) || t.fold.Stopped || t.gcOn {
		return
	}
	t.w.end(t.run.Epoch)
	t.generation()
}

// note keeps the stack with which a goroutine is next seen to stand still.
func (t *teller) note(i int, e trace.Event) {
	if e.G == task.None {
		return
	}
	for int(e.G) >= len(t.gseq) {
		t.gseq, t.last = append(t.gseq, 0), append(t.last, 0)
	}
	at, born := t.run.Stacks.Event(i)
	switch e.Kind {
	case trace.GoCreate:
		t.gseq[e.G], t.last[e.G] = 0, born
	case trace.GoStop, trace.GoBlock, trace.GoSyscallBegin:
		t.last[e.G] = at
	}
}

// generation begins a generation: it tells how everything stands.
func (t *teller) generation() {
	f := t.fold
	t.w.generation()
	t.w.at(f.Time)
	clear(t.gseq)
	t.pseq, t.pnew = make([]uint64, len(f.Ps)), make([]bool, len(f.Ps))
	procs := false
	for m := range f.Threads {
		t.thread(int32(m), &procs)
	}
	for p := range f.Procs {
		if f.Ps[p].Status != trace.PHeld {
			t.status(0, p, procIdle)
		}
	}
	for id := range f.Gs {
		g := &f.Gs[id]
		switch g.Status {
		case trace.GRunnable:
			t.goStatus(0, task.ID(id), noThread, goRunnable)
		case trace.GWaiting:
			t.goStatus(0, task.ID(id), noThread, goWaiting)
		}
	}
}

// thread tells what thread m has: a status in the thread's own batch binds.
func (t *teller) thread(m int32, procs *bool) {
	x := &t.fold.Threads[m]
	in := x.G != task.None && t.fold.Gs[x.G].Status == trace.GSyscall
	if x.P >= 0 && in {
		t.status(m, x.P, procSyscall)
	} else if x.P >= 0 {
		t.status(m, x.P, procRunning)
	}
	switch {
	case in:
		t.goStatus(m, x.G, uint64(m), goSyscall)
	case x.G != task.None:
		t.goStatus(m, x.G, uint64(m), goRunning)
		if !*procs && x.P >= 0 {
			*procs = true
			t.w.event(m, evProcsChange, uint64(t.fold.Procs), 0)
		}
	}
}

func (t *teller) status(m, p int32, s uint64) {
	t.pnew[p] = true
	t.w.event(m, evProcStatus, uint64(p), s)
}

func (t *teller) goStatus(m int32, id task.ID, thread, s uint64) {
	stack := t.last[id]
	if s == goRunning {
		stack = 0 // it is elsewhere by now
	}
	t.w.event(m, evGoStatusStack, uint64(t.fold.Gs[id].Goid), thread, s, t.w.stack(stack))
}
