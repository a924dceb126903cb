package vm

import (
	"math/bits"
	"slices"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/task"
)

// The fields of a channel, at the offsets of runtime/chan.go:hchan. The wait
// queues hold sudogs' indices + 1 instead of pointers.
const (
	chQCount   = 0
	chSize     = 8 // of the buffer, in elements
	chBuf      = 16
	chElemSize = 24
	chClosed   = 28
	chTimer    = 32 // index + 1 of the timer it belongs to
	chElemType = 40
	chSendX    = 48
	chRecvX    = 56
	chRecvQ    = 64 // first, last
	chSendQ    = 80
	chBubble   = 96
	chBytes    = 104
)

func (v *VM) chanOp(op code.Op, in code.Instr) {
	if v.atCalls && v.checks() { // chansend, chanrecv, closechan and selectgo have a prologue
		return
	}
	switch op {
	case code.MakeChan:
		v.makeChan(in)
	case code.Send:
		v.typeWord()
		v.chanSend(in)
	case code.Recv:
		v.chanRecv(in)
	case code.CloseChan:
		v.closeChan(v.get(in.A))
	case code.ChanLen:
		v.set(in.A, v.chanLen(v.get(in.B)))
	case code.ChanCap:
		v.set(in.A, v.chanCap(v.get(in.B)))
	case code.Select:
		v.selectOp(in)
	}
}

// chanArg checks that ch is a channel's address.
func (v *VM) chanArg(ch mem.Addr) {
	v.bytes(ch, chBytes)
	n := v.mem.U64(ch + chSize)
	if n > 0 && v.mem.U16(ch+chPipe) == 0 {
		size := uint64(v.mem.U16(ch + chElemSize))
		if v.mem.U64(ch+chSendX) >= n || v.mem.U64(ch+chRecvX) >= n || v.mem.U64(ch+chQCount) > n {
			panic(trap{kind: trapBad, msg: "channel"})
		}
		v.bytes(v.mem.U64(ch+chBuf), n*size)
	}
}

func (v *VM) makeChan(in code.Instr) {
	typ := v.typeWord()
	ch, ok := v.newChan(typ, v.get(in.B))
	if ok {
		v.set(in.A, ch)
	}
}

// newChan is runtime/chan.go:makechan for a channel type.
func (v *VM) newChan(typ mem.Addr, n uint64) (mem.Addr, bool) {
	elem := rtype.At(v.mem, typ).Elem().Addr
	size := v.sizeOf(elem)
	hi, total := bits.Mul64(size, n)
	if int64(n) < 0 || hi != 0 || total > maxAlloc {
		v.panicPlain("makechan: size out of range")
		return 0, false
	}
	ch := v.allocWords(chBytes)
	if v.kern != nil {
		v.makePipe(ch, n)
	} else {
		v.mem.PutU64(ch+chBuf, v.allocArray(size, elem, n))
	}
	v.mem.PutU64(ch+chSize, n)
	v.mem.PutU16(ch+chElemSize, uint16(size))
	v.mem.PutU64(ch+chElemType, elem)
	v.mem.PutU64(ch+chBubble, uint64(v.cur.Bubble))
	return ch, true
}

// chanLen and chanCap are len and cap; a timer's channel looks unbuffered.
func (v *VM) chanLen(ch mem.Addr) uint64 {
	if ch == 0 {
		return 0
	}
	v.chanArg(ch)
	if v.mem.U64(ch+chTimer) != 0 {
		return 0
	}
	if p := v.pipeOf(ch); p != nil {
		return uint64(len(p.buf))
	}
	return v.mem.U64(ch + chQCount)
}

// closed reports whether ch is closed.
func (v *VM) closed(ch mem.Addr) bool {
	if p := v.pipeOf(ch); p != nil {
		return p.closed
	}
	return v.mem.U32(ch+chClosed) != 0
}

func (v *VM) chanCap(ch mem.Addr) uint64 {
	if ch == 0 {
		return 0
	}
	v.chanArg(ch)
	if v.mem.U64(ch+chTimer) != 0 {
		return 0
	}
	return v.mem.U64(ch + chSize)
}

