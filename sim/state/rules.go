package state

// Rules are what an era fixes and a picture has to know, so that nobody who
// draws asks which era it is. The zero value of a field means that the era
// lacks the mechanism.
type Rules struct {
	Sources Sources
	Places  []Place // where a thread looks for work, in this order

	RunNext      bool  // a P has a slot for the goroutine to run next
	Ring         int   // slots of a P's queue; 0: it grows
	FreeLocal    int   // free Gs that a P keeps at most
	GoidBatch    int   // goids that a P takes at once
	Slice        int64 // ns after which a goroutine is asked to stop
	AsyncPreempt bool  // by a signal; otherwise at its next call
	RetakeAfter  int64 // ns after which a P is taken from a system call in any case
	KeepsP       bool  // a P stays with its thread in a system call until it is taken
	NeedSpin     bool  // a wish to spin is remembered
	OldM         bool  // a P remembers the thread that had it
	NamesParent  bool  // a G knows which goroutine created it
	TimerHeaps   int   // heaps of timers with a goroutine each; 0: one heap for each P
	SysmonMin    int64 // ns of sysmon's shortest sleep; 0: there is no sysmon
	SysmonMax    int64
	ForceGC      int64 // ns after which a collection is forced
	MaxThreads   int   // that the runtime allows itself; 0: it sets no limit
	DeadlockSeen bool  // the runtime notices when nothing can run any more

	StackMin      int64 // bytes of a first stack
	StackGuard    int64
	StackMax      int64
	StackSegments bool // a stack grows by linked pieces, not by a copy
	StackShrinks  bool

	SizeG                      int64 // bytes of a g structure; 0: there is none, or it was not measured
	ThreadBytes, ThreadTouched int64 // that a thread of the kernel's takes of addresses, and of memory while it waits

	// Bytes of registers that a switch stores, by its kind. CallWords names those
	// of a goroutine at a call.
	CallWords                        []string
	CallSave, SignalSave, ThreadSave int64
}

// Sources are the files of the runtime's source in which an era declares its
// structures. "" is none.
type Sources struct {
	C                           bool // they are C: G, not g
	G, Sched, Chan, Sema, Timer string

	// What some of their fields are called.
	Status, Free, Runq, MCount string
	SysTick                    string // in p, where sysmon notes there what it saw

	// Bytes of a place in a wait queue (DWARF, amd64); 0: not measured.
	SizeSudog int64
}

// A Place is where a thread that has nothing to run looks for work.
type Place uint8

// The places, in the words of runtime/proc.go:findRunnable.
const (
	PlaceHanded     Place = iota // a goroutine that another thread chose for it
	PlaceTimers                  // timers of its P that are due
	PlaceGCWorker                // a worker of the collector, if it is its P's turn
	PlaceTick                    // the global queue, every so many ticks
	PlaceLocal                   // its P's runnext and queue
	PlaceGlobal                  // the global queue
	PlaceNetpoll                 // the network, without waiting
	PlaceSteal                   // other Ps' queues
	PlaceStealNext               // other Ps' timers and runnext
	PlaceGlobalLast              // the global queue again, before the P is let go of
	PlaceIdleGC                  // a worker of the collector, since there is nothing else
	PlaceAgain                   // all queues again, without a P, if it was spinning
	PlacePoll                    // the network or the next timer, waiting
	PlaceSleep                   // none: it sleeps until it is woken
	NumPlaces
)

// A GC is what the collector does.
type GC struct {
	Phase   string // one of the GC constants
	Cycles  int64  // that are over
	Whole   int    // Ps that are to mark to the end of the phase
	Share   int    // and of all Ps' time together, Share/Of
	Of      int
	Idle    int // workers that mark because their P has nothing else to do
	Workers []Worker
	Begun   int64 // ns, of marking
	Ended   int64 // ns, of the last collection; 0: none yet
	Left    int64 // steps of marking that are left
	Heap    int64 // bytes
	Goal    int64 // bytes of heap at which the collection is to be over
	Trigger int64 // bytes of heap that start the next; -1: none does
}

// The phases of a collection.
const (
	GCOff     = "off"
	GCStopped = "collecting, the world stands still"
	GCMark    = "marking beside the program"
	GCSweep   = "sweeping"
)

// A Worker is a goroutine that marks.
type Worker struct {
	G    int32
	P    int32  // that runs it or is to run it next, -1: it waits in the pool
	Mode string // dedicated, fractional, idle; "" while it waits
}

// A Poll is a goroutine that waits for the network, in no thread.
type Poll struct {
	G    int32
	When int64 // ns, when it will be ready as far as the computer knows
}

// A Reach says who could still come to where a goroutine waits.
type Reach struct {
	Looked bool    // false: there was too much to look at, and the rest says nothing
	From   []int32 // goroutines from whose stacks what it waits for can be reached, without itself
	All    bool    // From has all of them: there was time to look at every goroutine
	Global bool    // a package-level variable leads there
	Timer  bool    // so does a timer that is armed
	Lost   bool    // nobody who may still run can come there: it waits for ever
}

// A Write is a change of a word of the program's memory.
type Write struct {
	Event         int   // length of the log when it was seen
	Time          int64 // ns
	Goid          int64 // who made it
	Before, After uint64
}
