package perfetto

import (
	"strconv"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// thread says what a thread does. Asleep it shows nothing.
func (t *teller) thread(m int32) {
	if m < 0 || int(m) >= len(t.fold.Threads) {
		return
	}
	x := &t.fold.Threads[m]
	in := x.G != task.None && t.fold.Gs[x.G].Status == trace.GSyscall
	what := ""
	switch {
	case x.Where == trace.ThreadQueued:
		what = "waits for a core"
	case in:
		what = "in a system call: " + t.names[x.G]
	case x.Where != trace.ThreadOnCore:
	case x.G != task.None:
		what = t.names[x.G]
	case x.Spinning:
		what = "spins"
	default:
		what = "scheduler"
	}
	t.w.show(lane{threads, int64(m)}, what, nil)
}

// proc says what a P is used for. Idle it shows nothing.
func (t *teller) proc(p int32) {
	x := &t.fold.Ps[p]
	what := ""
	switch x.Status {
	case trace.PHalted:
		what = "the world is stopped"
	case trace.PReserved:
		what = "waits for M" + strconv.Itoa(int(x.M))
	case trace.PHeld:
		h := &t.fold.Threads[x.M]
		switch {
		case h.G != task.None && t.fold.Gs[h.G].Status == trace.GSyscall:
			what = "in a system call: " + t.names[h.G]
		case h.G != task.None:
			what = t.names[h.G]
		case h.Spinning:
			what = "spins"
		default:
			what = "scheduler"
		}
	}
	t.w.show(lane{procs, int64(p)}, what, nil)
}

// goroutine says what a goroutine does.
func (t *teller) goroutine(id task.ID) {
	if id == task.None {
		return
	}
	x := &t.fold.Gs[id]
	what, a := "", (*args)(nil)
	switch x.Status {
	case trace.GRunnable:
		what, a = "runnable", &args{Why: "in " + x.Place.String(), Where: t.where[id]}
	case trace.GRunning:
		what = "runs on M" + strconv.Itoa(int(x.M))
	case trace.GSyscall:
		what, a = "system call", &args{Where: t.where[id]}
	case trace.GWaiting:
		what, a = task.Reason(x.Reason).String(), &args{Where: t.where[id]}
		if what == "" {
			what = "waits"
		}
	}
	t.w.show(lane{goroutines, x.Goid}, what, a)
}

// The lanes of the world.
const (
	stopped = iota
	collecting
)

// world says what concerns all: that nothing else runs, and why.
func (t *teller) world(e trace.Event) {
	switch e.Kind {
	case trace.Cores:
		t.w.name(lane{world, stopped}, "stopped")
		t.w.name(lane{world, collecting}, "garbage collection")
	case trace.STWBegin:
		t.w.show(lane{world, stopped}, "stop the world: "+trace.Why(e.A).String(), nil)
	case trace.STWEnd:
		t.w.show(lane{world, stopped}, "", nil)
	case trace.GCBegin:
		t.w.show(lane{world, collecting}, "collects", nil)
	case trace.GCMarkBegin:
		t.w.show(lane{world, collecting}, "marks beside the program", nil)
	case trace.GCMarkEnd:
		t.w.show(lane{world, collecting}, "ends marking", nil)
	case trace.GCEnd:
		t.w.show(lane{world, collecting}, "", nil)
	}
}
