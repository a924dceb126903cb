package sched

import (
	"fmt"

	"gopark/sim/cost"
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A gm is the scheduler of Go 1.0: goroutines (G) and threads (M), one run
// queue, one lock. Two numbers rule it: how many threads run Go code (mcpu)
// and how many may (mcpumax, GOMAXPROCS). Whoever makes a goroutine runnable
// looks for a thread for it as long as the first is below the second.
type gm struct {
	// Fixed.
	era    *Era
	cfg    Config
	costs  cost.Runtime
	runner task.Runner
	log    *trace.Log
	mach   *machine.Machine
	locks  locks

	gmState

	// Scratch, valid during one step.
	now task.Time
	cur int32 // the thread whose step it is; none: the kernel's clock
}

// gmState is all that changes: plain data.
type gmState struct {
	gs      []g // by task; fields that belong to Ps are unused
	ms      []*worker
	runq    queue
	free    []task.ID // last in first out
	idleM   []int32
	mcpu    int32 // threads that run Go code, or were told to
	mcpumax int32
	procs   int32
	mu      mutex // the one lock, of all that is here
	running int32 // goroutines that run, or are in system calls
	goids   int64
	live    int
	end     End

	stopping bool
	stopper  int32
	marking  bool  // the collector works
	helpers  int32 // threads that help it
	pending  pendingList

	scavenger task.ID
	keeper    task.ID   // looks after the timers
	server    task.ID   // waits for the network
	forcer    task.ID   // started to collect when it is time
	collected task.Time // end of the last collection; 0: none yet
	heap      timerHeap
	net       []task.ID // goroutines that wait for the network
}

// A worker is an M of Go 1.0.
type worker struct {
	id      int32
	phase   workerPhase
	busy    task.Duration
	curg    task.ID
	lastg   task.ID // that it ran last
	nextg   task.ID // handed to it, to run next
	lockedG task.ID
	wait    task.Duration // of a system call
	sleeps  bool          // in it, by the clock
	until   task.Time     // of a keeper's sleep in the kernel
	event   task.Time     // when the kernel will have something for a server in it
	helps   bool          // it marks with others, while the world stands still
	after   task.Duration // what it will pay for a wake-up when it has let go of the lock
	locking
}

type workerPhase uint8

const (
	gmRun      workerPhase = iota // it runs curg
	gmSchedule                    // looks for another goroutine
	gmWait                        // waits for one to be handed to it
	gmSyscall                     // about to enter the kernel
	gmKernel                      // the same, for a keeper
	gmReturn                      // back from it
	gmStopping                    // waits until it is the only one that runs
	gmHelp                        // helps the collector
)

func newGM(e *Era, c Config, r task.Runner, log *trace.Log) Scheduler {
	s := &gm{era: e, cfg: c, costs: c.Costs.Runtime, runner: r, log: log}
	s.mach = machine.New(c.machine(), s, log)
	s.locks = newLocks(e, s.mach, func(k trace.Kind, a, b int64) { s.event(k, task.None, a, b) })
	s.mu.holder = none
	s.procs, s.mcpumax = int32(c.Procs), int32(c.Procs)
	s.stopper, s.scavenger, s.keeper, s.server = none, task.None, task.None, task.None
	return s
}

func (s *gm) event(k trace.Kind, id task.ID, a, b int64) {
	if s.end.Kind != Running {
		return
	}
	s.log.Add(trace.Event{Time: s.now, Kind: k, Core: int16(s.mach.Core(machine.Thread(s.cur))),
		M: s.cur, P: none, G: id, A: a, B: b})
}

func (s *gm) charge(d task.Duration) {
	if s.cur >= 0 {
		s.ms[s.cur].busy += d
	}
}

func (s *gm) must(ok bool, format string, args ...any) {
	if !ok {
		panic(fmt.Sprintf("sched: at %d ns, thread %d, era %s, seed %d: %s",
			s.now, s.cur, s.era.Name, s.cfg.Seed, fmt.Sprintf(format, args...)))
	}
}

func (s *gm) finish(k EndKind, code int, ev trace.Kind, a int64) {
	if s.end.Kind == Running {
		s.event(ev, task.None, a, 0)
		s.end = End{k, code}
	}
}

// Reseed implements Scheduler: nothing here is left to chance.
func (s *gm) Reseed(uint64) {}

func (s *gm) Now() task.Time          { return s.mach.Now() }
func (s *gm) Ended() End              { return s.end }
func (s *gm) Procs() int              { return int(s.procs) }
func (s *gm) NumThreads() int         { return s.mach.Threads() }
func (s *gm) NumGoroutine() int       { return s.live }
func (s *gm) IdleProcs() int          { return 0 }
func (s *gm) Proc(task.ID) int        { return none }
func (s *gm) Readying(t task.ID) bool { return s.pending.readies(t) }
func (s *gm) CanSpin(t task.ID) bool  { return false } // a waiter always sleeps

func (s *gm) Goid(t task.ID) int64 {
	if t < 0 || int(t) >= len(s.gs) {
		return 0
	}
	return s.gs[t].goid
}

func (s *gm) Status(t task.ID) string {
	if t < 0 || int(t) >= len(s.gs) {
		return gstatusNames[gnone]
	}
	return s.gs[t].statusName()
}

func (s *gm) Step() bool {
	if s.end.Kind != Running {
		return false
	}
	if !s.mach.Step() && s.end.Kind == Running {
		s.end = End{Kind: Hung}
	}
	return s.end.Kind == Running
}

func (s *gm) setRunnable(x *g) {
	x.status, x.reason, x.object, x.since, x.m = grunnable, task.NoReason, 0, s.now, none
}

var _ machine.Runner = (*gm)(nil)
