package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// Boot sets up what runtime.main finds: M0 runs main on P0, sysmon sleeps,
// the other Ps are idle, and the runtime's own goroutines stand where the
// era's row has them.
func (s *gmp) Boot(main task.ID, system []task.ID) {
	s.cur = s.addM(s.mach.Boot())
	s.addM(s.mach.Add()) // sysmon
	s.ms[sysmonM].phase = atWedge
	yielded := s.era.BootYields && s.cfg.OSLinked
	idle, tick := s.era.BootIdleMs, s.era.BootTick
	if yielded { // twice, with the scavenger in between. main was locked to its thread: who gave the P back is left
		idle, tick = idle+1, tick+3
	}
	s.bootIdleMs(idle)
	s.growProcs(s.procs)
	s.event(trace.ProcsChange, task.None, int64(s.procs), 0)
	for _, x := range s.ps[1:] {
		s.idlePPut(x)
	}
	p0 := s.ps[0]
	s.acquireP(p0)
	p0.schedTick = tick
	p0.goid, p0.goidEnd = 1, int64(s.era.GoidBatch)+1
	s.goidGen = int64(s.era.GoidBatch)

	s.bootG(main, SystemG{Goid: 1, Place: trace.InHand}, false)
	rows := s.era.SystemTasks(s.cfg.OSLinked, s.cfg.Procs)
	s.must(len(rows) == len(system), "boot with %d system tasks, want %d", len(system), len(rows))
	for i, row := range rows {
		if row.Goid == 0 && row.Reason == task.ForceGCIdle {
			s.growGs(system[i])
			s.gs[system[i]].system = true
			s.forcer = system[i]
			continue
		}
		if row.Goid == 0 {
			s.addKeeper(system[i])
			continue
		}
		if yielded && row.Sleeps > 0 {
			s.bootNap(system[i], row)
			continue
		}
		if s.procs > 1 && row.Sleeps == 0 { // another P has run it by now
			row.Place = trace.Nowhere
		}
		s.bootG(system[i], row, true)
	}
	s.execute(main, trace.InHand, true)
	if s.procs > 1 && p0.ring.n > 0 {
		s.wakep()
	}
	s.ms[0].busy, s.ms[0].locking, s.mu = 0, locking{}, mutex{holder: none} // all that is past
	s.monDelay = s.era.SysmonMin
	s.lastPoll = 0
	if s.monDelay > 0 {
		s.sleepSysmon(s.monDelay)
	}
}

// bootIdleMs adds n threads that the start has left idle.
func (s *gmp) bootIdleMs(n int) {
	for range n {
		t := s.addM(s.mach.Add())
		s.ms[t].phase, s.ms[t].idle, s.ms[t].asleep = atWake, true, true
		s.idleM = append(s.idleM, t)
		s.log.Add(trace.Event{Kind: trace.ThreadPark, Core: -1, M: t, P: -1, G: task.None, A: int64(trace.WhyIdle)})
	}
}

// bootNap lets a keeper sleep on a thread of its own: it has had its first turn.
func (s *gmp) bootNap(id task.ID, row SystemG) {
	m := s.ms[s.addM(s.mach.Add())]
	s.mach.Doze(machine.Thread(m.id), row.Sleeps)
	row.Place = trace.Nowhere
	x := s.bornG(id, row, true)
	x.status, x.m = gsyscall, m.id
	m.curg, m.lastg, m.phase, m.until, m.oldp = id, id, atReturn, row.Sleeps, 0
	s.locked++
	s.cur = m.id
	s.event(trace.GoSyscallBegin, id, row.Sleeps, 0)
	s.cur = 0
}

// sysmonM is the thread that watches the others. It has no P, and in this
// model its rounds take no core's time.
const sysmonM = 1

func (s *gmp) addM(t machine.Thread) int32 {
	s.ms = append(s.ms, &m{id: int32(t), curg: task.None, lastg: task.None, lockedG: task.None, p: none, nextp: none, oldp: none,
		phase: atWake, victim: none, again: none, nap: task.None})
	s.must(len(s.ms) == int(t)+1, "thread %d is not the next", t)
	return int32(t)
}

func (s *gmp) growProcs(n int32) {
	for int32(len(s.ps)) < n {
		s.ps = append(s.ps, &p{id: int32(len(s.ps)), mu: mutex{holder: none}, m: none, oldm: none, next: task.None, marker: task.None, free: emptyList})
	}
}

func (s *gmp) growGs(id task.ID) {
	for int(id) >= len(s.gs) {
		s.gs = append(s.gs, g{freeIn: none, m: none, lockedM: none})
	}
}

// bootG makes a goroutine and puts it where its row has it.
func (s *gmp) bootG(id task.ID, row SystemG, system bool) {
	x := s.bornG(id, row, system)
	p0 := s.ps[0]
	switch row.Place {
	case trace.Nowhere:
		x.status, x.reason, x.waited = gwaiting, row.Reason, row.Reason
		s.event(trace.GoBlock, id, int64(row.Reason), 0)
	case trace.InRing:
		p0.ring.push(id)
	case trace.InNext:
		s.runqPut(p0, id, true)
	}
}

func (s *gmp) bornG(id task.ID, row SystemG, system bool) *g {
	s.growGs(id)
	p0 := s.ps[0]
	s.gs[id] = g{goid: row.Goid, system: system, keeper: row.Sleeps > 0, sleeps: row.Sleeps, lockedM: none, m: none, freeIn: none, next: task.None, prev: task.None}
	if system {
		s.gs[id].parent = 1
	} else {
		s.live++
	}
	p0.goid = max(p0.goid, row.Goid+1)
	p0.goidEnd, s.goidGen = max(p0.goidEnd, p0.goid), max(s.goidGen, row.Goid)
	x := &s.gs[id]
	s.setRunnable(x)
	s.event(trace.GoCreate, id, row.Goid, int64(row.Place))
	return x
}
