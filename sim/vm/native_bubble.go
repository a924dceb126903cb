package vm

import (
	"unsafe"

	"gopark/sim/mem"
	"gopark/sim/task"
)

// What the library's overlays of internal/synctest and runtime ask.
var bubbleNatives = table{
	{"internal/synctest.IsInBubble", func(c *Call) Action { c.SetBool(0, c.G.Bubble != 0); return Done }},
	{"runtime.synctestUnsupported", func(c *Call) Action { c.SetBool(0, c.VM.rules.OldTimers); return Done }},
	{"runtime.synctestEnter", enterBubble},
	{"runtime.synctestLeave", leaveBubble},
	{"runtime.synctestIdle", idleBubble},
	{"runtime.synctestBeginWait", beginWait},
	{"runtime.synctestWait", waitBubble},
	{"internal/synctest.associate", associate},
	{"internal/synctest.disassociate", disassociate},
	{"internal/synctest.isAssociated", isAssociated},

	{"time.runtimeNow", timeNow},
	{"time.runtimeNano", func(c *Call) Action { c.SetResult(0, uint64(c.VM.clock(c.G.Bubble))); return Done }},
	{"time.runtimeIsBubbled", func(c *Call) Action { c.SetBool(0, c.G.Bubble != 0); return Done }},
}

// enterBubble makes a bubble with the goroutine as its root.
func enterBubble(c *Call) Action {
	v := c.VM
	if uint64(len(v.bubbles))*uint64(unsafe.Sizeof(bubble{})) >= v.cfg.Memory/2 {
		panic(trap{kind: trapMemory})
	}
	v.bubbles = append(v.bubbles, bubble{now: synctestEpoch, root: c.ID, main: task.None, waiter: task.None, last: c.ID, total: 1, running: 1})
	c.G.Bubble = int32(len(v.bubbles))
	return Done
}

// leaveBubble takes the root out of its bubble.
func leaveBubble(c *Call) Action {
	if b := c.VM.bubbleOf(c.G); b != nil {
		b.total--
		b.running--
		c.G.Bubble = 0
	}
	return Done
}

// What idle answers.
const (
	bubbleOver    = iota // all goroutines have ended
	bubbleLeft           // main has ended, others are blocked
	bubbleBlocked        // all are blocked
)

// idleBubble parks the root whenever others in its bubble run, and moves the
// bubble's clock whenever none does, until nothing can happen any more
// (runtime/synctest.go:synctestRun). It answers with the bubble's number too.
func idleBubble(c *Call) Action {
	v := c.VM
	if !c.Fresh() {
		return Again
	}
	b := v.bubbleOf(c.G)
	if v.stopping(b) {
		c.Ask(task.Request{Kind: task.Yield})
		return Again
	}
	for b.running == 1 && len(c.G.Requests) == 0 {
		when, _ := v.nextFake(b)
		if when == 0 || b.done {
			c.SetResult(0, bubbleOver)
			if b.total != 1 {
				c.SetResult(0, bubbleBlocked-b2u(b.done))
			}
			c.SetResult(1, uint64(c.G.Bubble))
			return Done
		}
		b.now = max(b.now, when)
		v.runFakes(b)
	}
	c.Ask(task.Request{Kind: task.Park, Reason: task.SynctestRun})
	return Again
}

// beginWait reports false if another goroutine of the bubble is in Wait.
func beginWait(c *Call) Action {
	b := c.VM.bubbleOf(c.G)
	c.SetBool(0, !b.waiting)
	b.waiting = true
	return Done
}

// waitBubble parks until all others in the bubble are durably blocked. If they
// are already, it does not park: who would ready it?
func waitBubble(c *Call) Action {
	v := c.VM
	if !c.Fresh() {
		return Again
	}
	b := v.bubbleOf(c.G)
	if v.stopping(b) {
		c.Ask(task.Request{Kind: task.Yield})
		return Again
	}
	when, _ := v.nextFake(b)
	if b.running == 1 && (when == 0 || when > b.now) {
		b.waiter, b.waiting = task.None, false
		return Done
	}
	b.waiter = c.ID
	c.Ask(task.Request{Kind: task.Park, Reason: task.SynctestWait})
	return Again
}

// Associations, as package internal/synctest has them.
const (
	unbubbled = iota
	currentBubble
	otherBubble
)

// association says what p belongs to. Only what is in the heap can belong to a
// bubble (runtime/synctest.go:getOrSetBubbleSpecial).
func (c *Call) association(p mem.Addr, add bool) int {
	v := c.VM
	object, _, _, ok := v.objectAt(p)
	if !ok {
		return unbubbled
	}
	s := v.findSpecial(object, func(s *specialRec) bool { return s.kind == specialBubble && s.at == p })
	switch {
	case s != nil && s.id == uint64(c.G.Bubble):
		return currentBubble
	case s != nil:
		return otherBubble
	case add:
		c.Cost(costSpecial)
		v.addSpecial(specialRec{kind: specialBubble, object: object, at: p, id: uint64(c.G.Bubble)})
		return currentBubble
	}
	return unbubbled
}

func associate(c *Call) Action {
	c.SetResult(0, uint64(c.association(c.Arg(0), true)))
	return Done
}

func isAssociated(c *Call) Action {
	c.SetBool(0, c.association(c.Arg(0), false) == currentBubble)
	return Done
}

func disassociate(c *Call) Action {
	p := c.Arg(0)
	if object, _, _, ok := c.VM.objectAt(p); ok {
		c.VM.removeSpecials(object, func(s *specialRec) bool { return s.kind == specialBubble && s.at == p })
	}
	return Done
}
