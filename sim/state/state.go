// Package state is what a simulated computer looks like at one instant: plain
// values that schedulers and the virtual machine fill in and the views read.
// It knows no rules; whatever an era lacks is empty here.
package state

import "gopark/sim/task"

// A State is one instant of a run. Slices are ordered by id unless a field
// says otherwise; indices refer to ids. -1 means none.
type State struct {
	Time    task.Time
	Era     string
	Event   int // number of log events up to and including this instant
	Steps   uint64
	Cores   []Core
	Threads []Thread // the kernel's threads; Go's Ms where the era has Ms
	Kernel  []int32  // ids of threads in the kernel's run queue, head first
	HasP    bool
	Ps      []P
	Sched   Sched
	Gs      []G
	Procs   []Process // where the go statement forks; else empty
	Objects []Object  // what goroutines wait for, and live channels
	Timers  []Timer   // heap by heap, each in its own order: the first is the next
	Net     []Poll    // goroutines that wait in the network poller
	GC      GC
	Rules   Rules
	Memory  Memory
	Ended   string // "" while it runs; else why it ended
	Exit    int    // exit code once ended

	// Traced says that this is what a trace told of a real program: which queue a
	// goroutine is in, on which core a thread is, objects, timers and memory are
	// not empty but unknown.
	Traced bool
	Gone   int // goroutines that have ended and are not among Gs
}

// A Process is a process with memory of its own.
type Process struct {
	PID    int32
	Parent int32   // its pid: 1 is init, which adopts those whose parent has ended
	Status string  // running, or zombie: it has ended, and its parent has not asked how
	Code   int32   // exit code, once ended
	Task   task.ID // its goroutine; -1: it has ended
	Pages  int64   // of memory, of 4096 bytes, without read-only data
	Shared int64   // those of them that another process has too
	Faults int64   // pages written for the first time since a fork
	Copied int64   // those of them that had to be copied
}

// Memory is what the process has of it, and what it may have.
type Memory struct {
	Reserved   int64 // bytes of addresses
	Touched    int64 // bytes that are really there
	Kernel     int64 // bytes that the kernel keeps for it: stacks and descriptors of threads
	Parts      []MemoryPart
	MaxThreads int
	MaxStack   int64 // of a goroutine; 0: no limit
}

// A MemoryPart is one kind of memory: bytes of all N things of it.
type MemoryPart struct {
	What              string
	N                 int
	Reserved, Touched int64
}

// A Core is one processor of the computer.
type Core struct {
	ID     int32
	Thread int32 // on it, -1: idle
	Clock  task.Time
}

// A Thread is a kernel thread: a Go M, sysmon, or in the threads era what
// carries one goroutine.
type Thread struct {
	ID       int32
	Name     string // "M0", "sysmon"
	Doing    string // one of the Doing constants
	Detail   string // for looking: the place searched; for syscall: what it waits for; for a lock: its name
	G        int32  // index into Gs of the goroutine on it, -1
	P        int32
	Core     int32
	LockedG  int32
	Spinning bool
	Until    task.Time // of a system call or sleep: when it ends; else 0

	// What only Go's scheduler knows of an M.
	NextP  int32  // set aside for it: it starts with this P
	OldP   int32  // that it had when it entered the system call
	NextG  int32  // goroutine handed to it, where there are no Ps
	Tick   uint32 // P's syscalltick when it entered the system call
	Round  int    // of stealing, from 0
	Victim int32  // P whose runnext it is about to take
}

// What a thread does.
const (
	DoingRun     = "running"
	DoingLook    = "looking for work"
	DoingSpin    = "spinning"
	DoingIdle    = "idle"
	DoingSyscall = "in a system call"
	DoingPoll    = "in netpoll"
	DoingSleep   = "sleeping"
	DoingReady   = "waiting for a core"
	DoingRuntime = "in the scheduler"
	DoingLock    = "waiting for a lock"
	DoingMark    = "helping the collector"
	DoingDead    = "ended"
	DoingUntold  = "untold" // a trace does not say
)

// A P is a processor of Go's scheduler.
type P struct {
	ID          int32
	Status      string // idle, running, syscall, gcstop
	Thread      int32
	Next        int32   // runnext: index into Gs, -1
	Queue       []int32 // indices into Gs, head first
	SchedTick   uint32
	SyscallTick uint32
	Timers      int
	Free        []int32   // free Gs
	SliceStart  task.Time // when sysmon first saw the current tick

	OldM      int32     // had it before the world stopped, or before it went idle
	SeenTick  uint32    // sysmontick: the ticks that sysmon saw last
	SeenSys   uint32    //
	SeenSysAt task.Time // when it first saw that syscalltick
	Goid      int64     // next goid of its batch
	GoidEnd   int64     // first that is not in it
	Worker    int32     // of the collector that it is to run next, -1
	MarkTime  int64     // ns that workers have run on it in this cycle, of its share
}

