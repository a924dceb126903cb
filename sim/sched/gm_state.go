package sched

import (
	"fmt"
	"slices"

	"gopark/sim/machine"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Boot sets up what runtime·main finds: M0 runs main, and the
// scavenger sleeps.
func (s *gm) Boot(main task.ID, system []task.ID) {
	m := s.addM(s.mach.Boot())
	s.cur = m.id
	s.bootG(main, SystemG{Goid: 1}, trace.InHand)
	rows := s.era.SystemTasks(s.cfg.OSLinked, s.cfg.Procs)
	s.must(len(rows) == len(system), "boot with %d system tasks, want %d", len(system), len(rows))
	for i, row := range rows {
		id := system[i]
		if row.Goid == 0 && row.Reason == task.ForceGCIdle {
			s.growGs(id)
			s.gs[id].system = true
			s.forcer = id
			continue
		}
		if row.Goid == 0 {
			s.growGs(id)
			s.gs[id] = g{system: true, keeper: true, lockedM: none, m: none, freeIn: none}
			s.keeper = id
			continue
		}
		s.bootScavenger(id, row)
	}
	s.mcpu++
	s.running++
	s.execute(m, main, trace.InHand)
	m.busy = 0
}

// bootScavenger places the scavenger where it is when main starts: a system
// call of main's initialisation has let it run, on a thread of its own, and it
// sleeps.
func (s *gm) bootScavenger(id task.ID, row SystemG) {
	m := s.addM(s.mach.Add())
	s.mach.Doze(machine.Thread(m.id), row.Sleeps)
	m.curg, m.phase, m.until = id, gmReturn, row.Sleeps
	s.bootG(id, row, trace.Nowhere)
	x := &s.gs[id]
	x.status, x.m, x.system, x.parent, x.keeper, x.sleeps = gsyscall, m.id, true, 1, true, row.Sleeps
	s.scavenger, s.cur = id, m.id
	s.event(trace.GoSyscallBegin, id, row.Sleeps, 0)
	s.cur = 0
	s.running++
	s.live--
}

func (s *gm) bootG(id task.ID, row SystemG, into trace.Place) {
	s.growGs(id)
	s.gs[id] = g{goid: row.Goid, lockedM: none, m: none, freeIn: none}
	s.goids = max(s.goids, row.Goid)
	s.live++
	s.setRunnable(&s.gs[id])
	s.event(trace.GoCreate, id, row.Goid, int64(into))
}

func (s *gm) Fill(st *state.State) {
	st.Time, st.Era = s.mach.Now(), s.era.Name
	s.mach.Fill(st)
	for i := range st.Threads {
		t := &st.Threads[i]
		t.Name, t.G, t.P, t.LockedG = fmt.Sprintf("M%d", i), none, none, none
		if i < len(s.ms) {
			s.fillThread(t, s.ms[i])
		}
	}
	for i := range s.gs {
		x := &s.gs[i]
		g := state.G{Task: task.ID(i), ID: x.goid, Status: gstatusNames[x.status], System: x.system, Object: x.object,
			Since: x.since, Parent: x.parent, Thread: x.m, P: none, Locked: x.lockedM != none, Preempt: x.preempt}
		if x.status == gwaiting {
			g.Reason = x.reason.String()
		}
		st.Gs = append(st.Gs, g)
	}
	st.Sched = state.Sched{Queue: s.runq.list(), GoMaxProcs: int(s.procs), Stopping: s.stopping,
		MCPU: int(s.mcpu), MCPUMax: int(s.mcpumax), Locks: []state.Lock{s.mu.fill("sched.lock")}}
	for i, m := range s.ms {
		s.locks.fillWaiter(st.Sched.Locks, &m.locking, &st.Threads[i])
	}
	for i := len(s.free) - 1; i >= 0; i-- {
		st.Sched.Free = append(st.Sched.Free, int32(s.free[i]))
	}
	for i := len(s.idleM) - 1; i >= 0; i-- {
		st.Sched.IdleM = append(st.Sched.IdleM, s.idleM[i])
	}
	for _, n := range s.heap {
		id, a := n.key.args()
		t := state.Timer{When: n.when, P: none, G: int32(id), What: "sleep"}
		if n.key >= 0 {
			t.What = fmt.Sprintf("timer %d", a)
		}
		st.Timers = append(st.Timers, t)
	}
	if s.end.Kind != Running {
		st.Ended, st.Exit = s.end.Kind.String(), s.end.Code
	}
}

func (s *gm) fillThread(t *state.Thread, m *worker) {
	t.G, t.LockedG = int32(m.curg), int32(m.lockedG)
	if t.Doing == state.DoingReady || t.Doing == state.DoingDead {
		return
	}
	switch m.phase {
	case gmRun:
		if m.busy > 0 {
			t.Doing = state.DoingRuntime
		}
	case gmSchedule:
		t.Doing = state.DoingRuntime
	case gmWait:
		t.Doing = state.DoingIdle
		if m.lockedG != task.None {
			t.Detail = "waits for its locked goroutine"
		}
	case gmHelp:
		t.Doing = state.DoingMark
	case gmStopping:
		t.Doing, t.Detail = state.DoingIdle, "waits for the world to stop"
	default:
		t.Doing = state.DoingSyscall
	}
}

func (s gmState) clone() *gmState {
	s.pending = slices.Clone(s.pending)
	s.gs, s.ms, s.runq = slices.Clone(s.gs), clonePointers(s.ms), s.runq.clone()
	s.free, s.idleM, s.heap, s.net = slices.Clone(s.free), slices.Clone(s.idleM), slices.Clone(s.heap), slices.Clone(s.net)
	return &s
}

func (s *gm) Snapshot() Snapshot {
	return Snapshot{machine: s.mach.Snapshot(), gm: s.gmState.clone()}
}

func (s *gm) SnapshotBytes() int64 { return snapshotBytes(len(s.gs), s.mach.Threads()) }

func (s *gm) Restore(x Snapshot) {
	s.mach.Restore(x.machine)
	s.gmState = *x.gm.clone()
}
