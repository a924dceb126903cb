package vm

import (
	"gopark/sim/files"
	"gopark/sim/task"
)

// The network poller, as internal/poll calls it. The scheduler knows who waits and,
// as soon as somebody does, when the wait is over; the kernel (package files)
// knows what is ready. Deadlines are timers of the scheduler's.

// A pollDesc is the poller's record of a descriptor (runtime/netpoll.go:pollDesc).
// Of its semaphores rg and wg only the waiting goroutine is kept: whether the
// descriptor is ready is asked of the kernel, when somebody wants to wait. Go
// keeps a note of a readiness that came while nobody waited, and pays with one
// more EAGAIN if it is out of date.
type pollDesc struct {
	used     bool
	closing  bool
	waits    [2]task.ID // + 1: who waits to read, and to write
	deadline [2]int64   // on nanotime's scale; 0: none, -1: expired
	timer    [2]int32   // + 1: of the deadlines; of equal ones that of reading
}

// What runtime_pollReset and runtime_pollWait answer, besides 0.
const (
	pollErrClosing     = 1
	pollErrTimeout     = 2
	pollErrNotPollable = 3
)

// Descriptors that are read, written or both, as internal/poll says it.
const (
	toRead  = 0
	toWrite = 1
)

var pollNatives = table{
	{"internal/poll.runtime_pollServerInit", nothing},
	{"internal/poll.runtime_pollOpen", pollOpen},
	{"internal/poll.runtime_pollClose", pollClose},
	{"internal/poll.runtime_pollReset", pollReset},
	{"internal/poll.runtime_pollWait", pollWait},
	{"internal/poll.runtime_pollSetDeadline", pollSetDeadline},
	{"internal/poll.runtime_pollUnblock", pollUnblock},
}

// pollArg is the record that argument 0 names: by its descriptor's number, which
// is above those of the terminal and so never 0.
//
//go:noinline
func (c *Call) pollArg() *pollDesc {
	fd := c.Arg(0)
	if fd >= uint64(len(c.VM.lib.polls)) || !c.VM.lib.polls[fd].used {
		panic(trap{kind: trapBad, msg: "poll descriptor"})
	}
	return &c.VM.lib.polls[fd]
}

// mode is what a mode of internal/poll's stands for.
func mode(m uint64) int {
	if m == 'w' {
		return toWrite
	}
	return toRead
}

func pollOpen(c *Call) Action {
	fd, l := c.Int(0), &c.VM.lib
	if !c.kernel().Pollable(fd) {
		c.SetResult(0, 0)
		c.SetResult(1, 1) // EPERM, as epoll_ctl says of a file
		return Done
	}
	for len(l.polls) <= fd {
		l.polls = append(l.polls, pollDesc{})
	}
	l.polls[fd] = pollDesc{used: true}
	c.SetResult(0, uint64(fd))
	c.SetResult(1, 0)
	c.Cost(300) // epoll_ctl
	return Done
}

func pollClose(c *Call) Action {
	*c.pollArg() = pollDesc{}
	c.Cost(300)
	return Done
}

// pollError is runtime/netpoll.go:netpollcheckerr.
//
//go:noinline
func (d *pollDesc) pollError(mode int) uint64 {
	switch {
	case d.closing:
		return pollErrClosing
	case d.deadline[mode] < 0:
		return pollErrTimeout
	}
	return 0
}

func pollReset(c *Call) Action {
	c.SetResult(0, c.pollArg().pollError(mode(c.Arg(1))))
	return Done
}

// pollWait parks until the descriptor is ready, is closed, or the deadline is
// over.
func pollWait(c *Call) Action {
	if !c.Fresh() {
		return Again
	}
	d, fd, m := c.pollArg(), c.Int(0), mode(c.Arg(1))
	d.waits[m] = 0
	at := c.kernel().Ready(fd, m == toWrite)
	ready, e := at <= c.Now(), d.pollError(m)
	if ready && c.Phase() > 0 {
		e = 0
	}
	if ready || e != 0 {
		c.SetResult(0, e)
		return Done
	}
	d.waits[m] = c.ID + 1
	c.Ask(task.Request{Kind: task.Poll, Reason: task.IOWait, When: at, Object: uint64(fd)})
	return Again
}

// pollUnblock wakes who waits for a descriptor that is being closed.
func pollUnblock(c *Call) Action {
	if !c.Fresh() {
		return Again
	}
	d := c.pollArg()
	d.closing = true
	for m := range d.waits {
		c.stopDeadline(d, m)
	}
	for m := range d.waits {
		if id, ok := c.VM.unpoll(d, m); ok {
			c.Ask(task.Request{Kind: task.Ready, Task: id})
		}
	}
	return Done
}

