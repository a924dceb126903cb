package vm

import (
	"cmp"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// A selectCase is one case of a select; index counts from 0.
type selectCase struct {
	ch    mem.Addr
	send  bool
	place place // of the value to send or receive
	store bool  // a received value is wanted
}

// selectOp is runtime/select.go:selectgo. Cases are tried in a random order;
// if none is ready, the goroutine waits on all channels at once.
func (v *VM) selectOp(in code.Instr) {
	x := v.extraWord()
	v.charge(costSelect + costCase*uint64(in.C))
	cases := v.cases[:0]
	for at := in.B; len(cases) < int(in.C); at += code.SelectSlots {
		cases = append(cases, selectCase{v.get(at), v.get(at+1) == 1, v.place(uint16(v.get(at + 2))), v.get(at+3) != 0})
	}
	v.cases = cases
	if v.anyOutside(cases) || v.anyUnsendable(cases) {
		return
	}
	drawn := v.rng
	old := v.cur.seldom().Drawn
	if old != 0 { // woken to try again, in the order of before
		v.rng.state, v.cur.rare.Drawn = old, 0
	}
	ready, closed := v.chooseCase(cases)
	if old != 0 {
		v.rng = drawn
	}
	switch {
	case ready < 0 && x.A == 1:
		v.set(in.A, ^uint64(0))
		v.set(in.A+1, 0)
	case closed:
		v.panicPlain("send on closed channel")
	case ready >= 0 && (v.fresh() || !v.readies(cases[ready])):
		ok := v.runCase(cases[ready])
		v.set(in.A, uint64(ready))
		v.set(in.A+1, b2u(ok))
	case !v.fresh() || v.armCases(cases):
		v.rng = drawn // the same order again
		v.draw(old)
		v.retry(2)
	default:
		if v.rules.BufferedRetry {
			v.draw(cmp.Or(old, drawn.state))
		}
		v.selectWait(cases, sudog{indexSlot: uint32(v.place(in.A).at), okSlot: uint32(v.place(in.A + 1).at)})
		v.park(selectReason(cases), 0)
	}
}

// draw keeps the state from which the current goroutine's select is to draw its order again.
func (v *VM) draw(state uint64) {
	if state != 0 {
		v.cur.needRare().Drawn = state
	}
}

// chooseCase returns the first case in poll order that can go on, -1 if none
// can; closed: it is a send on a closed channel.
func (v *VM) chooseCase(cases []selectCase) (ready int, closed bool) {
	poll := v.poll[:0]
	for i, c := range cases {
		if c.ch == 0 {
			continue
		}
		v.chanArg(c.ch)
		v.runTimerChan(c.ch)
		j := v.randN(uint64(len(poll) + 1))
		poll = append(poll, i)
		poll[len(poll)-1] = poll[j]
		poll[j] = i
	}
	v.poll = poll
	for _, i := range poll {
		switch c := cases[i]; {
		case c.send && v.canSend(c.ch, c.place):
			return i, v.closed(c.ch)
		case !c.send && v.canRecv(c.ch):
			return i, false
		}
	}
	return -1, false
}

// readies reports whether case c readies another goroutine.
func (v *VM) readies(c selectCase) bool {
	if c.send {
		return v.waiting(c.ch, chRecvQ)
	}
	return v.waiting(c.ch, chSendQ)
}

// runCase does what a ready case says and reports whether it received.
func (v *VM) runCase(c selectCase) bool {
	if c.send {
		v.send(c.ch, c.place)
		return false
	}
	return v.recv(c.ch, c.place, c.store)
}

// armCases asks for the timers of all channels to be armed before the wait.
func (v *VM) armCases(cases []selectCase) bool {
	armed := false
	for _, c := range cases {
		if !c.send {
			armed = v.armTimerChan(c.ch) || armed
		}
	}
	return armed
}

// selectWait enqueues a sudog like s for every case.
func (v *VM) selectWait(cases []selectCase, s sudog) {
	g := v.cur
	g.Won, g.Waiting = -1, -1
	last := int32(-1)
	for _, i := range lockOrder(cases) {
		c := cases[i]
		s.g, s.ch, s.place, s.store, s.sel, s.send = g.ID, c.ch, c.place, c.store, true, c.send
		s.waitLink, s.index = -1, int32(i)
		at := uint64(chRecvQ)
		if c.send {
			at = chSendQ
		} else {
			v.blockTimer(c.ch)
		}
		n := v.enqueue(c.ch, at, s)
		if last < 0 {
			g.Waiting = n
		} else {
			v.sudogs.at(last).waitLink = n
		}
		last = n
	}
}

// lockOrder lists the cases by the addresses of their channels.
func lockOrder(cases []selectCase) []int {
	order := make([]int, 0, len(cases))
	for i, c := range cases {
		if c.ch == 0 {
			continue
		}
		order = append(order, i)
		for j := len(order) - 1; j > 0 && cases[order[j-1]].ch > c.ch; j-- {
			order[j-1], order[j] = order[j], order[j-1]
		}
	}
	return order
}

// selectReason is what tracebacks call the wait. The gc compiler turns a
// select of one case into the operation itself.
func selectReason(cases []selectCase) task.Reason {
	switch {
	case len(cases) == 0:
		return task.SelectNoCases
	case len(cases) > 1:
		return task.Select
	case cases[0].send && cases[0].ch == 0:
		return task.ChanSendNil
	case cases[0].send:
		return task.ChanSend
	case cases[0].ch == 0:
		return task.ChanReceiveNil
	}
	return task.ChanReceive
}
