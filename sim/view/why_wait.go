package view

import (
	"strconv"
	"strings"

	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/view/phrase"
)

// waiting says what goroutine i waits for, and who could let it go on.
func (w *asker) waiting(i int32) Verdict {
	g := &w.st.Gs[i]
	if g.System {
		w.say(phrase.IsOneOfTheRuntimesOwn, w.g(i), w.since(i), plain(g.Reason))
		return VerdictMay
	}
	switch task.ReasonOf(g.Reason) {
	case task.Sleeping:
		return w.asleep(i)
	case task.IOWait:
		return w.network(i)
	case task.ChanReceiveNil, task.ChanSendNil:
		w.say(phrase.WaitsForForANilChannel, w.g(i), w.since(i))
		return VerdictNever
	case task.SelectNoCases:
		w.say(phrase.WaitsForInASelectWithout, w.g(i), w.since(i))
		return VerdictNever
	case task.GCWait, task.GCAssistWait:
		w.say(phrase.WaitsForForTheCollector, w.g(i), w.since(i), link(RefGC, 0, w.st.GC.Phase))
		return VerdictWill
	}
	return w.blocked(i)
}

func (w *asker) asleep(i int32) Verdict {
	for k := range w.st.Timers {
		t := &w.st.Timers[k]
		if t.ID >= 0 || t.G != i {
			continue
		}
		w.say(phrase.SleepsForIsDueIn, w.g(i), w.since(i), link(RefTimer, -w.st.Gs[i].ID, phrase.ItsTimerAtTheStart), plain(Duration(t.When-w.st.Time)))
		w.whoLooks(t)
		return VerdictWill
	}
	if w.s.fold.own {
		w.say(phrase.SleepsForTheKernelsClockWakes, w.g(i), w.since(i))
	} else {
		w.say(phrase.GoesToSleepItsTimerIs, w.g(i))
	}
	return VerdictWill
}

// whoLooks says who will see that a timer is due.
func (w *asker) whoLooks(t *state.Timer) {
	switch {
	case w.st.Rules.TimerHeaps > 0:
		w.say(phrase.AGoroutineOfTheRuntimesLooks)
	case t.P < 0 || int(t.P) >= len(w.st.Ps):
	case w.st.Ps[t.P].Thread >= 0:
		w.say(phrase.ItIsInTheHeapOf, w.p(t.P))
	case w.st.Sched.Poller >= 0:
		w.say(phrase.ItIsInTheHeapOfWhich, w.p(t.P), w.m(w.st.Sched.Poller))
	default:
		w.say(phrase.ItIsInTheHeapOfWhichIs, w.p(t.P))
	}
}

func (w *asker) network(i int32) Verdict {
	w.say(phrase.WaitsForTheNetworkForNo, w.g(i), w.since(i))
	for _, x := range w.st.Net {
		if x.G == i && x.When > w.st.Time && x.When < 1<<62 {
			w.say(phrase.TheAnswerComesIn, plain(Duration(x.When-w.st.Time)))
		}
	}
	switch {
	case w.st.Sched.Poller >= 0:
		w.say(phrase.WaitsInTheNetworkPollerAnd, w.m(w.st.Sched.Poller))
	case w.st.HasP:
		w.say(phrase.WhoLooksForWorkNextAsks)
	}
	return VerdictWill
}

// blocked is a goroutine that waits for another.
func (w *asker) blocked(i int32) Verdict {
	g := &w.st.Gs[i]
	var objects []*state.Object
	var names []*Link
	for k := range w.st.Objects {
		if x := &w.st.Objects[k]; waitsAt(x, i) {
			objects, names = append(objects, x), append(names, w.linkAt(x.Addr))
		}
	}
	line := plain(lineOf(g.File, g.Line))
	switch len(objects) {
	case 0:
		w.say(phrase.WaitsFor, w.g(i), w.since(i), line, plain(g.Reason))
	case 1:
		w.say(phrase.WaitsForAt, w.g(i), w.since(i), line, plain(g.Reason), names[0])
	default:
		w.say(phrase.WaitsForInASelectFor, w.g(i), w.since(i), line, list(names, 0))
	}
	if w.st.Ended != "" && len(w.chain) == 1 {
		w.say(phrase.TheRunIsOver, plain(strings.TrimSuffix(w.st.Ended, ".")))
	}
	timed := false
	for _, x := range objects {
		if x.Kind == "chan" {
			w.channel(x, i)
			timed = w.timed(x) || timed
			continue
		}
		if v, told := w.lock(x, i); told {
			return v
		}
	}
	if timed && len(objects) == 1 {
		return VerdictWill
	}
	v := w.others(i, objects)
	if timed {
		return VerdictWill
	}
	return v
}

