package vm

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"gopark/sim/task"
)

// The garbage collector marks what is reachable and sweeps the rest. In objects
// it knows pointers by type descriptors; in globals and in slots of frames that
// may still be read (live.go), any word that is the address of an object, or of
// a place in it, keeps that object. Objects don't move.
//
// A collection is a sequence of small steps, each of which takes its time. In
// old eras the goroutine that met the heap's goal, or called runtime.GC, stops
// the world and makes all of them; since 1.5 the world only stops for a moment
// at the start and at the end of marking (gcbeside.go). It happens between two
// instructions, when no host variable holds an address of the arena: whoever
// allocates only makes a note (wantCollection) for the next goroutine to run.

// A gcPhase is how far a collection is.
type gcPhase uint8

const (
	gcOff      gcPhase = iota
	gcRoots            // mark what globals, stacks and the machine's records name
	gcMark             // mark what marked objects name
	gcSpecials         // queue finalizers and cleanups, clear weak pointers
	gcBeside           // all is marked; the time for it passes beside the program
	gcSweep            // free what is not marked
	gcDone             // the owner has to start the world
)

// A collector is the collector's state.
type collector struct {
	phase   gcPhase
	due     bool   // the next goroutine to run is to stop the world
	waiting int    // goroutines that asked to stop it, or hold it stopped
	percent int64  // GOGC; negative: off
	limit   int64  // debug.SetMemoryLimit
	goal    uint64 // bytes of heap at which a collection is to be over
	trigger uint64 // bytes of heap that start it
	live    uint64 // bytes marked by the last collection or allocated since
	boot    int64  // bytes of the runtime's and the library's in the heap, less those that stand for them here
	kept    int64  // what boot is from the second collection on
	gs      uint64 // bytes of Gs, where they are in the heap
	fresh   uint64 // and of those that live doesn't count yet

	// The cycle.
	owner      task.ID // the goroutine that holds the world stopped
	later      bool    // the sweep is left to others
	rootKind   int
	rootAt     int
	grey       []grey // marked objects that are still to be looked at
	marked     uint64 // bytes
	roots      uint64 // bytes of stacks and globals
	stacks     uint64 // goroutines' stacks looked at
	stackBytes uint64 // and what they use
	sweepAt    int    // span
	cost       int64  // steps it took
	paid       int64  // of them passed
	beside     beside

	// What is to be done when objects become unreachable.
	specials   slab[specialRec]
	byObject   map[uint64]int32 // the first of an object's specials
	cleanupID  uint64
	finalizers []finalizer // to be run
	cleanups   []uint64    // closures to be called
	runners    [2]runner
	leaks      leakSearch

	stats gcStats
}

// gcStats are the collector's counters for the program.
type gcStats struct {
	cycles, forced uint32
	pauseTotal     int64
	pauses         []pause // the last 256
}

// A pause is the time that a collection stopped the world, and when it ended,
// in virtual nanoseconds.
type pause struct{ length, end int64 }

// A grey object is one whose pointers were followed as far as from.
type grey struct {
	i    uint32 // number of the object
	span int32
	from uint64
}

const (
	minHeap = 4 << 20 // the least goal at GOGC=100 (runtime/mgcpacer.go:defaultHeapMinimum)
	noLimit = math.MaxInt64
)

func (c *collector) init(cfg *Config) {
	c.percent, c.limit, c.byObject = 100, noLimit, map[uint64]int32{}
	c.beside.starter, c.beside.sweeper = task.None, task.None
	c.runners = [2]runner{{id: task.None}, {id: task.None}}
	switch s := cfg.Env["GOGC"]; {
	case s == "off":
		c.percent = -1
	default:
		if n, err := strconv.ParseInt(s, 10, 32); err == nil {
			c.percent = n
		}
	}
	if n, ok := parseByteCount(cfg.Env["GOMEMLIMIT"]); ok {
		c.limit = n
	}
}

// parseByteCount reads GOMEMLIMIT (runtime/string.go:parseByteCount).
func parseByteCount(s string) (n int64, ok bool) {
	shift := 0
	for i, unit := range []string{"KiB", "MiB", "GiB", "TiB"} {
		if t, cut := strings.CutSuffix(s, unit); cut {
			s, shift = t, 10*(i+1)
		}
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(s, "B"), 10, 64)
	return n << shift, err == nil && n >= 0 && n <= math.MaxInt64>>shift
}

func (c *collector) clone() collector {
	n := *c
	n.grey, n.finalizers, n.cleanups = slices.Clone(c.grey), slices.Clone(c.finalizers), slices.Clone(c.cleanups)
	n.specials, n.byObject = c.specials.clone(), maps.Clone(c.byObject)
	n.leaks.suspects = slices.Clone(c.leaks.suspects)
	n.stats.pauses = slices.Clone(c.stats.pauses)
	n.beside = c.beside.clone()
	return n
}

