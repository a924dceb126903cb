package sched

import (
	"gopark/sim/machine"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// marking is the collector's work beside the program, as the scheduler sees it
// (runtime/mgcpacer.go): workers, one for each P, are goroutines that wait in a
// pool and in no queue. While marking goes on a quarter of all Ps is theirs:
// whole Ps as far as that divides well, else a share of the time of each; and
// what Ps have nothing else to do.
type marking struct {
	on    bool
	begun task.Time
	pool  []task.ID // workers that wait, last in, first out
	whole int32     // Ps that are still to be given to workers for the whole phase
	given int32     // that are to be given in all
	// The share of its time that each P is to give: share/of.
	share int32
	of    int32
	idle  int32     // workers that run because their P has nothing else to do
	ended task.Time // of the last collection; 0: none yet
	asked task.Time // when sysmon last woke who starts one by time
}

// A workerMode says for how long a worker may run (runtime/mgc.go:gcMarkWorkerMode).
type workerMode uint8

const (
	notMarking workerMode = iota
	markWhole             // to the end of the phase ("dedicated")
	markShare             // until its share of the P's time is used up ("fractional")
	markIdle              // until there is something else to do
)

// markLook is after how much time a worker looks whether it is to stop: Go's
// looks after each 100,000 bytes or so (runtime/mgcmark.go:drainCheckThreshold).
const markLook = 50_000

// collecting is the start of what the goroutine stopped the world for: n is
// that of its CollectBegin.
func (s *gmp) collecting(id task.ID, n int32) {
	c := &s.collect
	if n == 0 {
		s.event(trace.GCBegin, id, 0, 0)
		s.helpGC()
		return
	}
	c.on = false
	s.gs[id].worker = notMarking // it has more to do than to mark now
	s.event(trace.GCMarkEnd, id, 0, 0)
}

// collected is the end of it: the collection is over, or its first part is.
func (s *gmp) collected(m *m, n int32) {
	c := &s.collect
	s.halted, s.helpers = false, 0
	if n == 0 {
		c.ended = max(s.now, 1)
		s.event(trace.GCEnd, m.curg, 0, 0)
		return
	}
	s.event(trace.GCMarkBegin, m.curg, 0, 0)
	c.on, c.begun, c.idle = true, s.now, 0
	// A quarter of procs Ps, rounded; unless that is off by more than 30 %
	// (runtime/mgcpacer.go:startCycle).
	c.whole, c.share, c.of = (s.procs+2)/4, 0, 4*s.procs
	if off := 4*c.whole - s.procs; 10*max(off, -off) > 3*s.procs {
		if off > 0 {
			c.whole--
		}
		c.share = s.procs - 4*c.whole
	}
	c.given = c.whole
	for _, x := range s.ps[:s.procs] {
		x.markTime = 0
	}
}

// helpGC wakes idle threads to mark while the world stands still, in eras in which
// all is marked so (runtime/proc.c:helpgc).
func (s *gmp) helpGC() {
	s.halted = true
	for n := 1; n < min(s.era.GCThreads, int(s.procs), s.cfg.Cores) && len(s.idleM) > 0; n++ {
		to := s.ms[s.idleM[len(s.idleM)-1]]
		s.idleM = s.idleM[:len(s.idleM)-1]
		to.phase, to.idle = atHelp, false
		s.mach.Unpark(machine.Thread(s.cur), machine.Thread(to.id), s.now)
		s.charge(s.mach.Costs.Wake)
	}
}

// helpLook is after how much time a thread that helps looks whether all is marked.
const helpLook = 5_000

// shared is how long work takes that one thread would do in took, with helpers.
func shared(took task.Duration, helpers int32) task.Duration {
	n := task.Duration(helpers) + 1
	return (took + n - 1) / n
}

// help is a turn of such a thread.
func (s *gmp) help(m *m) (took task.Duration) {
	if !s.halted {
		return 0
	}
	if !m.helps {
		m.helps = true
		s.helpers++
	}
	return helpLook
}

// markersWait reports whether a worker that waits has something to do.
func (s *gmp) markersWait() bool { return s.collect.on && len(s.collect.pool) > 0 }

// markerFor is the worker that P x is to run now, or none
// (runtime/mgcpacer.go:findRunnableGCWorker).
func (s *gmp) markerFor(x *p) task.ID {
	if x.marker == task.None && !(s.markersWait() && s.assignMarker(x)) {
		return task.None
	}
	id := x.marker
	x.marker = task.None
	x.markBegun = s.now
	s.takeInHand(id)
	return id
}

// assignMarker lets P x run a worker next, if it is its turn.
func (s *gmp) assignMarker(x *p) bool {
	c := &s.collect
	if !s.markersWait() {
		return false
	}
	mode := markWhole
	switch delta := s.now - c.begun; {
	case c.whole > 0:
		c.whole--
	case c.share == 0:
		return false
	case delta > 0 && x.markTime*task.Duration(c.of) > delta*task.Duration(c.share):
		return false
	default:
		mode = markShare
	}
	s.popMarker(x, mode)
	return true
}

// idleMarker is a worker for a P that has nothing else to do, or none.
func (s *gmp) idleMarker(x *p) task.ID {
	c := &s.collect
	if !s.markersWait() || c.idle >= s.procs-c.given {
		return task.None
	}
	c.idle++
	s.popMarker(x, markIdle)
	return s.markerFor(x)
}

func (s *gmp) popMarker(x *p, mode workerMode) {
	c := &s.collect
	n := len(c.pool) - 1
	x.marker = c.pool[n]
	c.pool = c.pool[:n]
	s.gs[x.marker].worker = mode
}

// unassignMarker takes back a worker that P x was to run.
func (s *gmp) unassignMarker(x *p) {
	if x.marker == task.None {
		return
	}
	s.putMarker(x.marker, x)
	x.marker = task.None
}

// mayMark reports whether the worker on thread m may go on. One that has its P
// for the whole phase and is asked to stop lets go of what waits in P's queue,
// so that others can run it, and goes on.
func (s *gmp) mayMark(m *m) bool {
	c := &s.collect
	x, pp := &s.gs[m.curg], s.ps[m.p]
	if s.stopper == m.id || x.waits {
		return true
	}
	if s.stopping {
		return !x.preempt
	}
	switch x.worker {
	case markWhole:
		if x.preempt {
			x.preempt = false
			s.letGo(pp)
		}
		return true
	case markShare:
		used := pp.markTime + s.now - pp.markBegun
		delta := s.now - c.begun
		// A fifth more than its share: stopping and starting costs too
		// (runtime/mgcmark.go:pollFractionalWorkerExit).
		return !x.preempt && used*5*task.Duration(c.of) <= delta*6*task.Duration(c.share)
	}
	return !x.preempt && s.runqEmpty(pp) && s.runq.n == 0
}

// mustLetGo reports whether the worker on thread m is about to let go.
func (s *gmp) mustLetGo(m *m) bool {
	x := &s.gs[m.curg]
	return x.worker == markWhole && x.preempt && !s.stopping && s.stopper != m.id && !x.waits && !s.runqEmpty(s.ps[m.p])
}

// letGo moves what waits in P's own queue to the global one, and wakes nobody
// (runtime/mgc.go:gcBgMarkWorker).
func (s *gmp) letGo(x *p) {
	if s.runqEmpty(x) {
		return
	}
	n := int64(x.ring.n)
	if x.next != task.None {
		n++
		s.runq.push(x.next)
		x.next = task.None
	}
	s.eventP(trace.RunqFlush, x.id, task.None, n, 0)
	for x.ring.n > 0 {
		s.runq.push(x.ring.pop())
	}
}

// stopMarker puts the worker on thread m back into the pool.
func (s *gmp) stopMarker(m *m) {
	s.putMarker(m.curg, s.ps[m.p])
	s.blockG(m, task.GCWorkerIdle, 0)
}

// putMarker puts worker id, which P x has, into the pool.
func (s *gmp) putMarker(id task.ID, x *p) {
	c, w := &s.collect, &s.gs[id]
	switch w.worker {
	case markWhole:
		c.whole++
	case markShare:
		if w.status == grunning {
			x.markTime += s.now - x.markBegun
		}
	case markIdle:
		c.idle--
	}
	w.worker = notMarking
	c.pool = append(c.pool, id)
}

// late reports whether a collection is to be forced. The runtime that had a
// goroutine for it took the start for the last collection, by a clock that starts in 1970.
func (x *g) late(now, last task.Time, after task.Duration) bool {
	if last == 0 {
		return now >= x.sleeps
	}
	return now-last > after
}

// scavenge is what the scavenger does each minute before it sleeps again: it starts a
// goroutine that collects (runtime/mheap.c:MHeap_Scavenger).
func (s *gmp) scavenge() {
	x := &s.gs[s.forcer]
	if !s.gs[s.ms[s.cur].curg].late(s.now, s.collect.ended, s.era.ForceGC) || x.status != gnone && x.status != gdead {
		return
	}
	s.newproc(s.forcer, s.gs[s.ms[s.cur].curg].goid, true)
}

// forceCollection lets sysmon wake the goroutine that starts a collection when
// the last is long ago (runtime/proc.go:sysmon).
func (s *gmp) forceCollection() {
	c := &s.collect
	if s.era.ForceGC == 0 || c.ended == 0 || s.now-max(c.ended, c.asked) <= s.era.ForceGC {
		return
	}
	for i := range s.gs {
		if s.gs[i].status == gwaiting && s.gs[i].reason == task.ForceGCIdle {
			if !s.monMay(true) {
				return
			}
			c.asked = s.now
			s.inject([]task.ID{task.ID(i)})
			return
		}
	}
}