func waitsAt(x *state.Object, i int32) bool {
	for _, ws := range [][]state.Waiter{x.Recv, x.Send, x.Waiters} {
		for _, y := range ws {
			if y.G == i {
				return true
			}
		}
	}
	return false
}

// channel says how it stands with a channel that goroutine i waits at.
func (w *asker) channel(x *state.Object, i int32) {
	missing, queue, sends := phrase.SomebodyMustComeWhoReceivesFrom, x.Send, true
	for _, y := range x.Recv {
		if y.G == i {
			missing, queue, sends = phrase.SomebodyMustComeWhoSendsOn, x.Recv, false
		}
	}
	what := phrase.ItHasNoBuffer
	switch {
	case sends && pipeFull(x):
		what = phrase.Fill(phrase.ItsPipeHoldsBytesInOf, Count(x.Bytes), strconv.Itoa(x.Pages), Count(x.Room/4096), Count(x.Send[0].Bytes))
	case x.Cap > 0:
		what = plural(x.Cap, phrase.OfItsBuffersPlaceAreFull, strconv.Itoa(x.Len))
	}
	at := 0
	for k, y := range queue {
		if y.G == i {
			at = k
		}
	}
	who := &Link{parts: pieces(nil, missing, []*Link{w.linkAt(x.Addr)})}
	if at > 0 {
		w.say(phrase.Plural(at, phrase.GoroutineIsAheadInItsQueue), plain(what), who, amount(at))
		return
	}
	w.say(phrase.RoomAndWhoMustCome, plain(what), who)
}

// timed says when a timer will send on channel x, if one is set to.
func (w *asker) timed(x *state.Object) bool {
	for k := range w.st.Timers {
		if t := &w.st.Timers[k]; t.ID >= 0 && (t.ID == x.Timer || t.Chan == x.Addr) {
			w.say(phrase.SendsOnItIn, w.linkTimer(t), plain(Duration(max(0, t.When-w.st.Time))))
			w.whoLooks(t)
			return true
		}
	}
	return false
}

// lock says who holds a lock that goroutine i waits for, and follows it. told is
// false if that is no question of a holder, or it is unknown.
func (w *asker) lock(x *state.Object, i int32) (v Verdict, told bool) {
	switch x.Kind {
	case "waitgroup":
		if x.Base != 0 {
			w.say(phrase.ItsCounterIsSoManyCalls, number(int(int32(x.Word>>32))))
		}
		return "", false
	case "cond":
		w.say(phrase.SomebodyMustCallSignalOrBroadcast)
		return "", false
	case "semaphore":
		w.say(phrase.SomebodyMustReleaseIt)
		return "", false
	}
	if x.Writer {
		w.say(phrase.Plural(x.Readers, phrase.ItHasAnnouncedItselfSoThat), amount(x.Readers))
		return "", false
	}
	if !lockedWord(x) {
		if x.Kind == "mutex" && x.Base != 0 {
			w.say(phrase.ItIsNotLockedNowOne)
		}
		return "", false
	}
	who, when, ok := w.holder(x)
	if !ok {
		w.say(phrase.WhoLockedItIsNotKnown)
		return "", false
	}
	h := find(w.st, who.ID)
	if h == i {
		w.say(phrase.HoldsItItselfForNowGos, who, when)
		w.why.Cycle = []*Link{who}
		return VerdictStuck, true
	}
	w.say(phrase.HasHeldItForAndMust, who, when)
	if h < 0 || w.st.Gs[h].Status == Dead {
		w.say(phrase.HasEndedAndDidNotUnlock, who)
		return w.never(i, VerdictMay), true
	}
	w.depth++
	defer func() { w.depth-- }()
	switch v = w.goroutine(h); v {
	case VerdictStuck:
		return v, true
	case VerdictNever:
		return w.never(i, VerdictMay), true
	}
	return VerdictMay, true
}
