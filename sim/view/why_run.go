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
		w.say("It stands in {}, place "+strconv.Itoa(at.at+1)+" of "+strconv.Itoa(at.of)+".", link(RefSched, 0, "the queue of all"))
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
		w.say("Before its own queue, it looks in the queue of all "+inTicks(left)+".", w.p(p.ID))
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
		w.say("Its P went to somebody else: back from the kernel, it needs an idle one, or waits in the queue of all.")
	}
	return VerdictWill
}

// thread says why thread t does what it does.
func (w *asker) thread(t *state.Thread) {
	if t.Name == "sysmon" {
		w.say("{} is the thread that watches the others: it needs no P, and sleeps between its rounds.", w.m(t.ID))
		if at := w.st.Sched.SysmonNext; at > w.st.Time {
			w.say("It looks again in " + Duration(at-w.st.Time) + ".")
		}
		return
	}
	if t.Doing != state.DoingReady && w.st.HasP && w.st.Sched.Poller == t.ID {
		w.polling(t)
		return
	}
	switch t.Doing {
	case state.DoingReady:
		if k := indexOf(w.st.Kernel, t.ID); k >= 0 {
			w.say("{} waits for a core: place "+strconv.Itoa(k+1)+" of "+strconv.Itoa(len(w.st.Kernel))+" in the kernel's queue.", w.m(t.ID))
			w.onCores()
			return
		}
		w.say("{} was made or woken a moment ago and is on its way to the kernel's queue.", w.m(t.ID))
	case state.DoingIdle:
		w.idleThread(t)
	case state.DoingSyscall:
		if t.G >= 0 {
			w.say("{} is in the kernel with {}.", w.m(t.ID), w.g(t.G))
		} else {
			w.say("{} is in the kernel.", w.m(t.ID))
		}
		if t.Until > w.st.Time {
			w.say("It will be back in " + Duration(t.Until-w.st.Time) + ".")
		}
	case state.DoingSleep:
		w.say("{} sleeps in the kernel.", w.m(t.ID))
	case state.DoingLook, state.DoingSpin:
		w.looking(t)
	case state.DoingDead:
		w.say("{} has ended.", w.m(t.ID))
	default:
		w.busyThread(t)
	}
}

func (w *asker) polling(t *state.Thread) {
	if n := len(w.st.Net); n > 0 {
		w.say("{} waits in the network poller, without a P, for "+plural(n, "goroutine", "goroutines")+" at once.", w.m(t.ID))
	} else {
		w.say("{} waits in the network poller, without a P: nobody waits for the network, but it has the next timer in view.", w.m(t.ID))
	}
	if u := w.st.Sched.PollUntil; u > w.st.Time {
		w.say("The next timer is due in " + Duration(u-w.st.Time) + ".")
	}
}

func (w *asker) busyThread(t *state.Thread) {
	switch {
	case t.G >= 0:
		w.say("{} runs {} on core {}.", w.m(t.ID), w.g(t.G), coreLink(t.Core))
	case t.P >= 0:
		w.say("{} does the scheduler's own work, with {}.", w.m(t.ID), w.p(t.P))
	default:
		w.say("{} does the scheduler's own work.", w.m(t.ID))
	}
}

// onCores says who is on the cores.
func (w *asker) onCores() {
	for i := range w.st.Cores {
		c := &w.st.Cores[i]
		if c.Thread < 0 {
			continue
		}
		t := &w.st.Threads[c.Thread]
		if t.G >= 0 {
			w.say("Core {} runs {} with {}.", coreLink(c.ID), w.m(t.ID), w.g(t.G))
		} else {
			w.say("Core {} runs {}.", coreLink(c.ID), w.m(t.ID))
		}
	}
}

func (w *asker) idleThread(t *state.Thread) {
	if t.LockedG >= 0 {
		w.say("{} sleeps until {} may run, to which it is locked.", w.m(t.ID), w.g(t.LockedG))
		return
	}
	if t.G >= 0 { // a goroutine's own thread
		w.say("{} sleeps because {} waits, and carries nothing else.", w.m(t.ID), w.g(t.G))
		return
	}
	if t.Detail != "" {
		w.say("{} sleeps: it "+t.Detail+".", w.m(t.ID))
		return
	}
	k := indexOf(w.st.Sched.IdleM, t.ID)
	if k < 0 {
		w.say("{} sleeps until it is woken.", w.m(t.ID))
		return
	}
	w.say("{} found nothing to do and sleeps on its futex, without a P.", w.m(t.ID))
	if k == 0 {
		w.say("It is the next that is woken: the last that fell asleep comes first.")
	} else {
		w.say(plural(k, "other", "others") + " fell asleep after it and are woken before it.")
	}
	if w.st.HasP {
		w.whoWakes()
	}
}

// whoWakes says what has to happen for a thread to be woken.
func (w *asker) whoWakes() {
	switch {
	case len(w.st.Sched.IdleP) == 0:
		w.say("Nobody wakes a thread while no P is idle: there is none to give it.")
	case w.st.Sched.Spinning > 0:
		w.say("A P is idle, but " + plural(w.st.Sched.Spinning, "thread looks", "threads look") + " for work already: nobody else is woken meanwhile.")
	default:
		w.say("A P is idle: whoever makes a goroutine runnable wakes it.")
	}
}

func (w *asker) looking(t *state.Thread) {
	w.say("{} has no goroutine and looks for one, with {}.", w.m(t.ID), w.p(t.P))
	if t.Spinning {
		w.say("It spins: it looks on behalf of all, so that nobody has to be woken for new work.")
	}
	for _, s := range w.search(t.ID) {
		if s.Found == "now" {
			w.say("Next it looks at " + s.Place + " (" + s.Func + ").")
		}
	}
}

// processor says why P runs nothing, or what.
func (w *asker) processor(p *state.P) {
	switch {
	case p.Status == "gcstop":
		w.say("{} stands still.", w.p(p.ID))
		w.stopped()
	case p.Thread >= 0:
		w.say("{} is held by {}.", w.p(p.ID), w.m(p.Thread))
		w.thread(&w.st.Threads[p.Thread])
		if g := w.st.Threads[p.Thread].G; g >= 0 && w.st.Gs[g].Status == Running {
			w.slice(g)
		}
	case indexOf(w.st.Sched.IdleP, p.ID) >= 0:
		w.idleP(p)
	default:
		w.say("{} was let go of a moment ago, or set aside for a thread that is about to wake.", w.p(p.ID))
		for i := range w.st.Threads {
			if t := &w.st.Threads[i]; t.NextP == p.ID {
				w.thread(t)
			}
		}
	}
}

func (w *asker) idleP(p *state.P) {
	w.say("{} is idle: whoever held it found nothing to run.", w.p(p.ID))
	queued := len(w.st.Sched.Queue)
	for i := range w.st.Ps {
		queued += len(w.st.Ps[i].Queue)
		if w.st.Ps[i].Next >= 0 {
			queued++
		}
	}
	if queued == 0 {
		w.say("No goroutine is in any run queue, so there is nothing for it to do.")
		return
	}
	w.say(plural(queued, "goroutine waits", "goroutines wait") + " in queues meanwhile.")
	if n := w.st.Sched.Spinning; n > 0 {
		w.say(plural(n, "thread is", "threads are") + " awake or waking to look for them: no other is woken before that.")
		return
	}
	w.say("Nobody has been woken for them yet: a thread is when the next goroutine becomes runnable, or sysmon sees to it.")
}
