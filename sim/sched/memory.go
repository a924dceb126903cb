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

// Memory is what a process has of memory, with so many Ps and threads, goroutines
// whose stacks take so many bytes, and so many bytes in its heap.
func (e *Era) Memory(procs, threads, goroutines int, stacks, heap int64) state.Memory {
	z := e.Sizes
	t, g := int64(threads), int64(goroutines)
	m := state.Memory{Kernel: t * kernelThread, MaxThreads: e.MaxThreads, MaxStack: e.VM.MaxStack}
	add := func(what string, n int, reserved, touched int64) {
		if n > 0 {
			m.Parts = append(m.Parts, state.MemoryPart{What: what, N: n, Reserved: reserved, Touched: touched})
			m.Reserved += reserved
			m.Touched += touched
		}
	}
	if z.Thread > 0 {
		add("heap", 1, heap, heap)
		add("stacks of threads", threads, t*z.Thread, max(t*z.Touched, stacks))
		return m
	}
	structs := g*z.G + t*z.M + int64(procs)*z.P
	all := heap + stacks + t*(z.G0+z.Signal) + structs
	add("heap", 1, z.Reserve+(all+z.Arena-1)/z.Arena*z.Arena-(all-heap), heap)
	add("stacks of goroutines", goroutines, stacks, stacks)
	add("stacks of g0", threads, t*z.G0, t*z.G0)
	add("stacks for signals", threads, t*z.Signal, 0)
	add("structs g, m and p", goroutines+threads+procs, structs, structs)
	return m
}
