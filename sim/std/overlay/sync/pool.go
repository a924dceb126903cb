//go:build gopark

package sync

import (
	"sync/atomic"
	"unsafe"
)

//gopark:drop poolqueue.go

// A Pool is a set of temporary objects that may be saved and retrieved. Get finds
// first what Put saved when there was nothing else, then what it saved last; what
// a collection has found, and nobody taken since, the next one drops. All Ps have this
// one in common, where Go's has a set for each and takes from others' when its own is empty.
type Pool struct {
	noCopy noCopy
	local  atomic.Pointer[poolLocal]
	victim atomic.Pointer[poolLocal] // what local was before the last collection
	New    func() any                // makes an object when the pool is empty; may be nil
}

type poolLocal struct {
	private, shared atomic.Pointer[poolItem]
}

// Items are never reused, so a pop can't mistake a new item for an old one.
type poolItem struct {
	next *poolItem
	x    any
}

// A poolNode is a Pool in a list.
type poolNode struct {
	next *poolNode
	pool *Pool
}

// Pools with something in local, and such with something in victim: the collector
// makes old ones of the first when it begins, and empties the second (poolCleanup).
var allPools, oldPools atomic.Pointer[poolNode]

func init() { runtime_registerPools(unsafe.Pointer(&allPools), unsafe.Pointer(&oldPools)) }

func runtime_registerPools(all, old unsafe.Pointer)

// Put adds x to the pool.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	l := p.local.Load()
	if l == nil {
		l = p.begin()
	}
	item := &poolItem{x: x}
	if l.private.Load() == nil && l.private.CompareAndSwap(nil, item) {
		return
	}
	for {
		item.next = l.shared.Load()
		if l.shared.CompareAndSwap(item.next, item) {
			return
		}
	}
}

// begin makes the first set since a collection.
func (p *Pool) begin() *poolLocal {
	l := &poolLocal{}
	if !p.local.CompareAndSwap(nil, l) {
		return p.local.Load()
	}
	n := &poolNode{pool: p}
	for {
		n.next = allPools.Load()
		if allPools.CompareAndSwap(n.next, n) {
			return l
		}
	}
}

// Get removes an object from the pool and returns it, or what New makes, or nil.
func (p *Pool) Get() any {
	if l := p.local.Load(); l != nil {
		if item := l.take(); item != nil {
			return item.x
		}
	}
	if l := p.victim.Load(); l != nil {
		if item := l.take(); item != nil {
			return item.x
		}
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}

func (l *poolLocal) take() *poolItem {
	if item := l.private.Load(); item != nil && l.private.CompareAndSwap(item, nil) {
		return item
	}
	for {
		item := l.shared.Load()
		if item == nil || l.shared.CompareAndSwap(item, item.next) {
			return item
		}
	}
}