// Sched is the scheduler's global state.
type Sched struct {
	Queue      []int32 // global run queue, head first: indices into Gs
	Free       []int32
	IdleM      []int32 // most recently parked first
	IdleP      []int32
	Spinning   int
	GoMaxProcs int
	Stopping   bool // the world is being stopped or stands still
	MCPU       int  // threads that run Go code, or were told to; only where there are no Ps
	MCPUMax    int  // and how many may: GOMAXPROCS, or 1 while the world is stopped
	TickCheck  int  // the global queue is looked at every so many ticks; 0: no such rule

	GoidGen     int64     // last goid that was given out, to a goroutine or in a batch
	Live        int       // goroutines that exist, without the runtime's own
	NeedSpin    bool      // somebody wanted a P to spin with, and there was none
	IdleLocked  int       // Ms that wait for their locked goroutine
	StopWait    int       // Ps that have not stopped yet
	Stopper     int32     // thread that stops the world, -1
	Poller      int32     // thread in the network poller, -1
	PollUntil   task.Time // when it will be back at the latest; 0: nobody polls, or without end
	LastPoll    task.Time
	SysmonDeep  bool      // sysmon sleeps until it is woken or a timer is due
	SysmonDelay int64     // ns of its next sleep
	SysmonIdle  int       // rounds in which it found nothing to do
	SysmonNext  task.Time // when it wakes; 0: it doesn't
	Locks       []Lock
}

// A Lock is one of the scheduler's own.
type Lock struct {
	Name    string // "sched.lock", "P1's queue"
	Holder  int32  // the thread that has it, -1
	Waiters []LockWaiter
	Waits   int64         // for it that are over
	Waited  task.Duration // by all threads together in those
}

// A LockWaiter is a thread that wants a lock.
type LockWaiter struct {
	Thread int32
	Asleep bool // on a futex; else it spins
	Since  task.Time
}

// A G is a goroutine.
type G struct {
	Task      task.ID
	ID        int64     // goid
	Status    string    // runnable, running, waiting, syscall, dead
	System    bool      // started by the runtime itself
	Reason    string    // wait reason
	Object    uint64    // address waited on, or a descriptor's number; 0 if none
	Since     task.Time // of the present status
	Parent    int64     // goid of its creator
	Thread    int32
	P         int32
	Locked    bool
	LockedM   int32  // thread it is locked to, -1
	Func      string // where it is: innermost function of the reader's, or any
	File      string
	Line      int32
	Entry     string // function it was started with
	Preempt   bool   // asked to yield
	StackSize int64
	StackUsed int64

	StackLo  uint64 // address
	PC       uint64 // where it will go on
	GoFile   string // the go statement that made it
	GoLine   int32  //
	Sudogs   int    // wait queues it stands in
	Won      bool   // a case of its select was woken already (selectDone)
	Grown    int    // times its stack was copied to a larger one
	Segments int    // pieces that its stack is made of
	Defers   int    // calls that are deferred
	Panics   int    // that run
	Locks    int    // LockOSThread calls that were not undone
}

// An Object is something goroutines meet at.
type Object struct {
	Addr    uint64
	Kind    string // chan, semaphore, mutex, waitgroup, cond, select, fd …
	Name    string // source variable if known
	Type    string // Go type; of a descriptor what it is: "tcp 127.0.0.1:8080->127.0.0.1:32768"
	Value   string // what it holds, of package sync's: "locked, 1 waiting"; of a descriptor "3 bytes to read"; "" otherwise
	Cap     int
	Buffer  []string // values held, oldest first, as fmt would print them, shortened
	Closed  bool
	Recv    []Waiter // first come first
	Send    []Waiter
	Waiters []Waiter // of semaphores and others

	Len    int    // values held
	SendX  int    // slot of the buffer in which the next value goes
	RecvX  int    // and from which the next comes
	Elem   int64  // bytes of one value
	Room   int64  // bytes that a channel holds that is a pipe; 0: it is none
	Bytes  int64  // and how many lie in it
	Pages  int    // in so many of the kernel's pages, of 4,096 bytes each
	Timer  int32  // that sends on it, -1
	Base   uint64 // of a lock: address of what the program calls the lock; else 0
	Word   uint64 // its state: the word at Base
	Global bool   // a package-level variable holds it

	Writer  bool // of an RWMutex: who waits here wants to write
	Readers int  // and so many readers must leave first
}

// A Waiter is a goroutine in a wait queue.
type Waiter struct {
	G      int32  // index into Gs
	Value  string // it sends
	Bytes  int64  // that this takes, where the channel is a pipe
	Select bool
}

// A Timer will expire.
type Timer struct {
	ID     int32 // -1: a goroutine's sleep
	When   task.Time
	What   string
	P      int32  // whose heap it is in, -1
	G      int32  // goroutine that sleeps on it, -1
	Period int64  // ns; 0: once
	Func   string // that it runs
	Chan   uint64 // that it sends on, 0
}

// A Stack is one goroutine's stack.
type Stack struct {
	G        int32
	Lo, Hi   uint64
	Size     int64
	Used     int64
	Guard    int64   // bytes kept free at the growing end
	Frames   []Frame // innermost first
	Grown    int     // times it was copied to a larger one
	Splits   int     // how often a segment was linked
	Segments int     // linked pieces it consists of; 1 unless an era links them

	Pieces []Piece // outermost first, where an era links them; else none
	Room   int64   // bytes that the computer has set aside
}

// A Piece is a segment of a stack.
type Piece struct {
	From int64 // bytes of the pieces before it
	Size int64
	Func string // whose call needed it; "" for the first
}

// A Frame is one call.
type Frame struct {
	Func  string
	File  string
	Line  int32
	PC    uint64
	Bytes int64
	User  bool  // the reader's code
	From  int32 // first and last line of the function
	To    int32
	Vars  []Var
}

// A Var is a variable with its value at that instant.
type Var struct {
	Name, Type, Value string
}
