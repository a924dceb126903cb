package task

// Rules are what the runtime of a release does on a task's side of the seam,
// where no scheduler sees it: rules of channels, locks, timers, stacks and of
// what it prints. The zero value of a field means that the release lacks the
// mechanism.
type Rules struct {
	// Channels and timers.
	ExitChecks    bool // a goroutine that is asked to stop does so once more before it ends: goexit1 has a prologue (1.5)
	CloseFIFO     bool // close readies who waited longest first (until 1.6)
	BufferedRetry bool // who waited for a buffered channel tries again, against all comers (until 1.5)
	RandAlike     bool // the runtime's random numbers are the same in each run (until 1.0)
	OldTimers     bool // the channels of timers are buffered, and armed while they exist (until 1.22)

	// Locks and threads.
	MutexStarves  bool // a waiter of sync.Mutex is handed the lock after 1 ms, and one that lost it queues first (1.9)
	UnlockIsFatal bool // unlocking an unlocked lock ends the run; before it was a panic (1.8)
	LockNests     bool // LockOSThread counts its calls (1.10)

	// The collector.
	OldHeap      OldHeap // goals know no least size (until 1.4); zero: the least is 4 MiB
	ForcesFirst  bool    // a collection is forced by time even if there was none before (until 1.3)
	SweepBeside  bool    // it sweeps beside the program, by a goroutine (1.3)
	SweepsSingly bool    // that goroutine lets others run after each span (until 1.18)
	MarkBeside   bool    // it marks and sweeps beside the program, and stops the world for moments only (1.5)
	GCYields     bool    // who has collected lets others run (1.2)
	GCYieldsFin  bool    // or if there are finalizers to run (until 1.2)
	ForcedStops  bool    // runtime.GC collects while the world stands still, even where others mark beside the program (until 1.8)
	PanicSize    int64   // bytes of the object that a panic is (until 1.2); 0: it is on the stack
	FindsLeaks   bool    // it can find goroutines that wait for ever, as an experiment (1.26)

	// Processes.
	Forks bool // the go statement makes a process, with memory of its own

	// Stacks.
	Stack         int64 // bytes of a first stack
	MaxStack      int64 // bytes that no stack exceeds; 0: no limit but memory's
	StackGuard    int64 // bytes kept free at the growing end (internal/abi/stack.go)
	StackFixed    bool  // a stack never moves: its addresses are reserved, and the kernel finds a page for those that are touched, as for a thread
	StackSegments bool  // a stack grows by pieces that are linked, not by a copy (until 1.2)
	StackShrinks  bool  // the collector halves a stack of which little is used (1.3)
	StackAdapts   bool  // first stacks are as large as the collector found stacks to be on average (1.19)

	// Mistakes and their texts.
	SaysThrow     bool // a fatal error is announced by "throw", not "fatal error" (until 1.0)
	NilFuncText   bool // a call of a nil function has a text of its own (until 1.0)
	GoNilStarts   bool // a goroutine of a nil function starts, and panics (until 1.1)
	GoNilIsFatal  bool // the go statement looks at the function; before its caller panics (1.3)
	NilMapRuntime bool // that a map is nil is said with "runtime error:" (until 1.2)
	BoundsValues  bool // an index out of range is told with the length (1.13)
	Repanicked    bool // a panic again with what was recovered is told in one line (1.25)
	CountsThreads bool // the runtime has a limit on threads; before it is the kernel that refuses (1.2)

	// Traces of goroutines.
	TraceWords     bool // GOTRACEBACK is a word, by default "single"; before a number, by default for all goroutines (1.6)
	TraceSystem    bool // the system's goroutines are shown too (until 1.0)
	TraceUnstarted bool // and those of the system's that have not run yet (1.1 to 1.4)
	TraceLocked    bool // says "locked to thread" (1.4)
	TraceEnds      bool // the first and the last 50 frames of a deep stack are shown; before the first 100 (1.21)
	TraceParent    bool // says which goroutine created another (1.21)
	CondReason     bool // a wait for a sync.Cond has a name of its own (1.11)
	LockReasons    bool // and so have those for the locks of package sync (1.20)
}

// An OldHeap is what decides when a collector comes that knows no least size of the
// heap: a collection's goal is twice what it has found, in a heap in which Gs are
// objects too. What the runtime and the library of that time had in it are numbers of
// bytes: when main begins, and what of that later collections find.
type OldHeap struct {
	Boot, Kept int64
	First      int64 // the first goal
	G          int64 // of a G
}

// Today are the rules of the newest release.
var Today = Rules{
	SweepBeside: true, MarkBeside: true, MutexStarves: true, UnlockIsFatal: true, LockNests: true,
	Stack: 2048, MaxStack: 1_000_000_000, StackGuard: 928, StackShrinks: true, StackAdapts: true,
	FindsLeaks: true, ExitChecks: true, GoNilIsFatal: true, BoundsValues: true, Repanicked: true, CountsThreads: true,
	TraceWords: true, TraceLocked: true, TraceEnds: true, TraceParent: true, CondReason: true, LockReasons: true,
}

// Reason is what the release calls a wait for r.
func (x *Rules) Reason(r Reason) Reason {
	switch r {
	case MutexLock, RWMutexRLock, RWMutexLock, WaitGroupWait:
		if !x.LockReasons {
			return Semacquire
		}
	case CondWait:
		if !x.CondReason {
			return Semacquire
		}
	}
	return r
}
