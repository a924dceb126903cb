// Package machine is a computer with several cores and a kernel: threads, the
// kernel's run queue and time slices, parking and waking, system calls, and
// one virtual clock per core merged into one order of events. It knows
// nothing of goroutines; what a thread does is its Runner's business, through
// the same seam that package task has one floor higher.
//
// A turn of the machine (Step) is either a wake-up of a thread or a piece of
// work of the thread on the core whose clock is furthest behind. Since that
// clock is the lowest, what a thread asks for at the start of its turn
// happens in the order of time, on however many cores.
package machine

import (
	"gopark/sim/cost"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Thread names a kernel thread: small, dense, never used again.
type Thread int32

// None is no thread.
const None Thread = -1

// Never is later than any time.
const Never task.Time = 1<<63 - 1

// A Kind says what a thread asks of the kernel.
type Kind uint8

// The requests.
const (
	Nothing Kind = iota // time passed
	Park                // sleep until unparked or, at the latest, Until: a futex wait
	Syscall             // a system call that takes Wait; task.Open: until an Arrive
	Yield               // go to the tail of the run queue (sched_yield)
	Exit                // the thread ends
)

// A Futex names a word in memory that several threads may sleep on, until Wake
// wakes them one by one. The zero Futex is each thread's own, which Unpark
// wakes: a note of Go's runtime.
type Futex int32

// A Request is what a thread asks of the kernel.
type Request struct {
	Kind  Kind
	Futex Futex         // of Park: what it sleeps on; the zero value is the thread's own
	Why   trace.Why     // of Park, for the log
	Until task.Time     // of Park; Never: no end
	Event task.Time     // of Park: when the kernel has what is waited for, which Arrive may change; 0: it waits for no such thing, Never: unknown
	Wait  task.Duration // of Syscall
	Sleep bool          // of Syscall: it waits by the clock, so it leaves its core however short that is
}

// A Runner runs threads. A scheduler is one.
type Runner interface {
	// Run runs thread t, on a core whose clock says now, until budget is
	// used up or it asks for something: took is 0 if and only if it asks.
	// took may exceed budget by the length of one instruction. After a call
	// of Create, Unpark, SetAlarm, Hold or Release it asks Machine.Left what is
	// left of its budget, which was reckoned before.
	Run(t Thread, now task.Time, budget task.Duration) (took task.Duration, req Request)

	// Alarm is called when the time given to SetAlarm has come. It runs on
	// no core: it stands for what the kernel's timer interrupt does.
	Alarm(now task.Time)
}

// Config is the fixed part of a machine.
type Config struct {
	Cores    int
	Quantum  task.Duration // how far a core may run ahead of the others; 0: 1 µs
	MaxSlice task.Duration // longest piece of work handed out at once; 0: 10 ms
	Costs    cost.Kernel   // zero: cost.Default
}

// A Machine is a computer during a run.
type Machine struct {
	// Fixed.
	Config
	runner Runner
	log    *trace.Log

	data
}

// data is all that changes: plain data, so that a copy is a snapshot.
type data struct {
	cores   []core
	threads []thread
	queue   []Thread // the kernel's run queue, head first
	wakes   []wake   // a binary heap
	sleep   []Thread // on futexes that they share, who came first at the head
	alarm   task.Time
	now     task.Time
	seq     int64
	sooner  bool   // since the turn began something was added to what is due
	hold    Thread // only this thread may run; None: all
	live    int
}

type core struct {
	thread Thread
	last   Thread // that was on it before
	clock  task.Time
	slice  task.Time // when the thread's time slice is over
}

type thread struct {
	status status
	token  bool      // unparked before it parked
	fresh  bool      // has never been in the run queue
	futex  Futex     // it sleeps on
	told   bool      // it wakes because of an Arrive
	core   int32     // it is on, or was on last
	wake   int64     // seq of its valid entry in wakes, 0: none
	until  task.Time // when its sleep or system call ends; 0: unknown
	due    task.Time // of the valid entry in wakes
	event  task.Time // what Arrive said before it waited; 0: nothing
}

type status uint8

const (
	ready   status = iota // in the kernel's run queue
	running               // on a core
	parked                // asleep until unparked or until
	waking                // on its way to the run queue
	insys                 // in a system call
	dead
)

// New makes a machine without threads.
func New(c Config, r Runner, log *trace.Log) *Machine {
	if c.Cores <= 0 {
		c.Cores = 2
	}
	if c.Quantum <= 0 {
		c.Quantum = 1000
	}
	if c.MaxSlice <= 0 {
		c.MaxSlice = 10e6
	}
	if c.Costs == (cost.Kernel{}) {
		c.Costs = cost.Default.Kernel
	}
	m := &Machine{Config: c, runner: r, log: log}
	m.alarm = Never
	m.hold = None
	for range c.Cores {
		m.cores = append(m.cores, core{thread: None, last: None})
	}
	log.Add(trace.Event{Kind: trace.Cores, Core: -1, M: -1, P: -1, G: task.None, A: int64(c.Cores)})
	return m
}
