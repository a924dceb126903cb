package sched

import (
	"slices"

	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// What follows is told as Go 1.0's runtime/proc.c tells it. All of it happens
// under the one lock, which the thread has that runs: see locked. So others wait
// while it makes a thread, or wakes one; but for the last that it wakes, which is
// put off until it has let go, since who is woken wants the lock first of all (mwakeup).

// put queues goroutine id at the tail; one that is wired to a thread goes there
// directly if it may run now (runtime/proc.c:gput). k is the event of it.
func (s *gm) put(id task.ID, k trace.Kind, a int64) {
	x := &s.gs[id]
	s.charge(s.costs.Global)
	if l := x.lockedM; l != none && s.cur != none && s.addCPU() {
		s.event(k, id, a, int64(trace.InHand))
		s.hand(s.ms[l], id, trace.InHand)
		return
	}
	s.event(k, id, a, int64(trace.InGlobal))
	s.runq.push(id)
}

// addCPU counts one more thread that runs Go code, if there may be one more
// (runtime/proc.c:canaddmcpu).
func (s *gm) addCPU() bool {
	if s.mcpu >= s.mcpumax {
		return false
	}
	s.mcpu++
	return true
}

// dropCPU counts one less. If the world is being stopped, and only the one
// that stops it is left, it goes on.
func (s *gm) dropCPU() {
	s.mcpu--
	s.must(s.mcpu >= 0, "negative mcpu")
	if s.stopping && s.mcpu <= 1 && s.stopper != s.cur {
		s.mach.Break(machine.Thread(s.cur), machine.Thread(s.stopper), s.now)
	}
}

// match finds threads for queued goroutines while there may be more of them
// (runtime/proc.c:matchmg): the one it is wired to, the last that went idle, or
// a new one.
func (s *gm) match() {
	for s.runq.n > 0 && s.end.Kind == Running && s.addCPU() {
		id := s.runq.at(0)
		var to *worker
		if l := s.gs[id].lockedM; l != none {
			to = s.ms[l]
		} else if n := len(s.idleM); n > 0 {
			to = s.ms[s.idleM[n-1]]
			s.idleM = s.idleM[:n-1]
		} else if to = s.newM(); to == nil {
			return
		}
		s.hand(to, id, trace.InGlobal)
	}
}

// leave takes goroutine id out of the queue if it is its head.
func (s *gm) leave(id task.ID) {
	if s.runq.n > 0 && s.runq.at(0) == id {
		s.runq.pop()
	}
}

// hand lets thread to run goroutine id next. It counts as running from now on
// (runtime/proc.c:mnextg).
func (s *gm) hand(to *worker, id task.ID, from trace.Place) {
	s.must(to.nextg == task.None, "thread %d is handed two goroutines", to.id)
	if to.id != s.cur {
		s.event(trace.GoHand, id, int64(to.id), int64(from))
	}
	s.leave(id)
	s.running++
	to.nextg = id
	if to.id != s.cur && to.phase == gmWait {
		s.mach.Break(machine.Thread(s.cur), machine.Thread(to.id), s.now)
		s.wakeLater()
	}
}

// wakeLater lets the thread pay for a wake-up when it has let go of the lock, and
// for the one before it now.
func (s *gm) wakeLater() {
	if s.cur == none || !s.ms[s.cur].has {
		s.charge(s.mach.Costs.Wake)
		return
	}
	m := s.ms[s.cur]
	m.busy += m.after
	m.after = s.mach.Costs.Wake
}

func (s *gm) newM() *worker {
	if s.mach.Threads() >= s.era.MaxThreads {
		s.finish(ThreadsGone, 2, trace.ThreadLimit, int64(s.era.MaxThreads))
		return nil
	}
	s.charge(s.mach.Costs.ThreadCreate)
	return s.addM(s.mach.Create(machine.Thread(s.cur), s.now))
}

func (s *gm) addM(t machine.Thread) *worker {
	m := &worker{id: int32(t), phase: gmWait, curg: task.None, lastg: task.None, nextg: task.None, lockedG: task.None}
	s.ms = append(s.ms, m)
	s.must(len(s.ms) == int(t)+1, "thread %d is not the next", t)
	return m
}

// ready makes a waiting goroutine runnable (runtime/proc.c:readylocked).
func (s *gm) ready(id task.ID) {
	x := &s.gs[id]
	if x.waits && x.status == grunning { // its thread waits for the lock to stop it
		x.onStop = true
		return
	}
	s.must(x.status == gwaiting, "ready of goroutine %d (task %d), which is %s", x.goid, id, gstatusNames[x.status])
	if x.reason == task.IOWait {
		s.net = without(s.net, id)
	}
	s.setRunnable(x)
	s.charge(s.costs.Ready)
	s.put(id, trace.GoUnblock, 0)
	s.match()
}

// newproc starts a goroutine for a task that the Runner has made. The creator
// runs on; whoever waits longest runs first.
func (s *gm) newproc(id task.ID, parent int64, system bool) {
	s.growGs(id)
	x := &s.gs[id]
	s.must(x.status == gnone || x.status == gdead, "spawn of task %d, which is %s", id, gstatusNames[x.status])
	s.freeRemove(id)
	s.goids++
	*x = g{goid: s.goids, parent: parent, lockedM: none, m: none, freeIn: none, system: system}
	if !system {
		s.live++
	}
	s.setRunnable(x)
	s.charge(s.costs.Spawn)
	s.put(id, trace.GoCreate, x.goid)
	s.match()
}

func (s *gm) growGs(id task.ID) {
	for int(id) >= len(s.gs) {
		s.gs = append(s.gs, g{freeIn: none, m: none, lockedM: none})
	}
}

func (s *gm) freeRemove(id task.ID) {
	for i := len(s.free) - 1; i >= 0; i-- {
		if s.free[i] == id {
			s.free = append(s.free[:i], s.free[i+1:]...)
			return
		}
	}
}

// drop ends the run of the thread's goroutine, which no longer counts.
func (s *gm) drop(m *worker) {
	s.gs[m.curg].m = none
	m.curg, m.phase = task.None, gmSchedule
	s.running--
	s.dropCPU()
}

// execute runs goroutine id, which counts already, on thread m.
func (s *gm) execute(m *worker, id task.ID, from trace.Place) {
	x := &s.gs[id]
	s.must(x.status == grunnable, "execute goroutine %d, which is %s", x.goid, gstatusNames[x.status])
	s.event(trace.GoStart, id, int64(from), 0)
	x.status, x.since, x.m, x.preempt = grunning, s.now, m.id, s.stopping
	m.curg, m.phase, m.nextg = id, gmRun, task.None
	s.charge(s.costs.Switch)
	s.unlock(m)
	if m.lastg != id {
		s.charge(s.costs.Other)
		m.lastg = id
	}
}

// next finds something for a thread to run, or lets it wait
// (runtime/proc.c:nextgandunlock).
func (s *gm) next(m *worker) machine.Request {
	if !s.lock(m) {
		return machine.Request{}
	}
	s.charge(s.costs.Global)
	if m.lockedG != task.None && m.nextg == task.None {
		s.match() // perhaps its own goroutine is in the queue
	}
	if m.nextg != task.None {
		s.execute(m, m.nextg, trace.InHand)
		return machine.Request{}
	}
	why := trace.WhyLocked
	if m.lockedG == task.None {
		why = trace.WhyIdle
		for s.runq.n > 0 && s.addCPU() {
			id := s.runq.pop()
			if l := s.gs[id].lockedM; l != none {
				s.hand(s.ms[l], id, trace.InGlobal)
				continue
			}
			s.running++
			s.execute(m, id, trace.InGlobal)
			return machine.Request{}
		}
		s.idleM = append(s.idleM, m.id)
	}
	m.phase = gmWait
	s.event(trace.ThreadPark, task.None, int64(why), 0)
	s.checkDead()
	return machine.Request{Kind: machine.Park, Until: machine.Never, Why: why}
}

// checkDead ends the run when only the scavenger is left: it counts as running,
// in its system call or on its way there (runtime/proc.c:nextgandunlock). So does
// who waits for the network: then nobody notices.
func (s *gm) checkDead() {
	if !s.era.DeadlockSeen || s.runq.n > 0 || s.scavenger == task.None || s.gs[s.scavenger].status == gwaiting {
		return
	}
	if s.running == 1 {
		s.finish(Deadlocked, 2, trace.Deadlock, 0)
	}
	if s.running == 2 && s.end.Kind == Running && s.gs[s.server].status == gsyscall && !s.expected() {
		s.end = End{Kind: Hung}
	}
}

// expected reports whether the kernel will have something for the server.
func (s *gm) expected() bool {
	return slices.ContainsFunc(s.net, func(id task.ID) bool { return s.gs[id].when != machine.Never })
}
