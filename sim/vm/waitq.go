package vm

import (
	"gopark/sim/mem"
	"gopark/sim/task"
)

// A sudog is a goroutine in a wait queue (runtime2.go:sudog).
type sudog struct {
	next, prev int32 // -1
	waitLink   int32 // of the same goroutine, in the order of the select's cases
	g          task.ID
	ch         mem.Addr // channel, or the semaphore's or cond's address
	place      place    // of the value
	okSlot     uint32   // relative offset of recvOk's slot, 0: unwanted; stacks have less than 4 GiB
	indexSlot  uint32   // relative offset of a select's chosen index
	index      int32    // of the select's case
	ticket     uint32   // of a notifyList
	store      bool     // a received value is wanted
	send       bool
	sel        bool
	success    bool
	reflect    bool // success is left in the G's Aux
}

// A queue is a FIFO of sudogs.
type queue struct{ first, last int32 }

func (v *VM) queueAt(ch mem.Addr, at uint64) queue {
	return queue{int32(v.mem.U64(ch+at)) - 1, int32(v.mem.U64(ch+at+8)) - 1}
}

func (v *VM) setQueue(ch mem.Addr, at uint64, q queue) {
	v.mem.PutU64(ch+at, uint64(q.first+1))
	v.mem.PutU64(ch+at+8, uint64(q.last+1))
}

// push appends sudog i.
func (v *VM) push1(q *queue, i int32) {
	s := v.sudogs.at(i)
	s.next, s.prev = -1, q.last
	if q.last >= 0 {
		v.sudogs.at(q.last).next = i
	} else {
		q.first = i
	}
	q.last = i
}

// remove takes sudog i out, wherever it is.
func (v *VM) remove(q *queue, i int32) {
	s := v.sudogs.at(i)
	if s.prev >= 0 {
		v.sudogs.at(s.prev).next = s.next
	} else {
		q.first = s.next
	}
	if s.next >= 0 {
		v.sudogs.at(s.next).prev = s.prev
	} else {
		q.last = s.prev
	}
	s.next, s.prev = -1, -1
}

// checkQueue makes sure that what a channel's words say are its sudogs: a
// program with unsafe may have written there.
func (v *VM) checkQueue(ch mem.Addr, q queue) {
	for _, i := range []int32{q.first, q.last} {
		if i < -1 || int(i) >= len(v.sudogs.items) || i >= 0 && v.sudogs.at(i).ch != ch {
			panic(trap{kind: trapBad, msg: "wait queue of a channel"})
		}
	}
}

// dequeue takes the first waiter that no other case of its select has won
// (runtime/chan.go:waitq.dequeue); -1 if there is none.
func (v *VM) dequeue(ch mem.Addr, at uint64) int32 {
	q := v.queueAt(ch, at)
	v.checkQueue(ch, q)
	for q.first >= 0 {
		i := q.first
		v.remove(&q, i)
		v.setQueue(ch, at, q)
		s := v.sudogs.at(i)
		g := v.gs[s.g]
		if s.sel {
			if g.Won >= 0 {
				continue
			}
			g.Won = i
		}
		return i
	}
	return -1
}

// enqueue adds a waiter for the current goroutine.
func (v *VM) enqueue(ch mem.Addr, at uint64, s sudog) int32 {
	i := v.sudogs.new()
	*v.sudogs.at(i) = s
	if p := v.pipeOf(ch); p != nil {
		v.enqueuePipe(p, at, i)
		return i
	}
	q := v.queueAt(ch, at)
	v.checkQueue(ch, q)
	v.push1(&q, i)
	v.setQueue(ch, at, q)
	return i
}

// wake makes the goroutine of dequeued sudog i runnable: it finds success and
// a select's index in its frame.
func (v *VM) wake(i int32, success bool) {
	v.settle(i, success)
	v.ready(v.sudogs.at(i).g)
	v.releaseSudogs(v.gs[v.sudogs.at(i).g])
}

