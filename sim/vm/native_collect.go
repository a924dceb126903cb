package vm

import "gopark/sim/task"

// The collector's goroutines are loops around these natives.

// markWorker lets marking's time pass on the goroutine that calls it. When none
// is left it ends the marking; when there is nothing to do it parks.
func markWorker(c *Call) Action {
	v := c.VM
	gc, b := &v.gc, &v.gc.beside
	if b.starter != task.None {
		if !c.Fresh() {
			return Again
		}
		c.Ask(task.Request{Kind: task.Ready, Task: b.starter})
		b.starter = task.None
		c.Ask(task.Request{Kind: task.Park, Reason: task.GCWorkerIdle})
		return Done
	}
	if gc.phase == gcBeside && b.work > 0 {
		paid := min(max(v.left, 0), b.work)
		b.work -= paid
		b.credit += paid
		v.charge(uint64(paid))
		return Done
	}
	if !c.Fresh() {
		return Again
	}
	if gc.phase == gcBeside && !b.flipping {
		c.G.Job, v.leave = jobFlip, true
		return Done
	}
	c.Ask(task.Request{Kind: task.Park, Reason: task.GCWorkerIdle})
	return Done
}

// backgroundSweep sweeps a batch of spans and reports whether others should
// run before the next (runtime/proc.go:goschedIfBusy); or it parks.
func backgroundSweep(c *Call) Action {
	v := c.VM
	if v.gc.beside.sweeping {
		n := sweepBatch
		if v.rules.SweepsSingly {
			n = 1
		}
		cost, swept := v.sweepSome(n)
		c.Cost(uint64(cost))
		c.SetBool(0, swept == n && (v.rules.SweepsSingly || v.host.Idle() == 0))
		return Done
	}
	if !c.Fresh() {
		return Again
	}
	c.SetBool(0, false)
	v.gc.beside.parked = true
	c.Ask(task.Request{Kind: task.Park, Reason: task.GCSweepWait})
	return Done
}

// forcedGC is the body of runtime.forcegchelper's loop.
func forcedGC(c *Call) Action {
	v := c.VM
	if !c.Fresh() {
		return Again
	}
	if v.longAgo() {
		v.askCollection(c.G)
		v.leave = true
		return Done
	}
	c.Ask(task.Request{Kind: task.Park, Reason: task.ForceGCIdle})
	return Done
}
