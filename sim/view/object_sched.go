package view

import (
	"strconv"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

func (o *opener) openSched() *Object {
	r := &o.st.Rules
	if r.Sources.Sched == "" {
		return nil
	}
	obj := &Object{Title: "sched", Says: phrase.WhatAllThreadsShareUnderOne}
	name := "schedt"
	switch {
	case !o.st.HasP:
		name = "struct Sched"
	case r.Sources.C:
		name = "sched"
	}
	f := o.in(r.Sources.Sched, name)
	q := &o.st.Sched
	if !o.st.HasP {
		o.schedWithoutPs(f, q)
	} else {
		f.gs(r.Sources.Runq, phrase.TheQueueOfAllRunnableGoroutines, q.Queue)
		f.add(r.Sources.Free, Count(int64(len(q.Free))), phrase.Goroutines, phrase.GoroutinesThatEndedAndThatNo, o.linksG(q.Free)...)
		f.own("goidgen", Plain(q.GoidGen), phrase.TheLastNumberGivenOutTo)
		o.schedMs(f, q)
		o.schedPoll(f, q)
	}
	stop := "gcwaiting"
	if !o.st.HasP {
		stop = "waitstop"
	}
	f.own(stop, yes(q.Stopping), phrase.WhetherTheWorldIsBeingStopped)
	if q.Stopping {
		l := o.linkM(q.Stopper)
		if l != nil {
			f.word(phrase.StoppedBy, l.Text, "", phrase.TheThreadForWhichItStands, l)
		}
		if o.st.HasP {
			f.add("stopwait", strconv.Itoa(q.StopWait), phrase.Ps, phrase.PsThatHaveNotStoppedYet)
		}
	}
	o.schedLocks(f, q)
	f.fact(phrase.GoroutinesField, Count(int64(q.Live)), phrase.ThoseThatExistWithoutTheRuntimes)
	obj.Fields = f.list
	return obj
}

// schedLocks are the scheduler's own locks: who has each, and which threads want it.
func (o *opener) schedLocks(f *fields, q *state.Sched) {
	for i := range q.Locks {
		x := &q.Locks[i]
		if x.Holder < 0 && len(x.Waiters) == 0 && i > 0 {
			continue
		}
		value, links := phrase.Free, []*Link(nil)
		if l := o.linkM(x.Holder); l != nil {
			value, links = phrase.Fill(phrase.HeldByNamed, l.Text), []*Link{l}
		}
		for _, w := range x.Waiters {
			if l := o.linkM(w.Thread); l != nil {
				links = append(links, l)
			}
		}
		if n := len(x.Waiters); n > 0 {
			value = plural(n, phrase.ThreadWaits, value)
		}
		f.word(x.Name, value, "", plural(int(x.Waits), phrase.ALockOfTheSchedulersWait, Duration(x.Waited)), links...)
	}
}

// schedWithoutPs are the fields of Go 1.0's Sched.
func (o *opener) schedWithoutPs(f *fields, q *state.Sched) {
	f.gs("ghead", phrase.TheOneRunQueueFirstIn, q.Queue)
	f.add("gwait", Count(int64(len(q.Queue))), phrase.Goroutines, phrase.HowManyStandInIt)
	f.add("gfree", Count(int64(len(q.Free))), phrase.Goroutines, phrase.GoroutinesThatEndedKeptForThe, o.linksG(q.Free)...)
	f.add("mhead", Count(int64(len(q.IdleM))), phrase.Threads, phrase.TheListOfIdleThreadsThe, o.linksM(q.IdleM)...)
	f.add("mcount", Count(int64(len(o.st.Threads))), phrase.Threads, phrase.ThreadsThatWereMade)
	f.own("goidgen", Plain(q.GoidGen), phrase.TheLastGoroutinesNumber)
	f.add("mcpu", strconv.Itoa(q.MCPU), phrase.Threads, phrase.ThreadsThatRunGoCodeOr)
	f.add("mcpumax", strconv.Itoa(q.MCPUMax), phrase.Threads, phrase.HowManyMayGOMAXPROCSOr1)
}

func (o *opener) schedMs(f *fields, q *state.Sched) {
	f.add("midle", Count(int64(len(q.IdleM))), phrase.Threads, phrase.TheListOfIdleThreadsThe, o.linksM(q.IdleM)...)
	f.add("nmidlelocked", strconv.Itoa(q.IdleLocked), phrase.Threads, phrase.ThreadsThatWaitForTheGoroutine)
	f.add(o.st.Rules.Sources.MCount, Count(int64(len(o.st.Threads))), phrase.Threads, phrase.ThreadsThatWereMade)
	if n := o.st.Rules.MaxThreads; n > 0 {
		f.add("maxmcount", Count(int64(n)), phrase.Threads, phrase.MoreThanThatAndTheProgram)
	}
	var idle []*Link
	for _, p := range q.IdleP[:min(len(q.IdleP), linksShown)] {
		if l := o.linkP(p); l != nil {
			idle = append(idle, l)
		}
	}
	f.add("pidle", Count(int64(len(q.IdleP))), phrase.Ps, phrase.TheListOfIdlePsThe, idle...)
	f.add("nmspinning", strconv.Itoa(q.Spinning), phrase.Threads, phrase.ThreadsThatHoldAPWithout)
	if o.st.Rules.NeedSpin {
		f.own("needspinning", yes(q.NeedSpin), phrase.WhetherSomebodyWantedToSpinAnd)
	}
	f.word(phrase.InTheKernelWithoutAP, strconv.Itoa(o.syscallsWithoutP()), phrase.Goroutines, phrase.GoroutinesInSystemCallsWhoseP)
}

func (o *opener) syscallsWithoutP() (n int) {
	for i := range o.st.Gs {
		if g := &o.st.Gs[i]; g.Status == Syscall && g.Thread >= 0 && o.st.Threads[g.Thread].P < 0 {
			n++
		}
	}
	return n
}

func (o *opener) schedPoll(f *fields, q *state.Sched) {
	st := o.st
	l := o.linkM(q.Poller)
	if l != nil {
		f.word(phrase.InTheNetworkPoller, l.Text, "", phrase.TheThreadThatWaitsThereFor, l)
		until := phrase.WithoutEnd
		if q.PollUntil > 0 {
			until = phrase.Fill(phrase.ForAtMost, Duration(max(0, q.PollUntil-st.Time)))
		}
		f.fact(phrase.Polls, until, phrase.UntilTheNextTimerUnlessThe)
	}
	f.own("lastpoll", Duration(q.LastPoll), phrase.WhenTheNetworkWasLastAsked)
	gs := make([]int32, 0, len(st.Net))
	for _, w := range st.Net {
		gs = append(gs, w.G)
	}
	f.word(phrase.WaitForTheNetwork, Count(int64(len(gs))), phrase.Goroutines, phrase.TheyHoldNoThreadThePoller, o.linksG(gs)...)
	if st.Rules.SysmonMin > 0 {
		f.own("sysmonwait", yes(q.SysmonDeep), phrase.WhetherSysmonSleepsUntilItIs)
		if q.SysmonNext > st.Time {
			f.word(phrase.SysmonLooksIn, Duration(q.SysmonNext-st.Time), "", phrase.Fill(phrase.ItSleepsForToTheLonger, Duration(st.Rules.SysmonMin), Duration(st.Rules.SysmonMax)))
		}
	}
}

func (o *opener) openGC() *Object {
	c := &o.st.GC
	if c.Phase == "" {
		return nil // no process is left that could have one
	}
	obj := &Object{Title: phrase.GarbageCollector, Says: phrase.Fill(phrase.TheGarbageCollector, c.Phase)}
	f := o.in("", "")
	f.fact(phrase.Phase, c.Phase, phrase.HowFarItIs)
	f.fact(phrase.Cycles, Count(c.Cycles), phrase.CollectionsThatAreOver)
	f.fact(phrase.Heap, Bytes(c.Heap), phrase.BytesOfObjectsThatExist)
	if c.Goal >= 0 {
		f.fact(phrase.Trigger, Bytes(c.Trigger), phrase.AtSoManyBytesTheNext)
		f.fact(phrase.Goal, Bytes(c.Goal), phrase.AtSoManyItIsTo)
	}
	if c.Phase == state.GCMark {
		f.fact(phrase.MarksSince, Duration(o.st.Time-c.Begun), phrase.HowLongMarkingHasBeenGoing)
		f.word(phrase.PsOfItsOwn, strconv.Itoa(c.Whole), phrase.Ps, phrase.PsThatMarkAndDoNothing)
		if c.Share > 0 {
			f.fact(phrase.ShareOfTheOthers, phrase.Fill(phrase.Percent, strconv.Itoa(100*c.Share/c.Of)), phrase.WhatOfEachPsTimeGoes)
		}
		for _, w := range c.Workers {
			if l := o.linkG(w.G); l != nil {
				mode := w.Mode
				if mode == "" {
					mode = phrase.WaitsInThePool
				}
				f.word(phrase.Worker, mode, "", phrase.AGoroutineOfTheRuntimesThat, l)
			}
		}
	}
	obj.Fields = f.list
	return obj
}
