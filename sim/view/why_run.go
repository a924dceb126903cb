package view

import (
	"gopark/sim/state"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// runnable says where goroutine i stands, who is ahead, and when its turn comes.
func (w *asker) runnable(i int32) Verdict {
	g := &w.st.Gs[i]
	w.say(phrase.CouldRunAndHasWaitedFor, w.g(i), w.since(i))
	if w.st.Sched.Stopping {
		w.stopped()
	}
	if g.LockedM >= 0 {
		w.say(phrase.OnlyMayRunItLockOSThread, w.m(g.LockedM))
	}
	at := w.place(g)
	switch at.kind {
	case inNext:
		w.say(phrase.ItIsInTheRunnextOf, w.p(at.which))
		w.turnOf(&w.st.Ps[at.which])
	case inQueue:
		w.say(phrase.ItStandsInTheQueueOf, w.p(at.which), number(at.at+1), number(at.of))
		w.ahead(&w.st.Ps[at.which], at.at)
		w.turnOf(&w.st.Ps[at.which])
	case inGlobal:
		w.say(phrase.ItStandsInPlaceOf, link(RefSched, 0, phrase.TheGlobalQueue), number(at.at+1), number(at.of))
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
		w.say(phrase.NobodyIsAheadOfItThere)
		return
	}
	w.say(phrase.AheadOfIt, list(names, n-len(names)))
}

// turnOf says what P does instead.
func (w *asker) turnOf(p *state.P) {
	w.depth++
	defer func() { w.depth-- }()
	switch {
	case p.Thread < 0:
		if p.Status == "gcstop" {
			w.say(phrase.NoThreadHoldsNowItStands, w.p(p.ID))
		} else {
			w.say(phrase.NoThreadHoldsNowItIs, w.p(p.ID), plain(p.Status))
		}
		return
	case p.Status == "syscall":
		w.say(phrase.IsWithInASystemCall, w.p(p.ID), w.m(p.Thread))
		return
	}
	t := &w.st.Threads[p.Thread]
	if t.G < 0 {
		w.say(phrase.HoldsAndChoosesWhoRunsNext, w.m(t.ID), w.p(p.ID))
		return
	}
	w.say(phrase.RunsThereFor, w.g(t.G), w.since(t.G))
	if t.Core < 0 {
		w.thread(t)
		return
	}
	w.slice(t.G)
	if n := w.st.Sched.TickCheck; n > 0 && len(w.st.Sched.Queue) > 0 {
		left := (n - int(p.SchedTick)%n) % n
		w.say(phrase.BeforeItsOwnQueueItLooks, plain(inTicks(left)))
	}
}

func inTicks(n int) string {
	if n == 0 {
		return phrase.TheNextTime
	}
	return plural(n, phrase.InTick)
}

// turnOfAll says when the global queue is looked at.
func (w *asker) turnOfAll() {
	st := w.st
	w.depth++
	defer func() { w.depth-- }()
	if !st.HasP {
		if st.Sched.MCPU >= st.Sched.MCPUMax {
			w.say(phrase.Plural(st.Sched.MCPU, phrase.ThreadRunsGoCodeAndNo), amount(st.Sched.MCPU))
			w.whoRuns()
			return
		}
		w.say(phrase.FewerThreadsRunGoCodeThan)
		return
	}
	if n := st.Sched.TickCheck; n == 0 {
		w.say(phrase.APLooksThereOnlyWhen)
	} else {
		best, ticks := int32(-1), n
		for i := range st.Ps {
			if left := (n - int(st.Ps[i].SchedTick)%n) % n; st.Ps[i].Thread >= 0 && (best < 0 || left < ticks) {
				best, ticks = st.Ps[i].ID, left
			}
		}
		if best >= 0 {
			w.say(phrase.APLooksThereWhenIts, number(n), w.p(best), plain(inTicks(ticks)))
		} else {
			w.say(phrase.NoThreadHoldsAPNow)
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
		w.say(phrase.Plural(n, phrase.NowGoroutineRuns), amount(n), list(names, n-len(names)))
	}
}

// onItsWay is a goroutine that stands in no queue: some thread has it.
func (w *asker) onItsWay(i int32) {
	g := &w.st.Gs[i]
	if w.s.fold.own { // a thread of its own
		if t := w.threadOf(g); t != nil {
			w.say(phrase.ItHasAThreadOfIts, w.m(t.ID))
			w.depth++
			w.thread(t)
			w.depth--
		}
		return
	}
	for k := range w.st.Threads {
		if t := &w.st.Threads[k]; t.NextG == i {
			w.say(phrase.ItWasHandedToWhichWill, w.m(t.ID))
			w.depth++
			w.thread(t)
			w.depth--
			return
		}
	}
	if log := w.s.rec.Log(); w.n < log.Len() && log.At(w.n).Kind == trace.RunqKick && w.s.fold.goidAt(log.At(w.n).G, w.n) == g.ID {
		w.say(phrase.ItWasJustPushedOutOf, w.p(log.At(w.n).P))
		return
	}
	w.say(phrase.ItIsInNoQueueA)
}

func (w *asker) stopped() {
	stopper := w.m(w.st.Sched.Stopper)
	if s := w.st.Sched.Stopper; s >= 0 && w.st.Threads[s].G >= 0 {
		stopper = w.g(w.st.Threads[s].G)
	}
	w.say(phrase.TheWorldIsStoppedOrAbout, stopper)
	if w.st.Sched.StopWait > 0 {
		w.say(phrase.Plural(w.st.Sched.StopWait, phrase.PHasNotStoppedYet), amount(w.st.Sched.StopWait))
	}
	if w.st.GC.Phase == state.GCStopped {
		w.say(phrase.TheCollectorWorksMeanwhile)
	}
}

func (w *asker) inKernel(i int32) Verdict {
	g := &w.st.Gs[i]
	w.say(phrase.IsInASystemCallFor, w.g(i), w.since(i), w.m(g.Thread))
	t := w.threadOf(g)
	if t == nil {
		return VerdictWill
	}
	if t.Until > w.st.Time {
		w.say(phrase.TheKernelNeedsMore, plain(Duration(t.Until-w.st.Time)))
	}
	switch {
	case !w.st.HasP:
	case t.P >= 0:
		w.say(phrase.IsStillWithItIfIt, w.p(t.P))
	default:
		w.say(phrase.ItsPWentToSomebodyElse)
	}
	return VerdictWill
}
