package trace

import (
	"gopark/sim/task"
)

// thread applies an event about cores and threads.
func (f *Fold) thread(e Event) {
	switch e.Kind {
	case Cores:
		f.require(e.A > 0 && e.A < 1<<12, "%d cores", e.A)
		for range e.A {
			f.Cores = append(f.Cores, none)
		}
		return
	case ThreadCreate:
		f.Threads = append(f.Threads, FoldThread{Core: none, P: none, G: task.None, Hand: task.None,
			LockedG: task.None, Reserved: none, Lock: none, fresh: true})
		return
	}
	f.require(e.M != none || e.Kind == ThreadUnpark, "no thread")
	if e.Kind == ThreadUnpark { // by another thread, or the kernel's clock
		f.require(e.A >= 0 && e.A < int64(len(f.Threads)), "no thread %d", e.A)
		t := &f.Threads[e.A]
		f.require(!t.Idle || !f.HasP || t.Reserved != none || f.halted, "thread %d is woken without a P", e.A)
		t.Idle, t.woken = false, true
		return
	}
	t := &f.Threads[e.M]
	switch e.Kind {
	case ThreadReady:
		f.require(t.Where == ThreadNew || t.Where == ThreadOff, "thread %d is queued twice or on a core", e.M)
		f.require(Why(e.A) != WhyWoken || t.woken, "nobody has woken thread %d", e.M)
		t.Where, t.woken = ThreadQueued, false
		f.Kernel = append(f.Kernel, e.M)
	case ThreadStart:
		f.require(e.Core >= 0 && int(e.Core) < len(f.Cores), "no core %d", e.Core)
		f.require(f.Cores[e.Core] == none, "core %d runs thread %d", e.Core, f.Cores[e.Core])
		f.require(len(f.Kernel) > 0 && f.Kernel[0] == e.M, "thread %d is not at the head of the kernel's queue", e.M)
		f.Kernel = f.Kernel[1:]
		f.Cores[e.Core], t.Core, t.Where, t.parks = e.M, int32(e.Core), ThreadOnCore, WhyNone
	case ThreadStop:
		f.require(t.Where == ThreadOnCore, "thread %d is on no core", e.M)
		switch w := Why(e.A); w {
		case WhyIdle, WhyLocked, WhyStop:
			f.require(t.parks == w, "thread %d has not decided to sleep", e.M)
			t.parks = WhyNone
		}
		f.Cores[t.Core], t.Core, t.Where = none, none, ThreadOff
	case ThreadPark:
		f.require(t.G == task.None || Why(e.A) == WhyStop, "thread %d parks with a goroutine", e.M)
		f.require(t.P == none || Why(e.A) == WhyStop, "thread %d parks with P%d", e.M, t.P)
		f.require(t.Hand == task.None || t.Hand == t.LockedG || t.Reserved != none, "thread %d parks with task %d in hand", e.M, t.Hand)
		f.require(!t.Spinning, "thread %d parks while it spins", e.M)
		t.Idle, t.parks = Why(e.A) == WhyIdle, Why(e.A)
	case LockWait, LockTake:
		f.lock(e, t)
	case ThreadDestroy:
		f.require(t.Where == ThreadOff, "thread %d ends on a core", e.M)
		f.require(t.P == none && t.G == task.None && t.Hand == task.None, "thread %d ends with P%d, task %d", e.M, t.P, t.G)
		t.Where = ThreadDead
	}
}

// lock applies an event about a lock of the runtime's.
func (f *Fold) lock(e Event, t *FoldThread) {
	f.require(t.Where == ThreadOnCore, "thread %d is on no core", e.M)
	if e.Kind == LockTake {
		f.require(int64(t.Lock) == e.A, "thread %d doesn't wait for lock %d", e.M, e.A)
		t.Lock = none
		return
	}
	f.require(e.B >= none && e.B < int64(len(f.Threads)) && e.B != int64(e.M), "thread %d has the lock", e.B)
	f.require(e.B == none || int64(f.Threads[e.B].Lock) != e.A, "thread %d waits for lock %d and has it", e.B, e.A)
	t.Lock = int32(e.A)
}

