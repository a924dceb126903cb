package view

import (
	"strconv"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

func (o *opener) openM(id int64) *Object {
	if id < 0 || id >= int64(len(o.st.Threads)) {
		return nil
	}
	t, r := &o.st.Threads[id], &o.st.Rules
	obj := &Object{Title: t.Name, Says: phrase.Fill(phrase.AThreadOfTheKernels, t.Doing)}
	if t.Detail != "" {
		obj.Says = phrase.Fill(phrase.AThreadOfTheKernelsWith, t.Doing, t.Detail)
	}
	f := o.in(r.Sources.G, "m")
	f.own("id", strconv.Itoa(int(t.ID)), phrase.ItsNumber)
	f.fact(phrase.Does, t.Doing, phrase.WhatItDoesTheRuntimeHas)
	if t.Core >= 0 {
		c := strconv.Itoa(int(t.Core))
		f.word(phrase.CoreField, c, "", phrase.TheCoreOfTheComputerThat, link(RefCore, int64(t.Core), phrase.Fill(phrase.Core, c)))
	} else if i := indexOf(o.st.Kernel, t.ID); i >= 0 {
		f.fact(phrase.KernelsQueue, phrase.Fill(phrase.PlaceOf, strconv.Itoa(i+1), strconv.Itoa(len(o.st.Kernel))), phrase.ItCouldRunAndWaitsFor)
	}
	if t.Until > o.st.Time {
		f.word(phrase.Until, Duration(t.Until-o.st.Time), phrase.LeftUnit, phrase.WhenItsSleepOrItsSystem)
	}
	if r.Sources.G != "" {
		o.mFields(f, t)
	} else if l := o.linkG(t.G); l != nil {
		f.word(phrase.Carries, l.Text, "", phrase.ItsGoroutineEachHasAThread, l)
	}
	f.word(phrase.ASwitchSaves, Count(r.ThreadSave), phrase.BytesUnit, phrase.WhatTheKernelStoresWhenAnother)
	obj.Fields = f.list
	if t.Doing == state.DoingLook || t.Doing == state.DoingSpin || t.Doing == state.DoingRuntime {
		obj.Search = o.search(t.ID)
	}
	return obj
}

// mFields are what Go's scheduler knows of a thread.
func (o *opener) mFields(f *fields, t *state.Thread) {
	l := o.linkG(t.G)
	f.ref("curg", phrase.TheGoroutineThatItRunsOr, l)
	if l = o.linkG(t.LockedG); l != nil {
		f.ref("lockedg", phrase.TheOnlyGoroutineThatItRuns, l)
	}
	if !o.st.HasP {
		l = o.linkG(t.NextG)
		f.ref("nextg", phrase.TheGoroutineThatWasHandedTo, l)
		f.fact(phrase.Idle, yes(indexOf(o.st.Sched.IdleM, t.ID) >= 0), phrase.WhetherItIsOnTheList)
		return
	}
	l = o.linkP(t.P)
	f.ref("p", phrase.ThePInItsHandsWithout, l)
	if l = o.linkP(t.NextP); l != nil {
		f.ref("nextp", phrase.ThePThatWasSetAside, l)
	}
	if l = o.linkP(t.OldP); l != nil {
		f.word(phrase.PBefore, l.Text, "", phrase.ThePThatItHadWhen, l)
	}
	f.own("spinning", yes(t.Spinning), phrase.WhetherItHoldsAPWithout)
	f.fact(phrase.Asleep, yes(t.Doing == state.DoingIdle), phrase.WhetherItSleepsUntilItIs)
	if t.Doing == state.DoingSyscall {
		f.fact(phrase.TickThen, strconv.Itoa(int(t.Tick)), phrase.ItsPsCountOfSystemCalls)
	}
	if i := indexOf(o.st.Sched.IdleM, t.ID); i >= 0 {
		f.fact(phrase.Idle, phrase.Fill(phrase.PlaceOf, strconv.Itoa(i+1), strconv.Itoa(len(o.st.Sched.IdleM))), phrase.ItsPlaceInTheListOf)
	}
}

func indexOf(list []int32, x int32) int {
	for i, v := range list {
		if v == x {
			return i
		}
	}
	return -1
}

func (o *opener) openP(id int64) *Object {
	if id < 0 || id >= int64(len(o.st.Ps)) {
		return nil
	}
	p, r, st := &o.st.Ps[id], &o.st.Rules, o.st
	obj := &Object{Title: "P" + strconv.Itoa(int(p.ID)), Says: phrase.Fill(phrase.APTheRightToRun, p.Status)}
	f := o.in(r.Sources.G, "p")
	f.own("id", strconv.Itoa(int(p.ID)), phrase.ItsNumberBelowGOMAXPROCS)
	f.own("status", p.Status, phrase.WhetherSomebodyRunsGoCodeWith)
	l := o.linkM(p.Thread)
	f.ref("m", phrase.TheThreadThatHoldsIt, l)
	if l = o.linkM(p.OldM); r.OldM && l != nil {
		f.ref("oldm", phrase.TheThreadThatHadItLast, l)
	}
	if r.RunNext {
		l = o.linkG(p.Next)
		f.ref("runnext", phrase.TheGoroutineThatRunsNextThe, l)
	}
	says := phrase.ItsQueueOfRunnableGoroutinesFirst
	if r.Ring > 0 {
		says = phrase.Fill(phrase.ItsQueueOfRunnableGoroutinesFirstIn, strconv.Itoa(r.Ring))
	}
	f.gs("runq", says, p.Queue)
	f.tick(r, "schedtick", Count(int64(p.SchedTick)), phrase.GoroutinesThatItStartedButFor)
	if n := st.Sched.TickCheck; n > 0 {
		left := (n - int(p.SchedTick)%n) % n
		f.word(phrase.TheGlobalQueue, inTicks(left), "", phrase.Fill(phrase.WhenItLooksThereBeforeIts, strconv.Itoa(n)), link(RefSched, 0, phrase.TheGlobalQueue))
	}
	f.tick(r, "syscalltick", Count(int64(p.SyscallTick)), phrase.SystemCallsThatWereMadeWith)
	o.pSeen(f, p)
	f.add(r.Sources.Free, Count(int64(len(p.Free))), phrase.Goroutines, freeSays(r), o.linksG(p.Free)...)
	if p.GoidEnd > p.Goid {
		f.add("goidcache", Plain(p.Goid), "", phrase.Fill(phrase.TheNumberOfTheNextGoroutine, Plain(p.GoidEnd-1)))
	}
	if r.TimerHeaps == 0 {
		f.add("timers", Count(int64(p.Timers)), phrase.TimersUnit, phrase.ItsHeapOfTimersTheFirst, o.timerLinks(p.ID)...)
	}
	if l = o.linkG(p.Worker); l != nil {
		f.word(phrase.NextWorker, l.Text, "", phrase.TheWorkerOfTheCollectorsThat, l)
	}
	obj.Fields = f.list
	return obj
}

// tick adds a count of P's, which it has since sysmon looks at it.
func (f *fields) tick(r *state.Rules, name, value, says string) {
	if r.Slice > 0 {
		f.own(name, value, says)
	} else {
		f.fact(name, value, says)
	}
}

// seen adds what sysmon noted: in P, or in a table of its own.
func (f *fields) seen(r *state.Rules, name, value, says string) {
	if r.Sources.SysTick != "" {
		f.own(r.Sources.SysTick+"."+name, value, says)
	} else {
		f.fact(phrase.Fill(phrase.Sysmons, name), value, says)
	}
}

func freeSays(r *state.Rules) string {
	if r.FreeLocal > 0 {
		return phrase.Fill(phrase.GoroutinesThatEndedHereKeptWith, strconv.Itoa(r.FreeLocal))
	}
	return phrase.GoroutinesThatEndedHereKeptWithTheir
}

// pSeen is what sysmon remembers of P.
func (o *opener) pSeen(f *fields, p *state.P) {
	r := &o.st.Rules
	if r.Slice == 0 || p.Status != "running" && p.Status != "syscall" {
		return
	}
	f.seen(r, "schedtick", Count(int64(p.SeenTick)), phrase.TheTickThatSysmonSawWhen)
	if p.SeenTick != p.SchedTick {
		f.word(phrase.TimeSlice, Duration(r.Slice), phrase.AtLeast, phrase.HowLongTheGoroutineHereMay)
		return
	}
	f.seen(r, "schedwhen", Duration(p.SliceStart), phrase.WhenItFirstSawThatTick)
	f.word(phrase.TimeSlice, Duration(max(0, p.SliceStart+r.Slice-o.st.Time)), phrase.LeftUnit, phrase.AfterThatSysmonAsksTheGoroutine)
}

func (o *opener) timerLinks(p int32) (links []*Link) {
	for i := range o.st.Timers {
		if t := &o.st.Timers[i]; t.P == p && len(links) < linksShown {
			links = append(links, o.linkTimer(t))
		}
	}
	return links
}

func (o *opener) openCore(id int64) *Object {
	if id < 0 || id >= int64(len(o.st.Cores)) {
		return nil
	}
	c := &o.st.Cores[id]
	obj := &Object{Title: phrase.Fill(phrase.Core, strconv.Itoa(int(c.ID))), Says: phrase.AProcessorOfTheComputersWhich}
	f := o.in("", "")
	l := o.linkM(c.Thread)
	if l == nil {
		f.fact(phrase.Thread, phrase.None, phrase.TheThreadOnIt)
	} else {
		f.word(phrase.Thread, l.Text, "", phrase.TheThreadOnIt, l)
	}
	f.fact(phrase.Clock, Duration(c.Clock), phrase.HowFarItHasGotNo)
	f.word(phrase.KernelsQueue, Count(int64(len(o.st.Kernel))), phrase.Threads, phrase.ThreadsThatCouldRunAndWait, o.linksM(o.st.Kernel)...)
	obj.Fields = f.list
	return obj
}

func (o *opener) linksM(list []int32) (links []*Link) {
	for _, m := range list[:min(len(list), linksShown)] {
		if l := o.linkM(m); l != nil {
			links = append(links, l)
		}
	}
	return links
}
