// Package gotrace writes a log as an execution trace of Go's own format, so
// that `go tool trace` and golang.org/x/exp/trace open what Gopark recorded. It
// knows the format (version 2, as of Go 1.26) and how the events of a log are
// called there; it knows no scheduler, and a log without Ps it can't tell.
//
// A trace is a sequence of generations. Each begins with the status of every P
// and goroutine and has, for each thread, batches of events, then the tables of
// stacks and strings that they refer to:
//
//	"go 1.26 trace\0\0\0"
//	generation:  batch(M0) batch(M3) …  batch(stacks) batch(strings) batch(sync)  EndOfGeneration
//	batch:       EventBatch generation M time length, then events
//	event:       type, time since the one before, arguments
//
// Numbers are variable in length. A reader merges the threads by time; where
// times can't decide, by numbers that count what happens to a P or a
// goroutine. See internal/trace/tracev2 and runtime/trace.go.
//
// Times are those of the log, except that of several events at one instant each
// is a nanosecond after the one before: that is what readers make of equal times.
package gotrace

// The types of events, internal/trace/tracev2/events.go.
const (
	evEventBatch          = 1
	evStacks              = 2
	evStack               = 3
	evStrings             = 4
	evString              = 5
	evFrequency           = 8
	evProcsChange         = 9
	evProcStart           = 10
	evProcStop            = 11
	evProcSteal           = 12
	evProcStatus          = 13
	evGoCreate            = 14
	evGoStart             = 16
	evGoDestroy           = 17
	evGoStop              = 19
	evGoBlock             = 20
	evGoUnblock           = 21
	evGoSyscallBegin      = 22
	evGoSyscallEnd        = 23
	evGoSyscallEndBlocked = 24
	evSTWBegin            = 26
	evSTWEnd              = 27
	evGCBegin             = 29
	evGCEnd               = 30
	evUserTaskBegin       = 40
	evUserTaskEnd         = 41
	evUserRegionBegin     = 42
	evUserRegionEnd       = 43
	evUserLog             = 44
	evGoStatusStack       = 48
	evSync                = 50
	evClockSnapshot       = 51
	evEndOfGeneration     = 52
)

// The statuses of Ps and goroutines, internal/trace/tracev2/events.go.
const (
	procRunning = 1
	procIdle    = 2
	procSyscall = 3

	goRunnable = 1
	goRunning  = 2
	goSyscall  = 3
	goWaiting  = 4
)

// Limits of the format.
const (
	maxBatch  = 60 << 10 // bytes of events in a batch; a reader accepts 64 KB
	maxString = 1 << 10
)
