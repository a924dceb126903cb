package view

import (
	"strconv"

	"gopark/sim/state"
)

func (o *opener) openM(id int64) *Object {
	if id < 0 || id >= int64(len(o.st.Threads)) {
		return nil
	}
	t, r := &o.st.Threads[id], &o.st.Rules
	obj := &Object{Title: t.Name, Says: "A thread of the kernel’s, " + t.Doing + "."}
	if t.Detail != "" {
		obj.Says = "A thread of the kernel’s, " + t.Doing + ": " + t.Detail + "."
	}
	f := o.in(r.Sources.G, "m")
	f.add("id", strconv.Itoa(int(t.ID)), "", "Its number.")
	f.word("does", t.Doing, "", "What it does; the runtime has no field that says so.")
	if t.Core >= 0 {
		c := strconv.Itoa(int(t.Core))
		f.word("core", c, "", "The core of the computer that it is on.", link(RefCore, int64(t.Core), "core "+c))
	} else if i := indexOf(o.st.Kernel, t.ID); i >= 0 {
		f.word("kernel’s queue", "place "+strconv.Itoa(i+1)+" of "+strconv.Itoa(len(o.st.Kernel)), "", "It could run, and waits for a core.")
	}
	if t.Until > o.st.Time {
		f.word("until", Duration(t.Until-o.st.Time), "left", "When its sleep or its system call is over.")
	}
	if r.Sources.G != "" {
		o.mFields(f, t)
	} else if l := o.linkG(t.G); l != nil {
		f.word("carries", l.Text, "", "Its goroutine: each has a thread of its own.", l)
	}
	f.word("a switch saves", Count(r.ThreadSave), "bytes", "What the kernel stores when another thread gets the core: all registers.")
	obj.Fields = f.list
	if t.Doing == state.DoingLook || t.Doing == state.DoingSpin || t.Doing == state.DoingRuntime {
		obj.Search = o.search(t.ID)
	}
	return obj
}

