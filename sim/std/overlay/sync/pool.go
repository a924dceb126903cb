//go:build gopark

package sync

import "sync/atomic"

//gopark:drop poolqueue.go

// A Pool is a set of temporary objects that may be saved and retrieved. This
// one is a stack without locks, shared by all Ps and never emptied by the
// collector: what Put saved last, Get finds first.
type Pool struct {
	noCopy noCopy
	top    atomic.Pointer[poolItem]
	New    func() any // makes an object when the pool is empty; may be nil
}

// Items are never reused, so a pop can't mistake a new item for an old one.
type poolItem struct {
	x    any
	next *poolItem
}

// Put adds x to the pool.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	item := &poolItem{x: x}
	for {
		item.next = p.top.Load()
		if p.top.CompareAndSwap(item.next, item) {
			return
		}
	}
}

// Get removes an object from the pool and returns it, or what New makes, or nil.
func (p *Pool) Get() any {
	for {
		item := p.top.Load()
		if item == nil {
			break
		}
		if p.top.CompareAndSwap(item, item.next) {
			return item.x
		}
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}
