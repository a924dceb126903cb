package sched

import (
	"slices"

	"gopark/sim/task"
)

// A pendingList holds requests that could not be granted yet because the world
// was being stopped. There are few, so goroutines only know that they have one.
type pendingList []pendingRequest

type pendingRequest struct {
	task task.ID
	req  task.Request
}

// put keeps a request of x, which is task id.
func (l *pendingList) put(x *g, id task.ID, req task.Request) {
	x.waits = true
	*l = append(*l, pendingRequest{id, req})
}

// readies reports whether a request makes task id ready.
func (l pendingList) readies(id task.ID) bool {
	return slices.ContainsFunc(l, func(p pendingRequest) bool { return p.req.Kind == task.Ready && p.req.Task == id })
}

// take gives the request of x back.
func (l *pendingList) take(x *g, id task.ID) task.Request {
	i := slices.IndexFunc(*l, func(p pendingRequest) bool { return p.task == id })
	req := (*l)[i].req
	*l = slices.Delete(*l, i, i+1)
	x.waits = false
	return req
}