// mFields are what Go's scheduler knows of a thread.
func (o *opener) mFields(f *fields, t *state.Thread) {
	l := o.linkG(t.G)
	f.ref("curg", "The goroutine that it runs, or took into the kernel.", l)
	if l = o.linkG(t.LockedG); l != nil {
		f.ref("lockedg", "The only goroutine that it runs (LockOSThread).", l)
	}
	if !o.st.HasP {
		l = o.linkG(t.NextG)
		f.ref("nextg", "The goroutine that was handed to it, to run next.", l)
		f.word("idle", yes(indexOf(o.st.Sched.IdleM, t.ID) >= 0), "", "Whether it is on the list of idle threads, asleep (mhead).")
		return
	}
	l = o.linkP(t.P)
	f.ref("p", "The P in its hands, without which it may not run Go code.", l)
	if l = o.linkP(t.NextP); l != nil {
		f.ref("nextp", "The P that was set aside for it: it takes it when it wakes.", l)
	}
	if l = o.linkP(t.OldP); l != nil {
		f.word("P before", l.Text, "", "The P that it had when it went into the kernel.", l)
	}
	f.add("spinning", yes(t.Spinning), "", "Whether it holds a P without work and looks for some on behalf of all.")
	f.word("asleep", yes(t.Doing == state.DoingIdle), "", "Whether it sleeps until it is woken.")
	if t.Doing == state.DoingSyscall {
		f.word("tick then", strconv.Itoa(int(t.Tick)), "", "Its P’s count of system calls when it entered this one.")
	}
	if i := indexOf(o.st.Sched.IdleM, t.ID); i >= 0 {
		f.word("idle", "place "+strconv.Itoa(i+1)+" of "+strconv.Itoa(len(o.st.Sched.IdleM)), "", "Its place in the list of idle threads; the first is woken first.")
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
	obj := &Object{Title: "P" + strconv.Itoa(int(p.ID)), Says: "A P, the right to run Go code and what goes with it: " + p.Status + "."}
	f := o.in(r.Sources.G, "p")
	f.add("id", strconv.Itoa(int(p.ID)), "", "Its number, below GOMAXPROCS.")
	f.add("status", p.Status, "", "Whether somebody runs Go code with it.")
	l := o.linkM(p.Thread)
	f.ref("m", "The thread that holds it.", l)
	if l = o.linkM(p.OldM); r.OldM && l != nil {
		f.ref("oldm", "The thread that had it last, which gets it back after a stop of the world, if it can.", l)
	}
	if r.RunNext {
		l = o.linkG(p.Next)
		f.ref("runnext", "The goroutine that runs next: the one made runnable last, which shares the time slice of who made it.", l)
	}
	says := "Its queue of runnable goroutines, first in, first out"
	if r.Ring > 0 {
		says += ", a ring of " + strconv.Itoa(r.Ring) + " places"
	} else {
		says += ", an array that grows"
	}
	f.gs("runq", says+".", p.Queue)
	f.tick(r, "schedtick", Count(int64(p.SchedTick)), "Goroutines that it started, but for those that inherit a slice.")
	if n := st.Sched.TickCheck; n > 0 {
		left := (n - int(p.SchedTick)%n) % n
		f.word("the global queue", inTicks(left), "", "When it looks there before its own queue: every "+strconv.Itoa(n)+" ticks, so that nobody there starves.", link(RefSched, 0, "the global queue"))
	}
	f.tick(r, "syscalltick", Count(int64(p.SyscallTick)), "System calls that were made with it.")
	o.pSeen(f, p)
	f.add(r.Sources.Free, Count(int64(len(p.Free))), "goroutines", freeSays(r), o.linksG(p.Free)...)
	if p.GoidEnd > p.Goid {
		f.add("goidcache", Plain(p.Goid), "", "The number of the next goroutine made here; up to "+Plain(p.GoidEnd-1)+" they are set aside for this P.")
	}
	if r.TimerHeaps == 0 {
		f.add("timers", Count(int64(p.Timers)), "timers", "Its heap of timers, the first to expire at the top.", o.timerLinks(p.ID)...)
	}
	if l = o.linkG(p.Worker); l != nil {
		f.word("next worker", l.Text, "", "The worker of the collector’s that it is to run next.", l)
	}
	obj.Fields = f.list
	return obj
}

// tick adds a count of P's, which it has since sysmon looks at it.
func (f *fields) tick(r *state.Rules, name, value, says string) {
	if r.Slice > 0 {
		f.add(name, value, "", says)
	} else {
		f.word(name, value, "", says)
	}
}

// seen adds what sysmon noted: in P, or in a table of its own.
func (f *fields) seen(r *state.Rules, name, value, says string) {
	if r.Sources.SysTick != "" {
		f.add(r.Sources.SysTick+"."+name, value, "", says)
	} else {
		f.word("sysmon’s "+name, value, "", says)
	}
}

func freeSays(r *state.Rules) string {
	s := "Goroutines that ended here, kept with their stacks for the next go statement"
	if r.FreeLocal > 0 {
		s += "; at " + strconv.Itoa(r.FreeLocal) + " half of them go to the list of all"
	}
	return s + "."
}

// pSeen is what sysmon remembers of P.
func (o *opener) pSeen(f *fields, p *state.P) {
	r := &o.st.Rules
	if r.Slice == 0 || p.Status != "running" && p.Status != "syscall" {
		return
	}
	f.seen(r, "schedtick", Count(int64(p.SeenTick)), "The tick that sysmon saw when it looked last.")
	if p.SeenTick != p.SchedTick {
		f.word("time slice", Duration(r.Slice), "at least", "How long the goroutine here may run on: sysmon has not seen it yet.")
		return
	}
	f.seen(r, "schedwhen", Duration(p.SliceStart), "When it first saw that tick.")
	f.word("time slice", Duration(max(0, p.SliceStart+r.Slice-o.st.Time)), "left", "After that sysmon asks the goroutine here to stop.")
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
	obj := &Object{Title: "core " + strconv.Itoa(int(c.ID)), Says: "A processor of the computer’s, which runs one thread at a time."}
	f := o.in("", "")
	l := o.linkM(c.Thread)
	if l == nil {
		f.word("thread", "none", "", "The thread on it.")
	} else {
		f.word("thread", l.Text, "", "The thread on it.", l)
	}
	f.word("clock", Duration(c.Clock), "", "How far it has got: no core runs ahead of the others by more than a moment.")
	f.word("kernel’s queue", Count(int64(len(o.st.Kernel))), "threads", "Threads that could run and wait for a core, first come first; all cores share it.", o.linksM(o.st.Kernel)...)
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
