package sched

import (
	"gopark/sim/cost"
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Where the go statement forks (task.Rules.Forks), each process is a thread with
// an address space, and the kernel does with it what it does with threads: so
// these are rules of the threads structure, and not a structure. What differs is
// what making, ending and changing one costs, and that a process ends alone. Its
// children go on. The run is over when the last has ended, or when those that are
// left can only sleep and the first has ended: that is whom a shell waits for,
// and whose exit code counts.
//
// The runtime's own goroutines (finalizers) are further threads of the process
// that made them; changing to one of those is reckoned as a change of process.

// A proc is a process.
type proc struct {
	threads int // that it has, or had when it ended
	over    bool
	end     task.Request // its last
}

// forkCosts are the kernel's costs where what it makes and runs are processes.
func forkCosts(k cost.Kernel) cost.Kernel {
	k.ThreadCreate = k.Fork
	k.ThreadSwitch += k.SpaceSwap
	return k
}

// join makes nt, a new thread, one of the process of the thread that has made it;
// of the first, if that was a timer.
func (s *threads) join(nt, by machine.Thread) {
	if by != none {
		s.ts[nt].proc = s.ts[by].proc
	}
	s.procs[s.ts[nt].proc].threads++
}

// forked makes the new goroutine id, on thread nt, a process, which shares so
// many pages, and returns what that costs its parent.
func (s *threads) forked(by, nt machine.Thread, id task.ID, pages int64) task.Duration {
	s.procs[s.ts[nt].proc].threads-- // add took it for its parent's
	s.procs = append(s.procs, proc{threads: 1})
	s.alive++
	s.ts[nt].proc = int32(len(s.procs) - 1)
	s.event(by, trace.ProcessFork, id, s.pid(nt), pages)
	return s.mach.Costs.Fork + pages*s.mach.Costs.ForkPage
}

func (s *threads) pid(t machine.Thread) int64 { return task.FirstPID + int64(s.ts[t].proc) }

// fault tells of pages that the process on thread t has written to, and returns
// what the kernel took for them.
func (s *threads) fault(t machine.Thread, req task.Request) task.Duration {
	n, copied := int64(req.N), int64(req.Object)
	s.event(t, trace.ProcessFault, s.ts[t].task, n, copied)
	return n*s.mach.Costs.Fault + copied*s.mach.Costs.PageCopy
}

// endProcess ends the process on thread t. Its other threads wake to their end.
func (s *threads) endProcess(t machine.Thread, req task.Request) (task.Duration, machine.Request) {
	c := &s.ts[t]
	p := &s.procs[c.proc]
	p.over, p.end = true, req
	s.alive--
	s.event(t, trace.ProcessExit, c.task, s.pid(t), int64(req.N))
	if p.threads > 1 {
		s.doom(t)
	}
	s.destroy(t)
	if s.alive == 0 {
		s.finishFirst(t)
		return 1, machine.Request{}
	}
	c.busy = s.mach.Costs.ProcExit + int64(req.Object)*s.mach.Costs.ExitPage - 1
	c.next, c.waiter = machine.Request{Kind: machine.Exit}, req.Task
	return 1, machine.Request{}
}

// doom lets the other threads of t's process end when they run next.
func (s *threads) doom(t machine.Thread) {
	for i := range s.ts {
		o := &s.ts[i]
		if o.proc != s.ts[t].proc || o.task == task.None || machine.Thread(i) == t {
			continue
		}
		o.doomed = true
		if s.gs[o.task].status == gwaiting {
			s.ready(t, o.task)
		}
	}
}

// tellWaiter wakes the parent of the process whose end thread t was, if it waits.
func (s *threads) tellWaiter(t machine.Thread) {
	id := s.ts[t].waiter
	if id != task.None && s.gs[id].status == gwaiting && s.gs[id].reason == task.ChildWait {
		s.ready(t, id)
	}
}

// finishFirst ends the run as the first process has ended.
func (s *threads) finishFirst(t machine.Thread) {
	s.finish(t, s.procs[0].end)
}
