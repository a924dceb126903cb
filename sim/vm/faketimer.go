package vm

import (
	"slices"

	"gopark/sim/mem"
	"gopark/sim/task"
)

// The timers of bubbles. No scheduler hears of them: the bubble's root runs
// them when the bubble's clock has come there (runtime/time.go:timer.isFake).

// clock is what time.runtimeNano tells in bubble n.
func (v *VM) clock(n int32) int64 {
	if n != 0 {
		return v.bubbles[n-1].now
	}
	return v.nanotime()
}

// armFake arms timer id, at once if it is due (runtime/time.go:timer.modify).
func (v *VM) armFake(id int) {
	t := &v.timers[id]
	if t.armed {
		return
	}
	if b := &v.bubbles[t.bubble-1]; t.when <= b.now {
		v.runTimer(id, b.now)
		return
	}
	v.addFake(id)
}

// addFake adds timer id to those of its bubble. Who is first of those due at
// one instant is left to chance (runtime/time.go:maybeAdd).
func (v *VM) addFake(id int) {
	t := &v.timers[id]
	t.armed, t.rand = true, uint32(v.rand())
	b := &v.bubbles[t.bubble-1]
	b.timers = append(b.timers, int32(id))
}

// dropFake takes timer id out.
func (v *VM) dropFake(id int) {
	t := &v.timers[id]
	t.armed = false
	b := &v.bubbles[t.bubble-1]
	b.timers = slices.DeleteFunc(b.timers, func(i int32) bool { return int(i) == id })
}

// nextFake finds b's timer that is due first, and when that is; 0 if there is
// none.
func (v *VM) nextFake(b *bubble) (when int64, id int) {
	var first *timer
	for _, i := range b.timers {
		t := &v.timers[i]
		if first == nil || t.when < first.when || t.when == first.when && t.rand < first.rand {
			first, when, id = t, t.when, int(i)
		}
	}
	return when, id
}

// runFakes runs what is due.
func (v *VM) runFakes(b *bubble) {
	for {
		when, id := v.nextFake(b)
		if when == 0 || when > b.now {
			return
		}
		if v.timers[id].period == 0 {
			v.dropFake(id)
		}
		v.runTimer(id, b.now)
	}
}

// sleepFake is time.Sleep in a bubble: the goroutine has a timer, and parks.
func sleepFake(c *Call, d int64) Action {
	if !c.Fresh() {
		return Again
	}
	v := c.VM
	when := v.clock(c.G.Bubble) + d
	if when < 0 {
		when = 1<<63 - 1
	}
	v.addFake(v.addTimer(timer{when: when, bubble: c.G.Bubble, sleeper: c.ID + 1}))
	c.Ask(task.Request{Kind: task.Park, Reason: task.Sleeping})
	return Done
}

// wakeSleeper readies the goroutine that timer id was made for; that timer is
// not used again.
func (v *VM) wakeSleeper(id int) {
	g := v.timers[id].sleeper - 1
	v.timers[id] = timer{}
	v.freeTimers = append(v.freeTimers, int32(id))
	v.ready(g)
}

// fakeTime stores the time.Time of instant t of a bubble's clock at to: it has
// no monotonic reading (runtime/time.go:time_runtimeNow).
func (v *VM) fakeTime(to mem.Addr, t int64) {
	const unixToInternal = 62135596800 // seconds from year 1 to 1970
	v.mem.PutU64(to, uint64(t%1e9))
	v.mem.PutU64(to+8, uint64(t/1e9+unixToInternal))
	v.mem.PutU64(to+16, v.prog.Symbols[symLocalLoc])
}
