package sched

import (
	"fmt"
	"strconv"

	"gopark/sim/state"
	"gopark/sim/task"
)

func (s *gmp) Fill(st *state.State) {
	st.Time = s.mach.Now()
	st.Era = s.era.Name
	st.HasP = true
	st.Rules = s.era.stateRules(s.places())
	s.mach.Fill(st)
	for i := range st.Threads {
		t := &st.Threads[i]
		if i < len(s.ms) {
			s.fillThread(t, s.ms[i])
			continue
		}
		// A thread is made an instant before its M.
		t.Name = fmt.Sprintf("M%d", i)
	}
	for _, x := range s.ps[:s.procs] {
		st.Ps = append(st.Ps, s.fillP(x))
	}
	st.Gs = make([]state.G, 0, len(s.gs))
	for i := range s.gs {
		st.Gs = append(st.Gs, s.fillG(task.ID(i)))
	}
	st.Sched = state.Sched{
		Queue: s.runq.list(), Free: s.listFree(s.free), Spinning: int(s.spinning),
		GoMaxProcs: int(s.procs), Stopping: s.stopping, TickCheck: s.era.TickCheck,
	}
	s.fillSched(st)
	s.fillLocks(st)
	for i := len(s.idleM) - 1; i >= 0; i-- {
		st.Sched.IdleM = append(st.Sched.IdleM, s.idleM[i])
	}
	for i := len(s.idleP) - 1; i >= 0; i-- {
		st.Sched.IdleP = append(st.Sched.IdleP, s.idleP[i])
	}
	for _, x := range s.ps {
		for _, n := range x.heap {
			st.Timers = append(st.Timers, n.fill(x.id))
		}
	}
	if s.end.Kind != Running {
		st.Ended, st.Exit = s.end.Kind.String(), s.end.Code
	}
}

// fill is the timer in the heap of P pid.
func (n timerNode) fill(pid int32) state.Timer {
	id, a := n.key.args()
	t := state.Timer{ID: int32(a), When: n.when, P: pid, G: int32(id), What: "sleep"}
	if n.key >= 0 {
		t.What = fmt.Sprintf("timer %d", a)
	}
	return t
}

func (s *gmp) fillLocks(st *state.State) {
	st.Sched.Locks = []state.Lock{s.mu.fill("sched.lock")}
	if s.era.QueueLock {
		for _, x := range s.ps {
			st.Sched.Locks = append(st.Sched.Locks, x.mu.fill("P"+strconv.Itoa(int(x.id))+"'s queue"))
		}
	}
	for i, m := range s.ms {
		s.locks.fillWaiter(st.Sched.Locks, &m.locking, &st.Threads[i])
	}
}

func (q *queue) list() []int32 {
	var ids []int32
	for i := range q.n {
		ids = append(ids, int32(q.at(i)))
	}
	return ids
}

func (s *gmp) listFree(l list) []int32 {
	var ids []int32
	for id := l.head; id != task.None; id = s.gs[id].next {
		ids = append(ids, int32(id))
	}
	return ids
}

func (s *gmp) fillP(x *p) state.P {
	status := pstatusNames[x.status]
	if s.inSyscall(x) != none {
		status = "syscall"
	}
	if s.stopping && x.m == s.stopper {
		status = "gcstop"
	}
	return state.P{ID: x.id, Status: status, Thread: x.m, Next: int32(x.next), Queue: x.ring.list(),
		SchedTick: x.schedTick, SyscallTick: x.syscallTick, Timers: len(x.heap),
		Free: s.listFree(x.free), SliceStart: x.monWhen,
		OldM: x.oldm, SeenTick: x.monSched, SeenSys: x.monSyscall, SeenSysAt: x.monSysWhen,
		Goid: x.goid, GoidEnd: x.goidEnd, Worker: int32(x.marker), MarkTime: x.markTime}
}

func (s *gmp) fillG(id task.ID) state.G {
	x := &s.gs[id]
	g := state.G{Task: id, ID: x.goid, Status: gstatusNames[x.status], System: x.system, Object: x.object,
		Since: x.since, Parent: x.parent, Thread: x.m, P: none, Locked: x.lockedM != none, LockedM: x.lockedM,
		Locks: int(x.locks), Preempt: x.preempt}
	if x.status == gwaiting {
		g.Reason = x.reason.String()
	}
	if x.m != none {
		g.P = s.ms[x.m].p
	}
	return g
}

// fillThread says in the runtime's terms what the kernel could not know.
func (s *gmp) fillThread(t *state.Thread, m *m) {
	t.Name = fmt.Sprintf("M%d", m.id)
	t.G, t.P, t.LockedG, t.Spinning = int32(m.curg), m.p, int32(m.lockedG), m.spinning
	t.NextP, t.OldP, t.Tick = m.nextp, m.oldp, m.sysTick
	if m.phase == atSteal || m.phase == atNap {
		t.Round = m.round
	}
	if m.phase == atNap {
		t.Victim = m.victim
	}
	if m.id == sysmonM {
		t.Name, t.Doing, t.Until = "sysmon", state.DoingSleep, 0
		return
	}
	if t.Doing == state.DoingReady || t.Doing == state.DoingDead {
		return
	}
	switch m.phase {
	case atRun:
		if m.busy > 0 {
			t.Doing = state.DoingRuntime
		}
	case atSchedule, atWired, atStop, atUnneeded:
		t.Doing = state.DoingRuntime
	case atSteal, atNap, atGiveUp:
		t.Doing = state.DoingLook
		if m.spinning {
			t.Doing = state.DoingSpin
		}
		t.Detail = s.searching(m)
	case atWake:
		t.Doing = state.DoingIdle
	case atLocked:
		t.Doing, t.Detail = state.DoingIdle, "waits for its locked goroutine"
	case atHelp:
		t.Doing = state.DoingMark
	case atStopping:
		t.Doing, t.Detail = state.DoingIdle, "waits for the world to stop"
	case atWedge:
		t.Doing, t.Detail = state.DoingIdle, "its goroutine has ended"
	case atPoll:
		t.Doing = state.DoingPoll
	case atSyscall, atReturn, atKernel:
		t.Doing = state.DoingSyscall
	case atExit:
		t.Doing = state.DoingDead
	}
}

func (s *gmp) searching(m *m) string {
	switch {
	case m.phase == atGiveUp:
		return "nothing found"
	case m.phase == atNap:
		return fmt.Sprintf("P%d's runnext", m.victim)
	case m.walk.done():
		return "other Ps"
	}
	return fmt.Sprintf("P%d's queue, round %d", m.walk.pos, m.round+1)
}
