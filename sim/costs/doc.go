// Package costs is the one list of what things cost in virtual time, each with
// what it stands for and where the figure comes from, and of what real Go and a
// real kernel were measured to take for operations that are made of them. It
// reads the values where they are used; it decides none.
package costs

import (
	"fmt"
	"reflect"

	"gopark/sim/cost"
	"gopark/sim/machine"
	"gopark/sim/sched"
	"gopark/sim/vm"
)

// An Entry is one cost.
type Entry struct {
	Part   string // "kernel", "scheduler", "instructions", "system calls" or "saved by a switch"
	Name   string
	Value  int64
	Unit   string // "ns", what is done in a nanosecond, or "bytes"
	Doc    string // what takes so long
	Source string
}

// A row says of a field of a Costs what a person wants to know.
type row struct{ doc, source string }

const (
	measured = "measured on linux/amd64, two cores of a virtual machine"
	parts    = "a share of the sum that was measured"
)

var kernel = map[string]row{ // only looked up
	"ThreadCreate":  {"clone, and what the C library adds, for who makes a thread", "pthread_create and join 10.5 µs, 16–23 µs in a burst; " + measured},
	"ThreadLatency": {"until a new thread is in the run queue", parts + ": pthread_create and join"},
	"ThreadSwitch":  {"a core goes to another thread", "futex hand-over on one core 1.1 µs, pipe 1.4–1.6 µs; " + measured},
	"Wake":          {"the futex call of who wakes a thread", "rounded; wake-ups take 3–10 µs in all on metal"},
	"WakeLatency":   {"until a woken thread is in the run queue", "3–10 µs across cores on metal, 38–71 µs in the virtual machine"},
	"Slice":         {"for which a thread runs when others wait", "EEVDF's base slice, 0.7–3 ms"},
	"SyscallOnCore": {"a system call up to this long keeps its core", "chosen: longer ones block, as a rule"},
	"TimerSlack":    {"by which a sleep with an end is late", "Linux's default, prctl(PR_SET_TIMERSLACK)"},
	"Pause":         {"30 PAUSE instructions, between two looks of a thread that spins on a lock (procyield)", "procyield(30) 1.7–2.3 µs; " + measured},
	"SyscallLeast":  {"the shortest system call", "RawSyscall(getppid) 105 ns; " + measured},
	"Pipe":          {"until what is written to a pipe can be read", parts + ": a hop over a pipe 1.4–1.6 µs, with a wake-up and a switch of threads"},
	"Unix":          {"until what is sent over a Unix socket has arrived", "chosen: between a pipe and TCP"},
	"Loopback":      {"until what is sent over TCP or UDP has arrived", "write of a byte to a TCP socket 3.3 µs, with the packet's way through both stacks; " + measured},
	"Fork":          {"fork, for the parent, besides its memory", "fork of 100 pages 35 µs; " + measured},
	"ForkPage":      {"for each page of it", "fork of 1,024 pages 101 µs, of 16,384 pages 1.3 ms; " + measured},
	"ProcExit":      {"the end of a process, besides its memory", parts + ": fork, exit and wait 106–127 µs"},
	"ExitPage":      {"for each page of it", parts + ": fork, exit and wait with 1,024 pages 244 µs"},
	"Fault":         {"the first write to a page since a fork", "0.81–0.86 µs when the others have gone; " + measured},
	"PageCopy":      {"more if another process still has the page", "1.76 µs with the fault; " + measured},
	"SpaceSwap":     {"more than ThreadSwitch to a thread of another process", "a hop over a pipe 2,101 ns between threads, 2,129 between processes, 32 pages in use; with 512 pages 400 ns more; " + measured},
}

