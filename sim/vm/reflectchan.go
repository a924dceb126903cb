package vm

import (
	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/task"
)

var reflectChanNatives = table{
	{"reflect.chanrecv", reflectRecv},
	{"reflect.chansend0", reflectSend},
	{"reflect.chanclose", reflectClose},
	{"reflect.rselect", reflectSelect},
	{"reflect.makechan", func(c *Call) Action {
		v := c.VM
		ch, ok := v.tryChan(c.Arg(0), c.Arg(1))
		if !ok {
			return c.PanicPlain("makechan: size out of range")
		}
		c.SetResult(0, ch)
		return Done
	}},
	{"reflect.chancap", func(c *Call) Action { c.SetResult(0, c.VM.chanCap(c.Arg(0))); return Done }},
	{"runtime.chanlen", func(c *Call) Action { c.SetResult(0, c.VM.chanLen(c.Arg(0))); return Done }},
}

func reflectClose(c *Call) Action {
	v, ch := c.VM, c.Arg(0)
	if !c.Fresh() {
		return Again
	}
	if ch == 0 {
		return c.PanicPlain("close of nil channel")
	}
	v.chanArg(ch)
	if v.closed(ch) {
		return c.PanicPlain("close of closed channel")
	}
	v.closeChan(ch)
	return Done
}

// tryChan is newChan without the panic.
func (v *VM) tryChan(typ mem.Addr, n uint64) (mem.Addr, bool) {
	if size := v.sizeOf(rtype.At(v.mem, typ).Elem().Addr); int64(n) < 0 || size > 0 && n > maxAlloc/size {
		return 0, false
	}
	return v.newChan(typ, n)
}

// Directions of reflect's runtimeSelect.
const (
	reflectSendDir = 1 + iota
	reflectRecvDir
	reflectDefault

	reflectCaseBytes = 32
)

// reflectRecv receives to the memory at val; nb: without waiting.
func reflectRecv(c *Call) Action {
	nb := c.Arg(1) != 0
	cases := []selectCase{{ch: c.Arg(0), place: place{task.None, c.Arg(2)}, store: true}}
	return c.reflectSelect(cases, nb, func(i int, ok bool) {
		c.SetBool(0, i >= 0)
		c.SetBool(1, ok)
	})
}

// reflectSend sends what is at val.
func reflectSend(c *Call) Action {
	nb := c.Arg(2) != 0
	cases := []selectCase{{ch: c.Arg(0), send: true, place: place{task.None, c.Arg(1)}}}
	return c.reflectSelect(cases, nb, func(i int, ok bool) { c.SetBool(0, i >= 0) })
}

// reflectSelect is reflect.rselect: its cases are {dir, typ, ch, val}. The
// default's index counts too.
func reflectSelect(c *Call) Action {
	p, n := c.Arg(0), c.Arg(1)
	var cases []selectCase
	def := -1
	for i := range n {
		a := p + i*reflectCaseBytes
		dir, ch, val := c.Load64(a), c.Load64(a+16), c.Load64(a+24)
		if dir == reflectDefault {
			def, ch = int(i), 0
		}
		cases = append(cases, selectCase{ch: ch, send: dir == reflectSendDir, place: place{task.None, val}, store: true})
	}
	return c.reflectSelect(cases, def >= 0, func(i int, ok bool) {
		if i < 0 {
			i = def
		}
		c.SetResult(0, uint64(i))
		c.SetBool(1, ok)
	})
}

// reflectSelect is selectOp for natives. done sets the results: the case
// chosen, -1 for the default, and whether it received.
func (c *Call) reflectSelect(cases []selectCase, def bool, done func(i int, ok bool)) Action {
	v, g := c.VM, c.G
	if g.Aux != 0 { // woken: settle left the case and success
		done(int(g.Aux>>1)-1, g.Aux&1 != 0)
		g.Aux = 0
		return Done
	}
	if !c.Fresh() {
		return Again
	}
	if v.anyOutside(cases) || v.anyUnsendable(cases) {
		return Done
	}
	v.charge(costSelect + costCase*uint64(len(cases)))
	ready, closed := v.chooseCase(cases)
	switch {
	case closed:
		return c.PanicPlain("send on closed channel")
	case ready >= 0:
		done(ready, v.runCase(cases[ready]))
		return Done
	case def:
		done(-1, false)
		return Done
	case v.armCases(cases):
		return Again
	}
	v.selectWait(cases, sudog{reflect: true})
	c.Ask(task.Request{Kind: task.Park, Reason: selectReason(cases)})
	return Again
}
