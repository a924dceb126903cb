package view

import (
	"strconv"

	"gopark/sim/state"
)

func (o *opener) openSched() *Object {
	r := &o.st.Rules
	if r.Sources.Sched == "" {
		return nil
	}
	obj := &Object{Title: "sched", Says: "What all threads share, under one lock."}
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
		f.gs(r.Sources.Runq, "The queue of all: runnable goroutines that belong to no P, first in, first out.", q.Queue)
		f.add(r.Sources.Free, Count(int64(len(q.Free))), "goroutines", "Goroutines that ended and that no P keeps.", o.linksG(q.Free)...)
		f.add("goidgen", Plain(q.GoidGen), "", "The last number given out, to a goroutine or to a P in a batch.")
		o.schedMs(f, q)
		o.schedPoll(f, q)
	}
	stop := "gcwaiting"
	if !o.st.HasP {
		stop = "waitstop"
	}
	f.add(stop, yes(q.Stopping), "", "Whether the world is being stopped, or stands still.")
	if q.Stopping {
		l := o.linkM(q.Stopper)
		if l != nil {
			f.word("stopped by", l.Text, "", "The thread for which it stands still.", l)
		}
		if o.st.HasP {
			f.add("stopwait", strconv.Itoa(q.StopWait), "Ps", "Ps that have not stopped yet.")
		}
	}
	o.schedLocks(f, q)
	f.word("goroutines", Count(int64(q.Live)), "", "Those that exist, without the runtime’s own.")
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
		value, links := "free", []*Link(nil)
		if l := o.linkM(x.Holder); l != nil {
			value, links = "held by "+l.Text, []*Link{l}
		}
		for _, w := range x.Waiters {
			if l := o.linkM(w.Thread); l != nil {
				links = append(links, l)
			}
		}
		if n := len(x.Waiters); n > 0 {
			value += ", " + plural(n, "thread waits", "threads wait")
		}
		f.word(x.Name, value, "", "A lock of the scheduler’s: "+plural(int(x.Waits), "wait", "waits")+" for it so far, "+Duration(x.Waited)+" in all.", links...)
	}
}

// schedWithoutPs are the fields of Go 1.0's Sched.
func (o *opener) schedWithoutPs(f *fields, q *state.Sched) {
	f.gs("ghead", "The one run queue, first in, first out.", q.Queue)
	f.add("gwait", Count(int64(len(q.Queue))), "goroutines", "How many stand in it.")
	f.add("gfree", Count(int64(len(q.Free))), "goroutines", "Goroutines that ended, kept for the next go statement.", o.linksG(q.Free)...)
	f.add("mhead", Count(int64(len(q.IdleM))), "threads", "The list of idle threads: the last that fell asleep is woken first.", o.linksM(q.IdleM)...)
	f.add("mcount", Count(int64(len(o.st.Threads))), "threads", "Threads that were made.")
	f.add("goidgen", Plain(q.GoidGen), "", "The last goroutine’s number.")
	f.add("mcpu", strconv.Itoa(q.MCPU), "threads", "Threads that run Go code, or were told to.")
	f.add("mcpumax", strconv.Itoa(q.MCPUMax), "threads", "How many may: GOMAXPROCS, or 1 while the world is stopped.")
}

func (o *opener) schedMs(f *fields, q *state.Sched) {
	f.add("midle", Count(int64(len(q.IdleM))), "threads", "The list of idle threads: the last that fell asleep is woken first.", o.linksM(q.IdleM)...)
	f.add("nmidlelocked", strconv.Itoa(q.IdleLocked), "threads", "Threads that wait for the goroutine they are locked to.")
	f.add(o.st.Rules.Sources.MCount, Count(int64(len(o.st.Threads))), "threads", "Threads that were made.")
	if n := o.st.Rules.MaxThreads; n > 0 {
		f.add("maxmcount", Count(int64(n)), "threads", "More than that, and the program is ended.")
	}
	var idle []*Link
	for _, p := range q.IdleP[:min(len(q.IdleP), linksShown)] {
		if l := o.linkP(p); l != nil {
			idle = append(idle, l)
		}
	}
	f.add("pidle", Count(int64(len(q.IdleP))), "Ps", "The list of idle Ps: the last that went idle is taken first.", idle...)
	f.add("nmspinning", strconv.Itoa(q.Spinning), "threads", "Threads that hold a P without work and look for some; nobody is woken for new work while there is one.")
	if o.st.Rules.NeedSpin {
		f.add("needspinning", yes(q.NeedSpin), "", "Whether somebody wanted to spin, and no P was left for it.")
	}
	f.word("in the kernel without a P", strconv.Itoa(o.syscallsWithoutP()), "goroutines", "Goroutines in system calls whose P was taken, or given away.")
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
		f.word("in the network poller", l.Text, "", "The thread that waits there for all, without a P.", l)
		until := "without end"
		if q.PollUntil > 0 {
			until = "for " + Duration(max(0, q.PollUntil-st.Time)) + " at most"
		}
		f.word("polls", until, "", "Until the next timer, unless the network answers before.")
	}
	f.add("lastpoll", Duration(q.LastPoll), "", "When the network was last asked.")
	gs := make([]int32, 0, len(st.Net))
	for _, w := range st.Net {
		gs = append(gs, w.G)
	}
	f.word("wait for the network", Count(int64(len(gs))), "goroutines", "They hold no thread: the poller waits for all of them.", o.linksG(gs)...)
	if st.Rules.SysmonMin > 0 {
		f.add("sysmonwait", yes(q.SysmonDeep), "", "Whether sysmon sleeps until it is woken, since no P runs.")
		if q.SysmonNext > st.Time {
			f.word("sysmon looks in", Duration(q.SysmonNext-st.Time), "", "It sleeps for "+Duration(st.Rules.SysmonMin)+" to "+Duration(st.Rules.SysmonMax)+", the longer the less it finds to do.")
		}
	}
}

func (o *opener) openGC() *Object {
	c := &o.st.GC
	if c.Phase == "" {
		return nil // no process is left that could have one
	}
	obj := &Object{Title: "garbage collector", Says: "The garbage collector: " + c.Phase + "."}
	f := o.in("", "")
	f.word("phase", c.Phase, "", "How far it is.")
	f.word("cycles", Count(c.Cycles), "", "Collections that are over.")
	f.word("heap", Bytes(c.Heap), "", "Bytes of objects that exist.")
	if c.Goal >= 0 {
		f.word("trigger", Bytes(c.Trigger), "", "At so many bytes the next collection starts.")
		f.word("goal", Bytes(c.Goal), "", "At so many it is to be over.")
	}
	if c.Phase == state.GCMark {
		f.word("marks since", Duration(o.st.Time-c.Begun), "", "How long marking has been going on beside the program.")
		f.word("Ps of its own", strconv.Itoa(c.Whole), "Ps", "Ps that mark and do nothing else until it is over: a quarter of all.")
		if c.Share > 0 {
			f.word("share of the others", strconv.Itoa(100*c.Share/c.Of)+" %", "", "What of each P’s time goes to marking besides.")
		}
		for _, w := range c.Workers {
			if l := o.linkG(w.G); l != nil {
				mode := w.Mode
				if mode == "" {
					mode = "waits in the pool"
				}
				f.word("worker", mode, "", "A goroutine of the runtime’s that marks.", l)
			}
		}
	}
	obj.Fields = f.list
	return obj
}
