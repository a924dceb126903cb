package sched

import (
	"slices"
	"sort"

	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// enterSyscall gives the thread's place among those that run Go code away at
// once, if somebody waits for one (runtime/proc.c:entersyscall).
func (s *gm) enterSyscall(m *worker, wait task.Duration, into workerPhase) {
	x := &s.gs[m.curg]
	s.event(trace.GoSyscallBegin, m.curg, wait, 0)
	x.status, x.since = gsyscall, s.now
	m.phase = into
	s.charge(s.costs.SyscallEnter)
	s.dropCPU()
	s.match()
}

// exitSyscall goes on, if one more thread may run Go code; if not, the
// goroutine goes to the queue (runtime/proc.c:exitsyscall).
func (s *gm) exitSyscall(m *worker) {
	id := m.curg
	x := &s.gs[id]
	if s.mcpu >= s.mcpumax && !s.lock(m) {
		return
	}
	s.charge(s.costs.SyscallExit)
	if s.addCPU() {
		s.event(trace.GoSyscallEnd, id, 0, 0)
		x.status, x.since, x.preempt = grunning, s.now, s.stopping
		m.phase = gmRun
		return
	}
	s.mcpu++ // for a moment; drop undoes it
	s.drop(m)
	s.setRunnable(x)
	s.put(id, trace.GoSyscallEndBlocked, 0)
	s.match()
}

// setProcs changes how many threads may run Go code, without a stop of the
// world (runtime/proc.c:gomaxprocsfunc).
func (s *gm) setProcs(m *worker, n int32) {
	s.procs = n
	s.charge(s.costs.Global)
	if s.stopping {
		return
	}
	s.mcpumax = n
	if s.mcpu > n {
		s.yield(m, trace.WhyProcs)
		return
	}
	s.match()
}

// stopTheWorld waits until no other thread runs Go code
// (runtime/proc.c:stoptheworld).
func (s *gm) stopTheWorld(m *worker, req task.Request) {
	if s.stopping { // another goroutine was quicker; ask again later
		s.pending.put(&s.gs[m.curg], m.curg, req)
		s.yield(m, trace.WhyPreempted)
		return
	}
	s.event(trace.STWBegin, m.curg, int64(trace.WhyCollect), 0)
	s.stopping, s.stopper, s.mcpumax = true, m.id, 1
	s.charge(s.costs.STW)
	for _, o := range s.ms {
		if o != m && o.curg != task.None && s.gs[o.curg].status == grunning {
			s.gs[o.curg].preempt = true
			s.event(trace.GoPreempt, o.curg, int64(trace.WhyStop), 0)
		}
	}
	m.phase = gmStopping
}

func (s *gm) waitStopped(m *worker) machine.Request {
	if s.mcpu > 1 {
		s.event(trace.ThreadPark, task.None, int64(trace.WhyStop), 0)
		return machine.Request{Kind: machine.Park, Until: machine.Never, Why: trace.WhyStop}
	}
	m.phase = gmRun
	s.event(trace.GCBegin, m.curg, 0, 0)
	s.helpGC()
	return machine.Request{}
}

// helpGC wakes idle threads to mark and sweep while the world stands still
// (runtime/proc.c:helpgc).
func (s *gm) helpGC() {
	s.marking = true
	for n := 1; n < min(s.era.GCThreads, int(s.procs), s.cfg.Cores) && len(s.idleM) > 0; n++ {
		to := s.ms[s.idleM[len(s.idleM)-1]]
		s.idleM = s.idleM[:len(s.idleM)-1]
		to.phase = gmHelp
		s.mach.Unpark(machine.Thread(s.cur), machine.Thread(to.id), s.now)
		s.charge(s.mach.Costs.Wake)
	}
}

func (s *gm) startTheWorld(m *worker) {
	s.must(s.stopping && s.stopper == m.id, "thread %d starts a world that it didn't stop", m.id)
	s.charge(s.costs.STW)
	s.stopping, s.stopper, s.mcpumax = false, none, s.procs
	s.event(trace.STWEnd, m.curg, 0, 0)
	s.match()
	if s.era.SpareMs && min(s.era.GCThreads, int(s.procs), s.cfg.Cores) > len(s.idleM)+1 && s.mcpu < s.mcpumax {
		if m := s.newM(); m != nil { // it could have helped; it goes idle
			m.phase = gmHelp
		}
	}
}

// Alarm does nothing: nobody asks the kernel for it.
func (s *gm) Alarm(now task.Time) {}

// arrive notes when the kernel has what goroutine id waits for. The server, in
// epoll_wait or on its way there, hears of it.
func (s *gm) arrive(id task.ID, when task.Time) {
	switch x := &s.gs[id]; {
	case x.status == gsyscall:
		s.mach.Arrive(machine.Thread(x.m), when)
	case x.status == gwaiting && x.reason == task.IOWait:
		x.when = when
		if server := &s.gs[s.server]; server.status == gsyscall && when != machine.Never {
			s.mach.Arrive(machine.Thread(server.m), when)
		}
	}
}

// serve is a turn of the goroutine that waits for the network: the first that
// had to wait has started it, and it never ends (net/fd.go:pollServer.Run). It
// wakes those whose wait is over, in the order of that time, and goes back to
// epoll_wait, with a thread of its own.
func (s *gm) serve(m *worker) {
	next, waits := machine.Never, slices.Clone(s.net)
	sort.SliceStable(waits, func(i, j int) bool { return s.gs[waits[i]].when < s.gs[waits[j]].when })
	for _, id := range waits {
		if when := s.gs[id].when; when > s.now {
			next = min(next, when)
		} else {
			s.ready(id)
		}
	}
	m.until, m.event = machine.Never, next
	s.enterSyscall(m, task.Open, gmKernel)
	s.checkDead() // if it was the last to run
}

// startKeeper makes one of the runtime's goroutines, which something needs now.
func (s *gm) startKeeper(id task.ID) {
	x := &s.gs[id]
	s.goids++
	x.goid = s.goids
	s.setRunnable(x)
	s.charge(s.costs.Spawn)
	s.put(id, trace.GoCreate, x.goid)
	s.match()
}

// setTimer puts a timer into the heap. If it is the first, the goroutine that
// looks after them must know; it starts with the first timer of all
// (runtime/time.goc:addtimer).
func (s *gm) setTimer(k key, when task.Time) {
	s.heap.remove(k)
	id, a := k.args()
	s.event(trace.TimerSet, id, a, when)
	s.heap.push(timerNode{when, k})
	s.charge(s.costs.Timer)
	if s.heap[0].key != k {
		return
	}
	if s.cur != none && s.mu.taken(&s.ms[s.cur].locking, s.now) {
		s.ms[s.cur].owes = true
		return
	}
	s.rouse()
}

// rouse wakes the goroutine that looks after the timers, unless it runs anyway.
func (s *gm) rouse() {
	x := &s.gs[s.keeper]
	switch x.status {
	case gnone:
		s.startKeeper(s.keeper)
	case gwaiting:
		s.ready(s.keeper)
	case gsyscall:
		m := s.ms[x.m]
		if m.phase == gmKernel {
			m.until = min(m.until, s.now)
		}
		s.mach.Break(machine.Thread(s.cur), machine.Thread(m.id), s.now)
		s.charge(s.mach.Costs.Wake)
	}
}

// keep is a turn of a keeper: see keeper.go.
func (s *gm) keep(m *worker) {
	if m.curg == s.server {
		s.serve(m)
		return
	}
	x := &s.gs[m.curg]
	until := s.now + x.sleeps
	if x.sleeps > 0 {
		s.scavenge(x)
	} else {
		s.runTimers()
		if s.end.Kind != Running {
			return
		}
		if len(s.heap) == 0 {
			s.block(m, task.TimerIdle, 0)
			return
		}
		until = s.heap[0].when
	}
	m.until, m.event = until, 0
	s.enterSyscall(m, max(0, until-s.now), gmKernel)
	s.checkDead() // if it was the last to run
}

// scavenge is what the scavenger does each minute before it sleeps again: it starts a
// goroutine that collects (runtime/mheap.c:MHeap_Scavenger).
func (s *gm) scavenge(x *g) {
	f := &s.gs[s.forcer]
	if x.late(s.now, s.collected, s.era.ForceGC) && (f.status == gnone || f.status == gdead) {
		s.newproc(s.forcer, x.goid, true)
	}
}

func (s *gm) runTimers() {
	for len(s.heap) > 0 && s.heap[0].when <= s.now && s.end.Kind == Running {
		n := s.heap.pop()
		id, a := n.key.args()
		s.event(trace.TimerFire, id, a, n.when)
		s.charge(s.costs.TimerRun)
		if n.key < 0 {
			s.ready(id)
			continue
		}
		s.fire(task.Timer(n.key))
	}
}

func (s *gm) fire(t task.Timer) {
	for {
		req := s.runner.Fire(t, s.now)
		switch req.Kind {
		case task.Nothing:
			return
		case task.Ready:
			s.ready(req.Task)
		case task.Spawn:
			s.newproc(req.Task, 0, false)
		case task.SetTimer:
			s.setTimer(timerKey(req.Timer), req.When)
		default:
			s.must(false, "timer %d asks for %s", t, req.Kind)
		}
	}
}
