// Package cost says what processor, kernel and runtime take for their services,
// in virtual nanoseconds, with the measurement behind each figure. It is the
// one table of them; it knows no mechanism, and no program.
//
// Measured are sums on linux/amd64, Go 1.26, a shared machine with two virtual
// cores; the parts are proportions that add up to them, and a test lets the
// simulator repeat the measurements. What operations cost that a program executes
// itself, such as allocating or sending, is counted in instructions, with the
// operations (sim/vm/cost.go).
package cost

import "gopark/sim/task"

// A Table is the computer's.
type Table struct {
	Kernel  Kernel
	Runtime Runtime
	Step    task.Duration // an instruction of the virtual machine
}

// Kernel is what the kernel's services take.
type Kernel struct {
	ThreadCreate  task.Duration // for the creator: clone and the C library's share
	ThreadLatency task.Duration // until the new thread is in the run queue, if an idle core has to wake for it
	ThreadSwitch  task.Duration // a core changes to another thread
	Wake          task.Duration // for the waker: the futex call
	WakeLatency   task.Duration // until the woken thread is in the run queue, if an idle core has to wake for it
	SyscallLeast  task.Duration // least time of a system call
	Pause         task.Duration // 30 PAUSE instructions, between two looks of who spins on a lock
	Pipe          task.Duration // until what is written to a pipe can be read
	Unix          task.Duration // until what is sent over a Unix socket has arrived at the other end
	Loopback      task.Duration // the same over TCP and UDP

	// Processes.
	Fork      task.Duration // for the parent, besides the memory
	ForkPage  task.Duration // for each page of it: a row of the page table
	ProcExit  task.Duration // the end of a process, besides its memory
	ExitPage  task.Duration // for each page
	Fault     task.Duration // a write to a page that is shared, or was
	PageCopy  task.Duration // more if the page has to be copied
	SpaceSwap task.Duration // more than ThreadSwitch if the other thread is another process's

	SyscallOnCore task.Duration // a system call that takes no longer keeps its core, as one that doesn't block does, unless it sleeps

	// Times by the wall clock: a slower processor doesn't change them.
	Slice      task.Duration // a thread's time slice when others wait
	TimerSlack task.Duration // by which a sleep or a poll with an end is late
}

// Runtime is what the scheduler's own work takes.
type Runtime struct {
	Spawn        task.Duration // newproc
	Exit         task.Duration // goexit
	Ready        task.Duration // goready
	Park         task.Duration // gopark to the scheduler
	Yield        task.Duration // Gosched to the scheduler
	Switch       task.Duration // schedule and execute: a goroutine found in the local queue starts
	Other        task.Duration // more if it is not the one that the thread ran before: its stack is not in the cache
	Global       task.Duration // more for what takes sched.lock
	Preempt      task.Duration // a signal with its handler
	SignalSend   task.Duration // tgkill, for the asker
	SyscallEnter task.Duration // entersyscall
	SyscallExit  task.Duration // exitsyscall
	Look         task.Duration // a glance at a queue that turns out empty
	LookOther    task.Duration // the same for another P's: a cache line from another core
	Steal        task.Duration // runqgrab
	Timer        task.Duration // arm, move or disarm a timer
	TimerRun     task.Duration // run one
	Poll         task.Duration // netpoll without waiting: epoll_wait
	Lock         task.Duration // LockOSThread
	STW          task.Duration // stopTheWorld or startTheWorld itself
}

