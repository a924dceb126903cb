// Package realtrace reads the execution traces that real Go programs write with
// runtime/trace: version 2 of the format, of Go 1.22 to 1.26. It puts the events
// of all threads in the order in which they happened, with the thread, P and
// goroutine that each happened on, and knows nothing of what is made of them.
//
// The format is told in package gotrace, which writes it. Each thread's events
// are in order; those of different threads are merged by time, and where clocks
// disagree by numbers that count what happens to a P or a goroutine
// (internal/trace/order.go). The emulation that this takes also finds out what
// can't have happened: such a trace is refused as damaged.
//
// A trace is a stranger's file. Whatever it says, reading it ends, in time and
// memory in proportion to its size, with events or with one sentence.
package realtrace

import "fmt"

// A Type is the type of an event, with the number that it has in the file
// (internal/trace/tracev2/events.go).
type Type uint8

// The types of events that a Reader gives.
const (
	ProcsChange         Type = 9
	ProcStart           Type = 10
	ProcStop            Type = 11
	ProcSteal           Type = 12
	ProcStatus          Type = 13
	GoCreate            Type = 14
	GoCreateSyscall     Type = 15
	GoStart             Type = 16
	GoDestroy           Type = 17
	GoDestroySyscall    Type = 18
	GoStop              Type = 19
	GoBlock             Type = 20
	GoUnblock           Type = 21
	GoSyscallBegin      Type = 22
	GoSyscallEnd        Type = 23
	GoSyscallEndBlocked Type = 24
	GoStatus            Type = 25
	STWBegin            Type = 26
	STWEnd              Type = 27
	GCActive            Type = 28
	GCBegin             Type = 29
	GCEnd               Type = 30
	HeapAlloc           Type = 37
	HeapGoal            Type = 38
	GoLabel             Type = 39
	UserTaskBegin       Type = 40
	UserTaskEnd         Type = 41
	UserRegionBegin     Type = 42
	UserRegionEnd       Type = 43
	UserLog             Type = 44
	GoSwitch            Type = 45
	GoSwitchDestroy     Type = 46
	GoCreateBlocked     Type = 47
	GoStatusStack       Type = 48
)

// The statuses of Ps and goroutines.
const (
	PRunning          = 1
	PIdle             = 2
	PSyscall          = 3
	PSyscallAbandoned = 4

	GRunnable = 1
	GRunning  = 2
	GSyscall  = 3
	GWaiting  = 4
)

// None is no thread, no P and no goroutine.
const None = -1

// An Event is one fact of the trace. M, P and G are what it happened on, as they
// were before it. An event that is three in one (GoSwitch) is given as those:
// GoSwitch, which readies the goroutine that runs next, the end of the one that
// ran, and a GoStart.
type Event struct {
	Type    Type
	Time    int64 // ns on the clock of the traced computer; each later than the one before
	M       int64 // the system's number of the thread
	P       int64
	G       int64 // goid
	Args    [4]uint64
	Text    string // of a GoStop, GoBlock, STWBegin: why; of a GoLabel: the label; of what the program says itself: the name, or what is logged
	Key     string // of a UserLog: its category
	Stack   int32  // of G, a number for Calls; 0: not told
	Born    int32  // of a GoCreate: where the new goroutine will begin
	Initial bool   // of a status: nothing was known of it before
}

// A Call is one function of a stack.
type Call struct {
	PC   uint64
	Func string
	File string
	Line int32
}

// Limits on what is read.
const (
	MaxSize   = 64 << 20 // bytes of a trace
	MaxEvents = 4_000_000
	maxBatch  = 64 << 10
	maxString = 1 << 20
	maxFrames = 1024
	maxM      = 20_000 // threads in one generation
)

// A Refusal says in one sentence, for the reader of the page, why a file is not shown.
type Refusal string

// Error is the sentence.
func (r Refusal) Error() string { return string(r) }

// What a file can be instead of a trace that can be read.
var (
	ErrFormat = Refusal("This is no execution trace of a Go program: such a file begins with “go 1.” and “trace”.")
	ErrOld    = Refusal("This trace is of Go 1.21 or older, whose format was another. Gopark reads traces of Go 1.22 and later.")
	ErrSize   = refuse("The trace is larger than %d MB. Trace a shorter stretch of the program.", MaxSize>>20)
	ErrEvents = refuse("The trace has more than %d million events. Trace a shorter stretch of the program.", MaxEvents/1_000_000)
)

// damaged says that a trace can't be what a runtime wrote.
func damaged(format string, args ...any) error {
	return refuse("The trace is damaged or cut off: "+format+".", args...)
}

func refuse(format string, args ...any) Refusal { return Refusal(fmt.Sprintf(format, args...)) }