// retries reports whether who waits for ch is not served but told to try again.
func (v *VM) retries(ch mem.Addr) bool { return v.rules.BufferedRetry && v.mem.U64(ch+chSize) > 0 }

// canSend and canRecv report whether an operation on ch would go on at once.
func (v *VM) canSend(ch mem.Addr, from place) bool {
	if v.retries(ch) {
		return v.mem.U32(ch+chClosed) != 0 || v.mem.U64(ch+chQCount) < v.mem.U64(ch+chSize)
	}
	if p := v.pipeOf(ch); p != nil {
		return p.closed || v.kern.alive(&p.recvq) || v.mayWrite(p, ch, from)
	}
	return v.mem.U32(ch+chClosed) != 0 || v.waiting(ch, chRecvQ) || v.mem.U64(ch+chQCount) < v.mem.U64(ch+chSize)
}

func (v *VM) canRecv(ch mem.Addr) bool {
	if v.retries(ch) {
		return v.mem.U32(ch+chClosed) != 0 || v.mem.U64(ch+chQCount) > 0
	}
	if p := v.pipeOf(ch); p != nil {
		return p.closed || v.kern.alive(&p.sendq) || len(p.buf) > 0
	}
	return v.mem.U32(ch+chClosed) != 0 || v.waiting(ch, chSendQ) || v.mem.U64(ch+chQCount) > 0
}

// waiting reports whether someone waits who has not been chosen otherwise.
func (v *VM) waiting(ch mem.Addr, at uint64) bool {
	if p := v.pipeOf(ch); p != nil {
		return v.kern.alive(p.queue(at))
	}
	q := v.queueAt(ch, at)
	v.checkQueue(ch, q)
	for i := q.first; i >= 0; i = v.sudogs.at(i).next {
		if s := v.sudogs.at(i); !s.sel || v.gs[s.g].Won < 0 {
			return true
		}
	}
	return false
}

// send does what canSend promised, for a channel that isn't closed. It readies
// the receiver it meets.
func (v *VM) send(ch mem.Addr, from place) {
	if p := v.pipeOf(ch); p != nil {
		v.sendPipe(p, ch, from)
		return
	}
	if v.retries(ch) {
		v.toBuffer(ch, from)
		v.wakeRetry(ch, v.dequeue(ch, chRecvQ))
		return
	}
	if i := v.dequeue(ch, chRecvQ); i >= 0 {
		v.handOver(ch, i, from)
		v.wake(i, true)
		return
	}
	v.toBuffer(ch, from)
}

// handOver copies a value into the frame of receiver i.
func (v *VM) handOver(ch mem.Addr, i int32, from place) {
	if s := v.sudogs.at(i); s.store {
		v.put(ch, s.place, v.addr(from))
	}
}

// recv does what canRecv promised, and reports whether a value was received.
func (v *VM) recv(ch mem.Addr, to place, store bool) bool {
	ok := v.takeValue(ch, to, store)
	if ok {
		v.got(v.cur.ID)
	}
	return ok
}

func (v *VM) takeValue(ch mem.Addr, to place, store bool) bool {
	if p := v.pipeOf(ch); p != nil {
		return v.recvPipe(p, ch, to, store)
	}
	full := v.mem.U64(ch+chQCount) > 0
	if full {
		v.fromBuffer(ch, to, store)
	}
	if v.mem.U32(ch+chClosed) != 0 {
		if !full && store {
			v.putZero(ch, to)
		}
		return full
	}
	if v.retries(ch) {
		v.wakeRetry(ch, v.dequeue(ch, chSendQ))
		return true
	}
	if i := v.dequeue(ch, chSendQ); i >= 0 {
		from := v.sudogs.at(i).place
		if full {
			v.toBuffer(ch, from)
		} else if store {
			v.put(ch, to, v.addr(from))
		}
		v.wake(i, true)
	}
	return true
}