// Default is the table used unless a reader slows the computer down.
var Default = Table{
	Kernel: Kernel{
		ThreadCreate:  11_000, // pthread_create+join 10.5 µs, 16–23 µs each in a burst
		ThreadLatency: 5_000,
		ThreadSwitch:  700,   // sched_yield 0.68 µs
		Wake:          500,   // with the switch: futex hand-over on the same core 1.1 µs, a pipe 1.4–1.6 µs
		WakeLatency:   4_500, // with Wake: a thread on an idle core wakes within 3–10 µs on metal, 38–71 µs in a virtual machine
		SyscallLeast:  100,   // RawSyscall(getppid) 105 ns
		Pause:         1_700, // runtime.procyield(30) 1.7–2.3 µs
		Pipe:          300,   // with Wake and ThreadSwitch: a hop over a pipe 1.4–1.6 µs
		Unix:          1_000,
		Loopback:      3_000, // write to a TCP socket 3.3 µs, within which the packet passes both ends' stacks

		Fork:      30_000, // of a process with 100 pages 35 µs
		ForkPage:  65,     // 1,024 pages 101 µs, 16,384 pages 1.3 ms
		ProcExit:  60_000, // fork, exit and wait together 106–127 µs
		ExitPage:  70,     // the same with 1,024 pages 244 µs
		Fault:     800,    // the first write after the others have gone 810–860 ns
		PageCopy:  950,    // and while they are there 1,760 ns
		SpaceSwap: 30,     // a hop over a pipe 2,101 ns between threads, 2,129 between processes, each with 32 pages in use; with 512 it is 400 more

		SyscallOnCore: 5_000,

		Slice:      3_000_000, // EEVDF's base slice: 0.7–3 ms
		TimerSlack: 50_000,    // Linux's default
	},
	Runtime: Runtime{
		Spawn:        60, // spawn, run and exit together 220–245 ns; spawn and join over a channel 440–490 ns
		Exit:         40,
		Ready:        40, // an unbuffered hop, which is a park and a ready, 225–240 ns
		Park:         40,
		Yield:        40, // alone 125–130 ns, with another 240 ns
		Switch:       40,
		Other:        80,
		Global:       20,
		Preempt:      1_500, // signal to oneself with its handler 1.4 µs
		SignalSend:   1_000,
		SyscallEnter: 30, // with exitsyscall about 60 ns; Syscall(getppid) 168 ns
		SyscallExit:  30,
		Look:         10,
		LookOther:    40,
		Steal:        60,
		Timer:        150, // start and stop together 380–450 ns
		TimerRun:     100,
		Poll:         300,
		Lock:         20,
		STW:          500,
	},
	Step: 1, // about a nanosecond of a computer of 2020
}

// Slower is the table of a computer whose processor takes n times as long for
// everything: instructions, calls of the kernel, and also what is sent to another
// goroutine or process, since there is no wire, only the kernel's work at both ends.
// Clocks, and what program, kernel and runtime do by the clock, stay: a sleep, a
// deadline, a ticker, a time slice, sysmon's rounds, TCP's second attempt. So more
// happens while little runs, and a slice of 10 ms is a few instructions.
func (t Table) Slower(n int64) Table {
	if n <= 1 {
		return t
	}
	for _, d := range []*task.Duration{
		&t.Kernel.ThreadCreate, &t.Kernel.ThreadLatency, &t.Kernel.ThreadSwitch, &t.Kernel.Wake, &t.Kernel.WakeLatency, &t.Kernel.SyscallLeast, &t.Kernel.Pause, &t.Kernel.Pipe, &t.Kernel.Unix, &t.Kernel.Loopback, &t.Kernel.SyscallOnCore,
		&t.Kernel.Fork, &t.Kernel.ForkPage, &t.Kernel.ProcExit, &t.Kernel.ExitPage, &t.Kernel.Fault, &t.Kernel.PageCopy, &t.Kernel.SpaceSwap,
		&t.Runtime.Spawn, &t.Runtime.Exit, &t.Runtime.Ready, &t.Runtime.Park, &t.Runtime.Yield, &t.Runtime.Switch, &t.Runtime.Other,
		&t.Runtime.Global, &t.Runtime.Preempt, &t.Runtime.SignalSend, &t.Runtime.SyscallEnter, &t.Runtime.SyscallExit, &t.Runtime.Look,
		&t.Runtime.LookOther, &t.Runtime.Steal, &t.Runtime.Timer, &t.Runtime.TimerRun, &t.Runtime.Poll, &t.Runtime.Lock, &t.Runtime.STW,
		&t.Step,
	} {
		*d *= n
	}
	return t
}
