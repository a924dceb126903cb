package view

import (
	"strconv"

	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// A Told is a recording that nobody has simulated: somebody noted what a real
// program did. Of what was not noted, views say that it is unknown.
type Told interface {
	sim.Recording
	// Text is a text that an event refers to by its B: why a goroutine blocks.
	Text(n int64) string
	// Born is the i-th goroutine that was told of so far, from 0, and whether the
	// runtime has started it for itself.
	Born(i int) (goid int64, system, ok bool)
}

// toldUnknown is what nobody knows of a run that was told.
const toldUnknown = phrase.InWhichQueueARunnableGoroutine

// meet gives the goroutines of a told run their names.
func (f *Fold) meet() {
	if f.told == nil {
		return
	}
	for {
		goid, system, ok := f.told.Born(f.met)
		if !ok {
			return
		}
		f.Names.Add(goid, system)
		f.met++
	}
}

// already, as an argument, says that an event tells what was so when the trace began.
const already = 1

// toldTemplate is the template of an event of a told run, "" if it is the same
// as that of a simulated one.
func (f *Fold) toldTemplate(e trace.Event) string {
	if f.told == nil {
		return ""
	}
	switch e.Kind {
	case trace.GoCreate:
		if e.M < 0 {
			return phrase.GIsThereWhenTheTrace
		}
		return phrase.ByCreatesG
	case trace.GoStart:
		if e.B == already {
			return phrase.GRunsAlreadyOnM
		}
		return phrase.MRunsGOnP
	case trace.GoStop:
		if trace.Why(e.A) == trace.WhyPreempted { // the trace does not tell what for
			return phrase.GStopsButStaysRunnableItIs
		}
		return phrase.GStopsButStaysRunnableA
	case trace.GoBlock:
		if e.M < 0 {
			return phrase.GWaitsAlreadyForWhatThe
		}
		return phrase.GPark
	case trace.GoUnblock:
		if e.M < 0 {
			return phrase.GBecomesReady
		}
		return phrase.ByMakesGReady
	case trace.GoSyscallBegin:
		if e.B == already {
			return phrase.GIsInASystemCall
		}
		return phrase.GEntersASystemCallAndTakes
	case trace.GoSyscallEndBlocked:
		return phrase.GIsBackFromItsSystemCall
	case trace.GoDestroy:
		return phrase.GEnds
	case trace.ProcStart:
		if e.A == already {
			return phrase.MHasPWhenTheTrace
		}
	case trace.ProcStop:
		return phrase.MLetsGoOfP
	case trace.ProcsChange:
		return phrase.GOMAXPROCSIsA
	}
	return ""
}

// traced is the board of what a trace told: the threads that have a P, on
// whichever core, those in system calls, the Ps that are nobody's, and who could
// run or waits.
func (b *builder) traced() *Board {
	now := b.now
	board := &Board{Time: now.Time, HasP: true, Ended: now.Ended, Stopped: now.Sched.Stopping, Traced: true}
	held := make([]bool, len(now.Ps))
	for i := range now.Threads {
		t := &now.Threads[i]
		switch {
		case t.P >= 0:
			held[t.P] = true
			m := b.machine(t, b.diff)
			m.Busy, m.P.Unknown = true, true
			board.Cores = append(board.Cores, CoreRow{ID: -1, M: m})
		case t.G >= 0 && len(board.Off) < maxOff:
			board.Off = append(board.Off, *b.machine(t, b.diff))
		default:
			board.OffMore++
		}
	}
	for i := range now.Ps {
		if !held[i] {
			tray := b.tray(&now.Ps[i], b.diff)
			tray.Unknown = true
			board.Idle = append(board.Idle, *tray)
		}
	}
	var ready []int32
	for i := range now.Gs {
		if now.Gs[i].Status == Runnable {
			ready = append(ready, int32(i))
		}
	}
	board.Ready = b.row(ready, globalPills)
	board.Waiting, board.GroupsN = b.groups()
	board.GC = b.collector()
	board.count(now)
	return board
}

// openTold is what a trace told of one thing.
func (o *opener) openTold(ref Ref) *Object {
	f := o.in("", "")
	obj := &Object{Ref: ref}
	switch ref.Kind {
	case RefG:
		g := find(o.st, ref.ID)
		if g < 0 {
			return nil
		}
		obj.Title = "G" + Plain(ref.ID)
		obj.Says = phrase.Fill(phrase.AGoroutineOfTheTracedProgram, note(&o.st.Gs[g], o.st.Time))
		o.toldG(f, &o.st.Gs[g])
	case RefM:
		if ref.ID < 0 || ref.ID >= int64(len(o.st.Threads)) {
			return nil
		}
		t := &o.st.Threads[ref.ID]
		obj.Title, obj.Says = t.Name, phrase.AThreadOfTheSystemBy
		f.fact(phrase.Does, doingTold(t), phrase.WhatItDoesAsFarAs)
		f.word(phrase.Goroutine, textOf(o.linkG(t.G)), "", phrase.OnTheThreadRunningOrIn, some(o.linkG(t.G))...)
		f.word("P", textOf(o.linkP(t.P)), "", phrase.ThatItHolds, some(o.linkP(t.P))...)
		f.fact(phrase.CoreField, unknown, phrase.ATraceDoesNotTellOn)
	case RefP:
		if ref.ID < 0 || ref.ID >= int64(len(o.st.Ps)) {
			return nil
		}
		p := &o.st.Ps[ref.ID]
		obj.Title, obj.Says = "P"+strconv.FormatInt(ref.ID, 10), phrase.AProcessorOfGosSchedulerA
		f.fact(phrase.Status, p.Status, phrase.WhetherAThreadHasIt)
		f.word(phrase.Thread, textOf(o.linkM(p.Thread)), "", phrase.ThatHasIt, some(o.linkM(p.Thread))...)
		f.fact("runnext", unknown, phrase.ATraceDoesNotTellIn)
		f.fact(phrase.Queue, unknown, phrase.ATraceDoesNotTellIn)
	case RefGC:
		obj.Title, obj.Says = "GC", phrase.TheGarbageCollectorAsFarAs
		f.fact(phrase.Phase, o.st.GC.Phase, phrase.WhatItDoes)
		f.word(phrase.Heap, heapTold(o.st.GC.Heap), phrase.BytesUnit, phrase.OfObjectsWhenItWasTold)
		f.word(phrase.Goal, heapTold(o.st.GC.Goal), phrase.BytesUnit, phrase.AtWhichACollectionIsTo)
	default:
		return nil
	}
	obj.Fields = f.list
	return obj
}

const unknown = phrase.Unknown

func (o *opener) toldG(f *fields, g *state.G) {
	f.fact("goid", Plain(g.ID), phrase.TheNumberThatTheRuntimeHas)
	f.fact(phrase.Status, g.Status, phrase.WhatItDoes)
	if g.Status == Waiting {
		f.fact(phrase.Reason, orUnknown(g.Reason), phrase.WhyItWaitsInTheTraces)
	}
	f.fact(phrase.Since, Duration(g.Since), phrase.WhenThatBegan)
	f.fact(phrase.Function, orUnknown(g.Entry), phrase.ThatItWasStartedWith)
	if parent := find(o.st, g.Parent); parent >= 0 {
		f.word(phrase.MadeBy, "G"+Plain(g.Parent), "", phrase.TheGoroutineWhoseGoStatementMade, some(o.linkG(parent))...)
	} else if g.Parent == 0 {
		f.fact(phrase.MadeBy, unknown, phrase.ItWasThereBeforeTheTrace)
	}
	if g.GoLine > 0 {
		f.fact(phrase.MadeAt, base(g.GoFile)+":"+strconv.Itoa(int(g.GoLine)), phrase.TheGoStatementThatMadeIt)
	}
	f.word(phrase.Thread, textOf(o.linkM(g.Thread)), "", phrase.ItIsOn, some(o.linkM(g.Thread))...)
	f.fact(phrase.Stack, unknown, phrase.ATraceHasTheCallsBut)
}

func heapTold(n int64) string {
	if n <= 0 {
		return unknown
	}
	return Count(n)
}

func orUnknown(s string) string {
	if s == "" {
		return unknown
	}
	return s
}

func textOf(l *Link) string {
	if l == nil {
		return phrase.None
	}
	return l.Text
}

func some(l *Link) []*Link {
	if l == nil {
		return nil
	}
	return []*Link{l}
}

func doingTold(t *state.Thread) string {
	if t.Doing == state.DoingUntold {
		return unknown
	}
	return t.Doing
}

// whyTold says of a goroutine what a trace knows: what it does since when, and
// what becomes of it.
func (o *opener) whyTold(ref Ref) *Why {
	g := find(o.st, ref.ID)
	if ref.Kind != RefG || g < 0 || o.st.Gs[g].Status == Dead {
		return nil
	}
	w := &Why{Ref: ref, Title: "G" + Plain(ref.ID), Verdict: VerdictMay}
	x := &o.st.Gs[g]
	say := func(sentence string, values ...*Link) {
		w.Steps = append(w.Steps, Step{Depth: len(w.Steps), Pieces: pieces(nil, sentence, values)})
	}
	since, on := plain(Duration(x.Since)), o.linkM(x.Thread)
	switch x.Status {
	case Running:
		w.Verdict = VerdictRuns
		if on == nil {
			say(phrase.ItRunsSince, since)
		} else {
			say(phrase.ItRunsSinceOn, since, on)
		}
		return w
	case Runnable:
		say(phrase.ItCouldRunSinceInWhich, since)
	case Waiting:
		say(phrase.ItWaitsSinceForWhichChannel, since, plain(orUnknown(x.Reason)))
	case Syscall:
		if on == nil {
			say(phrase.ItIsInASystemCall, since)
		} else {
			say(phrase.ItIsInASystemCallSince, since, on)
		}
	}
	for n, tries := o.n, 0; tries < alike; tries++ {
		n = o.s.fold.Next(ref.ID, n)
		if n == 0 {
			say(phrase.InTheRestOfTheTrace)
			w.Verdict = VerdictNone
			return w
		}
		e := o.s.rec.Log().At(n - 1)
		at, event := plain(Duration(e.Time)), link(RefEvent, int64(n), phrase.Fill(phrase.Event, Count(int64(n))))
		if e.Kind == trace.GoStart {
			say(phrase.ItRunsAgainAtWith, at, event)
			w.Verdict = VerdictWill
			return w
		} else if e.Kind == trace.GoUnblock {
			_, by := o.s.fold.Goid(n - 1)
			if by != 0 && by != ref.ID {
				say(phrase.AtMakesItReadyWith, at, plain("G"+Plain(by)), event)
			} else {
				say(phrase.AtItIsMadeReadyWith, at, event)
			}
		}
	}
	return w
}
