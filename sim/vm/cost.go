package vm

// What operations cost beyond the one step of their instruction, in steps. A
// step is about a nanosecond of a computer of 2020, so these are the
// nanoseconds of Go's own benchmarks on such a computer. The scheduler adds
// its own: switches, system calls and so on are not here.
const (
	costAlloc      = 20 // runtime.mallocgc of a small object
	costMap        = 10 // hash and one probe
	costMapGrow    = 30
	costChan       = 28  // lock, copy, unlock
	costPipe       = 240 // a write to a pipe or a read from it, besides the bytes: 1 byte in 240 ns, 4096 in 277
	costSelect     = 50  // plus costCase each
	costCase       = 8
	costSema       = 10
	costAtomic     = 1     // a locked instruction takes 5 to 6 ns, of which its operands have had most
	costSpin       = 1_700 // 30 PAUSE instructions: the kernel's Pause
	costDefer      = 3
	costPanic      = 100
	costNewG       = 20    // its stack and registers are made ready, besides what the scheduler does
	costFreshG     = 1_000 // a new G and its stack: malg, allgadd, the first touch of the memory (1.3 µs in all)
	costTimer      = 40
	costCoro       = 20
	costNative     = 2
	costIface      = 3    // type assertion to an interface
	costMmap       = 1000 // mmap, munmap, mprotect
	costSpecial    = 30   // a finalizer, a cleanup or a weak pointer is noted
	costGrow       = 400  // runtime.newstack, besides copying
	costNewSegment = 100  // newstack where it links a segment: to g0, stackalloc from a list of the thread's, and back
	costTouch      = 800  // the first touch of a page: 0.15–0.25 µs per KB of a stack that grows
	costOldSegment = 60   // oldstack: to g0, stackfree, and back
	bytesPerStep   = 16   // memmove, memclr
	movedPerStep   = 8    // bytes of a stack that is copied: pointers into it are adjusted
)

// The collector's costs (about a gigabyte marked in a second).
const (
	costMark     = 4  // an object found
	scanPerStep  = 8  // bytes looked at
	costSweep    = 20 // a span
	sweptPerStep = 16 // objects
	// What the runtime does while the world stands still, before and after
	// marking beside the program (GODEBUG=gctrace=1: 6 to 15 and 1 to 5 µs).
	costMarkPause  = 8_000
	costSweepPause = 4_000
)

// A Cost is a row of Costs.
type Cost struct {
	Name  string
	Value int64
	Per   bool // Value is how many bytes or objects a step does, not how many steps it takes
	Doc   string
}

// Calls are what system calls take in the kernel, for people to read.
var Calls = []Cost{
	{"quick", waitQuick, false, "lseek, fstat and what else has neither path nor data"},
	{"path", waitPath, false, "stat, unlink, rename, bind: a path to walk"},
	{"open", waitOpen, false, "open, pipe2: a new file"},
	{"file", waitIO, false, "read or write a file or a pipe, besides the bytes"},
	{"terminal", waitPipe, false, "write to the terminal, besides the bytes"},
	{"unix", waitUnix, false, "send or receive over a Unix socket, besides the bytes"},
	{"tcp", waitTCP, false, "send or receive over TCP or UDP, besides the bytes; shutdown"},
	{"socket", waitSocket, false, "socket"},
	{"connect", waitConnect, false, "connect"},
	{"accept", waitAccept, false, "accept4"},
	{"signal", waitSignal, false, "kill of oneself, with the handler"},
}

// Costs are all costs of this package, for people to read.
var Costs = []Cost{
	{"alloc", costAlloc, false, "allocate a small object (runtime.mallocgc)"},
	{"map", costMap, false, "look up in a map: hash and one probe"},
	{"map grow", costMapGrow, false, "split or grow a table of a map"},
	{"chan", costChan, false, "a channel operation that doesn't block: lock, copy, unlock"},
	{"pipe", costPipe, false, "a channel operation between processes: write(2) or read(2), besides the bytes"},
	{"select", costSelect, false, "a select, besides its cases"},
	{"case", costCase, false, "a case of a select"},
	{"sema", costSema, false, "a semaphore's operation that doesn't block"},
	{"atomic", costAtomic, false, "an atomic operation: a locked instruction"},
	{"spin", costSpin, false, "30 PAUSE instructions, while a goroutine waits for a sync.Mutex actively"},
	{"defer", costDefer, false, "a defer statement"},
	{"panic", costPanic, false, "begin to panic"},
	{"new g", costNewG, false, "make a goroutine (runtime.newproc1)"},
	{"timer", costTimer, false, "make, reset or stop a timer, besides the scheduler's part"},
	{"coro", costCoro, false, "switch to a coroutine (iter.Pull)"},
	{"native", costNative, false, "call a function without a body"},
	{"iface", costIface, false, "a type assertion to an interface"},
	{"mmap", costMmap, false, "map memory or change what may be done with it (mmap, munmap, mprotect)"},
	{"special", costSpecial, false, "note a finalizer, a cleanup or a weak pointer"},
	{"grow", costGrow, false, "find a larger stack (runtime.newstack), besides copying"},
	{"bytes", bytesPerStep, true, "bytes moved or cleared in a step"},
	{"mark", costMark, false, "mark an object"},
	{"scan", scanPerStep, true, "bytes scanned for pointers in a step"},
	{"sweep", costSweep, false, "sweep a span, besides its objects"},
	{"swept", sweptPerStep, true, "objects swept in a step"},
	{"mark pause", costMarkPause, false, "what stops the world before marking beside the program"},
	{"sweep pause", costSweepPause, false, "what stops it after"},
	{"fresh g", costFreshG, false, "a new G and its stack, where none can be used again"},
	{"new segment", costNewSegment, false, "link a segment to a stack (runtime.newstack, until 1.2)"},
	{"touch", costTouch, false, "touch a page of a stack of segments, or of a thread, for the first time"},
	{"old segment", costOldSegment, false, "take it off again (runtime.oldstack, until 1.2)"},
	{"moved", movedPerStep, true, "bytes of a stack moved in a step: pointers into it are adjusted"},
}