// proc applies an event about Ps.
func (f *Fold) proc(e Event) {
	if e.Kind == ProcsChange {
		f.procsChange(e)
		return
	}
	f.require(e.P != none, "no P")
	p := &f.Ps[e.P]
	switch e.Kind {
	case ProcStart:
		t := &f.Threads[e.M]
		f.require(t.Where == ThreadOnCore, "thread %d is on no core", e.M)
		f.require(t.P == none, "thread %d has P%d", e.M, t.P)
		f.require(t.G == task.None || f.Stopped && f.stopper == e.M, "thread %d runs task %d", e.M, t.G)
		f.require(e.P < f.Procs, "P%d of %d", e.P, f.Procs)
		f.require(p.Status != PHeld, "thread %d has P%d", p.M, e.P)
		f.require(p.Status != PReserved || p.M == e.M, "P%d is for thread %d", e.P, p.M)
		f.require(p.Status != PHalted || f.Stopped, "P%d stands still", e.P)
		f.require(!t.fresh || p.Status == PReserved || e.Time == 0, "P%d is not for thread %d, which is new", e.P, e.M)
		f.unidle(e.P)
		p.Status, p.M, t.P, t.Reserved, t.fresh = PHeld, e.M, e.P, none, false
	case ProcStop:
		t := &f.Threads[e.M]
		f.require(p.Status == PHeld && p.M == e.M, "thread %d doesn't have P%d", e.M, e.P)
		f.require(t.G == task.None || f.Gs[t.G].Status == GSyscall || Why(e.A) == WhyProcs, "thread %d runs task %d", e.M, t.G)
		p.Status, p.M, t.P = PLimbo, none, none
	case ProcIdle:
		f.require(p.Status == PLimbo || p.Status == PHalted && f.Stopped, "P%d can't go idle", e.P)
		f.require(p.Next == task.None && len(p.Ring) == 0, "P%d goes idle with goroutines", e.P)
		p.Status = PIdle
		f.IdleP = append(f.IdleP, e.P)
	case ProcHand:
		f.require(e.A >= 0 && e.A < int64(len(f.Threads)), "no thread %d", e.A)
		t := &f.Threads[e.A]
		f.require((t.P == none || t.LockedG != task.None) && t.Reserved == none, "thread %d has P%d, or P%d is for it", e.A, t.P, t.Reserved)
		f.require(p.Status != PHeld && p.Status != PReserved && p.Status != PDead, "P%d can't be handed", e.P)
		f.unidle(e.P)
		p.Status, p.M, t.Reserved = PReserved, int32(e.A), e.P
	case ProcSteal:
		f.require(p.Status == PHeld && int64(p.M) == e.A, "thread %d doesn't have P%d", e.A, e.P)
		t := &f.Threads[p.M]
		f.require(t.G != task.None && f.Gs[t.G].Status == GSyscall, "thread %d is in no system call", p.M)
		p.Status, p.M, t.P = PLimbo, none, none
	case ProcHalt:
		f.require(f.Stopped, "the world runs")
		f.require(p.Status == PLimbo || p.Status == PIdle, "P%d is not free to halt", e.P)
		f.unidle(e.P)
		p.Status = PHalted
	}
}

func (f *Fold) procsChange(e Event) {
	f.require(e.A > 0 && e.A < 1<<16, "%d Ps", e.A)
	f.require(!f.HasP || f.Stopped, "the world runs")
	f.HasP = true
	for i := range f.Ps {
		if int64(i) >= e.A && f.Ps[i].Status != PHeld {
			f.Ps[i].Status = PDead
		} else if f.Ps[i].Status == PDead {
			f.Ps[i].Status = PHalted
		}
	}
	for int64(len(f.Ps)) < e.A {
		f.Ps = append(f.Ps, FoldP{M: none, Next: task.None})
	}
	f.Procs = int32(e.A)
}

