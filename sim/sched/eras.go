package sched

import (
	"slices"

	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Eras are all eras, oldest first. Whoever asks for an era gets a row; nobody
// asks which row it is.
var Eras = append([]Era{forkedProcesses, kernelThreads}, history(releases)...)

// forkedProcesses is what Go would be without a scheduler and without shared
// memory.
var forkedProcesses = Era{
	Name:      "processes",
	Doc:       "no shared memory: each goroutine is a process, each channel a pipe",
	Structure: newThreads,
	VM:        forking(withoutRuntime(task.Today)),
	Sizes:     Sizes{Thread: 8_359_403, Touched: 8_531}, // measured: 8 MiB and what goes with them

	ProcsAreCores: true,
	MaxThreads:    maxKernelThreads,
}

// forking makes the go statement fork.
func forking(r task.Rules) task.Rules {
	r.Forks = true
	return r
}

// kernelThreads is what Go would be without a scheduler of its own.
var kernelThreads = Era{
	Name:      "threads",
	Doc:       "no scheduler: each goroutine is a kernel thread",
	Structure: newThreads,
	VM:        withoutRuntime(task.Today),

	ProcsAreCores: true,
	MaxThreads:    maxKernelThreads,
	Sizes:         Sizes{Thread: 8_359_403, Touched: 8_531}, // measured: 8 MiB and what goes with them
}

// threadStack is the stack that a thread has (ulimit -s).
const threadStack = 8 << 20

// withoutRuntime takes from rules what only a runtime that looks after threads
// can do. A stack is a thread's: as large as it will ever be, with a guard page at its end.
func withoutRuntime(r task.Rules) task.Rules {
	r.Stack, r.MaxStack, r.StackGuard, r.StackFixed, r.StackAdapts = threadStack, threadStack, 4096, true, false
	r.CountsThreads, r.MarkBeside, r.SweepBeside, r.StackShrinks = false, false, false, false
	return r
}

// A release is an era as what changed with it: change turns the row of its
// predecessor into its own. Where Go changed something in a release that is no
// era, it stands in the next that is one, with the release as a remark.
type release struct {
	name, doc string
	change    func(e *Era)
}

// history is the rows that the releases lead to, one upon the other.
func history(releases []release) []Era {
	var eras []Era
	var e Era
	for _, r := range releases {
		e.Name, e.Doc = r.name, r.doc
		e.BootSystem = slices.Clone(e.BootSystem)
		r.change(&e)
		eras = append(eras, e)
	}
	return eras
}

// maxKernelThreads is the kernel's limit where Go sets none: pid_max is 32768,
// and a thread takes two of 65530 mappings.
const maxKernelThreads = 32_000

// What the heap of a program with package fmt held when main.main began in Go 1.4, and
// what of that was found later. They make 11, 13 and 14 in oracle_test.go collect when
// they did: after the first go statement, and after 190, 414 and 862.
const (
	heapBoot = 56_200
	heapKept = 6_000
)

// In Go 1.2 the initialisation of such a program had collected twice, as P0's ticks
// show, and 34 in oracle_test.go can ask for 64 KB without a third time.
const (
	heapBoot1_2  = 140_000
	heapFirst1_2 = 256_000
)

var releases = []release{
	{"go1.0", "Go 1.0: one queue and one lock for all threads, nothing preempts, a system call gives its place away at once", func(e *Era) {
		e.Structure = newGM
		e.MaxThreads = maxKernelThreads
		e.DeadlockSeen = true
		e.MaxProcs = 32_757
		e.GCThreads = 2 // runtime/malloc.h:MaxGcproc
		e.SpareMs = true
		e.ForceGC = 120_000_000_000
		e.TimerHeaps = 1
		e.CallSave, e.CallWords = 24, []string{"sp", "pc", "g"}
		e.Sources = state.Sources{C: true, G: "runtime.h", Sched: "proc.c", Chan: "chan.c", Sema: "sema.goc", Timer: "runtime.h",
			Status: "status", Free: "gfree", Runq: "ghead", MCount: "mcount", SizeSudog: 32}
		e.PollServer = true
		e.Sizes = Sizes{G: 224, M: 656, G0: 8 << 10, Signal: 32 << 10, Arena: 1 << 20}
		e.VM = task.Rules{
			OldHeap:   task.OldHeap{Boot: heapBoot, First: 2 * heapBoot, Kept: heapKept, G: 224},
			RandAlike: true, CloseFIFO: true, ForcesFirst: true, GCYieldsFin: true, ForcedStops: true, PanicSize: 48, BufferedRetry: true, OldTimers: true, Stack: 4096, StackGuard: 256, StackSegments: true,
			SaysThrow: true, NilFuncText: true, GoNilStarts: true, NilMapRuntime: true, TraceSystem: true,
		}
		e.BootSystem = []SystemG{scavenger}
	}},
	{"go1.1", "Go 1.1: Ps with queues of their own and stealing; nothing preempts, and a busy P never looks at the global queue", func(e *Era) {
		e.Structure = newGMP
		e.Sources.Runq = "runqhead"
		e.Sources.SizeSudog = 40
		e.GoexitIsExit = true
		e.MaxProcs = 256
		e.GCThreads = 8
		e.GlobalBatch = 1 << 30
		e.StartDeals = true
		e.GoidBatch = 1
		e.FreeLocal = 64
		e.StealPicks, e.StealHead = 2, true
		e.QueueLock = true
		e.Sizes.G, e.Sizes.M, e.Sizes.P = 256, 9240, 152+128*8 // with the array of its queue
		e.SysmonMin, e.SysmonMax, e.SysmonIdle = 20_000, 10_000_000, 50
		e.SyscallKeepsP = true
		e.TimerArity = 2
		e.PollServer = false
		e.PollGrain, e.PollEvery = 1_000_000, 10_000_000
		e.PollInverted = true
		e.BootTick = 1
		e.VM.OldHeap.G = 256
		e.VM.RandAlike = false
		e.VM.SaysThrow = false
		e.VM.NilFuncText = false
		e.VM.TraceSystem, e.VM.TraceUnstarted = false, true
	}},
	{"go1.2", "Go 1.2: the global queue gets its turn every 61 ticks, and calls can be preempted after 10 ms", func(e *Era) {
		e.TickCheck = 61
		e.Sizes.G = 288
		e.PollInverted = false
		e.Slice = 10_000_000
		e.MaxThreads = 10_000
		e.VM.Stack, e.VM.MaxStack = 8192, 1_000_000_000 // runtime/proc.go:main
		e.BootYields = true
		e.VM.CountsThreads = true
		e.VM.OldHeap.G, e.VM.OldHeap.Boot, e.VM.OldHeap.First = 288, heapBoot1_2, heapFirst1_2
		e.VM.GCYields = true
		e.VM.GoNilStarts = false
		e.SchedTrace = form1_2
	}},
	{"go1.4", "Go 1.4: a ring of 256 without locks, overflow to the global queue, stacks that are copied", func(e *Era) {
		e.GoexitIsExit = false // 1.3
		e.Ring = 256           // 1.3
		e.QueueLock = false    // 1.3
		e.Sizes.G, e.Sizes.M, e.Sizes.P = 272, 808, 2240
		e.GlobalBatch = 128        // 1.3
		e.GoidBatch = 16           // 1.3
		e.StealHead = false        // 1.3
		e.RetakeAfter = 10_000_000 // 1.3
		e.TimerArity = 4
		e.GCThreads = 32
		e.VM.StackSegments = false // 1.3
		e.VM.StackShrinks = true   // 1.3
		e.VM.SweepBeside = true    // 1.3
		e.VM.SweepsSingly = true
		e.VM.OldHeap.Boot, e.VM.OldHeap.First = heapBoot, heapBoot+5*288+200 // five Gs, and the first that main makes is more
		e.VM.GoNilIsFatal = true                                             // 1.3
		e.VM.NilMapRuntime = false                                           // 1.3
		e.VM.ForcesFirst = false
		e.VM.GCYields, e.VM.GCYieldsFin, e.VM.PanicSize = false, false, 0 // 1.3
		e.VM.Stack, e.VM.StackGuard = 2048, 512
		e.Sources.SizeSudog = 64
		e.Sources.Sched, e.Sources.Chan, e.Sources.Sema, e.Sources.Status = "runtime.h", "chan.h", "sema.go", "atomicstatus"
		e.VM.TraceLocked = true
		e.SchedTrace = form1_4
		e.BootYields = false
		e.BootSystem = []SystemG{
			{Func: "runtime.forcegchelper", Goid: 2, Reason: task.ForceGCIdle, Place: trace.InRing},
			{Func: "runtime.bgsweep", Goid: 3, Reason: task.GCSweepWait, Place: trace.InRing, OnlyOS: true}, // made by the first collection
			{Func: "runtime.runFinalizers", Goid: 4, Reason: task.FinalizerWait, Place: trace.InRing, OnlyOS: true},
		}
	}},
	{"go1.5", "Go 1.5: as many Ps as cores, runnext with an inherited slice, a collector that works beside the program", func(e *Era) {
		e.ProcsAreCores = true
		e.RunNext = true
		e.Sizes.G, e.Sizes.M, e.Sizes.P = 368, 1040, 4736
		e.VM.MarkBeside = true
		e.VM.ExitChecks = true
		e.VM.OldHeap = task.OldHeap{}
		e.GCThreads = 0
		e.StartDeals, e.StartWakes = false, true
		e.MutexSpins = true
		e.VM.StackGuard = 640
		e.VM.TraceUnstarted = false
		e.StealPicks, e.StealNextAt, e.StealNextNap = 4, 2, 100_000
		e.BootIdleMs = 1
		e.CallSave, e.CallWords = 32, []string{"sp", "pc", "bp", "g"}
		e.Sources.SizeSudog = 64
		e.Sources.C, e.Sources.G, e.Sources.Sched, e.Sources.Chan, e.Sources.Timer = false, "runtime2.go", "runtime2.go", "chan.go", "time.go"
		e.SchedTrace = form1_5
		e.BootSystem[1].Place, e.BootSystem[1].OnlyOS = trace.Nowhere, false // main waits for bgsweep
		e.BootSystem[2].Place = trace.InNext
	}},
	{"go1.13", "Go 1.13: stealing in a random order of all Ps, 64 heaps of timers, still preempted at calls only", func(e *Era) {
		e.VM.BufferedRetry = false               // 1.6
		e.VM.CloseFIFO = false                   // 1.7
		e.StealPicks, e.StealRounds = 0, 4       // 1.7
		e.StealNextAt, e.StealNextNap = 3, 3_000 // 1.7
		e.LockedDies = true                      // 1.10
		e.TimerHeaps = 64                        // 1.10
		e.MaxProcs = 0                           // 1.10
		e.Sizes.Arena = 64 << 20                 // 1.11
		e.Sizes.Reserve = 34 << 20               // 1.11: the map of arenas, and what describes the first
		e.SpareMs = false                        // 1.10
		e.SysRetake = true
		e.Sources.SizeSudog = 0
		e.Sources.SysTick = "sysmontick"                                            // 1.10
		e.Sources.Free, e.Sources.Runq, e.Sources.MCount = "gFree", "runq", "mnext" // 1.11, 1.10
		e.VM.TraceWords = true                                                      // 1.6
		e.VM.UnlockIsFatal = true                                                   // 1.8
		e.VM.StackGuard = 880                                                       // 1.8
		e.VM.MutexStarves = true                                                    // 1.9
		e.VM.ForcedStops = false                                                    // 1.9
		e.VM.LockNests = true                                                       // 1.10
		e.VM.CondReason = true                                                      // 1.11
		e.VM.BoundsValues = true
		e.SchedTrace = form1_13
		e.BootTick = 4
		e.BootSystem = []SystemG{ // main has waited for the others to park
			{Func: "runtime.forcegchelper", Goid: 2, Reason: task.ForceGCIdle},
			{Func: "runtime.bgsweep", Goid: 3, Reason: task.GCSweepWait},
			{Func: "runtime.bgscavenge", Goid: 4, Reason: task.GCScavengeWait},
			{Func: "runtime.runFinalizers", Goid: 5, Reason: task.FinalizerWait, Place: trace.InNext, OnlyOS: true},
		}
	}},
	{"go1.14", "Go 1.14: signals preempt any loop, timers belong to Ps and expire before the queue is looked at", func(e *Era) {
		e.AsyncPreempt = true
		e.Sizes.Reserve += 613_548_032 // runtime/mpagealloc_64bit.go: summaries of five levels
		e.VM.StackGuard = 896
		e.SignalSave = 32 + 16*8 + 16*16 // 15 registers, flags, X0 to X15
		e.SchedTrace = form1_14
		e.LocalYield = true
		e.TimerHeaps, e.TimerArity = 0, 0
		e.SysmonTimers = true
	}},
	{"go1.26", "Go 1.26: Ps with runnext and a ring, stealing, asynchronous preemption, timers per P", func(e *Era) {
		e.VM.StackGuard = 928     // 1.15
		e.InjectLocal = true      // 1.15
		e.IdleMask = true         // 1.16
		e.SysmonTimers = false    // 1.16
		e.SpawnChecks = true      // 1.18
		e.VM.StackAdapts = true   // 1.19
		e.VM.SweepsSingly = false // 1.19
		e.NeedSpin = true         // 1.20
		e.VM.LockReasons = true   // 1.20
		e.VM.TraceParent = true   // 1.21
		e.VM.TraceEnds = true     // 1.21
		e.YieldWakes = true       // 1.21
		e.VM.OldTimers = false    // 1.23
		e.LockStack = true        // 1.24
		e.Sizes.G, e.Sizes.M, e.Sizes.P = 456, 2040, 15920
		e.Sizes.G0 = 16 << 10                           // 1.22
		e.Sizes.Reserve = 1_227_184<<10 - e.Sizes.Arena // VmSize of a program that does nothing
		e.StopsToNext = true
		e.OldPAgain = true
		e.OldM = true
		e.WorkerFirst = true
		e.VM.Repanicked = true // 1.25
		e.VM.FindsLeaks = true
		e.CallSave, e.CallWords = 24, []string{"sp", "pc", "bp"}
		e.Sources.SizeSudog = 104
		e.SignalSave = 24 + 16*8 + 2112 // with the AVX-512 registers
		e.SchedTrace = form1_26
		// BootTick stays: it makes the order of 13, 14 and 104 in oracle_test.go come out.
		e.BootSystem = append(e.BootSystem[:3:3],
			SystemG{Func: "runtime.updateMaxProcsGoroutine", Goid: 5, Reason: task.UpdaterIdle, Place: trace.InRing}, // 1.25
			SystemG{Func: "runtime.runFinalizers", Goid: 6, Reason: task.FinalizerWait, Place: trace.InNext, OnlyOS: true})
	}},
}

// scavenger, the only goroutine beside main, gives memory back every minute.
var scavenger = SystemG{Func: "runtime.mheap_scavenger", Goid: 2, Reason: task.GCScavengeWait, Sleeps: 60_000_000_000, Place: trace.InRing}
