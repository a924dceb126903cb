package sched

import "gopark/sim/state"

// Sizes are how many bytes the runtime takes for what it is made of.
type Sizes struct {
	G, M, P int64 // structs, from the debug information of binaries for linux/amd64
	G0      int64 // stack of a thread's g0 (runtime/proc.go:allocm)
	Signal  int64 // stack on which it handles signals
	Thread  int64 // addresses that a thread takes by itself; 0: its stacks are the heap's
	Touched int64 // bytes of these that it uses, asleep

	Arena   int64 // the heap asks for addresses in such steps (runtime/malloc.go)
	Reserve int64 // addresses asked for at the start, besides
}

// What the kernel keeps for a thread: its kernel stack, and task_struct as
// /proc/slabinfo of a Linux 6 has it.
const kernelThread = 16<<10 + 5888

// What it keeps for a process: that, mm_struct and what hangs on it, 24 KB of page
// tables, and files.
const kernelProcess = 56 << 10

// Memory is what a process has of memory, with so many Ps and threads, goroutines
// whose stacks take so many bytes, and so many bytes in its heap.
func (e *Era) Memory(procs, threads, goroutines int, stacks, heap int64) state.Memory {
	z := e.Sizes
	t, g := int64(threads), int64(goroutines)
	m := state.Memory{Kernel: t * kernelThread, MaxThreads: e.MaxThreads, MaxStack: e.VM.MaxStack}
	if e.VM.Forks {
		m.Kernel = t * kernelProcess
	}
	if z.Thread > 0 {
		m.Parts = []state.MemoryPart{{What: "heap", N: 1, Reserved: heap, Touched: heap},
			{What: "stacks of threads", N: threads, Reserved: t * z.Thread, Touched: max(t*z.Touched, stacks)}}
	} else {
		structs := g*z.G + t*z.M + int64(procs)*z.P
		rest := stacks + t*(z.G0+z.Signal) + structs
		m.Parts = []state.MemoryPart{{What: "heap", N: 1, Reserved: z.Reserve + (heap+rest+z.Arena-1)/z.Arena*z.Arena - rest, Touched: heap},
			{What: "stacks of goroutines", N: goroutines, Reserved: stacks, Touched: stacks},
			{What: "stacks of g0", N: threads, Reserved: t * z.G0, Touched: t * z.G0},
			{What: "stacks for signals", N: threads, Reserved: t * z.Signal},
			{What: "structs g, m and p", N: goroutines + threads + procs, Reserved: structs, Touched: structs}}
	}
	for i := range m.Parts {
		m.Reserved += m.Parts[i].Reserved
		m.Touched += m.Parts[i].Touched
	}
	return m
}
