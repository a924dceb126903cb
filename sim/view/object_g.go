package view

import (
	"strconv"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// Codes of a goroutine's status (runtime2.go:_Gidle and after; the same since 1.0).
var statusCodes = [...]string{FieldRunnable: "_Grunnable, 1", FieldRunning: "_Grunning, 2", FieldSyscall: "_Gsyscall, 3", FieldWaiting: "_Gwaiting, 4", FieldDead: "_Gdead, 6"}

func (o *opener) openG(i int32) *Object {
	if i < 0 {
		return nil
	}
	g, r := &o.st.Gs[i], &o.st.Rules
	obj := &Object{Title: "G" + Plain(g.ID), Says: phrase.Fill(phrase.AGoroutine, note(g, o.st.Time))}
	f := o.in(r.Sources.G, "g")
	f.own("goid", Plain(g.ID), phrase.ItsNumberWhichIsNeverGiven)
	code := g.Status
	if r.Sources.G != "" {
		code += " (" + statusCodes[fieldState(g.Status)] + ")"
	}
	name := r.Sources.Status
	if name == "" {
		name = phrase.Status
	}
	f.own(name, code, phrase.WhatItDoesAsTheScheduler)
	if g.Status != Dead {
		f.fact(phrase.Since, Duration(o.st.Time-g.Since), phrase.HowLongItHasBeenDoing)
	}
	if g.Status == Waiting {
		links := o.waitLinks(i)
		f.add("waitreason", g.Reason, "", phrase.WhyItWaitsAsATraceback, links...)
	}
	o.gWhere(f, g)
	o.gMade(f, g)
	o.gStack(f, g)
	if g.Status == Waiting && g.Sudogs > 0 {
		f.fact(phrase.WaitQueues, strconv.Itoa(g.Sudogs), phrase.TheWaitQueuesThatItStands)
		if g.Sudogs > 1 {
			f.fact(phrase.Decided, yes(g.Won), phrase.WhetherACaseOfItsSelect)
		}
	}
	if g.Defers > 0 {
		f.add("defer|_defer", strconv.Itoa(g.Defers), phrase.Call, phrase.CallsThatItWillMakeWhen)
	}
	if g.Panics > 0 {
		f.add("panic|_panic", strconv.Itoa(g.Panics), phrase.Panic, phrase.PanicsUnderWayInnermostFirst)
	}
	if r.Slice > 0 {
		f.own("preempt", yes(g.Preempt), preemptSays(r))
	} else {
		f.word(phrase.AskedToStop, yes(g.Preempt), "", preemptSays(r))
	}
	if g.System {
		f.fact(phrase.System, phrase.Yes, phrase.TheRuntimeStartedItForItself)
	}
	obj.Fields = f.list
	return obj
}

func preemptSays(r *state.Rules) string {
	switch {
	case r.AsyncPreempt:
		return phrase.WhetherItWasAskedToStop
	case r.Slice > 0:
		return phrase.WhetherItWasAskedToStopIt
	}
	return phrase.WhetherTheCollectorAsksItTo
}

// gWhere is where it runs.
func (o *opener) gWhere(f *fields, g *state.G) {
	if g.Thread >= 0 {
		l := o.linkM(g.Thread)
		f.ref("m", phrase.TheThreadThatRunsItOr, l)
	}
	if l := o.linkP(g.P); l != nil {
		f.word("P", l.Text, "", phrase.TheProcessorOfTheSchedulersThat, l)
	}
	if l := o.linkM(g.LockedM); l != nil {
		f.ref("lockedm", phrase.TheOnlyThreadThatMayRun, l)
	}
	if at, says := o.gQueue(g); at != nil {
		f.word(phrase.Queue, at.Text, "", says, at)
	}
	for i := range o.st.Timers {
		t := &o.st.Timers[i]
		if t.ID < 0 && t.G >= 0 && o.st.Gs[t.G].ID == g.ID {
			f.word(phrase.Sleeps, Duration(t.When-o.st.Time), phrase.LeftUnit, phrase.TheTimerThatWillWakeIt, link(RefTimer, -g.ID, phrase.ItsTimer))
		}
	}
	if g.Status == Dead {
		return
	}
	if g.Func != "" {
		f.fact(phrase.AtField, g.Func+lineOf(g.File, g.Line), phrase.WhereInTheSourceItIs)
	}
	if g.PC != 0 {
		f.own("sched.pc", hex(g.PC), phrase.TheInstructionWithWhichItGoes)
	}
}

// gQueue is the run queue that g stands in.
func (o *opener) gQueue(g *state.G) (*Link, string) {
	w := o.place(g)
	switch w.kind {
	case inNext:
		l := o.linkP(w.which)
		l.Text = phrase.Fill(phrase.SRunnext, l.Text)
		return l, phrase.ItIsTheNextToRun
	case inQueue:
		l := o.linkP(w.which)
		l.Text = phrase.Fill(phrase.SQueuePlaceOf, l.Text, strconv.Itoa(w.at+1), strconv.Itoa(w.of))
		return l, phrase.FirstInFirstOut
	case inGlobal:
		return link(RefSched, 0, phrase.Fill(phrase.TheGlobalQueuePlaceOf, strconv.Itoa(w.at+1), strconv.Itoa(w.of))), phrase.FirstInFirstOut
	}
	return nil, ""
}

// A spot is a place in a queue.
type spot struct {
	place
	at, of int
}

// place is the run queue or free list that g stands in.
func (o *opener) place(g *state.G) spot {
	in := func(list []int32, kind placeKind, which int32) (spot, bool) {
		for i, x := range list {
			if x >= 0 && int(x) < len(o.st.Gs) && &o.st.Gs[x] == g {
				return spot{place{kind, which, g.ID}, i, len(list)}, true
			}
		}
		return spot{}, false
	}
	for i := range o.st.Ps {
		p := &o.st.Ps[i]
		if w, ok := in([]int32{p.Next}, inNext, p.ID); ok {
			return w
		}
		if w, ok := in(p.Queue, inQueue, p.ID); ok {
			return w
		}
		if w, ok := in(p.Free, inFree, p.ID); ok {
			return w
		}
	}
	if w, ok := in(o.st.Sched.Queue, inGlobal, -1); ok {
		return w
	}
	w, _ := in(o.st.Sched.Free, inFree, -1)
	return w
}

func lineOf(file string, line int32) string {
	if line <= 0 {
		return ""
	}
	return phrase.Fill(phrase.AtLine, base(file), strconv.Itoa(int(line)))
}

// gMade is where it comes from.
func (o *opener) gMade(f *fields, g *state.G) {
	if g.Entry != "" {
		f.fact(phrase.StartedWith, g.Entry, phrase.TheFunctionThatItWasStarted)
	}
	if g.GoLine > 0 {
		f.own("gopc", base(g.GoFile)+":"+strconv.Itoa(int(g.GoLine)), phrase.TheGoStatementThatMadeIt)
	}
	if g.Parent > 0 {
		src := ""
		if o.st.Rules.NamesParent {
			src = "parentGoid"
		}
		if src != "" {
			f.add(src, Plain(g.Parent), "", phrase.TheGoroutineThatMadeIt, o.linkGoid(g.Parent, false))
		} else {
			f.word(phrase.MadeBy, "G"+Plain(g.Parent), "", phrase.TheGoroutineThatMadeItThis, o.linkGoid(g.Parent, false))
		}
	}
	if made := o.s.fold.created(g.ID); made > 0 {
		f.word(phrase.MadeAt, Duration(o.s.rec.Log().At(made-1).Time), "", phrase.WhenItWasMade, link(RefEvent, int64(made), phrase.Fill(phrase.Event, Count(int64(made)))))
	}
}

// gStack is its stack in numbers; Session.XRay has it in full.
func (o *opener) gStack(f *fields, g *state.G) {
	r := &o.st.Rules
	if g.StackSize == 0 || g.Status == Dead {
		return
	}
	if r.Sources.G == "" {
		f.fact(phrase.StackReserved, Bytes(g.StackSize), phrase.AddressesForItsThreadsStackWhich)
		f.word(phrase.StackUsed, Count(g.StackUsed), phrase.BytesUnit, phrase.WhatItsCallsUseOfThem)
		return
	}
	f.fact(phrase.StackSize, Bytes(g.StackSize), phrase.HowLargeItsStackIsNow)
	f.word(phrase.StackUsed, Count(g.StackUsed), phrase.BytesUnit, phrase.OfThatWhatItsCallsUse)
	switch {
	case r.StackSegments:
		f.fact(phrase.Segments, strconv.Itoa(g.Segments), phrase.PiecesThatItsStackIsMade)
	case g.StackLo != 0:
		f.own("stack.hi", hex(g.StackLo+uint64(g.StackSize)), phrase.TheEndAtWhichItsFirst)
		f.own("stack.lo", hex(g.StackLo), phrase.TheOtherEnd)
		if r.StackGuard > 0 {
			f.own("stackguard0", hex(g.StackLo+uint64(r.StackGuard)), phrase.TheBoundThatFunctionProloguesCompare)
		}
		f.fact(phrase.Copied, plural(g.Grown, phrase.Time), phrase.HowOftenItWasCopiedTo)
	}
}

// waitLinks are what goroutine i waits for.
func (o *opener) waitLinks(i int32) (links []*Link) {
	for k := range o.st.Objects {
		x := &o.st.Objects[k]
		for _, ws := range [][]state.Waiter{x.Recv, x.Send, x.Waiters} {
			for _, w := range ws {
				if w.G == i {
					links = append(links, o.linkAt(x.Addr))
				}
			}
		}
	}
	return links
}

func yes(b bool) string {
	if b {
		return phrase.Yes
	}
	return phrase.No
}
