package trace

// An ArgType says how an argument of an event is to be read and printed.
type ArgType uint8

// The types of arguments.
const (
	ArgNone   ArgType = iota
	ArgInt            // a number
	ArgTime           // virtual nanoseconds
	ArgAddr           // an address
	ArgThread         // a thread's id
	ArgProc           // a P's id
	ArgLock           // 0: sched.lock; n+1: that of Pn's queue
	ArgPlace          // a Place
	ArgWhere          // a Where
	ArgWhy            // a Why
	ArgReason         // a task.Reason
	ArgPID            // the number of a process
)

// An Arg is the name and type of an argument. "" is no argument.
type Arg struct {
	Name string
	Type ArgType
}

// Info describes a kind of event.
type Info struct {
	Name string
	A, B Arg
}

// Kinds describes every kind, in a sentence about M, P, G and the arguments. A goroutine becomes runnable by GoCreate,
// GoUnblock, GoStop or GoSyscallEndBlocked, whose B says into which queue it
// goes, and leaves the queues by GoStart, whose A says where it was found,
// or by Steal, StealNext or GlobalTake, after which the thread holds it "in
// hand" until it starts it. RunqKick, RunqOverflow, RunqDrain, RunqFlush, RunqDeal move it between
// queues. So the queues follow from the log.
var Kinds = [NumKinds]Info{
	// No event.
	Nothing: {"Nothing", Arg{}, Arg{}},

	// The computer has n cores; the first event of a log.
	Cores: {"Cores", Arg{"n", ArgInt}, Arg{}},
	// M asks the kernel for a new thread.
	ThreadCreate: {"ThreadCreate", Arg{"thread", ArgThread}, Arg{}},
	// Thread M goes to the tail of the kernel's run queue.
	ThreadReady: {"ThreadReady", Arg{"why", ArgWhy}, Arg{}},
	// Core takes M from the kernel's run queue and runs it.
	ThreadStart: {"ThreadStart", Arg{}, Arg{}},
	// M leaves its core; a ThreadReady follows at once if it was preempted.
	ThreadStop: {"ThreadStop", Arg{"why", ArgWhy}, Arg{}},
	// M decides to sleep until it is unparked; with why=idle it goes to the head of the list of idle Ms.
	ThreadPark: {"ThreadPark", Arg{"why", ArgWhy}, Arg{}},
	// M wakes the thread, which leaves the list of idle Ms, or the network poller.
	ThreadUnpark: {"ThreadUnpark", Arg{"thread", ArgThread}, Arg{}},
	// M wants a lock of the runtime's that the holder has (-: had until just now), sched.lock or that of a P's queue: it spins, and sleeps if that takes long. A lock that is free is taken without an event.
	LockWait: {"LockWait", Arg{"lock", ArgLock}, Arg{"holder", ArgThread}},
	// M has the lock at last.
	LockTake: {"LockTake", Arg{"lock", ArgLock}, Arg{"waited", ArgTime}},
	// Thread M ends.
	ThreadDestroy: {"ThreadDestroy", Arg{}, Arg{}},

	// From now on there are n Ps.
	ProcsChange: {"ProcsChange", Arg{"n", ArgInt}, Arg{}},
	// M begins to hold P, which was idle, stopped or handed to it.
	ProcStart: {"ProcStart", Arg{}, Arg{}},
	// M holds P no longer; ProcIdle, ProcHand or ProcHalt says where P goes.
	ProcStop: {"ProcStop", Arg{"why", ArgWhy}, Arg{}},
	// P goes to the head of the list of idle Ps.
	ProcIdle: {"ProcIdle", Arg{}, Arg{}},
	// P leaves the idle list, if it is there, and is set aside for the thread, which will start it.
	ProcHand: {"ProcHand", Arg{"thread", ArgThread}, Arg{}},
	// P is taken from a thread that is in a system call.
	ProcSteal: {"ProcSteal", Arg{"thread", ArgThread}, Arg{}},
	// P stands still because the world is stopped.
	ProcHalt: {"ProcHalt", Arg{}, Arg{}},

	// The goroutine that M runs creates G.
	GoCreate: {"GoCreate", Arg{"goid", ArgInt}, Arg{"into", ArgPlace}},
	// M runs G on P.
	GoStart: {"GoStart", Arg{"from", ArgPlace}, Arg{}},
	// G stops running and stays runnable.
	GoStop: {"GoStop", Arg{"why", ArgWhy}, Arg{"into", ArgPlace}},
	// G stops running and waits.
	GoBlock: {"GoBlock", Arg{"reason", ArgReason}, Arg{"object", ArgAddr}},
	// G is runnable again; who did it is what M runs, or a timer or the network.
	GoUnblock: {"GoUnblock", Arg{}, Arg{"into", ArgPlace}},
	// G enters a system call; M keeps P for now. -1: nobody knows when it ends.
	GoSyscallBegin: {"GoSyscallBegin", Arg{"wait", ArgTime}, Arg{}},
	// G is back from the system call, M has still its P: it runs on.
	GoSyscallEnd: {"GoSyscallEnd", Arg{}, Arg{}},
	// G is back from the system call, but M lost its P; in hand: M found another.
	GoSyscallEndBlocked: {"GoSyscallEndBlocked", Arg{}, Arg{"into", ArgPlace}},
	// G ends; with a P it goes to P's list of free Gs.
	GoDestroy: {"GoDestroy", Arg{}, Arg{}},
	// M asks G, which runs on P, to stop soon.
	GoPreempt: {"GoPreempt", Arg{"why", ArgWhy}, Arg{}},
	// G is wired to M (LockOSThread).
	GoLock: {"GoLock", Arg{}, Arg{}},
	// G is no longer wired to M.
	GoUnlock: {"GoUnlock", Arg{}, Arg{}},
	// M takes G from a queue, or has it in hand, but G is wired to the thread, which gets G and P.
	GoHandLocked: {"GoHandLocked", Arg{"thread", ArgThread}, Arg{"from", ArgPlace}},
	// M takes G from a queue, or has it in hand, and hands it to the thread, which will run it.
	GoHand: {"GoHand", Arg{"thread", ArgThread}, Arg{"from", ArgPlace}},

	// G is kicked out of P's runnext to the tail of P's ring by the goroutine that just went there.
	RunqKick: {"RunqKick", Arg{}, Arg{}},
	// P's ring is full: its n oldest, then G, which was meant for its tail, go to the tail of the global queue.
	RunqOverflow: {"RunqOverflow", Arg{"n", ArgInt}, Arg{}},
	// P is going away: its runnext and ring, n goroutines in order, go to the head of the global queue.
	RunqDrain: {"RunqDrain", Arg{"n", ArgInt}, Arg{}},
	// M keeps P for the collector: P's runnext and ring, n goroutines in order, go to the tail of the global queue.
	RunqFlush: {"RunqFlush", Arg{"n", ArgInt}, Arg{}},
	// The world is about to run again: what the Ps have queued is gathered in the global queue and, as long as there is any, dealt to ps Ps, P1 first. most=0: all of it, and what was there before goes first; else no more than so many, and the Ps' own go first, the oldest of each, in turn, as they will run.
	RunqDeal: {"RunqDeal", Arg{"ps", ArgInt}, Arg{"most", ArgInt}},
	// M takes n from the head of the global queue: the first, G, in hand, the others to P's ring.
	GlobalTake: {"GlobalTake", Arg{"n", ArgInt}, Arg{}},
	// M looks for work at a place, of P p where that makes sense, and finds nothing.
	Look: {"Look", Arg{"where", ArgWhere}, Arg{"p", ArgProc}},
	// M takes n from the head of the victim's ring: the last, G, in hand, the others to P's ring; until 1.2 G is the first.
	Steal: {"Steal", Arg{"victim", ArgProc}, Arg{"n", ArgInt}},
	// M takes G out of the victim's runnext, in hand.
	StealNext: {"StealNext", Arg{"victim", ArgProc}, Arg{}},
	// M begins to spin: it looks for work on behalf of others.
	SpinBegin: {"SpinBegin", Arg{}, Arg{}},
	// M spins no longer.
	SpinEnd: {"SpinEnd", Arg{}, Arg{}},

	// M, without a P, waits in the network poller; -1: with no end.
	PollBegin: {"PollBegin", Arg{"until", ArgTime}, Arg{}},
	// M is back from the network poller.
	PollEnd: {"PollEnd", Arg{}, Arg{}},
	// A timer goes into P's heap, or moves; -1: the sleep of G.
	TimerSet: {"TimerSet", Arg{"timer", ArgInt}, Arg{"when", ArgTime}},
	// A timer leaves its heap.
	TimerStop: {"TimerStop", Arg{"timer", ArgInt}, Arg{}},
	// M runs a timer that was due; -1: the sleep of G.
	TimerFire: {"TimerFire", Arg{"timer", ArgInt}, Arg{"when", ArgTime}},

	// G stops the world: from here all other Ps are told to halt.
	STWBegin: {"STWBegin", Arg{"why", ArgWhy}, Arg{}},
	// The world runs again.
	STWEnd: {"STWEnd", Arg{}, Arg{}},
	// The world stands still and G collects garbage, or prepares to.
	GCBegin: {"GCBegin", Arg{}, Arg{}},
	// The collection is over, though sweeping may go on.
	GCEnd: {"GCEnd", Arg{}, Arg{}},
	// From here workers mark beside the program.
	GCMarkBegin: {"GCMarkBegin", Arg{}, Arg{}},
	// All is marked, and the world stands still.
	GCMarkEnd: {"GCMarkEnd", Arg{}, Arg{}},
	// G's stack is copied to a larger one; sizes in bytes.
	StackGrow: {"StackGrow", Arg{"from", ArgInt}, Arg{"to", ArgInt}},
	// G's stack gets a further segment; sizes in bytes, of all segments. Of a stack's first 256 segments each is told, later only those by which their number has doubled.
	StackLink: {"StackLink", Arg{"from", ArgInt}, Arg{"to", ArgInt}},
	// Segments of G's stack are freed, of which StackLink told; sizes in bytes, of all segments.
	StackUnlink: {"StackUnlink", Arg{"from", ArgInt}, Arg{"to", ArgInt}},
	// G's stack is copied to a smaller one; sizes in bytes.
	StackShrink: {"StackShrink", Arg{"from", ArgInt}, Arg{"to", ArgInt}},

	// The process ends, or the last of many; the last event.
	Exit: {"Exit", Arg{"code", ArgInt}, Arg{}},
	// The process ends by a fatal error; the last event.
	Crash: {"Crash", Arg{"code", ArgInt}, Arg{}},
	// No goroutine can ever run again; goexit=1: because main called Goexit and none is left.
	Deadlock: {"Deadlock", Arg{"goexit", ArgInt}, Arg{}},
	// The process has more threads than it may; the last event.
	ThreadLimit: {"ThreadLimit", Arg{"limit", ArgInt}, Arg{}},

	// From here on chance is drawn from another seed: a reader forks the run here. No thread does it.
	Reseed: {"Reseed", Arg{"seed", ArgInt}, Arg{}},

	// G, just made, is a process of its own; it shares the pages of its parent's memory until one of them writes.
	ProcessFork: {"ProcessFork", Arg{"pid", ArgPID}, Arg{"pages", ArgInt}},
	// G has written to so many pages for the first time since a fork.
	ProcessFault: {"ProcessFault", Arg{"pages", ArgInt}, Arg{"copied", ArgInt}},
	// G learns how its child, which is a zombie, has ended.
	ProcessWait: {"ProcessWait", Arg{"pid", ArgPID}, Arg{}},
	// G ends its process: its memory is given back.
	ProcessExit: {"ProcessExit", Arg{"pid", ArgPID}, Arg{"code", ArgInt}},

	// What G says of itself with package runtime/trace, in the trace of a real program. Text is the number of a text that the trace has.
	UserTaskBegin:   {"UserTaskBegin", Arg{"task", ArgInt}, Arg{"text", ArgInt}},
	UserTaskEnd:     {"UserTaskEnd", Arg{"task", ArgInt}, Arg{"text", ArgInt}},
	UserRegionBegin: {"UserRegionBegin", Arg{"task", ArgInt}, Arg{"text", ArgInt}},
	UserRegionEnd:   {"UserRegionEnd", Arg{"task", ArgInt}, Arg{"text", ArgInt}},
	UserLog:         {"UserLog", Arg{"task", ArgInt}, Arg{"text", ArgInt}},
}

func (k Kind) String() string {
	if k >= NumKinds {
		return "?"
	}
	return Kinds[k].Name
}
