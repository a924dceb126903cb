package task

// Reason says what a parked task waits for, in the words of Go's tracebacks
// (runtime/runtime2.go:waitReasonStrings).
type Reason uint8

// The wait reasons.
const (
	NoReason Reason = iota
	ChanReceiveNil
	ChanSendNil
	SelectNoCases
	Select
	ChanReceive
	ChanSend
	CondWait
	MutexLock
	RWMutexRLock
	RWMutexLock
	WaitGroupWait
	Semacquire
	Sleeping
	IOWait
	FinalizerWait
	ForceGCIdle
	GCSweepWait
	GCScavengeWait
	UpdaterIdle
	GCWorkerIdle
	GCAssistWait
	Coroutine
	CleanupWait
	Debug
	TimerIdle
	GCWait
	SynctestRun
	SynctestWait
	ChildWait

	NumReasons
)

var reasonNames = [NumReasons]string{
	"", "chan receive (nil chan)", "chan send (nil chan)", "select (no cases)", "select",
	"chan receive", "chan send", "sync.Cond.Wait", "sync.Mutex.Lock", "sync.RWMutex.RLock",
	"sync.RWMutex.Lock", "sync.WaitGroup.Wait", "semacquire", "sleep", "IO wait", "finalizer wait",
	"force gc (idle)", "GC sweep wait", "GC scavenge wait", "GOMAXPROCS updater (idle)",
	"GC worker (idle)", "GC assist wait", "coroutine", "cleanup wait", "debug call",
	"timer goroutine (idle)", "wait for GC cycle", "synctest.Run", "synctest.Wait", "wait for a child",
}

func (r Reason) String() string { return reasonNames[r] }

// ReasonOf is the reason that is said in these words.
func ReasonOf(words string) Reason {
	for r, s := range reasonNames {
		if s == words {
			return Reason(r)
		}
	}
	return NoReason
}
