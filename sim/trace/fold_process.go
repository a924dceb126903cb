package trace

import "gopark/sim/task"

// A space is a process: an address space and who runs in it.
type space struct {
	g      task.ID // whose end is the process's
	parent int32   // none: not known
	shared int64   // pages that a fork has write-protected and of which no fault was told
	over   bool
	waited bool
}

// procOn is the process whose goroutine is on thread m; the first's if there is none.
func (f *Fold) procOn(m int32) int32 {
	if m < 0 || f.Threads[m].G == task.None {
		return 0
	}
	return f.Gs[f.Threads[m].G].proc
}

// lives checks that nobody does anything in a process that has ended, but for
// goroutines of the runtime's that are stopped.
func (f *Fold) lives(e Event) {
	if f.trusts || e.G == task.None || int(e.G) >= len(f.Gs) {
		return
	}
	switch e.Kind {
	case GoDestroy:
		p := &f.spaces[f.Gs[e.G].proc]
		f.require(p.g != e.G || p.over, "goroutine %d ends, but its process does not", f.Gs[e.G].Goid)
	case GoBlock, GoStop, GoSyscallBegin, GCBegin, ProcessFault, ProcessWait, ProcessExit:
		g := &f.Gs[e.G]
		f.require(!f.spaces[g.proc].over, "goroutine %d acts, but its process %d has ended", g.Goid, task.FirstPID+g.proc)
	}
}

// process applies what is about processes.
func (f *Fold) process(e Event) {
	if f.trusts {
		return
	}
	f.require(f.rules.Forks, "there are no processes")
	g := &f.Gs[e.G]
	p := &f.spaces[g.proc]
	if e.Kind != ProcessFork {
		f.runs(e, g, GRunning)
	}
	switch e.Kind {
	case ProcessFork:
		f.require(g.Status == GRunnable && g.Since == e.Time, "goroutine %d is not new", g.Goid)
		f.require(e.A == task.FirstPID+int64(len(f.spaces)), "pid %d is not the next", e.A)
		parent := g.proc
		p.shared += e.B
		if e.M < 0 { // by a timer; it doesn't say whose
			parent = none
			for i := range f.spaces {
				f.spaces[i].shared += e.B
			}
		}
		f.spaces = append(f.spaces, space{g: e.G, parent: parent, shared: e.B})
		g.proc = int32(len(f.spaces) - 1)
	case ProcessFault:
		f.require(e.A > 0 && e.A <= p.shared, "%d pages written, and %d are shared or were", e.A, p.shared)
		f.require(e.B >= 0 && e.B <= e.A, "%d pages of %d copied", e.B, e.A)
		p.shared -= e.A
	case ProcessWait:
		i := e.A - task.FirstPID
		f.require(i >= 0 && i < int64(len(f.spaces)), "no process %d", e.A)
		c := &f.spaces[i]
		f.require((c.parent == g.proc || c.parent == none) && c.over && !c.waited, "process %d is no zombie of this one", e.A)
		c.waited = true
	case ProcessExit:
		f.require(e.A == task.FirstPID+int64(g.proc), "goroutine %d is process %d", g.Goid, task.FirstPID+g.proc)
		p.over = true
	}
}