// unidle takes P off the idle list if it is on it: only the last to go idle.
func (f *Fold) unidle(p int32) {
	if f.Ps[p].Status != PIdle {
		return
	}
	n := len(f.IdleP) - 1
	f.require(f.IdleP[n] == p, "P%d is not the last that went idle", p)
	f.IdleP = f.IdleP[:n]
}

// rest applies the remaining kinds.
func (f *Fold) rest(e Event) {
	switch e.Kind {
	case PollBegin:
		f.require(f.poller == none, "thread %d polls", f.poller)
		f.require(f.Threads[e.M].P == none, "thread %d polls with a P", e.M)
		f.poller = e.M
	case PollEnd:
		f.require(f.poller == e.M, "thread %d doesn't poll", e.M)
		f.poller = none
	case TimerSet:
		f.timerSet(e)
	case TimerStop, TimerFire:
		f.timerOff(e)
	case STWBegin:
		f.require(!f.Stopped, "the world is stopped already")
		f.require(f.Gs[e.G].Status == GRunning && f.Gs[e.G].M == e.M, "task %d doesn't run", e.G)
		f.Stopped, f.stopper = true, e.M
	case STWEnd:
		f.require(f.Stopped && f.stopper == e.M && !f.halted, "the world isn't thread %d's to start", e.M)
		f.Stopped, f.stopper, f.done = false, none, false
	case GCMarkBegin:
		f.require(f.halted && f.stopper == e.M, "no collection of thread %d's", e.M)
		f.halted, f.Marking, f.done = false, true, true
	case GCMarkEnd:
		f.require(f.Marking, "nobody marks")
		f.Marking = false
		f.stillStands(e)
	case GCBegin:
		if f.rules.Forks { // no other process sees it
			return
		}
		f.require(!f.Marking, "a collection goes on")
		f.stillStands(e)
	case GCEnd:
		if f.rules.Forks {
			return
		}
		f.require(f.halted && f.stopper == e.M, "no collection of thread %d's", e.M)
		f.halted, f.done = false, true
	case StackGrow, StackShrink, StackLink, StackUnlink:
		f.require(f.Gs[e.G].Status == GRunning || f.Stopped, "task %d doesn't run", e.G)
	case Exit, Crash, ThreadLimit:
		f.Over = true
	case Deadlock:
		f.Over = true
		for i := range f.Gs {
			g := &f.Gs[i]
			f.require(g.Goid == f.rules.Sleeper || g.Status != GRunnable && g.Status != GRunning && g.Status != GSyscall,
				"deadlock, but goroutine %d is %s", g.Goid, g.Status)
		}
	}
}

// stillStands requires that the world stands still for thread e.M.
func (f *Fold) stillStands(e Event) {
	f.require(f.Stopped && f.stopper == e.M, "the world runs")
	for i := range f.Procs {
		p := &f.Ps[i]
		f.require(p.Status == PHalted || p.M == e.M, "P%d doesn't stand still", i)
	}
	f.halted = true
}

func (f *Fold) timerSet(e Event) {
	if e.A >= 0 {
		f.timers[e.A] = e.B
		return
	}
	g := &f.Gs[e.G]
	f.require(g.Status == GWaiting, "goroutine %d sleeps and is %s", g.Goid, g.Status)
	g.sleep, g.asleep = e.B, true
}

func (f *Fold) timerOff(e Event) {
	fire := e.Kind == TimerFire
	if e.A >= 0 {
		when, ok := f.timers[e.A]
		f.require(ok, "timer %d is not armed", e.A)
		f.require(!fire || when == e.B && when <= e.Time, "timer %d was to fire at %d", e.A, when)
		delete(f.timers, e.A)
		return
	}
	g := &f.Gs[e.G]
	f.require(g.asleep, "goroutine %d doesn't sleep", g.Goid)
	f.require(!fire || g.sleep == e.B && g.sleep <= e.Time, "goroutine %d sleeps until %d", g.Goid, g.sleep)
	g.asleep = false
}