// wakeRetry makes the goroutine of dequeued sudog i, -1: none, runnable: it
// will do its operation again, from the start, and may have to wait again
// (runtime/chan.c:asynch, until Go 1.5). A wait of package reflect's can't be
// done again; it gets what there is.
func (v *VM) wakeRetry(ch mem.Addr, i int32) {
	if i < 0 {
		return
	}
	s := v.sudogs.at(i)
	g := v.gs[s.g]
	if s.reflect {
		open := v.mem.U32(ch+chClosed) == 0
		switch {
		case s.send && open:
			v.toBuffer(ch, s.place)
		case !s.send && v.mem.U64(ch+chQCount) > 0:
			v.fromBuffer(ch, s.place, s.store)
			open = true
		}
		v.wake(i, open)
		return
	}
	g.Resume = resumeRetry
	v.ready(g.ID)
	v.releaseSudogs(g)
}

// settle writes what a woken goroutine will see.
func (v *VM) settle(i int32, success bool) {
	s := v.sudogs.at(i)
	s.success = success
	g := v.gs[s.g]
	if g.rare != nil {
		g.rare.Drawn = 0
	}
	if s.reflect {
		g.Aux = uint64(s.index+1)<<1 | b2u(success && !s.send)
	} else if s.sel {
		v.mem.PutU64(mem.Base+g.Lo+uint64(s.indexSlot), uint64(int64(s.index)))
	}
	if s.okSlot != 0 {
		v.mem.PutU64(mem.Base+g.Lo+uint64(s.okSlot), b2u(success && !s.send))
	}
	switch {
	case s.send && !success:
		g.Resume = resumeSend
	case !s.send && success:
		v.got(s.g)
	}
}

// releaseSudogs dequeues what else g waits for and frees its sudogs.
func (v *VM) releaseSudogs(g *G) {
	for i := g.Waiting; i >= 0; {
		s := v.sudogs.at(i)
		next := s.waitLink
		if s.sel && i != g.Won {
			v.unlink(i)
		}
		v.unblockTimer(s.ch)
		v.sudogs.release(i)
		i = next
	}
	g.Waiting, g.Won = -1, -1
}

// unlink takes a loser out of its channel's queue. It may have left already.
func (v *VM) unlink(i int32) {
	s := v.sudogs.at(i)
	at := uint64(chRecvQ)
	if s.send {
		at = chSendQ
	}
	if p := v.pipeOf(s.ch); p != nil {
		v.unlinkPipe(p, at, i, s.g)
		return
	}
	q := v.queueAt(s.ch, at)
	if s.prev < 0 && q.first != i {
		return
	}
	v.remove(&q, i)
	v.setQueue(s.ch, at, q)
}

// ready asks for task id to be made runnable.
func (v *VM) ready(id task.ID) {
	r := task.Request{Kind: task.Ready, Task: id}
	if v.firing >= 0 {
		v.fireq = append(v.fireq, r)
		return
	}
	v.cur.Requests = append(v.cur.Requests, r)
	v.leave = true
}

// park asks to wait.
func (v *VM) park(reason task.Reason, object uint64) {
	v.cur.Requests = append(v.cur.Requests, task.Request{Kind: task.Park, Reason: reason, Object: object})
	v.leave = true
}

// resume finishes the operation that a goroutine was parked in.
func (v *VM) resume(g *G) {
	if g.Resume == resumeRetry {
		g.Resume = resumeNothing
		v.pc -= 2 // a channel operation's length
		return
	}
	v.opLeft, v.opExtra, v.opPC, v.opAsked = v.left, v.extra, v.pc, len(g.Requests)
	if g.Resume == resumeMail {
		m := g.rare.Mail
		v.chargeMessage(m.msg)
		v.unpack(m.msg, m.to, m.elem)
		g.rare.Mail, g.Resume = mail{}, resumeNothing
		return
	}
	v.panicPlain("send on closed channel")
	g.Resume = resumeNothing
}