var scheduler = map[string]row{ // only looked up
	"Spawn":        {"runtime.newproc", parts + ": spawn, run and exit 220–245 ns"},
	"Exit":         {"runtime.goexit", parts + ": spawn, run and exit 220–245 ns"},
	"Ready":        {"runtime.goready", parts + ": a hop over a channel 225–240 ns"},
	"Park":         {"runtime.gopark, down to the scheduler", parts + ": a hop over a channel 225–240 ns"},
	"Yield":        {"runtime.Gosched, down to the scheduler", parts + ": Gosched alone 125–130 ns"},
	"Switch":       {"schedule and execute, with a goroutine in the own queue", parts + ": a hop over a channel 225–240 ns"},
	"Other":        {"more for another goroutine than the thread ran before", parts + ": Gosched with another 240 ns"},
	"Global":       {"more for what takes sched.lock", parts + ": Gosched alone 125–130 ns"},
	"Preempt":      {"a signal to oneself with its handler", "tgkill(SIGURG) 1.4 µs; " + measured},
	"SignalSend":   {"tgkill, for who asks", parts + ": a signal to oneself 1.4 µs"},
	"SyscallEnter": {"runtime.entersyscall", parts + ": Syscall less RawSyscall 60 ns"},
	"SyscallExit":  {"runtime.exitsyscall", parts + ": Syscall less RawSyscall 60 ns"},
	"Look":         {"a glance at a queue that is empty", "chosen: a load that hits the cache, and a branch"},
	"LookOther":    {"the same for another P's", "chosen: a cache line from another core"},
	"Steal":        {"runtime.runqgrab", "chosen: two cache lines from another core and a compare-and-swap"},
	"Timer":        {"arm, move or disarm a timer", parts + ": start and stop 380–450 ns"},
	"TimerRun":     {"run a timer that is due", "chosen: half of what arming takes"},
	"Poll":         {"runtime.netpoll without waiting", "chosen: the shortest system call, and what epoll_wait adds"},
	"Lock":         {"runtime.LockOSThread", "chosen: a mutex without contention takes 16–27 ns"},
	"STW":          {"stop or start the world, besides waiting for the others", "chosen"},
}

// Table is all there is, in the order in which the code has it.
func Table() []Entry {
	list := fields("kernel", reflect.ValueOf(cost.Default.Kernel), kernel)
	list = append(list, fields("scheduler", reflect.ValueOf(cost.Default.Runtime), scheduler)...)
	for _, c := range vm.Calls {
		list = append(list, Entry{Part: "system calls", Name: c.Name, Value: c.Value, Unit: "ns", Doc: c.Doc,
			Source: "median on linux/amd64, files in the page cache, sockets on loopback, one byte"})
	}
	for _, c := range vm.Costs {
		e := Entry{Part: "instructions", Name: c.Name, Value: c.Value, Unit: "ns", Doc: c.Doc,
			Source: "beyond the instruction's own nanosecond; Go's benchmarks on a computer of 2020, rounded"}
		if c.Per {
			e.Unit = "in 1 ns"
		}
		list = append(list, e)
	}
	return append(list, saves()...)
}

// saves are the bytes of registers that a switch stores, by kind.
func saves() []Entry {
	entry := func(name string, bytes int64, doc, source string) Entry {
		return Entry{Part: "saved by a switch", Name: name, Value: bytes, Unit: "bytes", Doc: doc, Source: source}
	}
	var list []Entry
	var call, signal int64
	for _, e := range sched.Eras {
		if e.CallSave != call {
			call = e.CallSave
			list = append(list, entry("call, "+e.Name, call, fmt.Sprintf("of a goroutine that stops at a call: %d words, as all other registers are dead there", call/8),
				"runtime/asm_amd64.s:mcall, gobuf"))
		}
		if e.SignalSave != signal {
			signal = e.SignalSave
			list = append(list, entry("signal, "+e.Name, signal, "of a goroutine that a signal stops in the middle: all that it may use", "runtime/preempt_amd64.s"))
		}
	}
	return append(list,
		entry("thread", machine.ThreadSave, "of a thread: 21 words, and the vector registers", "pt_regs; CPUID leaf 0xD of a processor with AVX-512"),
		entry("process", machine.ProcessSave, "of a thread, if one of another process follows: the address space too; what the TLB knew is lost", "the same, and CR3"))
}

func fields(part string, v reflect.Value, rows map[string]row) []Entry {
	var list []Entry
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		r := rows[name]
		list = append(list, Entry{Part: part, Name: name, Value: v.Field(i).Int(), Unit: "ns", Doc: r.doc, Source: r.source})
	}
	return list
}
