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
	st.Kernel = append([]int32{}, f.Kernel...)
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
	st.Sched.IdleP = append([]int32{}, f.IdleP...)
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
	if x.Status == trace.GWaiting {
		g.Reason, g.Object, g.Since = task.Reason(x.Reason).String(), uint64(x.Object), x.Since
	}
	if !f.HasP {
		return
	}
	g.Thread, g.P = x.M, -1
	if x.Status != trace.GWaiting {
		g.Reason, g.Object = "", 0
	}
	switch x.Status {
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
	if t.Doing != state.DoingLook && t.Doing != state.DoingSpin && t.Doing != state.DoingIdle && t.Doing != state.DoingLock {
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
	case x.Lock >= 0:
		return state.DoingLock
	case x.Spinning:
		return state.DoingSpin
	case doing == state.DoingLook, doing == state.DoingMark:
		return doing
	}
	return state.DoingRuntime
}

// foldTo is what the log says after its first k events.
func (r *recording) foldTo(k int) *trace.Fold {
	for r.fold.Events < k {
		if err := r.fold.Apply(r.head.log.At(r.fold.Events)); err != nil {
			panic("sim: the log is illegal: " + err.Error())
		}
	}
	return r.fold
}

// foldOf is what a log says that has led to state st, in which nothing is
// half done. The scheduler's state is then what the log tells.
func foldOf(st *state.State, rules trace.Rules) *trace.Fold {
	f := trace.NewFold(rules)
	f.Trust()
	f.Time, f.Events, f.HasP = st.Time, st.Event, st.HasP
	if st.HasP {
		f.Procs = int32(st.Sched.GoMaxProcs)
	}
	for i := range st.Cores {
		f.Cores = append(f.Cores, st.Cores[i].Thread)
	}
	f.Kernel, f.Global = slices.Clone(st.Kernel), tasks(st.Sched.Queue)
	f.IdleP = slices.Clone(st.Sched.IdleP)
	slices.Reverse(f.IdleP)
	for i := range st.Gs {
		f.Gs = append(f.Gs, foldedG(&st.Gs[i]))
	}
	for i := range st.Ps {
		f.Ps = append(f.Ps, foldedP(&st.Ps[i]))
	}
	for _, p := range f.IdleP {
		f.Ps[p].Status = trace.PIdle
	}
	for i := range st.Threads {
		f.Threads = append(f.Threads, foldedThread(&st.Threads[i]))
	}
	for i, l := range st.Sched.Locks {
		for _, w := range l.Waiters {
			f.Threads[w.Thread].Lock = int32(i)
		}
	}
	for _, t := range st.Kernel {
		f.Threads[t].Where = trace.ThreadQueued
	}
	for _, t := range st.Sched.IdleM {
		f.Threads[t].Idle = true
	}
	return f
}

func tasks(ids []int32) []task.ID {
	var list []task.ID
	for _, id := range ids {
		list = append(list, task.ID(id))
	}
	return list
}

func foldedG(g *state.G) trace.FoldG {
	x := trace.FoldG{Goid: g.ID, Status: trace.StatusOf(g.Status), P: -1, M: -1, LockedM: -1, Since: g.Since}
	switch x.Status {
	case trace.GRunning, trace.GSyscall:
		x.M = g.Thread
	case trace.GWaiting:
		x.Reason, x.Object = int64(task.ReasonOf(g.Reason)), int64(g.Object)
	}
	return x
}

func foldedP(p *state.P) trace.FoldP {
	x := trace.FoldP{Status: trace.PReserved, M: p.Thread, Next: task.ID(p.Next), Ring: tasks(p.Queue)}
	switch {
	case p.Thread >= 0:
		x.Status = trace.PHeld
	case p.Status == "gcstop":
		x.Status = trace.PHalted
	}
	return x
}

func foldedThread(t *state.Thread) trace.FoldThread {
	x := trace.FoldThread{Core: t.Core, P: t.P, G: task.ID(t.G), Hand: task.None, LockedG: task.ID(t.LockedG),
		Reserved: -1, Lock: -1, Spinning: t.Spinning && t.P >= 0, Where: trace.ThreadOff}
	switch {
	case t.Core >= 0:
		x.Where = trace.ThreadOnCore
	case t.Doing == state.DoingDead:
		x.Where = trace.ThreadDead
	}
	return x
}
