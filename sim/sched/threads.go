package sched

import (
	"fmt"

	"gopark/sim/cost"
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// threads is no scheduler at all: every goroutine has a kernel thread of its
// own, and the kernel does the rest.
type threads struct {
	era    *Era
	cfg    Config
	costs  cost.Runtime
	runner task.Runner
	log    *trace.Log
	mach   *machine.Machine

	threadsState
}

type threadsState struct {
	ts    []carrier // by thread
	gs    []g       // by task; fields of gmp's that have no meaning here are unused
	goids int64
	live  int
	procs []proc // where the go statement forks
	alive int    // of them
	heap  timerHeap
	end   End
	now   task.Time
}

// A carrier is a thread that carries a goroutine.
type carrier struct {
	task   task.ID
	busy   task.Duration
	start  bool // the goroutine is to start when the thread gets a core
	sysret bool // it is on its way back from a system call
	next   machine.Request
	proc   int32   // where the go statement forks
	doomed bool    // its process has ended
	waiter task.ID // the parent, which is parked until this process ends
}

func newThreads(e *Era, c Config, r task.Runner, log *trace.Log) Scheduler {
	s := &threads{era: e, cfg: c, costs: c.Costs.Runtime, runner: r, log: log}
	if e.VM.Forks {
		s.cfg.Costs.Kernel = forkCosts(c.Costs.Kernel)
		s.procs, s.alive = []proc{{threads: 1}}, 1
	}
	s.mach = machine.New(s.cfg.machine(), s, log)
	return s
}

func (s *threads) Boot(main task.ID, system []task.ID) {
	s.add(s.mach.Boot(), main, 0)
	s.event(0, trace.GoCreate, main, 1, int64(trace.InThread))
	if len(system) > 0 {
		panic("sched: era threads has no system goroutines")
	}
}

func (s *threads) event(t machine.Thread, k trace.Kind, id task.ID, a, b int64) {
	s.log.Add(trace.Event{Time: s.now, Kind: k, Core: int16(s.mach.Core(t)), M: int32(t), P: none, G: id, A: a, B: b})
}

func (s *threads) add(t machine.Thread, id task.ID, parent int64) {
	s.ts = append(s.ts, carrier{task: id, start: true, waiter: task.None})
	for int(id) >= len(s.gs) {
		s.gs = append(s.gs, g{m: none, lockedM: none, freeIn: none})
	}
	s.goids++
	s.live++
	s.gs[id] = g{goid: s.goids, parent: parent, status: grunnable, since: s.now, m: int32(t), lockedM: none, freeIn: none}
}

// Run runs a thread's goroutine: see machine.Runner.
func (s *threads) Run(t machine.Thread, now task.Time, budget task.Duration) (task.Duration, machine.Request) {
	s.now = now
	c := &s.ts[t]
	switch {
	case s.end.Kind != Running:
		return 1, machine.Request{}
	case c.busy > 0:
		took := min(c.busy, s.mach.Left(t, now, budget))
		c.busy -= took
		return took, machine.Request{}
	case c.next.Kind != machine.Nothing:
		req := c.next
		c.next = machine.Request{}
		s.tellWaiter(t)
		return 0, req
	case c.start:
		c.start = false
		if s.gs[c.task].status == gwaiting { // the kernel's clock woke it
			s.event(t, trace.GoUnblock, c.task, 0, int64(trace.InThread))
			s.set(c.task, grunnable, task.NoReason, 0)
		}
		s.event(t, trace.GoStart, c.task, int64(trace.InThread), 0)
		s.set(c.task, grunning, task.NoReason, 0)
	case c.sysret:
		c.sysret = false
		s.event(t, trace.GoSyscallEnd, c.task, 0, 0)
		s.set(c.task, grunning, task.NoReason, 0)
	}
	if c.doomed {
		s.destroy(t)
		return 0, machine.Request{Kind: machine.Exit}
	}
	took, req := s.runner.Run(c.task, now, budget, false)
	if took > 0 {
		return took, machine.Request{}
	}
	return s.handle(t, req)
}

func (s *threads) set(id task.ID, st gstatus, why task.Reason, object uint64) {
	x := &s.gs[id]
	x.status, x.reason, x.object, x.since = st, why, object, s.now
}

// Alarm runs the timers that are due: the kernel does it, on no thread.
func (s *threads) Alarm(now task.Time) {
	s.now = now
	for len(s.heap) > 0 && s.heap[0].when <= now {
		n := s.heap.pop()
		s.event(none, trace.TimerFire, task.None, int64(n.key), n.when)
		for req := s.runner.Fire(task.Timer(n.key), now); req.Kind != task.Nothing; req = s.runner.Fire(task.Timer(n.key), now) {
			s.effect(none, req, 0)
		}
	}
	s.setAlarm()
}

func (s *threads) setAlarm() {
	at := machine.Never
	if len(s.heap) > 0 {
		at = s.heap[0].when
	}
	s.mach.SetAlarm(at)
}

// effect does a request that doesn't stop the goroutine; t may be none.
func (s *threads) effect(t machine.Thread, req task.Request, parent int64) task.Duration {
	k := s.mach.Costs
	switch req.Kind {
	case task.Spawn:
		if s.mach.Threads() >= s.era.MaxThreads {
			s.end = End{ThreadsGone, 2}
			s.event(t, trace.ThreadLimit, task.None, int64(s.era.MaxThreads), 0)
			return 0
		}
		nt := s.mach.Create(t, s.now)
		s.add(nt, req.Task, parent)
		if s.era.VM.Forks {
			s.join(nt, t)
		}
		if req.N == 1 { // the runtime's own
			s.gs[req.Task].system = true
			s.live--
		}
		s.event(t, trace.GoCreate, req.Task, s.goids, int64(trace.InThread))
		if s.era.VM.Forks && req.N == 0 {
			return s.forked(t, nt, req.Task, int64(req.Object))
		}
		return k.ThreadCreate
	case task.Ready:
		s.ready(t, req.Task)
		return k.Wake
	case task.Arrive:
		if x := &s.gs[req.Task]; x.status == gsyscall || x.status == gwaiting && x.reason == task.IOWait {
			s.mach.Arrive(machine.Thread(x.m), req.When)
		}
	case task.SetTimer:
		s.heap.remove(key(req.Timer))
		s.event(t, trace.TimerSet, task.None, int64(req.Timer), req.When)
		s.heap.push(timerNode{req.When, key(req.Timer)})
		s.setAlarm()
		return s.costs.Timer
	case task.Halt: // by a timer
		s.finish(t, req)
	case task.StopTimer:
		if s.heap.remove(key(req.Timer)) {
			s.event(t, trace.TimerStop, task.None, int64(req.Timer), 0)
			s.setAlarm()
		}
		return s.costs.Timer
	}
	return 1 // what the kernel has no say in
}

func (s *threads) ready(by machine.Thread, id task.ID) {
	x := &s.gs[id]
	if x.status != gwaiting {
		panic(fmt.Sprintf("sched: at %d ns ready of task %d, which is %s", s.now, id, gstatusNames[x.status]))
	}
	s.set(id, grunnable, task.NoReason, 0)
	s.event(by, trace.GoUnblock, id, 0, int64(trace.InThread))
	s.ts[x.m].start = true
	s.mach.Unpark(by, machine.Thread(x.m), s.now)
}

func (s *threads) handle(t machine.Thread, req task.Request) (task.Duration, machine.Request) {
	c := &s.ts[t]
	id := c.task
	switch req.Kind {
	case task.CollectBegin:
		s.collect(t)
	case task.CollectEnd:
		s.collected(t)
	case task.Park:
		return s.block(t, req.Reason, req.Object, machine.Never)
	case task.Sleep:
		return s.block(t, task.Sleeping, 0, req.When)
	case task.Poll: // the thread waits in the read itself
		took, park := s.block(t, task.IOWait, req.Object, machine.Never)
		s.ts[t].start, park.Event = true, req.When
		return took, park
	case task.Yield, task.GoYield:
		s.event(t, trace.GoStop, id, int64(trace.WhyGosched), int64(trace.InThread))
		s.set(id, grunnable, task.NoReason, 0)
		c.start = true
		return 0, machine.Request{Kind: machine.Yield}
	case task.Syscall:
		s.event(t, trace.GoSyscallBegin, id, req.Wait, 0)
		s.set(id, gsyscall, task.NoReason, 0)
		c.sysret = true
		return 0, machine.Request{Kind: machine.Syscall, Wait: req.Wait, Sleep: req.N == task.InKernel}
	case task.Exit:
		if s.era.VM.Forks && !s.gs[id].system {
			return s.endProcess(t, task.Request{Kind: task.ExitProcess, Task: task.None})
		}
		s.destroy(t)
		return 0, machine.Request{Kind: machine.Exit}
	case task.Fault:
		c.busy = s.fault(t, req)
	case task.Reap:
		s.event(t, trace.ProcessWait, id, int64(req.N), 0)
	case task.ExitProcess, task.Crash, task.Halt:
		if s.era.VM.Forks && req.Kind != task.Halt {
			return s.endProcess(t, req)
		}
		s.finish(t, req)
	default:
		d := s.effect(t, req, s.gs[id].goid)
		s.ts[t].busy = d
	}
	if s.end.Kind != Running {
		return 1, machine.Request{}
	}
	c = &s.ts[t] // Spawn may have moved it
	c.busy = max(c.busy-1, 0)
	return 1, machine.Request{}
}

// finish ends the run.
func (s *threads) finish(t machine.Thread, req task.Request) {
	s.end = End{Exited, int(req.N)}
	kind := trace.Exit
	if req.Kind != task.ExitProcess {
		s.end.Kind, kind = Crashed, trace.Crash
	}
	s.event(t, kind, task.None, int64(req.N), 0)
}

// destroy ends the goroutine on thread t.
func (s *threads) destroy(t machine.Thread) {
	id := s.ts[t].task
	s.event(t, trace.GoDestroy, id, 0, 0)
	s.set(id, gdead, task.NoReason, 0)
	s.gs[id].m = none
	if !s.gs[id].system {
		s.live--
	}
	s.ts[t].task = task.None
}

// collect stops all others for the collection of the goroutine on thread t. Those of
// other processes have memory of their own, and run on.
func (s *threads) collect(t machine.Thread) {
	id := s.ts[t].task
	if s.era.VM.Forks {
		s.event(t, trace.GCBegin, id, 0, 0)
		return
	}
	s.event(t, trace.STWBegin, id, int64(trace.WhyCollect), 0)
	s.event(t, trace.GCBegin, id, 0, 0)
	s.mach.Hold(t)
	s.ts[t].busy = s.costs.STW
}

func (s *threads) collected(t machine.Thread) {
	id := s.ts[t].task
	s.event(t, trace.GCEnd, id, 0, 0)
	if s.era.VM.Forks {
		return
	}
	s.event(t, trace.STWEnd, id, 0, 0)
	s.mach.Release(s.now)
	s.ts[t].busy = s.costs.STW
}

// block parks the thread; one that sleeps is woken by the kernel's clock.
func (s *threads) block(t machine.Thread, why task.Reason, object uint64, until task.Time) (task.Duration, machine.Request) {
	id := s.ts[t].task
	s.event(t, trace.GoBlock, id, int64(why), int64(object))
	s.set(id, gwaiting, why, object)
	if until != machine.Never {
		s.ts[t].start = true
	}
	return 0, machine.Request{Kind: machine.Park, Until: until, Why: trace.WhyParked}
}

func (s *threads) Step() bool {
	if s.end.Kind == Running && !s.mach.Step() && s.end.Kind == Running {
		s.end = End{Kind: AllBlocked}
		if len(s.procs) > 0 && s.procs[0].over {
			s.finishFirst(none)
		}
	}
	return s.end.Kind == Running
}

// Reseed implements Scheduler: nothing here is left to chance.
func (s *threads) Reseed(uint64) {}

func (s *threads) Now() task.Time  { return s.mach.Now() }
func (s *threads) Ended() End      { return s.end }
func (s *threads) Procs() int      { return s.cfg.Cores }
func (s *threads) NumThreads() int { return s.mach.Threads() }

func (s *threads) Goid(t task.ID) int64 {
	if t < 0 || int(t) >= len(s.gs) {
		return 0
	}
	return s.gs[t].goid
}

func (s *threads) Status(t task.ID) string {
	if t < 0 || int(t) >= len(s.gs) {
		return gstatusNames[gnone]
	}
	return gstatusNames[s.gs[t].status]
}

func (s *threads) CanSpin(t task.ID) bool {
	return s.cfg.Cores > 1
}

func (s *threads) Readying(task.ID) bool { return false }
func (s *threads) Proc(task.ID) int      { return none }
func (s *threads) IdleProcs() int        { return 0 }
func (s *threads) NumGoroutine() int     { return s.live }