// setGoal computes the goal from what the last collection marked
// (runtime/mgcpacer.go:commit). The machine's own limit counts as a memory
// limit too, except that the heap may always grow by a little.
func (v *VM) setGoal() {
	c := &v.gc
	c.goal = math.MaxUint64
	if c.percent >= 0 {
		p := uint64(c.percent)
		c.goal = max(c.marked+(c.marked+c.roots)*p/100, minHeap*p/100)
		if v.rules.OldHeap.Boot > 0 {
			c.goal = v.oldGoal(c.percent)
		}
	}
	limit := v.cfg.Memory
	if c.limit >= 0 {
		limit = min(limit, uint64(c.limit))
	}
	room := uint64(0)
	if other := v.heap.base + v.heap.stackRoom + limit/32; other < limit {
		room = limit - other
	}
	c.goal = min(c.goal, max(room, c.marked+max(limit/32, 1<<16)))
	c.trigger = c.goal
	if v.rules.MarkBeside && c.goal > c.marked {
		c.trigger -= (c.goal - c.marked) / 20
	}
}

// wantCollection makes a note that the next goroutine to run is to collect.
func (v *VM) wantCollection() {
	c := &v.gc
	idle := c.phase == gcOff || c.phase == gcSweep && c.beside.sweeping
	if !v.initializing && idle && c.waiting == 0 {
		c.due = true
	}
}

// askCollection lets g see to a collection. One that is to find memory for an
// instruction that lacked it is over before that runs again, and so is one for
// the sake of a test.
func (v *VM) askCollection(g *G) {
	v.gc.due = false
	v.gc.waiting++
	if v.rules.MarkBeside && !(g.Forced && v.rules.ForcedStops) && !g.Retried && !v.initializing && !v.cfg.GCStress {
		g.Job = jobStart
		return
	}
	g.Job = jobStopped
	g.Requests = append(g.Requests, task.Request{Kind: task.CollectBegin})
}

// collect runs the collection of g, which holds the world stopped, for a turn.
func (v *VM) collect(g *G, now task.Time, steps int64) (task.Duration, task.Request) {
	c := &v.gc
	if c.phase == gcBeside || c.phase == gcSweep && c.beside.sweeping {
		v.finishBeside()
	}
	if c.phase == gcOff {
		v.beginCycle(g)
	}
	for c.phase != gcDone && c.cost-c.paid < steps {
		v.collectStep()
	}
	took := (c.cost - c.paid) * v.cfg.StepCost
	c.paid = c.cost
	if c.phase == gcDone {
		v.endCycle(g, now+took)
	}
	if took == 0 {
		return 0, v.ask(g)
	}
	return took, task.Request{}
}

// finishCycle ends a collection under way at once: something else is to
// happen, and would change what was marked. Its owner pays for it later. What
// goes on beside the program is not touched.
func (v *VM) finishCycle() {
	c := &v.gc
	for c.phase != gcOff && c.phase != gcDone && c.phase != gcBeside && !c.beside.sweeping {
		v.collectStep()
	}
}

func (v *VM) beginCycle(owner *G) {
	c := &v.gc
	v.cleanPools()
	c.owner = owner.ID
	c.later = v.rules.SweepBeside && !owner.Forced && !owner.Retried && !v.cfg.GCStress
	c.phase = gcRoots
	c.leaks.on, c.leaks.want = c.leaks.want, false
	c.rootKind, c.rootAt, c.sweepAt = 0, 0, 0
	c.marked, c.roots, c.cost, c.paid = 0, 0, 0, 0
	c.stacks, c.stackBytes = 0, 0
	v.heap.tiny, v.heap.tinyUsed = 0, 0
	for i := range v.timers {
		v.timers[i].seen = false
	}
}

// collectStep does the next small piece of work.
func (v *VM) collectStep() {
	c := &v.gc
	c.cost++
	switch c.phase {
	case gcRoots:
		if !v.markRoots() {
			c.phase = gcMark
		}
	case gcMark:
		if len(c.grey) > 0 {
			v.scanGrey()
		} else if !v.markTimers() && !v.rescue() {
			c.phase = gcSpecials
		}
	case gcSpecials:
		v.adaptStacks()
		v.doSpecials()
		v.releaseRecords()
		v.startSweep()
		c.phase = gcSweep
		if c.later {
			c.beside.sweeping, c.phase = true, gcDone
			c.live = c.marked + c.gs
			v.setGoal()
		}
	case gcSweep:
		if c.sweepAt < len(v.heap.spans) {
			v.sweepSpan(int32(c.sweepAt))
			c.sweepAt++
			return
		}
		v.endSweep()
		c.live = v.heap.live + c.gs
		v.setGoal()
		c.phase = gcDone
	}
}

// endCycle lets the world go on, and those who run finalizers and cleanups.
func (v *VM) endCycle(g *G, now task.Time) {
	c := &v.gc
	c.phase, c.beside.last = gcOff, max(now, 1)
	if c.beside.sweeping {
		c.phase = gcSweep
		v.wakeSweeper(g)
	}
	c.waiting--
	g.Job = jobNone
	c.stats.add(pause{c.cost * v.cfg.StepCost, now})
	g.Requests = append(g.Requests, task.Request{Kind: task.CollectEnd})
	v.wakeRunners(g)
	if g.Forced {
		v.heap.profile.publish(1)
		g.Forced = false
	}
	if v.rules.GCYields || v.rules.GCYieldsFin && len(c.finalizers) > 0 {
		g.Requests = append(g.Requests, task.Request{Kind: task.Yield})
	}
}

// add counts a collection that stopped the world for p.length in all.
func (s *gcStats) add(p pause) {
	s.cycles++
	s.pauseTotal += p.length
	s.pauses = append(s.pauses, p)
	if len(s.pauses) > 256 {
		s.pauses = slices.Delete(s.pauses, 0, 1)
	}
}
