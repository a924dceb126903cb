package vm

import (
	"gopark/sim/mem"
	"gopark/sim/task"
)

var semaNatives = table{
	{"sync.runtime_Semacquire", func(c *Call) Action { return semacquire(c, false, task.Semacquire) }},
	{"sync.runtime_SemacquireWaitGroup", semacquireWaitGroup},
	{"sync.runtime_SemacquireRWMutexR", func(c *Call) Action { return semacquire(c, c.Arg(1) != 0, task.RWMutexRLock) }},
	{"sync.runtime_SemacquireRWMutex", func(c *Call) Action { return semacquire(c, c.Arg(1) != 0, task.RWMutexLock) }},
	{"sync.runtime_SemacquireMutex", semacquireMutex},
	{"internal/sync.runtime_SemacquireMutex", semacquireMutex},
	{"internal/poll.runtime_Semacquire", func(c *Call) Action { return semacquire(c, false, task.Semacquire) }},
	{"sync.runtime_Semrelease", semrelease},
	{"internal/sync.runtime_Semrelease", semrelease},
	{"internal/poll.runtime_Semrelease", func(c *Call) Action { return release(c, false) }},

	{"sync.runtime_notifyListAdd", notifyAdd},
	{"sync.runtime_notifyListWait", notifyWait},
	{"sync.runtime_notifyListNotifyAll", notifyAll},
	{"sync.runtime_notifyListNotifyOne", notifyOne},
	{"sync.runtime_notifyListCheck", func(c *Call) Action { return Done }},

	{"sync.runtime_canSpin", canSpin},
	{"internal/sync.runtime_canSpin", canSpin},
	{"sync.runtime_doSpin", doSpin},
	{"internal/sync.runtime_doSpin", doSpin},
}

func semacquireMutex(c *Call) Action { return semacquire(c, c.Arg(1) != 0, task.MutexLock) }

func semrelease(c *Call) Action { return release(c, c.Arg(1) != 0) }

func semacquireWaitGroup(c *Call) Action {
	c.G.Durable = c.Arg(1) != 0
	return semacquire(c, false, task.WaitGroupWait)
}

// semacquire waits until *addr > 0 and then decrements it
// (runtime/sema.go:semacquire1).
func semacquire(c *Call, lifo bool, reason task.Reason) Action {
	addr := c.Arg(0)
	c.Cost(costSema)
	if c.Phase() > 0 && c.G.Ticket {
		c.G.Ticket = false
		return Done
	}
	if n := c.Load32(addr); n > 0 {
		c.Store32(addr, n-1)
		return Done
	}
	if !c.Fresh() {
		return Again
	}
	c.VM.queueSema(addr, c.ID, lifo)
	c.Ask(task.Request{Kind: task.Park, Reason: reason, Object: addr})
	return Again
}

func (v *VM) queueSema(addr mem.Addr, id task.ID, lifo bool) {
	q, ok := v.sema[addr]
	if !ok {
		q = queue{-1, -1}
	}
	i := v.sudogs.new()
	*v.sudogs.at(i) = sudog{next: -1, prev: -1, waitLink: -1, g: id, ch: addr}
	if lifo && q.first >= 0 {
		s := v.sudogs.at(i)
		s.next = q.first
		v.sudogs.at(q.first).prev = i
		q.first = i
	} else {
		v.push1(&q, i)
	}
	v.sema[addr] = q
}

// release increments *addr and readies the first waiter; with handoff the
// waiter gets it for sure, and runs at once (runtime/sema.go:semrelease1).
func release(c *Call, handoff bool) Action {
	v, addr := c.VM, c.Arg(0)
	q, waits := v.sema[addr]
	if waits && !c.Fresh() {
		return Again
	}
	c.Cost(costSema)
	c.Store32(addr, c.Load32(addr)+1)
	if !waits {
		return Done
	}
	i := q.first
	v.remove(&q, i)
	if q.first < 0 {
		delete(v.sema, addr)
	} else {
		v.sema[addr] = q
	}
	g := v.gs[v.sudogs.at(i).g]
	v.sudogs.release(i)
	g.Ticket = false
	if n := c.Load32(addr); handoff && n > 0 {
		c.Store32(addr, n-1)
		g.Ticket = true
	}
	c.Ask(task.Request{Kind: task.Ready, Task: g.ID})
	if g.Ticket {
		c.Ask(task.Request{Kind: task.GoYield})
	}
	return Done
}

// The fields of sync.notifyList.
const (
	nlWait   = 0
	nlNotify = 4
)

func notifyAdd(c *Call) Action {
	l := c.Arg(0)
	n := c.Load32(l + nlWait)
	c.Store32(l+nlWait, n+1)
	c.SetResult(0, uint64(n))
	return Done
}

// notifyWait parks until ticket t has been notified (runtime/sema.go:notifyListWait).
func notifyWait(c *Call) Action {
	l, t := c.Arg(0), uint32(c.Arg(1))
	if c.Phase() > 0 || int32(t-c.Load32(l+nlNotify)) < 0 {
		return Done
	}
	if !c.Fresh() {
		return Again
	}
	c.VM.queueSema(l, c.ID, false)
	c.VM.sudogs.at(c.VM.sema[l].last).ticket = t
	c.Ask(task.Request{Kind: task.Park, Reason: task.CondWait, Object: l})
	return Again
}

func notifyAll(c *Call) Action {
	v, l := c.VM, c.Arg(0)
	q, waits := v.sema[l]
	if waits && !c.Fresh() {
		return Again
	}
	c.Store32(l+nlNotify, c.Load32(l+nlWait))
	if !waits {
		return Done
	}
	for i := q.first; i >= 0; {
		if v.wakesOutside(i) {
			return Done
		}
		s := *v.sudogs.at(i)
		v.sudogs.release(i)
		c.Ask(task.Request{Kind: task.Ready, Task: s.g})
		i = s.next
	}
	delete(v.sema, l)
	return Done
}

func notifyOne(c *Call) Action {
	v, l := c.VM, c.Arg(0)
	t := c.Load32(l + nlNotify)
	if t == c.Load32(l+nlWait) {
		return Done
	}
	q, waits := v.sema[l]
	if waits && !c.Fresh() {
		return Again
	}
	c.Store32(l+nlNotify, t+1)
	if !waits {
		return Done
	}
	for i := q.first; i >= 0; i = v.sudogs.at(i).next {
		if s := *v.sudogs.at(i); s.ticket == t {
			if v.wakesOutside(i) {
				return Done
			}
			v.remove(&q, i)
			v.sudogs.release(i)
			if q.first < 0 {
				delete(v.sema, l)
			} else {
				v.sema[l] = q
			}
			c.Ask(task.Request{Kind: task.Ready, Task: s.g})
			break
		}
	}
	return Done
}

// canSpin reports whether spinning makes sense (runtime/proc.go:sync_runtime_canSpin).
func canSpin(c *Call) Action {
	i := c.Int(0)
	c.SetBool(0, i < 4 && c.VM.host != nil && c.VM.host.Spinnable(c.ID))
	return Done
}

// doSpin takes the time of 30 PAUSE instructions.
func doSpin(c *Call) Action {
	c.Cost(costSpin)
	return Done
}
