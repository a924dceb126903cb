package sim

import (
	"slices"

	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A scheduler changes its state at one instant and logs that as several events.
// What the picture shows after each of them is what the log says so far: overlay
// takes places and statuses from a fold of the log, and leaves the rest (names,
// counters, what a thread looks for) as the scheduler has it.
func overlay(st *state.State, f *trace.Fold) {
	for i := range min(len(st.Cores), len(f.Cores)) {
		st.Cores[i].Thread = f.Cores[i]
	}
	st.Kernel = slices.Clone(f.Kernel)
	st.Sched.Queue = indices(f.Global)
	for i := range st.Gs {
		overlayG(&st.Gs[i], f, i)
	}
	if !f.HasP {
		return
	}
	for i := range min(len(st.Ps), len(f.Ps)) {
		overlayP(&st.Ps[i], &f.Ps[i])
	}
	st.Sched.IdleP = slices.Clone(f.IdleP)
	slices.Reverse(st.Sched.IdleP)
	for i := range min(len(st.Threads), len(f.Threads)) {
		overlayThread(&st.Threads[i], &f.Threads[i], f)
	}
}

func indices(ids []task.ID) []int32 {
	list := make([]int32, len(ids))
	for i, id := range ids {
		list[i] = int32(id)
	}
	return list
}

func overlayG(g *state.G, f *trace.Fold, i int) {
	if i >= len(f.Gs) || f.Gs[i].Status == trace.GNone {
		g.Status, g.Reason, g.Object, g.Thread, g.P = trace.GDead.String(), "", 0, -1, -1 // not created yet
		return
	}
	x := &f.Gs[i]
	g.Status = x.Status.String()
	if !f.HasP {
		return
	}
	g.Thread, g.P, g.Reason, g.Object = x.M, -1, "", 0
	switch x.Status {
	case trace.GWaiting:
		g.Reason, g.Object, g.Since = task.Reason(x.Reason).String(), uint64(x.Object), x.Since
	case trace.GRunning, trace.GSyscall:
		if x.M >= 0 {
			g.P = f.Threads[x.M].P
		}
	}
}

func overlayP(p *state.P, x *trace.FoldP) {
	p.Next, p.Queue = int32(x.Next), indices(x.Ring)
	p.Thread = -1
	switch x.Status {
	case trace.PHeld:
		p.Thread = x.M
		if p.Status == "idle" {
			p.Status = "running"
		}
	case trace.PHalted:
		p.Status = "gcstop"
	default:
		p.Status = "idle"
	}
}

func overlayThread(t *state.Thread, x *trace.FoldThread, f *trace.Fold) {
	t.G, t.P, t.Core, t.LockedG, t.Spinning = int32(x.G), x.P, x.Core, int32(x.LockedG), x.Spinning
	switch x.Where {
	case trace.ThreadQueued:
		t.Doing = state.DoingReady
	case trace.ThreadDead:
		t.Doing = state.DoingDead
	case trace.ThreadOnCore:
		t.Doing = onCore(t.Doing, x, f)
	case trace.ThreadOff:
		if x.G >= 0 && f.Gs[x.G].Status == trace.GSyscall {
			t.Doing = state.DoingSyscall
		} else if x.Idle {
			t.Doing = state.DoingIdle
		}
	}
	if t.Doing != state.DoingLook && t.Doing != state.DoingSpin && t.Doing != state.DoingIdle {
		t.Detail = ""
	}
}

// onCore says what a thread on a core does, given what the scheduler thinks.
func onCore(doing string, x *trace.FoldThread, f *trace.Fold) string {
	if x.G >= 0 {
		switch f.Gs[x.G].Status {
		case trace.GRunning:
			return state.DoingRun
		case trace.GSyscall:
			return state.DoingSyscall
		}
	}
	switch {
	case x.Spinning:
		return state.DoingSpin
	case doing == state.DoingLook:
		return doing
	}
	return state.DoingRuntime
}

// foldTo is what the log says after its first k events.
func (r *recording) foldTo(k int) *trace.Fold {
	if r.fold == nil || r.fold.Events > k {
		i := len(r.shots) - 1
		for i > 0 && (r.shots[i].fold == nil || r.shots[i].events > k) {
			i--
		}
		if s := r.shots[i]; s.fold != nil && s.events <= k {
			r.fold = s.fold.Clone()
		} else {
			r.fold = trace.NewFold(r.era.Rules())
		}
	}
	next := 0
	for r.fold.Events < k {
		n := r.fold.Events
		for next < len(r.shots) && r.shots[next].events < n {
			next++
		}
		if next < len(r.shots) && r.shots[next].events == n && r.shots[next].fold == nil {
			r.shots[next].fold = r.fold.Clone()
		}
		if err := r.fold.Apply(r.head.log.At(n)); err != nil {
			panic("sim: the log is illegal: " + err.Error())
		}
	}
	return r.fold
}
