package sched

import (
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Eras are all eras, oldest first. Whoever asks for an era gets a row; nobody
// asks which row it is.
var Eras = []Era{
	{
		Name:      "threads",
		Doc:       "no scheduler: each goroutine is a kernel thread",
		Structure: newThreads,
		VM:        today,

		ProcsAreCores: true,
		MaxThreads:    maxKernelThreads,
	},
	{
		Name:      "go1.0",
		Doc:       "Go 1.0: one queue and one lock for all threads, nothing preempts, a system call gives its place away at once",
		Structure: newGM,
		VM:        VM{CloseFIFO: true, BufferedRetry: true, OldTimers: true, Stack: 4096, StackSegments: true},

		MaxThreads:   maxKernelThreads,
		DeadlockSeen: true,
		TimerHeaps:   1,
		CallSave:     24,
		BootSystem:   scavengerOnly,
	},
	{
		Name:      "go1.1",
		Doc:       "Go 1.1: Ps with queues of their own and stealing; nothing preempts, and a busy P never looks at the global queue",
		Structure: newGMP,
		VM:        VM{CloseFIFO: true, BufferedRetry: true, OldTimers: true, Stack: 4096, StackSegments: true},

		MaxThreads:   maxKernelThreads,
		DeadlockSeen: true,
		GoexitIsExit: true,

		GlobalBatch: 1 << 30,
		GoidBatch:   1,
		FreeLocal:   64,
		StealPicks:  2,
		StealHead:   true,

		SysmonMin:     20_000,
		SysmonMax:     10_000_000,
		SysmonIdle:    50,
		SyscallKeepsP: true,
		TimerHeaps:    1,
		TimerArity:    2,
		PollGrain:     1_000_000,
		PollEvery:     10_000_000,

		CallSave:   24,
		BootTick:   1,
		BootSystem: scavengerOnly,
	},
	{
		Name:      "go1.2",
		Doc:       "Go 1.2: the global queue gets its turn every 61 ticks, and calls can be preempted after 10 ms",
		Structure: newGMP,
		VM:        VM{CloseFIFO: true, BufferedRetry: true, OldTimers: true, Stack: 8192, MaxStack: maxStack, StackSegments: true},

		MaxThreads:   10_000,
		DeadlockSeen: true,
		GoexitIsExit: true,

		TickCheck:   61,
		GlobalBatch: 1 << 30,
		GoidBatch:   1,
		FreeLocal:   64,
		StealPicks:  2,
		StealHead:   true,

		Slice:         10_000_000,
		SysmonMin:     20_000,
		SysmonMax:     10_000_000,
		SysmonIdle:    50,
		SyscallKeepsP: true,
		TimerHeaps:    1,
		TimerArity:    2,
		PollGrain:     1_000_000,
		PollEvery:     10_000_000,

		CallSave:   24,
		SchedTrace: form1_2,

		BootTick:   3,
		BootSystem: scavengerOnly,
	},
	{
		Name:      "go1.4",
		Doc:       "Go 1.4: a ring of 256 without locks, overflow to the global queue, stacks that are copied",
		Structure: newGMP,
		VM:        VM{CloseFIFO: true, BufferedRetry: true, OldTimers: true, Stack: 2048, MaxStack: maxStack},

		MaxThreads:   10_000,
		DeadlockSeen: true,

		Ring:        256,
		TickCheck:   61,
		GlobalBatch: 128,
		GoidBatch:   16,
		FreeLocal:   64,
		StealPicks:  2,

		Slice:         10_000_000,
		SysmonMin:     20_000,
		SysmonMax:     10_000_000,
		SysmonIdle:    50,
		RetakeAfter:   10_000_000,
		SyscallKeepsP: true,
		TimerHeaps:    1,
		TimerArity:    4,
		PollGrain:     1_000_000,
		PollEvery:     10_000_000,
		ForceGC:       120_000_000_000,

		CallSave:   24,
		SchedTrace: form1_4,

		BootTick: 1,
		BootSystem: []SystemG{
			{Func: "runtime.forcegchelper", Goid: 2, Reason: task.ForceGCIdle, Place: trace.InRing},
			{Func: "runtime.bgsweep", Goid: 3, Reason: task.GCSweepWait, Place: trace.InRing},
			{Func: "runtime.runFinalizers", Goid: 4, Reason: task.FinalizerWait, Place: trace.InRing, OnlyOS: true},
		},
	},
	{
		Name:      "go1.5",
		Doc:       "Go 1.5: as many Ps as cores, runnext with an inherited slice, a collector that works beside the program",
		Structure: newGMP,
		VM:        VM{MarkBeside: true, CloseFIFO: true, BufferedRetry: true, OldTimers: true, Stack: 2048, MaxStack: maxStack},

		ProcsAreCores: true,
		MaxThreads:    10_000,
		DeadlockSeen:  true,

		RunNext:      true,
		Ring:         256,
		TickCheck:    61,
		GlobalBatch:  128,
		GoidBatch:    16,
		FreeLocal:    64,
		StealPicks:   4,
		StealNextAt:  2,
		StealNextNap: 100_000,

		Slice:         10_000_000,
		SysmonMin:     20_000,
		SysmonMax:     10_000_000,
		SysmonIdle:    50,
		RetakeAfter:   10_000_000,
		SyscallKeepsP: true,
		TimerHeaps:    1,
		TimerArity:    4,
		PollGrain:     1_000_000,
		PollEvery:     10_000_000,
		ForceGC:       120_000_000_000,

		CallSave:   32, // and bp
		SchedTrace: form1_5,

		BootTick:   1,
		BootIdleMs: 1,
		BootSystem: []SystemG{
			{Func: "runtime.forcegchelper", Goid: 2, Reason: task.ForceGCIdle, Place: trace.InRing},
			{Func: "runtime.bgsweep", Goid: 3, Reason: task.GCSweepWait},
			{Func: "runtime.runFinalizers", Goid: 4, Reason: task.FinalizerWait, Place: trace.InNext, OnlyOS: true},
		},
	},
	{
		Name:      "go1.13",
		Doc:       "Go 1.13: stealing in a random order of all Ps, 64 heaps of timers, still preempted at calls only",
		Structure: newGMP,
		VM:        VM{MarkBeside: true, OldTimers: true, Stack: 2048, MaxStack: maxStack},

		ProcsAreCores: true,
		LockedDies:    true,
		MaxThreads:    10_000,
		DeadlockSeen:  true,

		RunNext:      true,
		Ring:         256,
		TickCheck:    61,
		GlobalBatch:  128,
		GoidBatch:    16,
		FreeLocal:    64,
		StealRounds:  4,
		StealNextAt:  3,
		StealNextNap: 3_000,

		Slice:         10_000_000,
		SysmonMin:     20_000,
		SysmonMax:     10_000_000,
		SysmonIdle:    50,
		RetakeAfter:   10_000_000,
		SysRetake:     true,
		SyscallKeepsP: true,
		TimerHeaps:    64,
		TimerArity:    4,
		PollGrain:     1_000_000,
		PollEvery:     10_000_000,
		ForceGC:       120_000_000_000,

		CallSave:   32,
		SchedTrace: form1_13,

		BootTick:   4,
		BootIdleMs: 1,
		BootSystem: finalizerQueued,
	},
	{
		Name:      "go1.14",
		Doc:       "Go 1.14: signals preempt any loop, timers belong to Ps and expire before the queue is looked at",
		Structure: newGMP,
		VM:        VM{MarkBeside: true, OldTimers: true, Stack: 2048, MaxStack: maxStack},

		ProcsAreCores: true,
		LockedDies:    true,
		MaxThreads:    10_000,
		DeadlockSeen:  true,

		RunNext:      true,
		Ring:         256,
		TickCheck:    61,
		GlobalBatch:  128,
		GoidBatch:    16,
		FreeLocal:    64,
		StealRounds:  4,
		StealNextAt:  3,
		StealNextNap: 3_000,
		LocalYield:   true,

		Slice:         10_000_000,
		AsyncPreempt:  true,
		SysmonMin:     20_000,
		SysmonMax:     10_000_000,
		SysmonIdle:    50,
		RetakeAfter:   10_000_000,
		SysRetake:     true,
		SyscallKeepsP: true,
		PollGrain:     1_000_000,
		PollEvery:     10_000_000,
		ForceGC:       120_000_000_000,

		CallSave:   32,
		SignalSave: 32 + 16*8 + 16*16, // 15 registers, flags, X0 to X15
		SchedTrace: form1_14,

		BootTick:   4,
		BootIdleMs: 1,
		BootSystem: finalizerQueued,
	},
	{
		Name:      "go1.26",
		Doc:       "Go 1.26: Ps with runnext and a ring, stealing, asynchronous preemption, timers per P",
		Structure: newGMP,
		VM:        VM{MarkBeside: true, Stack: 2048, MaxStack: maxStack},

		ProcsAreCores: true,
		LockedDies:    true,
		MaxThreads:    10000,
		DeadlockSeen:  true,

		RunNext:      true,
		Ring:         256,
		TickCheck:    61,
		GlobalBatch:  128,
		GoidBatch:    16,
		FreeLocal:    64,
		StopsToNext:  true,
		StealRounds:  4,
		StealNextAt:  3,
		StealNextNap: 3_000,
		NeedSpin:     true,
		LocalYield:   true,
		YieldWakes:   true,

		Slice:         10_000_000,
		AsyncPreempt:  true,
		SysmonMin:     20_000,
		SysmonMax:     10_000_000,
		SysmonIdle:    50,
		RetakeAfter:   10_000_000,
		SysRetake:     true,
		SyscallKeepsP: true,
		OldPAgain:     true,
		PollGrain:     1_000_000,
		PollEvery:     10_000_000,
		ForceGC:       120_000_000_000,
		WorkerFirst:   true,

		CallSave:   24,               // no longer g
		SignalSave: 24 + 16*8 + 2112, // with the AVX-512 registers
		SchedTrace: form1_26,

		BootTick:   4, // what makes the order of 13, 14 and 104 in oracle_test.go come out
		BootIdleMs: 1,
		BootSystem: []SystemG{
			{Func: "runtime.forcegchelper", Goid: 2, Reason: task.ForceGCIdle},
			{Func: "runtime.bgsweep", Goid: 3, Reason: task.GCSweepWait},
			{Func: "runtime.bgscavenge", Goid: 4, Reason: task.GCScavengeWait},
			{Func: "runtime.updateMaxProcsGoroutine", Goid: 5, Reason: task.UpdaterIdle, Place: trace.InRing},
			{Func: "runtime.runFinalizers", Goid: 6, Reason: task.FinalizerWait, Place: trace.InNext, OnlyOS: true},
		},
	},
}

const (
	// Where Go sets no limit the kernel does: pid_max is 32768, and a thread
	// takes two of 65530 mappings.
	maxKernelThreads = 32_000

	maxStack = 1_000_000_000 // runtime/proc.go:main
)

var today = VM{Stack: 2048, MaxStack: maxStack}

// scavengerOnly: the only goroutine beside main gives memory back every minute.
var scavengerOnly = []SystemG{
	{Func: "runtime.mheap_scavenger", Goid: 2, Reason: task.GCScavengeWait, Sleeps: 60_000_000_000, Place: trace.InRing},
}

// finalizerQueued: main has waited for the others to park.
var finalizerQueued = []SystemG{
	{Func: "runtime.forcegchelper", Goid: 2, Reason: task.ForceGCIdle},
	{Func: "runtime.bgsweep", Goid: 3, Reason: task.GCSweepWait},
	{Func: "runtime.bgscavenge", Goid: 4, Reason: task.GCScavengeWait},
	{Func: "runtime.runFinalizers", Goid: 5, Reason: task.FinalizerWait, Place: trace.InNext, OnlyOS: true},
}
