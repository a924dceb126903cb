package vm

import "gopark/sim/mem"

// A coro is a coroutine of package iter: a stack that a goroutine switches to
// and back, without a scheduler (runtime/coro.go). Here it has no goroutine
// of its own: whoever switches to it lends it his.
type coro struct {
	exec
	live   bool
	bubble int32    // it counts as a goroutine there, 0: nowhere
	addr   mem.Addr // of the program's handle, 0: free
}

const coroBytes = 16

var coroNatives = table{
	{"runtime.newcoro", newCoro},
	{"runtime.coroswitch", coroSwitch},
}

func newCoro(c *Call) Action {
	v, f := c.VM, c.Arg(0)
	addr := c.Alloc(coroBytes, 0)
	x := v.newExec(v.closureEntry(f), f, []uint64{addr}, pcCoroEnd)
	n := len(v.coros)
	if k := len(v.freeCoros); k > 0 {
		n = int(v.freeCoros[k-1])
		v.freeCoros = v.freeCoros[:k-1]
	} else {
		v.coros = append(v.coros, coro{})
	}
	x.Coro = int32(n + 1)
	v.coros[n] = coro{exec: x, live: true, bubble: c.G.Bubble, addr: addr}
	if b := v.bubbleOf(c.G); b != nil {
		b.total++
	}
	v.mem.PutU64(addr, uint64(x.Coro))
	c.Cost(costNewG)
	c.SetResult(0, addr)
	return Done
}

func coroSwitch(c *Call) Action {
	id := c.Load64(c.Arg(0)) - 1
	if id >= uint64(len(c.VM.coros)) || !c.VM.coros[id].live {
		panic(trap{kind: trapBad, msg: "coroutine"})
	}
	c.VM.pending = pendingCall{set: true, coro: int(id) + 1}
	return Done
}

// switchTo exchanges what the current goroutine runs with what coroutine id
// holds.
func (v *VM) switchTo(id int) {
	g := v.cur
	v.charge(costCoro)
	v.save()
	g.exec, v.coros[id].exec = v.coros[id].exec, g.exec
	v.pc, v.fp, v.ctx = g.PC, g.FP, g.Ctx
}

// coroEnd is coroexit: the coroutine's function has returned, and whoever
// switched to it last goes on.
func (v *VM) coroEnd() {
	g := v.cur
	id := g.Coro - 1
	if id < 0 || !v.coros[id].live {
		panic(trap{kind: trapBad, msg: "coroutine"})
	}
	v.freeStack(&g.stack)
	c := &v.coros[id]
	if c.bubble != 0 {
		v.bubbles[c.bubble-1].total--
	}
	g.exec, c.exec, c.live = c.exec, exec{}, false
	v.pc, v.fp, v.ctx = g.PC, g.FP, g.Ctx
}
