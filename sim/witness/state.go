package witness

import (
	"strconv"
	"strings"

	"gopark/sim/state"
	"gopark/sim/task"
)

// state is the world as the views know it.
func (r *Recording) state(w *world, n int) *state.State {
	s := &state.State{
		Time: w.time, Event: n, Traced: true, HasP: true, Gone: w.ended, GC: r.collector(w),
		Sched: state.Sched{GoMaxProcs: int(w.procs), Stopping: w.stopped, Stopper: -1, Poller: -1},
	}
	for i := range w.threads {
		s.Threads = append(s.Threads, w.thread(i, r.tids[i]))
	}
	for i, p := range w.ps {
		s.Ps = append(s.Ps, state.P{ID: int32(i), Status: p.status, Thread: p.m, Next: -1, OldM: -1, Worker: -1})
		if p.m >= 0 && w.threads[p.m].g != task.None && w.gs[w.threads[p.m].g].status == syscall {
			s.Ps[i].Status = syscall
		}
	}
	for i := range w.gs {
		g := &w.gs[i]
		if g.status == dead {
			s.Gone--
		}
		s.Gs = append(s.Gs, r.goroutine(g, task.ID(i)))
	}
	s.Gone = max(s.Gone, 0)
	if n == r.log.Len() {
		s.Ended, s.Exit = r.Ended()
	}
	return s
}

func (r *Recording) goroutine(g *goroutine, id task.ID) state.G {
	x := state.G{
		Task: id, ID: g.id, Status: g.status, System: g.system, Reason: r.texts[g.reason], Since: g.since, Parent: g.parent,
		Thread: g.m, P: g.p, LockedM: -1, Entry: r.texts[g.entry],
	}
	if made := r.reader.Calls(g.made); len(made) > 0 {
		x.GoFile, x.GoLine = made[0].File, made[0].Line
	}
	for _, c := range r.reader.Calls(g.calls) {
		if x.Func == "" || !library(c.Func) {
			x.Func, x.File, x.Line = c.Func, c.File, c.Line
		}
		if !library(c.Func) {
			break
		}
	}
	return x
}

func (w *world) thread(i int, tid int64) state.Thread {
	t := w.threads[i]
	x := state.Thread{
		ID: int32(i), Name: "t" + strconv.FormatInt(tid, 10), G: int32(t.g), P: t.p, Core: -1, LockedG: -1,
		NextP: -1, OldP: -1, NextG: -1, Victim: -1, Doing: state.DoingUntold,
	}
	switch {
	case t.g != task.None && w.gs[t.g].status == syscall:
		x.Doing = state.DoingSyscall
	case t.g != task.None:
		x.Doing = state.DoingRun
	case t.p >= 0:
		x.Doing = state.DoingRuntime
	}
	return x
}

// collector is what a trace tells of it.
func (r *Recording) collector(w *world) state.GC {
	gc := state.GC{Phase: state.GCOff, Heap: w.heap, Goal: w.goal, Trigger: -1}
	if w.marking {
		gc.Phase = state.GCMark
	}
	for i := range w.gs {
		g := &w.gs[i]
		if mode, ok := strings.CutPrefix(r.texts[g.label], "GC ("); ok {
			gc.Workers = append(gc.Workers, state.Worker{G: int32(i), P: g.p, Mode: strings.TrimSuffix(mode, ")")})
		}
	}
	return gc
}

// library reports whether a function is one of Go's own: their packages' paths
// begin with a word without a dot, and the reader's are main or have one.
func library(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	if first != name { // a path
		return !strings.Contains(first, ".")
	}
	pkg, _, _ := strings.Cut(name, ".")
	return pkg != "main"
}
