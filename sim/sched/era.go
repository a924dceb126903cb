package sched

import (
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// An Era is a generation of scheduling: a structure and its rules. The zero
// value of a rule means that the era lacks the mechanism.
type Era struct {
	Name      string
	Doc       string // a sentence for people
	Structure func(*Era, Config, task.Runner, *trace.Log) Scheduler
	VM        task.Rules // for whoever runs the tasks

	ProcsAreCores bool // GOMAXPROCS is by default the number of cores (1.5)
	MaxProcs      int  // GOMAXPROCS is cut to it (until 1.9); 0: no limit
	MaxThreads    int  // more end the run (runtime/proc.go:checkmcount)
	DeadlockSeen  bool // the runtime notices when nothing can run (checkdead)
	LockedDies    bool // a goroutine that ends while it is locked takes its thread with it (1.10)
	GoexitIsExit  bool // the process ends with code 0 when its last goroutine does (until 1.2); otherwise that is an error

	// The run queues.
	RunNext      bool // a slot for the goroutine to run next, which inherits the time slice (1.5)
	Ring         int  // slots of a P's queue; 0: it grows (until 1.2)
	TickCheck    int  // every so many ticks the global queue goes first (1.2)
	GlobalBatch  int  // at most so many are taken from the global queue at once
	GoidBatch    int  // goids are handed out to Ps in batches of so many
	FreeLocal    int  // free Gs a P may hold; then it keeps half (runtime/proc.go:gfput)
	StopsToNext  bool // a goroutine that is stopped to stop the world goes to runnext (1.26)
	StealRounds  int  // rounds over all Ps, in a random order
	StealPicks   int  // instead of rounds: so many random picks for each P (until 1.6)
	StealNextAt  int  // from this round, or this many picks for each P, on a thief takes runnext as well
	StealHead    bool // a thief runs the first of what it takes, with half of the rest (until 1.2)
	StealNextNap task.Duration
	IdleMask     bool // thieves know which Ps are idle, and don't look there (1.16)
	QueueLock    bool // a P's queue has a lock, which its owner and thieves take (until 1.2)
	LockStack    bool // who sleeps for sched.lock last is woken first, but for one time in 16; else who came first (1.24)
	MutexSpins   bool // who wants a sync.Mutex may wait for it actively for a moment (1.5)
	NeedSpin     bool // a wish to spin that no P was left for is remembered (1.20)
	StartDeals   bool // starting the world deals all that can run to the Ps anew (until 1.4)
	StartWakes   bool // and wakes one thread more, to look for work (1.5)
	InjectLocal  bool // of several goroutines made runnable at once, one for each idle P goes to the global queue, the others stay; before all went there (1.15)
	YieldWakes   bool // Gosched and preemption wake another P
	LocalYield   bool // goyield exists: to the tail of P's own queue (1.14); otherwise the goroutine goes on

	// Time.
	Slice         task.Duration // after which sysmon asks a goroutine to stop; 0: never
	AsyncPreempt  bool          // at any instruction (1.14); otherwise at calls
	SpawnChecks   bool          // a go statement is such a call too: newproc has a prologue (1.18)
	SysmonMin     task.Duration // sysmon's shortest sleep
	SysmonMax     task.Duration // and its longest
	SysmonIdle    int           // rounds without success before it doubles its sleep
	RetakeAfter   task.Duration // a P is taken from a system call after so long even if nobody needs it; 0: never
	SysmonTimers  bool          // sysmon starts a thread when a timer is overdue (1.14 and 1.15); later that is left to who waits in the poller
	SysRetake     bool          // a P is also taken if a slice of many short system calls is over (1.13)
	SyscallKeepsP bool          // a P stays with a thread in a system call until it is taken
	OldM          bool          // when the world starts again, a P with work gets the thread it had, if that is idle (1.26)
	OldPAgain     bool          // back from it, a thread may take its P from another in a system call (1.26)
	TimerHeaps    int           // timers are in so many heaps, each with a goroutine; 0: in a heap of each P
	TimerArity    int           // children of a node of such a heap
	PollServer    bool          // a goroutine of package net's waits in the kernel for all others, in place of a poller of the scheduler's
	PollGrain     task.Duration // the kernel's poll counts in units of this
	PollEvery     task.Duration // sysmon polls the network if nobody did for so long
	PollInverted  bool          // by a mistake it does so only if somebody did (1.1)

	// Bytes of registers that a switch stores: those of a goroutine at a call
	// (asm_amd64.s:mcall), and of one that a signal stopped (preempt_amd64.s); a
	// thread is machine.ThreadSave.
	CallSave   int64
	SignalSave int64
	CallWords  []string // what CallSave is

	Sources state.Sources // files of the runtime's source that declare its structures

	Sizes Sizes

	SchedTrace *TraceForm // nil: GODEBUG=schedtrace is not there

	// The collector.
	GCThreads   int           // so many threads at most collect while the world stands still; 0: one (runtime/proc.c:gcprocs, until 1.4)
	SpareMs     bool          // starting the world makes a thread more if there are fewer than could help to collect (until 1.9)
	WorkerFirst bool          // starting the world gives workers to idle Ps (1.26); otherwise these find them
	ForceGC     task.Duration // a collection is started when the last is so long ago, by sysmon or, where there is one, by the goroutine that gives memory back

	// The state when main.main starts.
	BootTick   uint32 // P0's schedtick
	BootIdleMs int    // idle threads left over from the start
	BootYields bool   // if package os is linked a collection has let others run meanwhile (1.2)
	BootSystem []SystemG
}

// A SystemG is a goroutine that the runtime itself starts before main.main.
type SystemG struct {
	Func   string
	Goid   int64         // 0: it starts later, with the first timer
	Sleeps task.Duration // instead of parking it sleeps so long in the kernel, again and again
	Reason task.Reason   // why it waits, or will wait as soon as it has run
	Place  trace.Place   // where it is runnable; Nowhere: it has parked already
	OnlyOS bool          // exists only if package os is linked
}

// SystemTasks are the system goroutines with GOMAXPROCS=procs, in the order
// Boot wants them: last those that look after network and timers.
func (e *Era) SystemTasks(osLinked bool, procs int) []SystemG {
	var gs []SystemG
	for _, g := range e.BootSystem {
		if osLinked || !g.OnlyOS {
			gs = append(gs, g)
		}
	}
	if n := len(gs); n > 0 && gs[0].Sleeps > 0 { // it starts this one from time to time
		gs = append(gs, SystemG{Func: "runtime.forcegchelper", Reason: task.ForceGCIdle})
	}
	if e.PollServer {
		gs = append(gs, SystemG{Func: "runtime.pollServer", Reason: task.IOWait})
	}
	for range min(e.TimerHeaps, procs) {
		gs = append(gs, SystemG{Func: "runtime.timerproc", Reason: task.TimerIdle})
	}
	return gs
}

// Rules are what trace.Check wants to know of the era.
func (e *Era) Rules() trace.Rules {
	r := trace.Rules{Ring: e.Ring, StealHead: e.StealHead, Forks: e.VM.Forks}
	for _, g := range e.BootSystem {
		if g.Sleeps > 0 {
			r.Sleeper = g.Goid
		}
	}
	return r
}

// stackEvent tells how a stack of req.Object bytes became one of req.N.
func (e *Era) stackEvent(req task.Request) trace.Kind {
	larger := uint64(req.N) > req.Object
	switch {
	case !e.VM.StackSegments:
		return trace.StackGrow
	case larger:
		return trace.StackLink
	}
	return trace.StackUnlink
}

// DefaultProcs is GOMAXPROCS on a computer of so many cores.
func (e *Era) DefaultProcs(cores int) int {
	if e.ProcsAreCores {
		return e.allowed(cores)
	}
	return 1
}

// allowed is the GOMAXPROCS that one gets who asks for n.
func (e *Era) allowed(n int) int {
	if e.MaxProcs > 0 {
		n = min(n, e.MaxProcs)
	}
	return max(n, 1)
}

// Lookup finds an era by its name.
func Lookup(name string) (*Era, bool) {
	for i := range Eras {
		if Eras[i].Name == name {
			return &Eras[i], true
		}
	}
	return nil, false
}
