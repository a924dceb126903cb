package vm

var gcNatives = table{
	{"runtime.GC", gcNative},
	{"runtime/pprof.runtime_goroutineLeakGC", goroutineLeakGC},
	{"runtime/pprof.runtime_goroutineleakcount", goroutineLeakCount},
	{"runtime/pprof.runtime_findsLeaks", func(c *Call) Action { c.SetBool(0, c.VM.rules.FindsLeaks); return Done }},
	{"runtime.markWorker", markWorker},
	{"runtime.backgroundSweep", backgroundSweep},
	{"runtime.forcedGC", forcedGC},
	{"runtime.ReadMemStats", readMemStats},
	{nativeMemProfile, memProfileNative},
	{"runtime.memProfileBucket", memProfileBucket},
	{"runtime/debug.setGCPercent", setGCPercent},
	{"runtime/debug.setMemoryLimit", setMemoryLimit},
}

// gcNative makes a whole collection, or sees to it that others do.
func gcNative(c *Call) Action {
	if c.VM.initializing {
		return Done
	}
	if !c.Fresh() {
		return Again
	}
	c.VM.gc.stats.forced++
	c.G.Forced = true
	c.VM.askCollection(c.G)
	c.VM.leave = true
	return Done
}

// readMemStats is runtime.ReadMemStats; it allocates nothing, lest it count that.
func readMemStats(c *Call) Action {
	const (
		pauseNs  = 24 // of the words of a MemStats
		pauseEnd = pauseNs + 256
		numGC    = pauseEnd + 256
		enableGC = numGC + 2
		size     = (enableGC+1)*8 + 61*24
	)
	v, m := c.VM, c.Arg(0)
	clear(c.WriteBytes(m, size))
	h, s := &v.heap, &v.gc.stats
	free := h.freePages() * pageSize
	// Stacks count in full, whatever room they have (type stack).
	kept := uint64(len(h.pages))*pageSize - free - h.spanBytes
	stackSys := kept - h.stackRoom + h.stackBytes
	heapSys := h.spanBytes + free
	last := pause{}
	for i, p := range s.pauses { // the last stands at (numGC+255)%256
		at := uint64(int(s.cycles)-len(s.pauses)+i) % 256
		c.Store64(m+8*(pauseNs+at), uint64(p.length))
		c.Store64(m+8*(pauseEnd+at), uint64(v.cfg.Epoch+p.end))
		last = pause{end: v.cfg.Epoch + p.end}
	}
	for i, x := range [pauseNs]uint64{
		h.live, h.allocated, v.mem.Size() - kept + stackSys, 0, h.objects, h.freed, // Alloc, TotalAlloc, Sys, Lookups, Mallocs, Frees
		h.live, heapSys, free, h.spanBytes, free, h.objects - h.freed, // Heap: Alloc, Sys, Idle, Inuse, Released, Objects
		h.stackBytes, stackSys, 0, 0, 0, 0, // StackInuse, StackSys; MSpan, MCache: Inuse, Sys
		0, 0, h.base, v.gc.goal, uint64(last.end), uint64(s.pauseTotal), // BuckHash, GC, OtherSys, NextGC, LastGC, PauseTotalNs
	} {
		c.Store64(m+8*uint64(i), x)
	}
	c.Store32(m+8*numGC, s.cycles)
	c.Store32(m+8*numGC+4, s.forced)
	c.Store8(m+8*enableGC, 1)
	return Done
}

// setGCPercent is debug.SetGCPercent.
func setGCPercent(c *Call) Action {
	gc := &c.VM.gc
	old := gc.percent
	gc.percent = max(int64(int32(c.Arg(0))), -1)
	c.VM.setGoal()
	c.SetResult(0, uint64(old))
	return Done
}

// setMemoryLimit is debug.SetMemoryLimit; a negative one only asks.
func setMemoryLimit(c *Call) Action {
	gc := &c.VM.gc
	old := gc.limit
	if n := int64(c.Arg(0)); n >= 0 {
		gc.limit = n
		c.VM.setGoal()
	}
	c.SetResult(0, uint64(old))
	return Done
}
