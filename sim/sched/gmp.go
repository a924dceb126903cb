package sched

import (
	"fmt"

	"gopark/sim/cost"
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

const none = -1

// A gmp is the scheduler of Go 1.1 and later: goroutines (G), threads (M) and
// processors (P) that carry the right to run Go code.
type gmp struct {
	// Fixed.
	era    *Era
	cfg    Config
	costs  cost.Runtime
	runner task.Runner
	log    *trace.Log
	mach   *machine.Machine
	locks  locks

	gmpState

	// Scratch, valid during one step.
	now task.Time
	cur int32 // the thread whose step it is
}

// gmpState is all that changes: plain data (see snapshot.go).
type gmpState struct {
	gs []g  // by task
	ms []*m // by thread
	ps []*p // by id; only the first procs exist for the program

	procs    int32
	mu       mutex // sched.lock
	runq     queue // the global run queue
	idleM    []int32
	idleP    []int32
	spinning int32 // Ms that spin, or were woken to spin
	needSpin bool  // somebody wanted a P to spin with, and there was none
	locked   int32 // Ms that wait for their locked goroutine
	freed    int32 // Ms that have ended
	goidGen  int64
	live     int  // goroutines that exist, without the system's
	free     list // free Gs that no P keeps
	rand     random
	end      End

	stopping bool // the world is being stopped or stands still
	stopWait int32
	stopper  int32 // the M that stops it
	newProcs int32

	poller    int32 // the M that waits in the network poller
	pollUntil task.Time
	lastPoll  task.Time
	net       []task.ID // goroutines that wait for the network
	timers    []timerAt // by task.Timer: where it is
	keepers   []task.ID // of the heaps of timers, in eras in which they have one

	collect marking     // the collector's work beside the program
	forcer  task.ID     // started to collect when it is time; none: sysmon wakes one that waits
	halted  bool        // it works while the world stands still
	helpers int32       // threads that help it then
	pending pendingList // not yet granted because the world was being stopped; of few goroutines

	monDelay              task.Duration
	monIdle               int
	monSleep              monSleep
	traced                bool // the state was printed
	traceStart, lastTrace task.Time
	monWaits              bool // it wants sched.lock
	monVain               bool // on some P a second request was needed
}

// A g is a goroutine. The zero value is a task that never was one.
type g struct {
	goid    int64
	parent  int64
	status  gstatus
	reason  task.Reason
	waited  task.Reason // why it waits, or waited last
	worker  workerMode  // of a goroutine that marks, while it runs
	system  bool
	preempt bool  // it is asked to stop
	keeper  bool  // its code is the scheduler's: see keeper.go
	waits   bool  // it has a pending request
	onStop  bool  // it is ready again as soon as it has stopped, which waits for a lock (Go 1.0)
	heap    int32 // a keeper's: P whose heap it looks after
	object  uint64
	since   task.Time
	m       int32 // running it
	lockedM int32
	locks   int32
	sleep   timerAt // the timer of its sleep
	sleeps  task.Duration
	when    task.Time // of Poll
	freeIn  int32     // P whose free list it is on; onGlobal, or none
	next    task.ID   // in the free list
	prev    task.ID
}

type gstatus uint8

const (
	gnone gstatus = iota
	grunnable
	grunning
	gsyscall
	gwaiting
	gdead
)

var gstatusNames = [...]string{"idle", "runnable", "running", "syscall", "waiting", "dead"}

// statusName is what Scheduler.Status says. Of a keeper, whose waits its task
// knows nothing of, it is why it waits.
func (x *g) statusName() string {
	if x.keeper && x.status == gwaiting {
		return x.reason.String()
	}
	return gstatusNames[x.status]
}

// An m is a thread.
type m struct {
	id       int32
	phase    phase
	busy     task.Duration // work of the scheduler's that is still to pass
	curg     task.ID
	lastg    task.ID // that it ran last
	lockedG  task.ID
	wired    int32 // the thread to which what it has in hand is wired
	p        int32
	nextp    int32
	oldp     int32
	sysTick  uint32        // of the P it entered a system call with
	wait     task.Duration // of that system call
	inKernel bool          // and it sleeps there, by the clock
	until    task.Time     // when a keeper's sleep in the kernel ends
	signal   task.Time     // when the signal arrives that was sent to it; 0: none is on its way
	starting bool          // nothing but the start of curg has passed since execute
	ownFrom  task.Time     // it ran code of its goroutine's own, and no other since,
	ownTo    task.Time     // until then
	caught   bool          // the signal has found it there
	spinning bool
	wasSpin  bool // when it gave its P up
	idle     bool // on idleM
	asleep   bool // it went to sleep until it gets a P, and hasn't run since
	locking

	// The search for work under way.
	round  int
	walk   walk
	ran    bool // a victim's timer ran
	victim int32
	again  int32   // a victim to be looked at once more
	helps  bool    // it marks with others, while the world stands still
	nap    task.ID // the victim's runnext when the nap began
}

type phase uint8

const (
	atRun      phase = iota // it runs curg
	atSchedule              // the top of schedule and findRunnable
	atSteal                 // one victim a step
	atNap                   // before taking a victim's runnext
	atGiveUp                // nothing found
	atWake                  // parked or new; nextp says which P it gets
	atPoll                  // in the network poller
	atStop                  // about to wait until it is handed a P
	atWired                 // has a goroutine in hand that is wired to another thread
	atUnneeded              // about to wait for its locked goroutine; its P has gone
	atLocked                // waits for its locked goroutine
	atSyscall               // about to enter the kernel
	atReturn                // back from it
	atKernel                // about to sleep in the kernel, for a keeper
	atStopping              // waits until the world stands still
	atHelp                  // helps the collector
	atUnwired               // its locked goroutine has ended, and so will it
	atExit                  // ends
	atWedge                 // M0 after its locked goroutine's end: sleeps for ever
)

// A p is a processor.
type p struct {
	id          int32
	status      pstatus
	idle        bool // on idleP
	m           int32
	oldm        int32 // had it before the world stopped
	schedTick   uint32
	syscallTick uint32
	next        task.ID // runnext
	ring        queue
	mu          mutex // of ring, where QueueLock
	heap        []timerNode
	goid        int64 // next goid of its batch
	goidEnd     int64
	most        int // Gs in ring at once so far; kept where it grows
	free        list
	monSched    uint32 // sysmon's last sight of schedTick
	monSyscall  uint32
	monWhen     task.Time
	monSysWhen  task.Time
	monAsked    int           // requests to stop on this tick
	marker      task.ID       // the worker that is to run next (nextGCMarkWorker)
	markBegun   task.Time     // when the worker on it started
	markTime    task.Duration // that workers have run on it in this cycle, of the mode that leaves room for others
}

type pstatus uint8

const (
	pidle pstatus = iota
	prunning
	pgcstop
	pdead
)

var pstatusNames = [...]string{"idle", "running", "gcstop", "dead"}

func newGMP(e *Era, c Config, r task.Runner, log *trace.Log) Scheduler {
	s := &gmp{era: e, cfg: c, costs: c.Costs.Runtime, runner: r, log: log}
	s.mach = machine.New(c.machine(), s, log)
	s.rand = random(c.Seed)
	s.locks = newLocks(e, s.mach, func(k trace.Kind, a, b int64) { s.event(k, task.None, a, b) })
	s.mu.holder = none
	s.procs, s.poller, s.stopper = int32(c.Procs), none, none
	s.forcer = task.None
	s.free = emptyList
	return s
}

// event logs a fact about goroutine id on the thread whose step it is.
func (s *gmp) event(k trace.Kind, id task.ID, a, b int64) {
	s.eventP(k, s.pOf(s.cur), id, a, b)
}

func (s *gmp) eventP(k trace.Kind, pid int32, id task.ID, a, b int64) {
	if s.end.Kind != Running { // what the same step would still have done
		return
	}
	s.log.Add(trace.Event{Time: s.now, Kind: k, Core: int16(s.mach.Core(machine.Thread(s.cur))),
		M: s.cur, P: pid, G: id, A: a, B: b})
}

func (s *gmp) pOf(t int32) int32 {
	if t < 0 {
		return none
	}
	return s.ms[t].p
}

// charge lets the current thread pay for work of the scheduler's.
func (s *gmp) charge(d task.Duration) {
	if s.cur >= 0 {
		s.ms[s.cur].busy += d
	}
}

// must holds an invariant of the scheduler's: if it fails the simulator is wrong.
func (s *gmp) must(ok bool, format string, args ...any) {
	if !ok {
		s.fail(format, args...)
	}
}

// fail is must(false): for hot paths, where arguments are not to be made
// unless needed.
func (s *gmp) fail(format string, args ...any) {
	panic(fmt.Sprintf("sched: at %d ns, thread %d, era %s, seed %d: %s",
		s.now, s.cur, s.era.Name, s.cfg.Seed, fmt.Sprintf(format, args...)))
}

// Reseed implements Scheduler.
func (s *gmp) Reseed(seed uint64) { s.rand = random(seed) }

func (s *gmp) Now() task.Time      { return s.mach.Now() }
func (s *gmp) Ended() End          { return s.end }
func (s *gmp) Procs() int          { return int(s.procs) }
func (s *gmp) NumThreads() int     { return s.mach.Threads() }
func (s *gmp) async() bool         { return s.era.AsyncPreempt && !s.cfg.AsyncPreemptOff }
func (s *gmp) running(x *p) bool   { return x.status == prunning }
func (s *gmp) runqEmpty(x *p) bool { return x.next == task.None && x.ring.n == 0 }

func (s *gmp) Goid(t task.ID) int64 {
	if int(t) >= len(s.gs) || t < 0 {
		return 0
	}
	return s.gs[t].goid
}

func (s *gmp) Status(t task.ID) string {
	if t < 0 || int(t) >= len(s.gs) {
		return gstatusNames[gnone]
	}
	return s.gs[t].statusName()
}

func (s *gmp) CanSpin(t task.ID) bool {
	if !s.era.MutexSpins || s.cfg.Cores <= 1 || s.procs <= int32(len(s.idleP))+s.spinning+1 || s.Status(t) != gstatusNames[grunning] {
		return false
	}
	return s.runqEmpty(s.ps[s.ms[s.gs[t].m].p])
}

func (s *gmp) Readying(t task.ID) bool { return s.pending.readies(t) }
func (s *gmp) Proc(t task.ID) int      { return int(s.ms[s.gs[t].m].p) }
func (s *gmp) IdleProcs() int          { return len(s.idleP) }
func (s *gmp) NumGoroutine() int       { return s.live }

func (s *gmp) Step() bool {
	if s.end.Kind != Running {
		return false
	}
	if !s.mach.Step() && s.end.Kind == Running {
		s.end = End{Kind: Hung}
	}
	return s.end.Kind == Running
}

func (s *gmp) finish(k EndKind, code int, ev trace.Kind, a int64) {
	if s.end.Kind == Running {
		s.event(ev, task.None, a, 0)
		s.end = End{k, code}
	}
}
