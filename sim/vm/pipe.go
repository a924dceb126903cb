package vm

import (
	"slices"

	"gopark/sim/mem"
	"gopark/sim/state"
	"gopark/sim/task"
)

// A pipe is a channel where the go statement forks: an object of the kernel, which
// copies. In the arena of a process lies a channel's head that names it,
// as a descriptor does; fork copies heads. A value that is sent leaves the
// sender's memory as bytes (message.go), and is made anew in the receiver's, by
// the receiver. Whether and when an operation waits is as with a channel,
// len and cap are in elements, and who waits longest is served first. But the
// kernel holds only so many bytes for a pipe (see pages): however many elements
// a channel is made for, who sends waits when its pages are full. Like the
// descriptors of a process that never closes any, pipes stay until the run ends.
//
// Elements don't mix, as writes of up to PIPE_BUF bytes don't in a pipe; those who write
// longer ones take turns. One that is longer than the pipe is written in parts while
// it is read, so whoever sends it waits for a receiver. The bytes of a channel
// without a buffer are written when a receiver is there.
//
// The channel of a timer is none: it is memory of the process whose timer it is.
type pipe struct {
	closed bool
	cap    int
	buf    [][]byte // oldest first
	pages  pages    // in which that lies
	recvq  []pipeWaiter
	sendq  []pipeWaiter
}

// A pipeWaiter is a goroutine in a pipe's queue, first come first.
type pipeWaiter struct {
	g     task.ID
	sudog int32  // of its process
	msg   []byte // that it sends
}

// mail is a value that a receiver, which waited for it, has still to take into
// its memory.
type mail struct {
	msg  []byte
	to   place
	elem mem.Addr
}

// In a head, chPipe is 1 and chBuf the pipe's number.
const chPipe = 26

// pipeBytes is about what Linux has for an empty pipe: an inode, two files and a
// table of 16 buffers.
const pipeBytes = 2 << 10

// pipeBase is where the kernel's objects seem to lie.
const pipeBase = 0xffff_8880_0000_0000

// pipeOf is the pipe that channel ch is, nil if it is none. Where there are no
// processes it costs a comparison.
func (v *VM) pipeOf(ch mem.Addr) *pipe {
	if v.kern == nil {
		return nil
	}
	return v.findPipe(ch)
}

func (v *VM) findPipe(ch mem.Addr) *pipe {
	if v.mem.U16(ch+chPipe) == 0 {
		return nil
	}
	if i := v.mem.U64(ch + chBuf); i < uint64(len(v.kern.pipes)) {
		return &v.kern.pipes[i]
	}
	panic(trap{kind: trapBad, msg: "pipe"})
}

// makePipe makes channel ch one. A timer's stops being one (unpipe).
func (v *VM) makePipe(ch mem.Addr, n uint64) {
	if !v.kern.grow(pipeBytes, v.cfg.Memory) {
		panic(trap{kind: trapMemory})
	}
	v.mem.PutU16(ch+chPipe, 1)
	v.mem.PutU64(ch+chBuf, uint64(len(v.kern.pipes)))
	v.kern.pipes = append(v.kern.pipes, pipe{cap: int(n)})
	v.charge(waitOpen)
}

// unpipe gives ch, which a timer is made with, its buffer in memory.
func (v *VM) unpipe(ch mem.Addr) {
	if v.pipeOf(ch) != nil {
		buf := v.allocArray(uint64(v.mem.U16(ch+chElemSize)), v.mem.U64(ch+chElemType), v.mem.U64(ch+chSize))
		v.mem.PutU16(ch+chPipe, 0)
		v.mem.PutU64(ch+chBuf, buf)
	}
}

// alive drops those at the head of a queue that another case of their select
// has won, or who have ended.
func (k *kernel) alive(q *[]pipeWaiter) bool {
	for len(*q) > 0 {
		w := (*q)[0]
		if o := k.vmOf(w.g); o != nil && (!o.sudogs.at(w.sudog).sel || o.gs[w.g].Won < 0) {
			return true
		}
		*q = (*q)[1:]
	}
	return false
}

// vmOf is the process in which task id waits, nil if it has ended. Its memory may
// be packed.
func (k *kernel) vmOf(id task.ID) *VM {
	if k.owner[id] < 0 {
		return nil
	}
	return k.procs[k.owner[id]].vm
}

func (p *pipe) queue(at uint64) *[]pipeWaiter {
	if at == chSendQ {
		return &p.sendq
	}
	return &p.recvq
}

// take takes the first of a queue that alive has looked at. Its select is decided.
func (k *kernel) take(q *[]pipeWaiter) pipeWaiter { return k.takeAt(q, 0) }

