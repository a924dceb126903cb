// Package sched decides which goroutine a thread runs: Go's schedulers, era by
// era, in virtual time. It knows goroutines as tasks that ask for things
// (package task) and threads as what a machine runs (package machine); it
// knows nothing of what a goroutine computes.
//
// Eras differ in two ways. A different structure is a type with a file of its
// own: threads (no scheduler at all, the kernel does it, with threads or with
// processes), gm (Go 1.0) and gmp (Go 1.1 and later). A different rule within a structure is a field of a row of Eras;
// code asks for the rule and never for the era's name.
//
// The gmp scheduler is told as runtime/proc.go tells it, function by function,
// with one change of form: what the runtime does on one thread, step by step,
// is here a phase of that thread, because other cores' steps lie between.
// A step changes the state at one instant; its cost passes afterwards. One that needs
// sched.lock takes it first, and has it while that cost passes: see lock.go.
package sched

import (
	"gopark/sim/cost"
	"gopark/sim/machine"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// A Scheduler is one run of a program under the rules of an era.
type Scheduler interface {
	// Boot places the tasks that exist when main starts: main runs, the
	// system's stand where their rows say. system is ordered like
	// Era.SystemTasks(config.OSLinked, Procs()).
	Boot(main task.ID, system []task.ID)
	// Step is one turn of the machine. It reports whether there may be another.
	Step() (more bool)
	// Reseed draws all chance from another seed from here on.
	Reseed(seed uint64)
	// Now is the virtual time of the latest turn.
	Now() task.Time
	// Ended says how the run ended; Kind is Running while it has not.
	Ended() End
	// Goid is the id that Go gave to the goroutine that is task t, 0: none.
	Goid(t task.ID) int64
	// Status is the status of task t's goroutine in the words of Go's
	// tracebacks: idle runnable running syscall waiting dead.
	Status(t task.ID) string
	// Readying reports whether a task has asked for t to be made ready, and waits for a
	// lock to do it.
	Readying(t task.ID) bool
	// CanSpin reports whether it makes sense for task t, which runs, to wait
	// actively for a lock (runtime/proc.go:internal_sync_runtime_canSpin): other
	// processors run something, and there is nothing else to do for its own.
	CanSpin(t task.ID) bool

	// Proc is the number of the P that task t, which runs, is on; -1 where there are no Ps.
	Proc(t task.ID) int
	// IdleProcs is how many Ps have nothing to do, where there are Ps.
	IdleProcs() int
	// NumGoroutine is what runtime.NumGoroutine answers: system goroutines don't count.
	NumGoroutine() int
	// Procs is GOMAXPROCS.
	Procs() int
	// NumThreads is the number of kernel threads that exist.
	NumThreads() int
	// Fill adds cores, threads, Ps, queues, goroutines and timers to st.
	// st.Gs[i] is task i.
	Fill(st *state.State)
	// Snapshot copies all that changes. The log is not part of it.
	Snapshot() Snapshot
	// SnapshotBytes is about how many bytes a snapshot takes.
	SnapshotBytes() int64
	// Restore brings back a state of this Scheduler's.
	Restore(Snapshot)
}

// A Snapshot is a Scheduler at one instant. Only its maker can read it.
type Snapshot struct {
	machine machine.Snapshot
	gmp     *gmpState
	threads *threadsState
	gm      *gmState
}

// EndKind is the way a run ended.
type EndKind uint8

// The ways to end.
const (
	Running     EndKind = iota
	Exited              // main returned, os.Exit or an unrecovered panic: Code
	Crashed             // a fatal error that the program has reported: Code
	Deadlocked          // all goroutines are asleep
	NoMain              // no goroutines (main called runtime.Goexit)
	ThreadsGone         // more threads than Era.MaxThreads
	Hung                // nothing will ever happen and nobody notices
	AllBlocked          // every thread waits for another, and no runtime is there to notice
	NumEnds
)

var endNames = [NumEnds]string{"running", "exit", "crash", "deadlock", "no goroutines", "thread exhaustion", "hang", "all threads blocked"}

// String is a word for tests and statistics, not for the reader.
func (k EndKind) String() string { return endNames[k] }

// An End is how a run ended.
type End struct {
	Kind EndKind
	Code int
}

// A Config is the machine and what a user may set. The zero value of a field
// is the era's default.
type Config struct {
	Cores           int // 0: 2
	Procs           int // GOMAXPROCS; 0: the number of cores, if the era says so, or 1
	Seed            uint64
	OSLinked        bool          // package os is part of the program: a finalizer goroutine exists
	AsyncPreemptOff bool          // GODEBUG=asyncpreemptoff=1
	TracePeriod     task.Duration // GODEBUG=schedtrace: how often the state goes to Print; 0: never
	TraceDetail     bool          // GODEBUG=scheddetail=1
	Print           func(string)  // to the standard error stream
	MaxSlice        task.Duration // longest budget for one task.Runner.Run; 0: 10 ms
	Quantum         task.Duration // how far a core may run ahead of another; 0: 1 µs
	Costs           cost.Table    // zero: cost.Default
}

// New makes a scheduler of an era. Boot comes next.
func New(e *Era, c Config, r task.Runner, log *trace.Log) Scheduler {
	if c.Cores <= 0 {
		c.Cores = 2
	}
	if c.Procs <= 0 {
		c.Procs = e.DefaultProcs(c.Cores)
	}
	c.Procs = e.allowed(c.Procs)
	if c.Costs == (cost.Table{}) {
		c.Costs = cost.Default
	}
	return e.Structure(e, c, r, log)
}

func (c Config) machine() machine.Config {
	return machine.Config{Cores: c.Cores, Quantum: c.Quantum, MaxSlice: c.MaxSlice, Costs: c.Costs.Kernel}
}
