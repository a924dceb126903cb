package trace

// Kind is the kind of an event.
type Kind uint8

// The kinds. Kinds has what each means.
const (
	Nothing Kind = iota

	Cores
	ThreadCreate
	ThreadReady
	ThreadStart
	ThreadStop
	ThreadPark
	ThreadUnpark
	LockWait
	LockTake
	ThreadDestroy

	ProcsChange
	ProcStart
	ProcStop
	ProcIdle
	ProcHand
	ProcSteal
	ProcHalt

	GoCreate
	GoStart
	GoStop
	GoBlock
	GoUnblock
	GoSyscallBegin
	GoSyscallEnd
	GoSyscallEndBlocked
	GoDestroy
	GoPreempt
	GoLock
	GoUnlock
	GoHandLocked
	GoHand

	RunqKick
	RunqOverflow
	RunqDrain
	RunqFlush
	RunqDeal
	GlobalTake
	Look
	Steal
	StealNext
	SpinBegin
	SpinEnd

	PollBegin
	PollEnd
	TimerSet
	TimerStop
	TimerFire

	STWBegin
	STWEnd
	GCBegin
	GCEnd
	GCMarkBegin
	GCMarkEnd
	StackGrow
	StackShrink
	StackLink
	StackUnlink

	Exit
	Crash
	Deadlock
	ThreadLimit
	Reseed

	ProcessFork
	ProcessFault
	ProcessWait
	ProcessExit

	UserTaskBegin
	UserTaskEnd
	UserRegionBegin
	UserRegionEnd
	UserLog

	NumKinds
)

// A Place is where a goroutine that became runnable was put, or where the one
// that starts was found.
type Place int64

// The places. Queues are first in, first out: put is at the tail, found at the
// head.
const (
	Nowhere  Place = iota // in no queue; only at boot, where a GoBlock or a GoSyscallBegin follows
	InNext                // P's runnext
	InRing                // P's ring of 256
	InGlobal              // the global queue
	InHand                // no queue: the thread M itself holds it and runs it
	InThread              // no queue: it has a thread of its own (era threads)
	NumPlaces
)

var placeNames = [NumPlaces]string{"nowhere", "next", "ring", "global", "hand", "thread"}

// String is the name in the text form.
func (p Place) String() string { return nameOf(placeNames[:], int64(p)) }

// A Where is a place of findRunnable that a thread may search.
type Where int64

// The places searched, in the order of runtime/proc.go:findRunnable.
const (
	LookTimers Where = iota // P's own timers
	LookTick                // the global queue, every 61st tick
	LookLocal               // P's runnext and ring
	LookGlobal              // the global queue
	LookNet                 // the network poller, without waiting
	LookSteal               // another P's ring
	LookTimer2              // another P's timers
	LookNext                // another P's runnext
	LookAgain               // once more everywhere, after giving up P
	NumWheres
)

var whereNames = [NumWheres]string{
	"timers", "tick", "local", "global", "netpoll", "steal", "steal-timers", "steal-next", "recheck",
}

// String is the name in the text form.
func (w Where) String() string { return nameOf(whereNames[:], int64(w)) }

// A Why is the reason of a ThreadReady, ThreadStop, ThreadPark, ProcStop,
// GoStop, GoPreempt or STWBegin.
type Why int64

// The reasons.
const (
	WhyNone      Why = iota
	WhyNew           // the thread is new
	WhyWoken         // another thread unparked it
	WhyTime          // its time came: a sleep or a poll is over
	WhySyscall       // for, or after, a system call
	WhyPreempted     // its time slice is over
	WhyGosched       // runtime.Gosched
	WhyGoyield       // runtime.goyield
	WhyParked        // it waits for another thread
	WhyIdle          // it found nothing to do
	WhyHandoff       // its P is given to another thread
	WhyLocked        // because of LockOSThread
	WhyStop          // the world is being stopped
	WhyPoll          // it waits in the network poller
	WhyExit          // it ends
	WhyCollect       // the collector wants it
	WhyProcs         // GOMAXPROCS changes
	WhyLock          // it waits for a lock of the runtime's
	WhyArrived       // the kernel has what it waited for: something came through a pipe or a connection
	NumWhys
)

var whyNames = [NumWhys]string{
	"-", "new", "woken", "time", "syscall", "preempted", "gosched", "goyield", "parked", "idle",
	"handoff", "locked", "stw", "poll", "exit", "collect", "procs", "lock", "arrived",
}

// String is the name in the text form.
func (w Why) String() string { return nameOf(whyNames[:], int64(w)) }

func nameOf(names []string, i int64) string {
	if i < 0 || i >= int64(len(names)) {
		return "?"
	}
	return names[i]
}
