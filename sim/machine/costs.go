package machine

import "gopark/sim/task"

// Costs are what the kernel's services take, in virtual nanoseconds. The
// figures are rounded measurements on linux/amd64, two cores.
type Costs struct {
	ThreadCreate   task.Duration // for the creator: clone and the C library's share; pthread_create+join 10.5 µs, 16–23 µs in a burst
	ThreadLatency  task.Duration // until the new thread is in the run queue
	ThreadSwitch   task.Duration // a core changes to another thread: futex hand-over on the same core 1.1 µs
	Wake           task.Duration // for the waker: the futex call
	WakeLatency    task.Duration // until the woken thread is in the run queue: 3–10 µs across cores on metal
	Slice          task.Duration // a thread's time slice when others wait: EEVDF's base slice, 0.7–3 ms
	SyscallOnCore  task.Duration // a system call no longer than this keeps its core, as one that doesn't block does
	TimerSlack     task.Duration // by which a sleep or a poll with an end is late: Linux's default of 50 µs
	SyscallOneself task.Duration // least time of a system call: getppid takes 100 ns
}

// ThreadSave is how many bytes the kernel stores when a core leaves a thread: the
// XSAVEC area of a processor with AVX-512 (CPUID 0xD) and the 21 words of pt_regs.
const ThreadSave = 2432 + 21*8

// DefaultCosts is the table used unless a Config has its own.
var DefaultCosts = Costs{
	ThreadCreate:   10_000,
	ThreadLatency:  5_000,
	ThreadSwitch:   1_200,
	Wake:           1_000,
	WakeLatency:    4_000,
	Slice:          3_000_000,
	SyscallOnCore:  5_000,
	TimerSlack:     50_000,
	SyscallOneself: 100,
}