// unpoll takes who waits off d; ok says that it still does, and has not been
// found by the poller already.
//
//go:noinline
func (v *VM) unpoll(d *pollDesc, mode int) (id task.ID, ok bool) {
	id = d.waits[mode] - 1
	d.waits[mode] = 0
	return id, id >= 0 && v.host.Status(id) == "waiting"
}

// pollSetDeadline is runtime/netpoll.go:poll_runtime_pollSetDeadline: d is from
// now on; 0 none, below 0 past.
func pollSetDeadline(c *Call) Action {
	if !c.Fresh() {
		return Again
	}
	d, when, m := c.pollArg(), int64(c.Arg(1)), c.Arg(2)
	if d.closing {
		return Done
	}
	if when > 0 {
		if when += c.VM.nanotime(); when <= 0 {
			when = 1<<63 - 1
		}
	}
	for i := range d.deadline {
		if m == 'r'+'w' || mode(m) == i {
			d.deadline[i] = max(when, -1)
		}
	}
	both := d.deadline[toRead] > 0 && d.deadline[toRead] == d.deadline[toWrite]
	for i := range d.deadline {
		c.stopDeadline(d, i)
		if d.deadline[i] > 0 && !(both && i == toWrite) {
			c.startDeadline(d, i)
		}
	}
	for i := range d.deadline {
		if d.deadline[i] >= 0 {
			continue
		}
		if id, ok := c.VM.unpoll(d, i); ok {
			c.Ask(task.Request{Kind: task.Ready, Task: id})
		}
	}
	return Done
}

func (c *Call) startDeadline(d *pollDesc, mode int) {
	id := c.VM.addTimer(timer{when: d.deadline[mode], poll: int32(c.Int(0)), armed: true})
	d.timer[mode] = int32(id) + 1
	c.Ask(task.Request{Kind: task.SetTimer, Timer: c.VM.nameTimer(id), When: d.deadline[mode] - 1})
}

func (c *Call) stopDeadline(d *pollDesc, mode int) {
	id := d.timer[mode] - 1
	if id < 0 {
		return
	}
	d.timer[mode] = 0
	c.Ask(task.Request{Kind: task.StopTimer, Timer: c.VM.nameTimer(int(id))})
	c.VM.freeTimer(int(id))
}

// expireDeadline is what the timer of a deadline runs
// (runtime/netpoll.go:netpolldeadlineimpl).
func (v *VM) expireDeadline(id int) {
	d := &v.lib.polls[v.timers[id].poll]
	due := v.timers[id].when
	v.freeTimer(id)
	for m := range d.deadline {
		if d.timer[m] == int32(id)+1 {
			d.timer[m] = 0
		}
		if d.deadline[m] != due {
			continue
		}
		d.deadline[m] = -1
		if g, ok := v.unpoll(d, m); ok {
			v.fireq = append(v.fireq, task.Request{Kind: task.Ready, Task: g})
		}
	}
}

// freeTimer takes back the record of a timer that no program holds.
//
//go:noinline
func (v *VM) freeTimer(id int) {
	v.timers[id] = timer{}
	v.freeTimers = append(v.freeTimers, int32(id))
}

// A blocked goroutine waits in the kernel, on its thread.
type blocked struct {
	id task.ID
	fd int32 // -1: for a signal
	m  int
}

// tellArrivals tells the scheduler of what the call has made ready, or will have
// once it has arrived.
func (c *Call) tellArrivals() {
	if l := &c.VM.lib; l.files == nil && c.VM.kern == nil {
		return
	}
	for _, r := range c.VM.arrivals(c.kernel()) {
		c.Ask(r)
	}
}

// arrivals are what the scheduler is to be told after calls of s that may have
// made descriptors ready: who waits for them, in any process, and until when.
func (v *VM) arrivals(s *files.System) (list []task.Request) {
	for _, fd := range s.Touched() {
		if v.kern == nil {
			list = v.arrived(list, s, fd)
			continue
		}
		for _, p := range v.kern.procs {
			if p.vm != nil {
				s.Switch(p.index)
				list = p.vm.arrived(list, s, fd)
			}
		}
	}
	return list
}

// arrived adds to list those of v's who wait for a descriptor that will be ready.
func (v *VM) arrived(list []task.Request, s *files.System, fd int32) []task.Request {
	l := &v.lib
	for m := range 2 {
		at := s.Ready(int(fd), m == toWrite)
		if at == task.Never {
			continue
		}
		if int(fd) < len(l.polls) && l.polls[fd].waits[m] != 0 {
			list = append(list, task.Request{Kind: task.Arrive, Task: l.polls[fd].waits[m] - 1, When: at})
		}
		for _, b := range l.blocked {
			if b.fd == fd && b.m == m {
				list = append(list, task.Request{Kind: task.Arrive, Task: b.id, When: at})
			}
		}
	}
	return list
}
