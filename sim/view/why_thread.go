package view

import (
	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// thread says why thread t does what it does.
func (w *asker) thread(t *state.Thread) {
	if t.Name == "sysmon" {
		w.say(phrase.IsTheThreadThatWatchesThe, w.m(t.ID))
		if at := w.st.Sched.SysmonNext; at > w.st.Time {
			w.say(phrase.ItLooksAgainIn, plain(Duration(at-w.st.Time)))
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
			w.say(phrase.WaitsForACorePlaceOf, w.m(t.ID), number(k+1), number(len(w.st.Kernel)))
			w.onCores()
			return
		}
		w.say(phrase.WasMadeOrWokenAMoment, w.m(t.ID))
	case state.DoingIdle:
		w.idleThread(t)
	case state.DoingSyscall:
		if t.G >= 0 {
			w.say(phrase.IsInTheKernelWith, w.m(t.ID), w.g(t.G))
		} else {
			w.say(phrase.IsInTheKernel, w.m(t.ID))
		}
		if t.Until > w.st.Time {
			w.say(phrase.ItWillBeBackIn, plain(Duration(t.Until-w.st.Time)))
		}
	case state.DoingSleep:
		w.say(phrase.SleepsInTheKernel, w.m(t.ID))
	case state.DoingLook, state.DoingSpin:
		w.looking(t)
	case state.DoingDead:
		w.say(phrase.HasEnded, w.m(t.ID))
	case state.DoingRun, state.DoingRuntime:
		w.busyThread(t)
	case state.DoingLock:
		w.wantsLock(t)
	default: // what it does says all
		if t.Detail != "" {
			w.say(phrase.IsWith, w.m(t.ID), plain(t.Doing), plain(t.Detail))
		} else {
			w.say(phrase.Is, w.m(t.ID), plain(t.Doing))
		}
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
			says := phrase.WantsALockOfTheSchedulers
			if y.Asleep {
				says = phrase.WantsALockOfTheSchedulersAnd
			}
			w.say(says, w.m(t.ID), plain(x.Name), plain(Duration(w.st.Time-y.Since)), number(at+1), number(len(x.Waiters)))
			if x.Holder >= 0 {
				w.say(phrase.HasItNow, w.m(x.Holder))
			}
			return
		}
	}
	w.say(phrase.WaitsForALockOfThe, w.m(t.ID))
}

func (w *asker) polling(t *state.Thread) {
	if n := len(w.st.Net); n > 0 {
		w.say(phrase.Plural(n, phrase.WaitsInTheNetworkPollerWithout), w.m(t.ID), amount(n))
	} else {
		w.say(phrase.WaitsInTheNetworkPollerWithoutA, w.m(t.ID))
	}
	if u := w.st.Sched.PollUntil; u > w.st.Time {
		w.say(phrase.TheNextTimerIsDueIn, plain(Duration(u-w.st.Time)))
	}
}

func (w *asker) busyThread(t *state.Thread) {
	switch {
	case t.G >= 0:
		w.say(phrase.RunsOnCore, w.m(t.ID), w.g(t.G), coreLink(t.Core))
	case t.P >= 0:
		w.say(phrase.DoesTheSchedulersOwnWorkWith, w.m(t.ID), w.p(t.P))
	default:
		w.say(phrase.DoesTheSchedulersOwnWork, w.m(t.ID))
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
			w.say(phrase.CoreRunsWith, coreLink(c.ID), w.m(t.ID), w.g(t.G))
		} else {
			w.say(phrase.CoreRuns, coreLink(c.ID), w.m(t.ID))
		}
	}
}

func (w *asker) idleThread(t *state.Thread) {
	if t.LockedG >= 0 {
		w.say(phrase.SleepsUntilMayRunToWhich, w.m(t.ID), w.g(t.LockedG))
		return
	}
	if t.G >= 0 { // a goroutine's own thread
		w.say(phrase.SleepsBecauseWaitsAndCarriesNothing, w.m(t.ID), w.g(t.G))
		return
	}
	if t.Detail != "" {
		w.say(phrase.SleepsIt, w.m(t.ID), plain(t.Detail))
		return
	}
	k := indexOf(w.st.Sched.IdleM, t.ID)
	if k < 0 {
		w.say(phrase.SleepsUntilItIsWoken, w.m(t.ID))
		return
	}
	w.say(phrase.FoundNothingToDoAndSleeps, w.m(t.ID))
	if k == 0 {
		w.say(phrase.ItIsTheNextThatIs)
	} else {
		w.say(phrase.Plural(k, phrase.OtherFellAsleepAfterItAnd), amount(k))
	}
	if w.st.HasP {
		w.whoWakes()
	}
}

// whoWakes says what has to happen for a thread to be woken.
func (w *asker) whoWakes() {
	switch {
	case len(w.st.Sched.IdleP) == 0:
		w.say(phrase.NobodyWakesAThreadWhileNo)
	case w.st.Sched.Spinning > 0:
		w.say(phrase.Plural(w.st.Sched.Spinning, phrase.APIsIdleButThread), amount(w.st.Sched.Spinning))
	default:
		w.say(phrase.APIsIdleWhoeverMakes)
	}
}

func (w *asker) looking(t *state.Thread) {
	w.say(phrase.HasNoGoroutineAndLooksFor, w.m(t.ID), w.p(t.P))
	if t.Spinning {
		w.say(phrase.ItSpinsItLooksOnBehalf)
	}
	for _, s := range w.search(t.ID) {
		if s.Found == FoundNow {
			w.say(phrase.NextItLooksAt, plain(s.Place), plain(s.Func))
		}
	}
}

// processor says why P runs nothing, or what.
func (w *asker) processor(p *state.P) {
	switch {
	case p.Status == "gcstop":
		w.say(phrase.StandsStill, w.p(p.ID))
		w.stopped()
	case p.Thread >= 0:
		w.say(phrase.IsHeldBy, w.p(p.ID), w.m(p.Thread))
		w.thread(&w.st.Threads[p.Thread])
		if g := w.st.Threads[p.Thread].G; g >= 0 && w.st.Gs[g].Status == Running {
			w.slice(g)
		}
	case indexOf(w.st.Sched.IdleP, p.ID) >= 0:
		w.idleP(p)
	default:
		w.say(phrase.WasLetGoOfAMoment, w.p(p.ID))
		for i := range w.st.Threads {
			if t := &w.st.Threads[i]; t.NextP == p.ID {
				w.thread(t)
			}
		}
	}
}

func (w *asker) idleP(p *state.P) {
	w.say(phrase.IsIdleWhoeverHeldItFound, w.p(p.ID))
	queued := len(w.st.Sched.Queue)
	for i := range w.st.Ps {
		queued += len(w.st.Ps[i].Queue)
		if w.st.Ps[i].Next >= 0 {
			queued++
		}
	}
	if queued == 0 {
		w.say(phrase.NoGoroutineIsInAnyRun)
		return
	}
	w.say(phrase.Plural(queued, phrase.GoroutineWaitsInQueuesMeanwhile), amount(queued))
	if n := w.st.Sched.Spinning; n > 0 {
		w.say(phrase.Plural(n, phrase.ThreadIsAwakeOrWakingTo), amount(n))
		return
	}
	w.say(phrase.NobodyHasBeenWokenForThem)
}