func (k *kernel) takeAt(q *[]pipeWaiter, i int) pipeWaiter {
	w := (*q)[i]
	*q = slices.Delete(*q, i, i+1)
	o := k.vmOf(w.g)
	if o.sudogs.at(w.sudog).sel {
		o.gs[w.g].Won = w.sudog
	}
	return w
}

// sendPipe sends what is at from; the pipe is open, and either somebody waits or
// there is room.
func (v *VM) sendPipe(p *pipe, ch mem.Addr, from place) {
	msg, _ := v.pack(ch, from)
	v.chargeMessage(msg)
	if !v.kern.alive(&p.recvq) {
		v.hold(p, msg)
		return
	}
	v.deliver(v.kern.take(&p.recvq), msg)
}

// deliver hands msg to a receiver that waits.
func (v *VM) deliver(w pipeWaiter, msg []byte) {
	o := v.of(w.g)
	if s := o.sudogs.at(w.sudog); s.store {
		g := o.gs[w.g]
		g.needRare().Mail = mail{msg, s.place, o.mem.U64(s.ch + chElemType)}
		g.Resume = resumeMail
	}
	v.wakePipe(w, true)
}

// wakePipe is wake for one that may wait in another process.
func (v *VM) wakePipe(w pipeWaiter, success bool) {
	o := v.of(w.g)
	o.settle(w.sudog, success)
	v.ready(w.g)
	cur := o.cur
	o.cur = v.cur // asks for timers to be stopped that nobody waits for any more
	o.releaseSudogs(o.gs[w.g])
	o.cur = cur
}

// recvPipe receives and reports whether there was a value, and not the end. The
// value is taken into memory before it leaves the pipe: if there is no room for
// it, the instruction is done again.
func (v *VM) recvPipe(p *pipe, ch mem.Addr, to place, store bool) bool {
	v.kern.alive(&p.sendq) // so that its head is one
	var msg []byte
	switch {
	case len(p.buf) > 0:
		msg = p.buf[0]
	case p.closed:
		if store {
			v.putZero(ch, to)
		}
		return false
	default:
		msg = p.sendq[0].msg
	}
	v.chargeMessage(msg)
	if store {
		v.unpack(msg, to, v.mem.U64(ch+chElemType))
	}
	if len(p.buf) > 0 {
		popFront(&p.buf)
		p.pages.read(weight(msg))
		v.kern.bytes -= uint64(len(msg))
	} else {
		v.wakePipe(v.kern.take(&p.sendq), true)
	}
	for i := v.nextWriter(p); i >= 0; i = v.nextWriter(p) {
		w := v.kern.takeAt(&p.sendq, i)
		v.hold(p, w.msg)
		v.wakePipe(w, true)
	}
	return true
}

// nextWriter is who of those that wait to send may do so now, -1 if nobody: who waits
// longest, but a select whose value doesn't fit is in nobody's way, since it polls and has
// no place in a queue.
func (v *VM) nextWriter(p *pipe) int {
	for i := 0; !p.closed && i < len(p.sendq); i++ {
		w := p.sendq[i]
		o := v.kern.vmOf(w.g)
		switch polls := o != nil && o.sudogs.at(w.sudog).sel; {
		case o == nil || polls && o.gs[w.g].Won >= 0:
		case p.fits(weight(w.msg)):
			return i
		case !polls:
			return -1
		}
	}
	return -1
}

// weight is how many bytes a message takes in a pipe. One of none takes one: nobody
// reads a write of nothing.
func weight(msg []byte) int { return max(1, len(msg)) }

// fits reports whether there is room for a message of n bytes.
func (p *pipe) fits(n int) bool { return len(p.buf) < p.cap && p.pages.fit(n) }

// mayWrite reports whether what is at from can go into the pipe now: there is room for
// it, and nobody waits for that who isn't in a select.
func (v *VM) mayWrite(p *pipe, ch mem.Addr, from place) bool {
	if !p.fits(1) || slices.ContainsFunc(p.sendq, func(w pipeWaiter) bool {
		o := v.kern.vmOf(w.g)
		return o != nil && !o.sudogs.at(w.sudog).sel
	}) {
		return false
	}
	if elem := v.mem.U64(ch + chElemType); !v.hasPointers(elem) {
		return p.fits(max(1, int(v.sizeOf(elem))))
	}
	msg, _ := v.pack(ch, from)
	return p.fits(weight(msg))
}

// hold puts a message into a pipe.
func (v *VM) hold(p *pipe, msg []byte) {
	if !v.kern.grow(uint64(len(msg)), v.cfg.Memory) {
		panic(trap{kind: trapMemory})
	}
	p.buf = append(p.buf, msg)
	p.pages.write(weight(msg))
}

