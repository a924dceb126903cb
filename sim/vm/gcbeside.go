package vm

import (
	"slices"

	"gopark/sim/code"
	"gopark/sim/task"
)

// Since Go 1.5 the world stops twice in a cycle, for a moment each time, and
// marking goes on beside the program between the two (runtime/mgc.go): by
// workers, one for each P, whom the scheduler runs on a quarter of the Ps, and
// by goroutines that allocate meanwhile and assist. Sweeping follows, by one
// goroutine and by whoever needs a span.
//
// Go's write barrier lets everything live on that was reachable when marking
// began, and new objects count as marked. So this machine finds out what is
// reachable at that instant, when the world stands still, and then lets the
// time pass that it takes, on the processors that it would occupy: work is
// what is left of it. No store has to tell the collector anything.
//
// Simpler than in Go: the trigger is always 95 % of the way to the goal (Go
// learns it from the last cycles, within 70 % and 95 %), and a goroutine that
// can't assist because no work is left goes on instead of waiting for the end.

// A gcJob is what a goroutine does for the collector between two instructions.
type gcJob uint8

const (
	jobNone    gcJob = iota
	jobStopped       // the whole collection while the world stands still
	jobStart         // what comes before marking: sweep the rest, start workers, stop the world
	jobMark          // the world stands still: marking begins
	jobFlip          // all is marked: stop the world
	jobSwept         // the world stands still: sweeping begins
	jobWait          // runtime.GC: wait until all is marked
	jobSweep         // runtime.GC: help to sweep
)

// beside is the state of a collection beside the program.
type beside struct {
	work     int64     // steps of marking that are left
	credit   int64     // steps that workers did and nobody who allocated has used yet
	sweeping bool      // as opposed to sweeping while the world stands still
	flipping bool      // somebody stops the world because all is marked
	workers  int       // that exist
	starter  task.ID   // waits until the worker it started has run
	waiters  []task.ID // calls of runtime.GC
	sweeper  task.ID   // runtime.bgsweep
	parked   bool      // it waits
	last     task.Time // end of the last marking; 0: none yet
}

func (b beside) clone() beside {
	b.waiters = slices.Clone(b.waiters)
	return b
}

const (
	symMarkWorker = "runtime.gcBgMarkWorker"
	symBgSweep    = "runtime.bgsweep"

	overAssist = 64 << 10 / scanPerStep // an assist does at least so much (runtime/mgcpacer.go:gcOverAssistWork)
	sweepBatch = 10                     // spans that runtime.bgsweep sweeps between two looks around (1.19); before it was one, and others ran
	forceGC    = 120e9                  // a collection is forced when the last is so long ago
)

// What CollectBegin and CollectEnd say in N when marking goes on beside the program.
const (
	wholeCycle = iota // CollectBegin: it begins. CollectEnd: it is over
	markBeside        // CollectBegin: all is marked. CollectEnd: marking goes on beside
)

// work does g's next piece of its job: time passes, or it asks for something,
// or the job changes.
func (v *VM) work(g *G, now task.Time, steps int64) (task.Duration, task.Request) {
	c, b := &v.gc, &v.gc.beside
	switch g.Job {
	case jobStopped:
		return v.collect(g, now, steps)
	case jobStart:
		return v.startMarking(g)
	case jobMark:
		v.markNow(g)
		g.Requests = append(g.Requests, task.Request{Kind: task.CollectEnd, N: markBeside})
		g.Job = jobNone
		if g.Forced {
			g.Job = jobWait
		}
		c.waiting--
		return costMarkPause * v.cfg.StepCost, task.Request{}
	case jobFlip:
		g.Job = jobNone
		if c.phase == gcBeside && b.work == 0 && !b.flipping {
			b.flipping, g.Job = true, jobSwept
			g.Requests = append(g.Requests, task.Request{Kind: task.CollectBegin, N: markBeside})
		}
	case jobSwept:
		g.Job = jobNone
		v.endMarking(g, now)
		return costSweepPause * v.cfg.StepCost, task.Request{}
	case jobWait:
		g.Job = jobSweep
		if c.phase == gcBeside {
			v.awaitMarking(g)
		}
	case jobSweep:
		return v.helpSweep(g)
	}
	if len(g.Requests) > 0 {
		return 0, v.ask(g)
	}
	return 0, task.Request{}
}

