package vm

import (
	"fmt"

	"gopark/sim/mem"
	"gopark/sim/state"
	"gopark/sim/task"
)

// descriptors adds what goroutines wait for in the poller, or in a system call
// that blocks: an object for each descriptor, whose address is its number. Who
// waits to read is in Recv, who waits to write in Send.
func (l *looker) descriptors() {
	lib := &l.v.lib
	for fd := range lib.polls {
		for m, id := range lib.polls[fd].waits {
			if id > 0 && l.v.gs[id-1].Status == gWaiting {
				l.descriptor(fd, m, id-1)
			}
		}
	}
	for _, b := range lib.blocked {
		if b.fd >= 0 {
			l.descriptor(int(b.fd), b.m, b.id)
		}
	}
}

func (l *looker) descriptor(fd, mode int, id task.ID) {
	o := l.objects[mem.Addr(fd)]
	if o == nil {
		o = &state.Object{Addr: uint64(fd), Kind: "fd", Name: fmt.Sprint(fd)}
		o.Type, o.Value = l.v.lib.kernel(l.v).Describe(fd, l.now)
		l.objects[mem.Addr(fd)] = o
	}
	if mode == toRead {
		o.Recv = append(o.Recv, l.waiter(id))
	} else {
		o.Send = append(o.Send, l.waiter(id))
	}
}
