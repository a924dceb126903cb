package view

import (
	"strconv"

	"gopark/sim/state"
)

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
	case state.DoingRun, state.DoingRuntime:
		w.busyThread(t)
	case state.DoingLock:
		w.wantsLock(t)
	default: // what it does says all
		does := t.Doing
		if t.Detail != "" {
			does += ": " + t.Detail
		}
		w.say("{} is "+does+".", w.m(t.ID))
	}
}

// wantsLock says who holds the scheduler's lock that thread t waits for.
func (w *asker) wantsLock(t *state.Thread) {
	for i := range w.st.Sched.Locks {
		x := &w.st.Sched.Locks[i]
		for at, y := range x.Waiters {
			if y.Thread != t.ID {
				continue
			}
			how := "spins"
			if y.Asleep {
				how = "sleeps on its futex"
			}
			w.say("{} wants "+x.Name+", a lock of the scheduler's, and "+how+", for "+Duration(w.st.Time-y.Since)+"; place "+Plain(int64(at+1))+" of "+Plain(int64(len(x.Waiters)))+".", w.m(t.ID))
			if x.Holder >= 0 {
				w.say("{} has it.", w.m(x.Holder))
			}
			return
		}
	}
	w.say("{} waits for a lock of the scheduler's.", w.m(t.ID))
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
