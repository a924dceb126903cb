package formula

import (
	"strings"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// The quantities of the table of names, each at an instant.

func threads(in *instant, n *node) Value {
	if len(n.args) == 0 {
		return number(in.alive)
	}
	state, count := in.eval(n.args[0]).Text, int64(0)
	for i := range in.fold.Threads {
		if in.threadIs(&in.fold.Threads[i], state) {
			count++
		}
	}
	return number(count)
}

func (in *instant) threadIs(t *trace.FoldThread, state string) bool {
	switch state {
	case "running":
		return t.Where == trace.ThreadOnCore
	case "ready":
		return t.Where == trace.ThreadQueued
	case "syscall":
		return t.G != task.None && in.fold.Gs[t.G].Status == trace.GSyscall
	case "idle":
		return t.Idle
	}
	return t.Spinning
}

func goroutines(in *instant, n *node) Value {
	if len(n.args) > 0 {
		return number(in.gs[trace.StatusOf(in.eval(n.args[0]).Text)])
	}
	return number(in.gs[trace.GRunnable] + in.gs[trace.GRunning] + in.gs[trace.GWaiting] + in.gs[trace.GSyscall])
}

// ofP is a quantity of a P; there may be none of that number.
func ofP(what func(*instant, *trace.FoldP) int64) func(*instant, *node) Value {
	return func(in *instant, n *node) Value {
		i := in.eval(n.args[0]).Num
		if i < 0 || i >= int64(len(in.fold.Ps)) {
			return number(0)
		}
		return number(what(in, &in.fold.Ps[i]))
	}
}

func nextOf(in *instant, p *trace.FoldP) int64 { return in.goid(p.Next) }

func runsOn(in *instant, p *trace.FoldP) int64 {
	if p.Status != trace.PHeld {
		return 0
	}
	g := in.fold.Threads[p.M].G
	if s, _ := in.status(g); s != trace.GRunning {
		return 0
	}
	return in.goid(g)
}

func (in *instant) goid(g task.ID) int64 {
	if g < 0 || int(g) >= len(in.fold.Gs) {
		return 0
	}
	return in.fold.Gs[g].Goid
}

// ofG is a quantity of a goroutine; none is what it is if there is none.
func ofG(none Value, what func(*instant, task.ID, *trace.FoldG) Value) func(*instant, *node) Value {
	return func(in *instant, n *node) Value {
		if id, g := in.find(in.eval(n.args[0]).Num); g != nil {
			return what(in, id, g)
		}
		return none
	}
}

func place(_ *instant, _ task.ID, g *trace.FoldG) Value {
	if g.Status != trace.GRunnable {
		return text("")
	}
	return text(g.Place.String())
}

func reason(_ *instant, _ task.ID, g *trace.FoldG) Value {
	if g.Status != trace.GWaiting {
		return text("")
	}
	return text(task.Reason(g.Reason).String())
}

func stack(in *instant, id task.ID, g *trace.FoldG) Value {
	if g.Status == trace.GDead {
		return number(0)
	}
	return number(in.stackOf(id))
}

func lines(in *instant, n *node) Value {
	s := in.eval(n.args[0]).Text
	count := strings.Count(s, "\n")
	if s != "" && !strings.HasSuffix(s, "\n") {
		count++
	}
	return number(int64(count))
}

func line(in *instant, n *node) Value {
	want := in.eval(n.args[1]).Num
	for s := range strings.Lines(in.eval(n.args[0]).Text) {
		if want--; want == 0 {
			return text(strings.TrimRight(s, "\r\n"))
		}
	}
	return text("")
}

// memory is a part of what the process has of memory.
func memory(part func(Memory) int64) func(*instant, *node) Value {
	return func(in *instant, _ *node) Value {
		if in.run.Memory == nil {
			return number(0)
		}
		return number(part(in.run.Memory(in.fold.Events)))
	}
}

func saved(in *instant, n *node) Value {
	s := &in.saved
	if len(n.args) == 0 {
		return number(s.Call + s.Signal + s.Thread)
	}
	switch in.eval(n.args[0]).Text {
	case "calls":
		return number(s.Call)
	case "signals":
		return number(s.Signal)
	}
	return number(s.Thread)
}
