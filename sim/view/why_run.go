package view

import (
	"strconv"

	"gopark/sim/state"
	"gopark/sim/trace"
)

// runnable says where goroutine i stands, who is ahead, and when its turn comes.
func (w *asker) runnable(i int32) Verdict {
	g := &w.st.Gs[i]
	w.say("{} could run, and has waited {} for its turn.", w.g(i), w.since(i))
	if w.st.Sched.Stopping {
		w.stopped()
	}
	if g.LockedM >= 0 {
		w.say("Only {} may run it (LockOSThread).", w.m(g.LockedM))
	}
	at := w.place(g)
	switch at.kind {
	case inNext:
		w.say("It is in the runnext of {}: it runs as soon as the one that runs there stops, in what is left of its time slice.", w.p(at.which))
		w.turnOf(&w.st.Ps[at.which])
	case inQueue:
		w.say("It stands in the queue of {}, place "+strconv.Itoa(at.at+1)+" of "+strconv.Itoa(at.of)+".", w.p(at.which))
		w.ahead(&w.st.Ps[at.which], at.at)
		w.turnOf(&w.st.Ps[at.which])
	case inGlobal:
		w.say("It stands in {}, place "+strconv.Itoa(at.at+1)+" of "+strconv.Itoa(at.of)+".", link(RefSched, 0, "the global queue"))
		w.turnOfAll()
	default:
		w.onItsWay(i)
	}
	return VerdictWill
}

// ahead names who runs before the goroutine that is at-th in P's queue.
func (w *asker) ahead(p *state.P, at int) {
	var names []*Link
	if p.Next >= 0 {
		names = append(names, w.g(p.Next))
	}
	for _, g := range p.Queue[:min(at, 5)] {
		names = append(names, w.g(g))
	}
	n := at
	if p.Next >= 0 {
		n++
	}
	if n == 0 {
		w.say("Nobody is ahead of it there.")
		return
	}
	w.say("Ahead of it: "+list(len(names), n-len(names))+".", names...)
}

// list is "{}, {} and 3 more".
func list(n, more int) string {
	s := ""
	for i := range n {
		switch {
		case i > 0 && i == n-1 && more == 0:
			s += " and "
		case i > 0:
			s += ", "
		}
		s += "{}"
	}
	if more > 0 {
		s += " and " + Count(int64(more)) + " more"
	}
	return s
}

// turnOf says what P does instead.
func (w *asker) turnOf(p *state.P) {
	w.depth++
	defer func() { w.depth-- }()
	switch {
	case p.Thread < 0:
		does := "is " + p.Status
		if p.Status == "gcstop" {
			does = "stands still"
		}
		w.say("No thread holds {} now: it "+does+".", w.p(p.ID))
		return
	case p.Status == "syscall":
		w.say("{} is with {} in a system call; sysmon takes it away if that lasts.", w.p(p.ID), w.m(p.Thread))
		return
	}
	t := &w.st.Threads[p.Thread]
	if t.G < 0 {
		w.say("{} holds {} and chooses who runs next.", w.m(t.ID), w.p(p.ID))
		return
	}
	w.say("{} runs there, for {}.", w.g(t.G), w.since(t.G))
	if t.Core < 0 {
		w.thread(t)
		return
	}
	w.slice(t.G)
	if n := w.st.Sched.TickCheck; n > 0 && len(w.st.Sched.Queue) > 0 {
		left := (n - int(p.SchedTick)%n) % n
		w.say("Before its own queue, it looks in the global queue "+inTicks(left)+".", w.p(p.ID))
	}
}

func inTicks(n int) string {
	if n == 0 {
		return "the next time"
	}
	return "in " + plural(n, "tick", "ticks")
}

