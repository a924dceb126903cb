package vm

import (
	"gopark/sim/files"
	"gopark/sim/task"
)

// System calls on pipes and sockets, under package syscall.

// What they take in the kernel, in virtual nanoseconds: medians on linux/amd64 over
// loopback, one byte. Sending takes the packet through the stack to the other
// end, receiving takes it out of there.
const (
	waitSocket  = 2_000  // socket and close together 4.4 µs
	waitConnect = 12_000 // without the other end's accept
	waitAccept  = 3_000
	waitTCP     = 3_000 // write 3.3 µs, read 3.0 µs
	waitUnix    = 1_000 // write 1.2 µs, read 1.1 µs
	waitSignal  = 1_400 // a signal to oneself with its handler
)

// The calls that syscall.socketcall makes, as Linux's socketcall(2) does for
// architectures that lack numbers.
const (
	callSocket = iota
	callPipe
	callBind
	callListen
	callConnect
	callAccept
	callName
	callPeer
	callShutdown
	callNonblock
	callFlags
	callV6Only
	callError
	callFinish // wait until a connection is made, or fails
)

// blocking makes a native of a system call with a descriptor in argument fdArg.
// On a descriptor that blocks it waits in the kernel, with its thread, until
// the descriptor is ready to be read or written, as how says (toRead, toWrite, or
// -1: never); then effect does it and returns how long it takes.
func blocking(fdArg int, how func(c *Call) int, effect func(c *Call) task.Duration) Native {
	return func(c *Call) Action {
		if !c.Fresh() {
			return Again
		}
		if c.holdThread(c.Int(fdArg), how(c)) {
			return Again
		}
		wait := effect(c)
		c.tellArrivals()
		if c.Phase() == 0 {
			c.enter(wait)
		}
		return Done
	}
}

// holdThread begins to wait in the kernel, if the descriptor blocks and isn't ready.
func (c *Call) holdThread(fd, mode int) bool {
	l, k := &c.VM.lib, c.kernel()
	l.unblock(c.ID)
	at := k.Ready(fd, mode == toWrite)
	if mode < 0 || at <= c.Now() || !k.Blocks(fd) {
		return false
	}
	wait := at - c.Now()
	if at == task.Never {
		l.blocked = append(l.blocked, blocked{c.ID, int32(fd), mode})
		wait = task.Open
	}
	c.Ask(task.Request{Kind: task.Syscall, N: task.InKernel, Wait: wait})
	return true
}

// unblock takes task id off those that wait in the kernel.
func (l *library) unblock(id task.ID) {
	for i := range l.blocked {
		if l.blocked[i].id == id {
			l.blocked = append(l.blocked[:i], l.blocked[i+1:]...)
			return
		}
	}
}

func reads(*Call) int  { return toRead }
func writes(*Call) int { return toWrite }

// waitSend is what sending or receiving n bytes takes.
func (c *Call) waitSend(fd, n int) task.Duration {
	wait, k := int64(waitTCP), c.kernel()
	switch k.WireOf(fd) {
	case k.Wires.Pipe:
		wait = waitIO
	case k.Wires.Unix:
		wait = waitUnix
	case files.Wire{}:
		wait = waitIO // a file
	}
	return wait + int64(max(n, 0))/perNano
}

func sysRecvFrom(c *Call) task.Duration {
	n, from, e := c.kernel().RecvFrom(c.Int(0), c.WriteBytes(c.Arg(1), c.Arg(2)))
	wait := c.waitSend(c.Int(0), n)
	c.SetResult(0, uint64(n))
	c.SetString(1, from)
	c.SetResult(3, uint64(e))
	return wait
}

func sysSendTo(c *Call) task.Duration {
	n, e := c.kernel().SendTo(c.Int(0), c.ArgBytes(1), c.ArgString(4))
	wait := c.waitSend(c.Int(0), n)
	c.setN(int64(n), e)
	return wait
}

// socketWaits says what a socketcall may have to wait for.
func socketWaits(c *Call) int {
	switch c.Int(0) {
	case callAccept:
		return toRead
	case callFinish:
		return toWrite
	}
	return -1
}

// socketCall is syscall.socketcall(op, fd, arg, addr) (n, addr, errno).
func socketCall(c *Call) task.Duration {
	k, fd, a, addr := c.kernel(), c.Int(1), c.Int(2), c.ArgString(3)
	n, name, e, wait := 0, "", files.Errno(0), int64(waitQuick)
	var high uint64
	switch c.Int(0) {
	case callSocket:
		n, e = k.Socket(int32(fd), int32(a&0xf), int32(a))
		wait = waitSocket
	case callPipe:
		r, w, err := k.Pipe(int32(a))
		n, high, e = r, uint64(w)<<32, err
		wait = waitOpen
	case callBind:
		e = k.Bind(fd, addr, c.unixNow())
		wait = waitPath
	case callListen:
		e = k.Listen(fd, a)
	case callConnect:
		e = k.Connect(fd, addr)
		wait = waitConnect
	case callAccept:
		n, name, e = k.Accept(fd, int32(a))
		wait = waitAccept
	case callName, callPeer:
		name, e = k.Name(fd, c.Int(0) == callPeer)
	case callShutdown:
		e = k.Shutdown(fd, a)
		wait = waitTCP
	case callNonblock:
		e = k.SetNonblock(fd, a != 0)
	case callFlags:
		flags, err := k.Flags(fd)
		n, e = int(flags), err
	case callV6Only:
		e = k.SetV6Only(fd, a != 0)
	case callError, callFinish:
		err, bad := k.TakeError(fd)
		n, e = int(err), bad
	}
	c.SetResult(0, uint64(n)|high)
	c.SetString(1, name)
	c.SetResult(3, uint64(e))
	return wait
}

// sigWait parks the thread of the goroutine that receives signals, unless the
// word it is given says that there is one.
func sigWait(c *Call) Action {
	l := &c.VM.lib
	if !c.Fresh() {
		return Again
	}
	l.unblock(c.ID)
	if c.Load64(c.Arg(0)) == 0 {
		l.blocked = append(l.blocked, blocked{id: c.ID, fd: -1})
		c.Ask(task.Request{Kind: task.Syscall, Wait: task.Open, N: 1})
	}
	return Done
}

// sigWake is the kernel's delivery of a signal to the process's own thread: its
// handler, and the wake-up of who receives signals.
func sigWake(c *Call) Action {
	if !c.Fresh() {
		return Again
	}
	for _, b := range c.VM.lib.blocked {
		if b.fd < 0 {
			c.Ask(task.Request{Kind: task.Arrive, Task: b.id, When: c.Now() + waitSignal*c.VM.cfg.StepCost})
		}
	}
	c.enter(waitSignal)
	return Done
}

var netNatives = table{
	{"runtime.sigwait", sigWait},
	{"runtime.sigwake", sigWake},
	{"syscall.socketcall", blocking(1, socketWaits, socketCall)},
	{"syscall.recvfrom", blocking(0, reads, sysRecvFrom)},
	{"syscall.sendto", blocking(0, writes, sysSendTo)},
}