func (v *VM) awaitMarking(g *G) {
	b := &v.gc.beside
	b.waiters = append(b.waiters, g.ID)
	g.Requests = append(g.Requests, task.Request{Kind: task.Park, Reason: task.GCWait})
}

// startMarking is runtime/mgc.go:gcStart up to the stop of the world.
func (v *VM) startMarking(g *G) (task.Duration, task.Request) {
	c, b := &v.gc, &v.gc.beside
	switch {
	case c.phase == gcBeside && !g.Forced, !g.Forced && c.live < c.trigger && !v.cfg.GCStress && !v.longAgo():
		g.Job = jobNone // somebody was quicker
		c.waiting--
		return 0, task.Request{}
	case c.phase == gcBeside:
		v.awaitMarking(g)
		return 0, v.ask(g)
	case c.phase == gcSweep:
		cost, _ := v.sweepSome(len(v.heap.spans))
		return cost * v.cfg.StepCost, task.Request{}
	case b.workers < v.host.Procs():
		if id, ok := v.newSystem(g, symMarkWorker); ok {
			b.workers++
			b.starter = g.ID
			g.Requests = append(g.Requests, task.Request{Kind: task.Spawn, Task: id, N: 1},
				task.Request{Kind: task.Park, Reason: task.ChanReceive})
			return 0, v.ask(g)
		}
	}
	g.Job = jobMark
	g.Requests = append(g.Requests, task.Request{Kind: task.CollectBegin})
	return 0, v.ask(g)
}

// longAgo reports whether it is time for a collection that is forced by time, and
// none is under way
// (runtime/mgc.go:gcTrigger.test).
func (v *VM) longAgo() bool {
	b := &v.gc.beside
	if v.gc.percent < 0 || v.gc.phase == gcBeside {
		return false
	}
	return b.last == 0 && v.rules.ForcesFirst || b.last != 0 && v.turnAt-b.last > forceGC
}

// newSystem makes one of the collector's goroutines; without memory for its stack, none.
func (v *VM) newSystem(g *G, sym string) (id task.ID, ok bool) {
	addr := v.prog.Symbols[sym]
	if !v.isEntry(addr) {
		return task.None, false
	}
	defer func() {
		if r := recover(); r != nil {
			if _, full := r.(trap); !full {
				panic(r)
			}
		}
	}()
	w := v.newG(uint32(addr-code.TextBase), 0, nil)
	w.System, w.Parent = true, v.goid(g)
	return w.ID, true
}

// markNow finds out what is reachable. What that costs is still to pass.
func (v *VM) markNow(g *G) {
	c, b := &v.gc, &v.gc.beside
	v.beginCycle(g)
	for c.phase != gcSpecials {
		v.collectStep()
	}
	v.adaptStacks()
	v.doSpecials()
	v.releaseRecords()
	c.phase = gcBeside
	b.work, b.credit, b.flipping = c.cost, 0, false
}

// allocBeside is what allocating object i does while marking goes on: the
// object counts as marked, and whoever allocates faster than the workers mark
// has to help (runtime/mgcmark.go:gcAssistAlloc).
func (v *VM) allocBeside(i, size uint64) {
	c, b := &v.gc, &v.gc.beside
	v.heap.flags[i] |= marked
	c.marked += size
	g := v.cur
	if g == nil || g.System || b.work == 0 {
		return
	}
	if g.Assist -= int64(size); g.Assist >= 0 {
		return
	}
	room := max(int64(c.goal)-int64(c.live), 1<<16) // bytes until the goal
	need := max(-g.Assist*b.work/room, overAssist)
	g.Assist += need * room / max(b.work, 1)
	taken := min(need, b.credit)
	b.credit -= taken
	paid := min(need-taken, b.work)
	b.work -= paid
	v.charge(uint64(paid))
	if b.work == 0 {
		g.Job, v.leave = jobFlip, true
	}
}

// endMarking is runtime/mgc.go:gcMarkTermination, while the world stands still:
// what was not marked is garbage now.
func (v *VM) endMarking(g *G, now task.Time) {
	c, b := &v.gc, &v.gc.beside
	v.startSweep()
	c.phase, c.sweepAt, b.sweeping, b.flipping = gcSweep, 0, true, false
	c.live, b.last = c.marked, max(now, 1)
	v.setGoal()
	c.stats.add(pause{(costMarkPause + costSweepPause) * v.cfg.StepCost, now})
	for _, g := range v.gs {
		g.Assist = 0
	}
	v.wakeSweeper(g)
	g.Requests = append(g.Requests, task.Request{Kind: task.CollectEnd})
	for _, id := range b.waiters {
		g.Requests = append(g.Requests, task.Request{Kind: task.Ready, Task: id})
	}
	b.waiters = b.waiters[:0]
	v.wakeRunners(g)
}

