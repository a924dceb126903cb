package vm

import "math"

// What collectors of old did otherwise: they knew no least size of the heap, in
// which Gs were objects too.

// EndInit is called once, when the library is initialised. Where goals have no least
// size, what is in the heap now stands for OldHeap.Boot bytes if the program has a large
// part of the library, and what is left of it for OldHeap.Kept. Without package os
// nothing was collected yet.
func (v *VM) EndInit(osLinked bool) {
	c := &v.gc
	if v.rules.OldHeap.Boot == 0 {
		return
	}
	v.beginCycle(&noG)
	for c.later = false; c.phase != gcDone; {
		v.collectStep()
	}
	c.phase = gcOff
	c.boot = v.rules.OldHeap.Boot - int64(c.live)
	c.kept = v.rules.OldHeap.Kept - int64(c.live)
	c.goal = uint64(max(v.rules.OldHeap.First-c.boot, 0))
	if !osLinked {
		c.boot, c.goal = c.kept, 0
	}
	if c.percent < 0 {
		c.goal = math.MaxUint64
	}
	c.trigger = c.goal
}

// oldGoal is the goal where goals have no least size, for what was marked and Gs.
func (v *VM) oldGoal(percent int64) uint64 {
	c := &v.gc
	if c.stats.cycles > 0 {
		c.boot = c.kept
	}
	heap := max(int64(c.marked+c.gs)+c.boot, 0)
	return uint64(max(heap+heap*percent/100-c.boot, 0))
}

// countG counts a G that was not there before. After the first collection the trigger
// hears of them when their span is used up; for another one something is swept first
// (runtime/mheap.c:MHeap_Reclaim).
func (v *VM) countG() {
	c, size := &v.gc, uint64(v.rules.OldHeap.G)
	if size == 0 {
		return
	}
	c.fresh += size
	full := (len(v.gs)+1)%(pageSize/int(size)) == 0
	if full || c.stats.cycles == 0 {
		c.gs += c.fresh
		c.live += c.fresh
		c.fresh = 0
	}
	if full {
		v.sweepForPages(1)
	}
}
