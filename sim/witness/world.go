package witness

import (
	"slices"

	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
	"gopark/sim/trace/realtrace"
)

// A world is what is known at one instant.
type world struct {
	time    task.Time
	events  int
	asides  int // that have been taken in
	gs      []goroutine
	ps      []processor
	threads []thread
	procs   int64 // GOMAXPROCS, 0: not told
	ended   int   // goroutines that are no more
	stopped bool
	marking bool
	heap    int64
	goal    int64
}

// A goroutine is one by its task. A task is used again after its end.
type goroutine struct {
	id     int64 // goid
	status string
	m, p   int32
	reason int64 // place in texts
	since  task.Time
	entry  int64
	parent int64
	system bool
	made   int32 // stack of the go statement
	calls  int32 // stack when it was last told
	label  int64 // what it does for the collector
}

type processor struct {
	m      int32
	status string
}

type thread struct {
	p int32
	g task.ID
}

func (w *world) clone() *world {
	c := *w
	c.gs, c.ps, c.threads = slices.Clone(w.gs), slices.Clone(w.ps), slices.Clone(w.threads)
	return &c
}

// The states of goroutines and Ps as states call them.
const (
	running  = "running"
	runnable = "runnable"
	waiting  = "waiting"
	syscall  = "syscall"
	dead     = "dead"
	idle     = "idle"
)

// apply brings the world past an event of the log.
func (w *world) apply(e trace.Event, r *Recording) {
	w.beside(r)
	w.time = e.Time
	w.events++
	w.room(e)
	switch e.Kind {
	case trace.ProcsChange:
		w.procs = e.A
	case trace.ProcStart:
		w.ps[e.P] = processor{e.M, running}
		w.threads[e.M].p = e.P
	case trace.ProcStop, trace.ProcSteal:
		if m := w.ps[e.P].m; m >= 0 && w.threads[m].p == e.P {
			w.threads[m].p = -1
		}
		w.ps[e.P] = processor{-1, idle}
	case trace.STWBegin, trace.STWEnd:
		w.stopped = e.Kind == trace.STWBegin
	case trace.GCMarkBegin, trace.GCMarkEnd:
		w.marking = e.Kind == trace.GCMarkBegin
	default:
		w.goroutine(e)
	}
}

// room makes room for what an event names.
func (w *world) room(e trace.Event) {
	for e.G != task.None && int(e.G) >= len(w.gs) {
		w.gs = append(w.gs, goroutine{status: dead, m: -1, p: -1})
	}
	for int(e.P) >= len(w.ps) {
		w.ps = append(w.ps, processor{-1, idle})
	}
	last := e.M
	if e.Kind == trace.ProcSteal {
		last = max(last, int32(e.A))
	}
	for int(last) >= len(w.threads) {
		w.threads = append(w.threads, thread{-1, task.None})
	}
}

// statuses are what a goroutine is after an event about it.
var statuses = map[trace.Kind]string{
	trace.GoCreate: runnable, trace.GoStart: running, trace.GoStop: runnable, trace.GoBlock: waiting, trace.GoUnblock: runnable,
	trace.GoSyscallBegin: syscall, trace.GoSyscallEnd: running, trace.GoSyscallEndBlocked: runnable, trace.GoDestroy: dead,
}

func (w *world) goroutine(e trace.Event) {
	status, ok := statuses[e.Kind]
	if !ok || e.G == task.None {
		return
	}
	g := &w.gs[e.G]
	if g.m >= 0 && w.threads[g.m].g == e.G {
		w.threads[g.m].g = task.None
	}
	if e.Kind == trace.GoCreate {
		*g = goroutine{id: e.A}
	}
	g.status, g.m, g.p, g.since, g.reason = status, -1, -1, e.Time, 0
	switch status {
	case running, syscall:
		g.m, g.p = e.M, e.P
		if e.M >= 0 {
			w.threads[e.M].g = e.G
		}
	case waiting:
		g.reason = e.B
		g.label = 0
	case runnable:
		g.label = 0
	case dead:
		w.ended++
	}
}

// beside takes in what stands beside the events so far.
func (w *world) beside(r *Recording) {
	for w.asides < len(r.asides) && r.asides[w.asides].event <= w.events {
		a := &r.asides[w.asides]
		w.asides++
		switch a.what {
		case asideHeap:
			w.heap = a.n
			continue
		case asideGoal:
			w.goal = a.n
			continue
		}
		g := &w.gs[a.g]
		switch a.what {
		case asideBorn:
			g.entry, g.parent, g.system = a.text, a.n, a.system
		case asideMade:
			g.made = int32(a.n)
		case asideCalls:
			g.calls = int32(a.n)
		case asideLabel:
			g.label = a.text
		}
	}
}

// Stack implements sim.Recording: the calls in which a goroutine was when the
// trace told of them last; nil if it never did.
func (r *Recording) Stack(n int, g int32) *state.Stack {
	w := r.seek(n)
	if g < 0 || int(g) >= len(w.gs) {
		return nil
	}
	s := &state.Stack{G: g, Segments: 1}
	if w.gs[g].calls == 0 {
		return s // it is there, and no event has told of its calls
	}
	for _, c := range r.reader.Calls(w.gs[g].calls) {
		s.Frames = append(s.Frames, frame(c))
	}
	return s
}

func frame(c realtrace.Call) state.Frame {
	return state.Frame{Func: c.Func, File: c.File, Line: c.Line, PC: c.PC, User: !library(c.Func)}
}
