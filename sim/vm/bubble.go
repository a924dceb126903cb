package vm

import (
	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/task"
)

// A bubble is the goroutines that testing/synctest runs with a clock of their
// own (runtime/synctest.go:synctestBubble). Its number, from 1, stands in the
// goroutines, channels and timers that were made in it; 0 is no bubble.
//
// A goroutine in a bubble is blocked for good, "durably", while only the bubble
// itself can wake it. When all of them are, the root, which waits in
// internal/synctest.Run, or whoever waits in synctest.Wait is made runnable: no
// scheduler knows of bubbles.
type bubble struct {
	now     int64   // the clock, Unix ns
	root    task.ID // who called Run
	main    task.ID // what Run runs; None until it exists
	waiter  task.ID // who is parked in Wait; None
	last    task.ID // whose blocking woke the root or the waiter
	waiting bool    // Wait was called and has not returned
	done    bool    // main has ended
	total   int32   // goroutines
	running int32   // those that aren't durably blocked
	timers  []int32 // armed, by number, in the order they were armed
}

// synctestEpoch is what a bubble's clock starts with: 2000-01-01 00:00 UTC.
const synctestEpoch = 946684800 * 1e9

// symBubbleDeadlock is the type of the panic that ends a bubble whose
// goroutines can't go on.
const symBubbleDeadlock = "runtime.synctestDeadlockError"

// bubbleOf is the bubble of g, nil if it is in none.
func (v *VM) bubbleOf(g *G) *bubble {
	if g.Bubble == 0 {
		return nil
	}
	return &v.bubbles[g.Bubble-1]
}

// joinBubble puts g, which is about to be started, into bubble n.
func (v *VM) joinBubble(g *G, n int32) {
	if n == 0 || g.System {
		return
	}
	g.Bubble = n
	b := &v.bubbles[n-1]
	b.total++
	b.running++
	if b.main != task.None {
		return
	}
	b.main = g.ID
	if pc, _ := v.link(&v.cur.exec, v.fp); pc < v.ncode {
		g.GoPC = pc // it counts as made where Run is called
	}
}

// askBubble looks at what g is about to ask, and counts. If the bubble's last
// running goroutine is about to stop, whoever goes on is readied before
// (runtime/synctest.go:changegstatus).
func (v *VM) askBubble(g *G) task.Request {
	b := v.bubbleOf(g)
	switch r := &g.Requests[0]; r.Kind {
	case task.Ready:
		v.unblock(v.gs[r.Task])
	case task.Park:
		if b != nil && !g.Idle && v.durable(g, r.Reason) {
			g.Idle, g.Durable = true, false
			return v.lessRunning(b, g)
		}
	case task.Exit:
		if b != nil {
			b.total--
			b.done = b.done || g.ID == b.main
			g.Bubble = 0
			return v.lessRunning(b, g)
		}
	}
	return task.Request{}
}

// unblock counts g as running.
func (v *VM) unblock(g *G) {
	if g.Idle {
		g.Idle = false
		v.bubbleOf(g).running++
	}
}

// lessRunning counts that g stops running in b, and asks for the one that is
// to go on if it was the last (maybeWakeLocked).
func (v *VM) lessRunning(b *bubble, g *G) task.Request {
	b.running--
	if b.running > 0 {
		return task.Request{}
	}
	next := b.root
	if when, _ := v.nextFake(b); b.waiter != task.None && (when == 0 || when > b.now) {
		next = b.waiter
	}
	if !v.gs[next].Idle { // the bubble has burst
		return task.Request{}
	}
	b.last = g.ID
	v.unblock(v.gs[next])
	return task.Request{Kind: task.Ready, Task: next}
}

// stopping reports whether the goroutine that woke the present one has not
// come to its park yet: on another processor it takes a moment.
func (v *VM) stopping(b *bubble) bool {
	g := v.gs[b.last]
	return g.Idle && g.Status == gReady
}

// durable reports whether g, about to park for a reason, can only be woken from
// within its bubble (runtime/runtime2.go:isIdleInSynctest).
func (v *VM) durable(g *G, r task.Reason) bool {
	switch r {
	case task.ChanReceiveNil, task.ChanSendNil, task.SelectNoCases, task.Sleeping, task.CondWait,
		task.SynctestRun, task.SynctestWait:
		return true
	case task.WaitGroupWait:
		return g.Durable
	case task.ChanReceive, task.ChanSend, task.Select:
		for i := g.Waiting; i >= 0; i = v.sudogs.at(i).waitLink {
			if v.mem.U64(v.sudogs.at(i).ch+chBubble) == 0 {
				return false
			}
		}
		return g.Waiting >= 0 // else it is the collector that waits
	}
	return false
}

// outside reports whether channel ch belongs to a bubble that the current
// goroutine is not in; the run is over then.
func (v *VM) outside(ch mem.Addr, op string) bool {
	b := v.mem.U64(ch + chBubble)
	if b == 0 || b == uint64(v.cur.Bubble) {
		return false
	}
	v.throw(op + " synctest channel from outside bubble")
	return true
}

// anyOutside is outside for the cases of a select. The gc compiler turns one
// of a single case into the operation itself.
func (v *VM) anyOutside(cases []selectCase) bool {
	for _, c := range cases {
		op := "select on"
		switch {
		case len(cases) > 1:
		case c.send:
			op = "send on"
		default:
			op = "receive on"
		}
		if c.ch == 0 {
			continue
		}
		v.chanArg(c.ch)
		if v.outside(c.ch, op) {
			return true
		}
	}
	return false
}

// wakesOutside is the same for sudog i, which waits for a sync.Cond.
func (v *VM) wakesOutside(i int32) bool {
	g := v.gs[v.sudogs.at(i).g]
	if g.Bubble == 0 || g.Bubble == v.cur.Bubble {
		return false
	}
	v.printf("semaphore wake of synctest goroutine %d from outside bubble\n", v.goid(g))
	v.throw("semaphore wake of synctest goroutine from outside bubble")
	return true
}

// deadBubble is the number of the bubble whose deadlock the panic {typ, data}
// tells, 0 if it tells none.
func (v *VM) deadBubble(typ, data uint64) int32 {
	if typ == 0 || len(v.bubbles) == 0 || rtype.At(v.mem, typ).String() != symBubbleDeadlock {
		return 0
	}
	return int32(v.mem.U64(data + 16))
}
