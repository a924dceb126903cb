package vm

import "gopark/sim/mem"

// What the collector has to do with sync.Pool, by the layout that the overlay of package
// sync gives it.

// Fields of a sync.Pool, of its set of items, and of an item and a node of a list.
const (
	poolLocal  = 0
	poolVictim = 8
	poolShared = 8 // of a set
	poolNext   = 0 // of an item or a node
	poolOf     = 8 // of a node
)

var poolNatives = table{
	{"sync.runtime_registerPools", func(c *Call) Action {
		c.VM.lib.pools = [2]mem.Addr{c.Arg(0), c.Arg(1)}
		return Done
	}},
}

// cleanPools is sync.poolCleanup, at the beginning of a collection: what was there at the
// last one goes, and what has come since is kept until the next. Then who was saved first
// is found first, as thieves take from the other end of a queue. A program may have
// written anything there by package unsafe: no list is longer than there are objects.
func (v *VM) cleanPools() {
	all, old := v.lib.pools[0], v.lib.pools[1]
	if all == 0 {
		return
	}
	left := v.heap.objects
	for n := v.wordOr0(old); n != 0 && left > 0; n = v.wordOr0(n + poolNext) {
		v.putWord(v.wordOr0(n+poolOf)+poolVictim, 0)
		left--
	}
	for n := v.wordOr0(all); n != 0 && left > 0; n = v.wordOr0(n + poolNext) {
		p := v.wordOr0(n + poolOf)
		set := v.wordOr0(p + poolLocal)
		v.putWord(p+poolVictim, set)
		v.putWord(p+poolLocal, 0)
		var last mem.Addr
		for item := v.wordOr0(set + poolShared); item != 0 && left > 0; left-- {
			next := v.wordOr0(item + poolNext)
			v.putWord(item+poolNext, last)
			last, item = item, next
		}
		v.putWord(set+poolShared, last)
		left--
	}
	v.putWord(old, v.wordOr0(all))
	v.putWord(all, 0)
}

// wordOr0 and putWord are for addresses that a program may have made up.
//
//go:noinline
func (v *VM) wordOr0(a mem.Addr) uint64 {
	w, _ := v.Word(a)
	return w
}

//go:noinline
func (v *VM) putWord(a mem.Addr, x uint64) {
	if v.mem.Valid(a, 8) {
		v.mem.PutU64(a, x)
	}
}
