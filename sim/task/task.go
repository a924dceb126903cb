// Package task is the seam between what runs and what decides who runs. It
// knows what a task may ask of its scheduler; it knows neither the virtual
// machine above it nor the schedulers below.
//
// A goroutine is to the scheduler what a thread is to the kernel: package
// machine uses the same shape once more, with threads for tasks.
package task

// ID names a task for as long as a run lasts. IDs are small, dense and may be
// used again after the task's Exit; goroutine ids, which Go never uses again,
// belong to the scheduler.
type ID int32

// None is no task.
const None ID = -1

// Duration and Time are virtual nanoseconds; Time counts from the start of
// the run.
type (
	Duration = int64
	Time     = int64
)

// Never is later than any time. Open is the length of a system call of which
// nobody knows when it ends.
const (
	Never Time     = 1<<63 - 1
	Open  Duration = -1
)

// A Runner runs tasks. The virtual machine is one; tasktest has a scripted one.
type Runner interface {
	// Run runs task id until its budget is used up or it asks for something.
	// Either time passes or something happens, never both: took is 0 if and
	// only if the task asks, now, for req (req.Kind != Nothing). With a
	// budget of 0 a Runner may only report a request that is due already.
	//
	// atCalls makes the task stop with a Check request at the next function
	// prologue: eras that preempt at calls set it once they want the
	// processor back. Others never pay for it.
	//
	// now is the time on the clock of the core it runs on when the turn starts.
	// took may exceed budget by the length of one instruction.
	Run(id ID, now Time, budget Duration, atCalls bool) (took Duration, req Request)

	// Fire runs what timer t does when it expires: it sends on a channel,
	// starts a goroutine or readies one. It is called again until it
	// answers Nothing. now is the time on the clock that found the timer
	// expired. The requests are Ready, Spawn, SetTimer and nothing else.
	Fire(t Timer, now Time) Request
}

// A Pinner is a Runner whose tasks may be on their P for something that must not be
// interrupted (runtime/proc.go:procPin). It hears of no request to stop meanwhile.
type Pinner interface {
	Pinned(id ID) bool
}

// FirstPID is the number of the first process; those that it makes count up from it.
const FirstPID = 1000

// Timer names a timer of the Runner's.
type Timer int32

// Kind says what a task asks for.
type Kind uint8

// The requests. "The task" is the one that was run. After a request that does
// not stop it, the scheduler runs the task on, at once, if its rules say so.
const (
	Nothing Kind = iota // no request; time passed

	// Requests after which the task may go on.
	Spawn      // Task is new and runnable; N is 1 if it is the runtime's own (runtime.newproc). If it is another process, Object has the pages of memory that it shares with the task's
	Ready      // Task was parked and is runnable again (goready)
	SetTimer   // arm or move Timer to When (time.newTimer, resetTimer)
	StopTimer  // disarm Timer
	LockThread // runtime.LockOSThread
	UnlockThread
	SetProcs     // runtime.GOMAXPROCS(N), N > 0: stop the world, change, start
	CollectBegin // stop the world for the collector; the task holds it stopped … N is 1 when all is marked that was to be marked beside the program
	CollectEnd   // … until here. N is 1 if marking now goes on beside the program
	Check        // a function prologue was reached and the caller asked for it
	Fault        // it has written to N pages for the first time since a fork, of which Object had to be copied
	Reap         // it has learnt how its child, process N, ended (wait4)
	StackGrow    // its stack had Object bytes and has N: it was copied, or got or lost segments
	StackShrink  // Task's stack had Object bytes and has N: the collector, which the task is, has copied it to a smaller one
	Arrive       // the kernel will have at When what Task waits for, in a Poll or a Syscall without end

	// Requests that stop the task.
	Park    // wait until another task or a timer readies it (gopark)
	Yield   // runtime.Gosched
	GoYield // yield to the local queue's tail (runtime.goyield)
	Sleep   // park until When (time.Sleep)
	Syscall // enter a system call that takes Wait (entersyscall … exitsyscall); N is 1 if the P is handed off at once (entersyscallblock), InKernel if Wait is by the clock
	Poll    // park until the network answers (netpollblock): at When, as far as is known. Ready ends it as well
	Exit    // the task is over (goexit)

	// Requests that end the process and, if there are no others, the run.
	ExitProcess // N is the exit code: main returned, os.Exit, a panic nobody recovered. Where there are many, Object has the pages of its memory, and Task waits for its end, or is None
	Crash       // throw or fatal: like ExitProcess, after a fatal error
	Halt        // the computer has no memory for another process: the end of them all; N is the exit code

	NumKinds
)

// A Request is what a task asks for: a plain value, so that it can be printed,
// compared, scripted and decorated.
type Request struct {
	Kind   Kind
	Reason Reason   // of Park
	Task   ID       // of Spawn, Ready and StackShrink
	Timer  Timer    // of SetTimer and StopTimer
	N      int32    // of StackGrow, StackShrink, SetProcs, Fault, Reap, ExitProcess, Crash and Halt; Spawn, CollectBegin and CollectEnd
	When   Time     // of SetTimer, Sleep, Poll and Arrive: absolute; Never: nobody knows yet
	Wait   Duration // of Syscall: how long the kernel needs; Open: until an Arrive
	Object uint64   // of Park and Poll: the address of the channel, semaphore … waited for, a descriptor's number; 0 if none. Of Spawn, Fault and StackGrow
}

// InKernel as N of a Syscall says that its thread sleeps in the kernel, however short;
// else it may be the processor that needs the time.
const InKernel = 2

var kindNames = [NumKinds]string{
	"nothing", "spawn", "ready", "settimer", "stoptimer", "lockthread", "unlockthread",
	"setprocs", "collectbegin", "collectend", "check", "fault", "reap", "stackgrow", "stackshrink", "arrive", "park", "yield", "goyield", "sleep", "syscall",
	"poll", "exit", "exitprocess", "crash", "halt",
}

func (k Kind) String() string { return kindNames[k] }

// Stops reports whether the task can't go on after asking for k.
func (k Kind) Stops() bool { return k >= Park }