// turnOfAll says when the global queue is looked at.
func (w *asker) turnOfAll() {
	st := w.st
	w.depth++
	defer func() { w.depth-- }()
	if !st.HasP {
		if st.Sched.MCPU >= st.Sched.MCPUMax {
			w.say(plural(st.Sched.MCPU, "thread runs Go code", "threads run Go code") + ", and no more may: its turn comes when one of their goroutines blocks, ends, yields or enters the kernel.")
			w.whoRuns()
			return
		}
		w.say("Fewer threads run Go code than may: one is being found for it.")
		return
	}
	if n := st.Sched.TickCheck; n == 0 {
		w.say("A P looks there only when its own queue is empty: while its own goroutines yield and wake each other, never.")
	} else {
		best, ticks := int32(-1), n
		for i := range st.Ps {
			if left := (n - int(st.Ps[i].SchedTick)%n) % n; st.Ps[i].Thread >= 0 && (best < 0 || left < ticks) {
				best, ticks = st.Ps[i].ID, left
			}
		}
		if best >= 0 {
			w.say("A P looks there when its own queue is empty, and in any case every "+strconv.Itoa(n)+" ticks: {} "+inTicks(ticks)+".", w.p(best))
		} else {
			w.say("No thread holds a P now.")
		}
	}
	w.whoRuns()
}

// whoRuns names the goroutines that run.
func (w *asker) whoRuns() {
	var names []*Link
	n := 0
	for i := range w.st.Gs {
		if w.st.Gs[i].Status == Running {
			if n++; len(names) < 5 {
				names = append(names, w.g(int32(i)))
			}
		}
	}
	if n > 0 {
		w.say("Now "+plural(n, "goroutine runs", "goroutines run")+": "+list(len(names), n-len(names))+".", names...)
	}
}

// onItsWay is a goroutine that stands in no queue: some thread has it.
func (w *asker) onItsWay(i int32) {
	g := &w.st.Gs[i]
	if w.s.fold.own { // a thread of its own
		if t := w.threadOf(g); t != nil {
			w.say("It has a thread of its own, {}.", w.m(t.ID))
			w.depth++
			w.thread(t)
			w.depth--
		}
		return
	}
	for k := range w.st.Threads {
		if t := &w.st.Threads[k]; t.NextG == i {
			w.say("It was handed to {}, which will run it.", w.m(t.ID))
			w.depth++
			w.thread(t)
			w.depth--
			return
		}
	}
	if log := w.s.rec.Log(); w.n < log.Len() && log.At(w.n).Kind == trace.RunqKick && w.s.fold.goidAt(log.At(w.n).G, w.n) == g.ID {
		w.say("It was just pushed out of the runnext of {}, and goes to the tail of its queue.", w.p(log.At(w.n).P))
		return
	}
	w.say("It is in no queue: a thread has it in hand, and the next events say where it goes.")
}

func (w *asker) stopped() {
	stopper := w.m(w.st.Sched.Stopper)
	if s := w.st.Sched.Stopper; s >= 0 && w.st.Threads[s].G >= 0 {
		stopper = w.g(w.st.Threads[s].G)
	}
	w.say("The world is stopped, or about to be, for {}: nobody else runs until it starts again.", stopper)
	if w.st.Sched.StopWait > 0 {
		w.say(plural(w.st.Sched.StopWait, "P has", "Ps have") + " not stopped yet.")
	}
	if w.st.GC.Phase == state.GCStopped {
		w.say("The collector works meanwhile.")
	}
}

func (w *asker) inKernel(i int32) Verdict {
	g := &w.st.Gs[i]
	w.say("{} is in a system call, for {}, and {} with it.", w.g(i), w.since(i), w.m(g.Thread))
	t := w.threadOf(g)
	if t == nil {
		return VerdictWill
	}
	if t.Until > w.st.Time {
		w.say("The kernel needs " + Duration(t.Until-w.st.Time) + " more.")
	}
	switch {
	case !w.st.HasP:
	case t.P >= 0:
		w.say("{} is still with it: if it is back in time, it goes on without asking anybody. Sysmon takes the P if others need it.", w.p(t.P))
	default:
		w.say("Its P went to somebody else: back from the kernel, it needs an idle one, or waits in the global queue.")
	}
	return VerdictWill
}