func (v *VM) closePipe(p *pipe) {
	p.closed = true
	for _, q := range []*[]pipeWaiter{&p.recvq, &p.sendq} {
		for v.kern.alive(q) {
			w := v.kern.take(q)
			o := v.of(w.g)
			if s := o.sudogs.at(w.sudog); s.store && !s.send {
				o.putZero(s.ch, s.place)
			}
			v.wakePipe(w, false)
		}
	}
}

// enqueuePipe notes that sudog i of the current goroutine waits for p.
func (v *VM) enqueuePipe(p *pipe, at uint64, i int32) {
	w := pipeWaiter{g: v.cur.ID, sudog: i}
	if s := v.sudogs.at(i); s.send {
		w.msg, _ = v.pack(s.ch, s.place)
		v.chargeMessage(w.msg)
	}
	q := p.queue(at)
	*q = append(*q, w)
}

// unlinkPipe takes a loser out of a pipe's queue.
func (v *VM) unlinkPipe(p *pipe, at uint64, i int32, id task.ID) {
	q := p.queue(at)
	*q = slices.DeleteFunc(*q, func(w pipeWaiter) bool { return w.g == id && w.sudog == i })
}

// unsendable panics if what is to be sent from a place to ch means nothing
// outside this process.
func (v *VM) unsendable(ch mem.Addr, from place) bool {
	if ch == 0 || v.pipeOf(ch) == nil {
		return false
	}
	_, bad := v.pack(ch, from)
	if bad != "" {
		v.panicPlain(bad)
	}
	return bad != ""
}

// anyUnsendable is unsendable for the cases of a select.
func (v *VM) anyUnsendable(cases []selectCase) bool {
	for _, c := range cases {
		if v.kern != nil && c.send && v.unsendable(c.ch, c.place) {
			return true
		}
	}
	return false
}

// chargeMessage takes what a write or read of msg costs, in as many calls as it fills
// pipes.
func (v *VM) chargeMessage(msg []byte) {
	v.charge(costPipe*uint64(1+(weight(msg)-1)/pipeRoom) + uint64(len(msg))/perNano)
}

func clonePipes(from []pipe) []pipe {
	list := slices.Clone(from)
	for i := range list {
		p := &list[i]
		p.buf, p.pages, p.recvq, p.sendq = slices.Clone(p.buf), p.pages.clone(), slices.Clone(p.recvq), slices.Clone(p.sendq)
	}
	return list
}

// global is the address by which the log and the state name what v has at a: pipes
// are the kernel's, and what one process has at an address another has not.
func (v *VM) global(a mem.Addr) uint64 {
	if v.kern == nil || a == 0 {
		return a
	}
	if start, size, _, ok := v.objectAt(a); ok && start == a && size >= chBytes && v.mem.U16(a+chPipe) == 1 && v.mem.U64(a+chBuf) < uint64(len(v.kern.pipes)) {
		return pipeBase + v.mem.U64(a+chBuf)<<8
	}
	return a + uint64(v.proc.index)<<44
}

// fill completes o, a pipe at ch.
func (l *looker) fill(o *state.Object, ch, elem mem.Addr, p *pipe) {
	v := l.v
	o.Closed, o.Len, o.Timer = p.closed, len(p.buf), -1
	o.Elem, o.Room, o.Bytes, o.Pages = int64(v.mem.U16(ch+chElemSize)), pipeRoom, int64(p.pages.bytes()), len(p.pages.left)
	for _, msg := range p.buf[:min(len(p.buf), maxShown)] {
		o.Buffer = append(o.Buffer, v.formatMessage(msg, elem))
	}
	o.Recv, o.Send = l.pipeQueue(p.recvq, elem), l.pipeQueue(p.sendq, elem)
	if len(o.Send) > 0 && len(p.buf) < p.cap && o.Send[0].Bytes > pipeBuf && !o.Send[0].Select {
		// It has written what there was room for.
		o.Bytes += int64(p.pages.join(int(o.Send[0].Bytes)) + (pipePages-o.Pages)*pageBytes)
		o.Pages = pipePages
	}
}

func (l *looker) pipeQueue(from []pipeWaiter, elem mem.Addr) (list []state.Waiter) {
	v := l.v
	for _, w := range from {
		owner := v.kern.vmOf(w.g)
		if owner == nil {
			continue
		}
		x := l.waiter(w.g)
		s := owner.sudogs.at(w.sudog)
		x.Select = s.sel
		if s.send {
			x.Value, x.Bytes = v.formatMessage(w.msg, elem), int64(weight(w.msg))
		}
		list = append(list, x)
	}
	return list
}
