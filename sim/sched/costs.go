package sched

import "gopark/sim/task"

// Costs are what the scheduler's own work takes, in virtual nanoseconds.
// Sources: Go 1.26 benchmarks on linux/amd64; only sums can be measured, the
// parts are proportions that add up to them.
type Costs struct {
	Spawn        task.Duration // newproc; spawn, run and exit together 220–245 ns
	Exit         task.Duration // goexit
	Ready        task.Duration // goready
	Park         task.Duration // gopark to the scheduler; an unbuffered hop together 225–240 ns
	Yield        task.Duration // Gosched to the scheduler; alone 125–130 ns, with another 240 ns
	Switch       task.Duration // schedule and execute: a goroutine found in the local queue starts
	Global       task.Duration // more for what takes sched.lock
	Preempt      task.Duration // signal to oneself with its handler 1.4 µs
	SignalSend   task.Duration // tgkill, for the asker
	SyscallEnter task.Duration // entersyscall; with exitsyscall about 60 ns
	SyscallExit  task.Duration // exitsyscall
	Look         task.Duration // a glance at a queue that turns out empty
	LookOther    task.Duration // the same for another P's: a cache line from another core
	Steal        task.Duration // runqgrab
	Timer        task.Duration // arm, move or disarm a timer; start and stop together 380–450 ns
	TimerRun     task.Duration // run one
	Poll         task.Duration // netpoll without waiting: epoll_wait
	Lock         task.Duration // LockOSThread
	STW          task.Duration // stopTheWorld or startTheWorld itself
}

// DefaultCosts is the table used unless a Config has its own.
var DefaultCosts = Costs{
	Spawn:        120,
	Exit:         50,
	Ready:        60,
	Park:         60,
	Yield:        40,
	Switch:       80,
	Global:       20,
	Preempt:      1_500,
	SignalSend:   1_000,
	SyscallEnter: 30,
	SyscallExit:  30,
	Look:         10,
	LookOther:    40,
	Steal:        60,
	Timer:        200,
	TimerRun:     100,
	Poll:         300,
	Lock:         20,
	STW:          500,
}