// chanSend is a <- b (runtime/chan.go:chansend).
func (v *VM) chanSend(in code.Instr) {
	ch := v.get(in.A)
	v.charge(costChan)
	if ch == 0 {
		if !v.fresh() {
			v.retry(2)
			return
		}
		v.park(task.ChanSendNil, 0)
		return
	}
	v.chanArg(ch)
	if v.outside(ch, "send on") {
		return
	}
	if v.closed(ch) {
		v.panicPlain("send on closed channel")
		return
	}
	from := v.place(in.B)
	if v.unsendable(ch, from) {
		return
	}
	if can := v.canSend(ch, from); can && !v.waiting(ch, chRecvQ) {
		v.send(ch, from)
		return
	} else if !v.fresh() {
		v.retry(2)
		return
	} else if can {
		v.send(ch, from)
		return
	}
	v.cur.Waiting = v.enqueue(ch, chSendQ, sudog{g: v.cur.ID, ch: ch, place: from, send: true, waitLink: -1})
	v.park(task.ChanSend, ch)
}

// chanRecv is a = <-b (runtime/chan.go:chanrecv).
func (v *VM) chanRecv(in code.Instr) {
	x := v.extraWord()
	ch := v.get(in.B)
	v.charge(costChan)
	if ch == 0 {
		if !v.fresh() {
			v.retry(2)
			return
		}
		v.park(task.ChanReceiveNil, 0)
		return
	}
	v.chanArg(ch)
	if v.outside(ch, "receive on") {
		return
	}
	v.runTimerChan(ch)
	to := v.place(in.A)
	can := v.canRecv(ch)
	if can && !v.waiting(ch, chSendQ) {
		v.setOK(in, x, v.slotsOf(v.mem.U64(ch+chElemType)), v.recv(ch, to, true))
		return
	}
	if !v.fresh() {
		v.retry(2)
		return
	}
	if can {
		v.setOK(in, x, v.slotsOf(v.mem.U64(ch+chElemType)), v.recv(ch, to, true))
		return
	}
	if v.armTimerChan(ch) {
		v.retry(2)
		return
	}
	s := sudog{g: v.cur.ID, ch: ch, place: to, store: true, waitLink: -1}
	if x.A == 1 {
		s.okSlot = uint32(to.at) + 8*uint32(v.slotsOf(v.mem.U64(ch+chElemType)))
	}
	v.cur.Waiting = v.enqueue(ch, chRecvQ, s)
	v.blockTimer(ch)
	v.park(task.ChanReceive, ch)
}

func (v *VM) setOK(in, x code.Instr, slots uint16, ok bool) {
	if x.A == 1 {
		v.set(in.A+slots, b2u(ok))
	}
}

// closeChan is close (runtime/chan.go:closechan): receivers, then senders, are
// collected on a list that is last in, first out, and readied from it; before
// Go 1.7 they were readied in the order they came.
func (v *VM) closeChan(ch mem.Addr) {
	v.charge(costChan)
	if ch == 0 {
		v.panicPlain("close of nil channel")
		return
	}
	v.chanArg(ch)
	if v.outside(ch, "close of") {
		return
	}
	if v.closed(ch) {
		v.panicPlain("close of closed channel")
		return
	}
	if !v.fresh() && (v.waiting(ch, chRecvQ) || v.waiting(ch, chSendQ)) {
		v.retry(1)
		return
	}
	if p := v.pipeOf(ch); p != nil {
		v.closePipe(p)
		return
	}
	v.mem.PutU32(ch+chClosed, 1)
	var list []int32
	for i := v.dequeue(ch, chRecvQ); i >= 0; i = v.dequeue(ch, chRecvQ) {
		if s := v.sudogs.at(i); s.store {
			v.putZero(ch, s.place)
		}
		list = append(list, i)
	}
	for i := v.dequeue(ch, chSendQ); i >= 0; i = v.dequeue(ch, chSendQ) {
		list = append(list, i)
	}
	if !v.rules.CloseFIFO {
		slices.Reverse(list)
	}
	for _, i := range list {
		if v.retries(ch) {
			v.wakeRetry(ch, i)
			continue
		}
		v.wake(i, false)
	}
}