// wakeSweeper lets g make the goroutine that sweeps runnable, if it waits.
func (v *VM) wakeSweeper(g *G) {
	b := &v.gc.beside
	if b.sweeper == task.None { // the first collection makes it (until 1.4)
		if id, ok := v.newSystem(g, symBgSweep); ok {
			b.sweeper = id
			g.Requests = append(g.Requests, task.Request{Kind: task.Spawn, Task: id, N: 1})
		}
	} else if b.parked || v.atEntry(b.sweeper) {
		b.parked = false
		g.Requests = append(g.Requests, task.Request{Kind: task.Ready, Task: b.sweeper})
	}
}

// atEntry reports whether goroutine id waits though it has never run: a
// scheduler may start the runtime's own so.
func (v *VM) atEntry(id task.ID) bool {
	return id >= 0 && v.gs[id].PC == v.gs[id].Entry && v.host != nil && v.host.Status(id) == "waiting"
}

// finishBeside ends a collection beside the program at once: memory is needed.
func (v *VM) finishBeside() {
	c, b := &v.gc, &v.gc.beside
	if c.phase == gcBeside {
		v.startSweep()
		c.phase, c.sweepAt, b.sweeping = gcSweep, 0, true
		b.work = 0
	}
	v.sweepSome(len(v.heap.spans))
}

// sweepSome sweeps up to n more spans and returns what that costs and how many
// there were; the last one ends the cycle.
func (v *VM) sweepSome(n int) (cost int64, swept int) {
	c := &v.gc
	if c.phase != gcSweep || !c.beside.sweeping {
		return 0, 0
	}
	before := c.cost
	for swept < n && c.sweepAt < len(v.heap.spans) {
		if v.heap.spans[c.sweepAt].unswept {
			v.sweepSpan(int32(c.sweepAt))
			swept++
		}
		c.sweepAt++
	}
	if c.sweepAt == len(v.heap.spans) {
		v.endSweep()
		c.phase, c.beside.sweeping = gcOff, false
	}
	return c.cost - before + 1, swept
}

// sweepForSpan looks for room for small objects in spans that were not swept
// yet (runtime/mcentral.go:cacheSpan). It reports whether it found some.
func (v *VM) sweepForSpan(slot int) bool {
	const most = 100 // spans; then a new one is cheaper
	h := &v.heap
	if !v.gc.beside.sweeping {
		return false
	}
	before := v.gc.cost
	tried := 0
	for i := v.gc.sweepAt; i < len(h.spans) && tried < most && len(h.partial[slot]) == 0; i++ {
		if s := &h.spans[i]; s.unswept && int(s.class)*2+int(b2u(s.pointers)) == slot {
			v.sweepSpan(int32(i))
			tried++
		}
	}
	v.charge(uint64(v.gc.cost - before))
	return len(h.partial[slot]) > 0
}

// sweepForPages sweeps until so many pages are free that were not before
// (runtime/mheap.go:reclaim).
func (v *VM) sweepForPages(n uint64) {
	h := &v.heap
	if !v.gc.beside.sweeping {
		return
	}
	before, pages := v.gc.cost, h.spanBytes/pageSize
	for i := v.gc.sweepAt; i < len(h.spans) && pages-h.spanBytes/pageSize < n; i++ {
		v.sweepSpan(int32(i))
	}
	v.charge(uint64(v.gc.cost - before))
}

// helpSweep is the rest of runtime.GC: it sweeps, and lets others run after
// each span.
func (v *VM) helpSweep(g *G) (task.Duration, task.Request) {
	if v.gc.phase != gcSweep || !v.gc.beside.sweeping {
		v.heap.profile.publish(1)
		g.Job, g.Forced = jobNone, false
		return 0, task.Request{}
	}
	cost, _ := v.sweepSome(1)
	g.Requests = append(g.Requests, task.Request{Kind: task.Yield})
	return cost * v.cfg.StepCost, task.Request{}
}
