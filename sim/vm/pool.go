package vm

import (
	"slices"

	"gopark/sim/mem"
	"gopark/sim/task"
)

// What sync.Pool, whose code is Go's, needs of the runtime: that a goroutine is not
// stopped while it has its P's set in hands, and that a collection makes the sets old.

// Fields of a sync.Pool.
const (
	poolLocal      = 0
	poolLocalSize  = 8
	poolVictim     = 16
	poolVictimSize = 24
)

var poolNatives = table{
	{"sync.runtime_registerPoolCleanup", func(c *Call) Action { return Done }},
	{"sync.runtime_registerPools", func(c *Call) Action {
		c.VM.lib.pools = [2]mem.Addr{c.Arg(0), c.Arg(1)}
		return Done
	}},
}

// procPin keeps the goroutine on its P, and answers which that is
// (runtime/proc.go:procPin). Where there are no Ps it is the lowest number that nobody
// else has; whoever finds all GOMAXPROCS of them taken, by such as the kernel has stopped
// meanwhile, yields until one is free.
func procPin(c *Call) Action {
	v := c.VM
	n := 0
	if !v.initializing {
		n = v.host.Proc(c.G.ID)
	}
	if n < 0 {
		n = slices.Index(v.lib.pinned, task.None)
		if n < 0 {
			n = len(v.lib.pinned)
			v.lib.pinned = append(v.lib.pinned, task.None)
		}
		if n >= v.host.Procs() {
			if c.Fresh() {
				c.Ask(task.Request{Kind: task.Yield})
			}
			return Again
		}
		v.lib.pinned[n] = c.G.ID
	}
	c.G.Pins++
	c.SetResult(0, uint64(n))
	return Done
}

func procUnpin(c *Call) Action {
	c.G.Pins--
	if n := slices.Index(c.VM.lib.pinned, c.G.ID); n >= 0 {
		c.VM.lib.pinned[n] = task.None
	}
	return Done
}

// Pinned implements task.Pinner.
func (v *VM) Pinned(id task.ID) bool { return v.gs[id].Pins > 0 }

// cleanPools is sync.poolCleanup, at the beginning of a collection: what was there at the
// last one goes, and what has come since is kept until the next. A program may have
// written anything there by package unsafe: there are no more pools than objects.
func (v *VM) cleanPools() {
	all, old := v.lib.pools[0], v.lib.pools[1]
	if all == 0 {
		return
	}
	for p := range v.words(old) {
		v.putWord(p+poolVictim, 0)
		v.putWord(p+poolVictimSize, 0)
	}
	for p := range v.words(all) {
		v.putWord(p+poolVictim, v.wordOr0(p+poolLocal))
		v.putWord(p+poolVictimSize, v.wordOr0(p+poolLocalSize))
		v.putWord(p+poolLocal, 0)
		v.putWord(p+poolLocalSize, 0)
	}
	for field := mem.Addr(0); field < 24; field += 8 {
		v.putWord(old+field, v.wordOr0(all+field))
		v.putWord(all+field, 0)
	}
}

// words are those of the slice at an address.
func (v *VM) words(slice mem.Addr) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		first, n := v.wordOr0(slice), min(v.wordOr0(slice+8), uint64(v.heap.objects))
		for i := uint64(0); i < n; i++ {
			if !yield(v.wordOr0(first + 8*i)) {
				return
			}
		}
	}
}

// wordOr0 and putWord are for addresses that a program may have made up.
//
//go:noinline
func (v *VM) wordOr0(a mem.Addr) uint64 {
	if !v.mem.Valid(a, 8) {
		return 0
	}
	return v.mem.U64(a)
}

//go:noinline
func (v *VM) putWord(a mem.Addr, x uint64) {
	if v.mem.Valid(a, 8) {
		v.mem.PutU64(a, x)
	}
}
