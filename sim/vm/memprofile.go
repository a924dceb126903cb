package vm

import (
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"

	"gopark/sim/code"
	"gopark/sim/mem"
)

// The heap profile (runtime/mprof.go): about one allocation in MemProfileRate
// bytes is noted with its stack, and again when the object is freed. As in Go,
// programs that can't ask for the profile keep none.

// A memProfile is the state of the heap profile.
type memProfile struct {
	on      bool
	rateAt  mem.Addr // runtime.MemProfileRate
	rate    int64    // as it was at the last sample
	next    int64    // bytes until the next sample
	cycle   uint32   // collections that were marked
	buckets []memBucket
	byStack map[string]int32
	objects map[mem.Addr]int32 // buckets of the objects that were noted
}

// memCounts are allocations and what was freed of them: objects and bytes.
type memCounts struct{ allocs, allocBytes, frees, freeBytes uint64 }

func (c *memCounts) add(d *memCounts) {
	c.allocs += d.allocs
	c.allocBytes += d.allocBytes
	c.frees += d.frees
	c.freeBytes += d.freeBytes
	*d = memCounts{}
}

// A memBucket counts allocations of one size from one stack. Allocations are
// known at once and frees only when the next collection sweeps, so both wait
// until they can be published together: those of collection c in future[c%3]
// (runtime/mprof.go:memRecord).
type memBucket struct {
	stack  []uint32 // pcs of the calls, innermost first
	size   uint64
	active memCounts
	future [3]memCounts
}

const (
	symMemProfileRate = "runtime.MemProfileRate"
	nativeMemProfile  = "runtime.memProfile"
	profStackDepth    = 128 // runtime.maxProfStackDepth
)

func (p *memProfile) init(prog *code.Program) {
	if rate, ok := prog.Symbols[symMemProfileRate]; ok && slices.Contains(prog.Natives, nativeMemProfile) {
		p.on, p.rateAt, p.rate = true, rate, -1
		p.byStack, p.objects = map[string]int32{}, map[mem.Addr]int32{}
	}
}

func (p *memProfile) clone() memProfile {
	c := *p
	c.buckets, c.byStack, c.objects = slices.Clone(p.buckets), maps.Clone(p.byStack), maps.Clone(p.objects)
	return c
}

// count lets object i at address a count, and be noted if the next sample is due
// (runtime/malloc.go:profilealloc).
func (v *VM) count(a mem.Addr, i, size uint64) {
	p := &v.heap.profile
	rate := int64(v.mem.U64(p.rateAt))
	p.next -= int64(size)
	if p.next >= 0 && rate == p.rate || v.initializing {
		return
	}
	first := p.rate < 0 // which in Go happens before the program
	p.rate, p.next = rate, v.nextSample(rate)
	if first || v.cur == nil {
		return
	}
	b := v.memBucket(size)
	c := &p.buckets[b].future[(p.cycle+2)%3]
	c.allocs++
	c.allocBytes += size
	p.objects[a] = b
	v.heap.flags[i] |= sampled
}

// nextSample is how many bytes lie between two samples, by chance with the mean
// rate: -ln(q)·rate for q in (0, 1] (runtime/malloc.go:fastexprand).
func (v *VM) nextSample(rate int64) int64 {
	const randomBits, fraction = 26, 20
	switch {
	case rate <= 0:
		return 1<<63 - 1
	case rate == 1:
		return 0
	}
	// The logarithm to base 2 of q, in integers: on every host the same.
	q := v.rand()>>(64-randomBits) + 1
	n := bits.Len64(q) - 1
	x := q << (31 - n) // q/2ⁿ, in [1, 2) with 31 places
	log := uint64(n) << fraction
	for bit := uint64(1) << (fraction - 1); bit > 0; bit >>= 1 {
		if x = x * x >> 31; x >= 2<<31 {
			x >>= 1
			log |= bit
		}
	}
	const ln2 = 726817 // ·2⁻²⁰
	return int64((randomBits<<fraction-log)*ln2>>fraction*uint64(min(rate, 0x7000000))>>fraction) + 1
}

// memBucket returns the number of the bucket for the current stack.
func (v *VM) memBucket(size uint64) int32 {
	p := &v.heap.profile
	var stack []uint32
	v.save()
	v.eachCall(v.cur, func(pc uint32, _ *frame) bool {
		stack = append(stack, pc)
		return len(stack) < profStackDepth
	})
	key := binary.LittleEndian.AppendUint64(nil, size)
	for _, pc := range stack {
		key = binary.LittleEndian.AppendUint32(key, pc)
	}
	b, ok := p.byStack[string(key)]
	if !ok {
		b = int32(len(p.buckets))
		p.buckets = append(p.buckets, memBucket{stack: stack, size: size})
		p.byStack[string(key)] = b
	}
	return b
}

// freed notes that a noted object is freed.
func (p *memProfile) freed(a mem.Addr) {
	b, ok := p.objects[a]
	if !ok {
		return
	}
	delete(p.objects, a)
	c := &p.buckets[b].future[(p.cycle+1)%3]
	c.frees++
	c.freeBytes += p.buckets[b].size
}

// publish makes what a collection's events say visible: those of the n-th from
// the present cycle.
func (p *memProfile) publish(n uint32) {
	for i := range p.buckets {
		b := &p.buckets[i]
		b.active.add(&b.future[(p.cycle+n)%3])
	}
}

// nextCycle is the end of marking (mProf_NextCycle, mProf_Flush).
func (p *memProfile) nextCycle() {
	p.cycle++
	p.publish(0)
}

// memProfileNative publishes what is due, and tells how many buckets there are
// (mprof.go:memProfileInternal).
func memProfileNative(c *Call) Action {
	p := &c.VM.heap.profile
	p.publish(0)
	if !slices.ContainsFunc(p.buckets, func(b memBucket) bool { return b.active.allocs != 0 || b.active.frees != 0 }) {
		// No collection has happened yet: tell what there is.
		for n := range uint32(3) {
			p.publish(n)
		}
	}
	c.Cost(uint64(len(p.buckets)))
	c.SetResult(0, uint64(len(p.buckets)))
	return Done
}

// memProfileBucket writes the counts of a bucket to four words, its return
// addresses to a slice, and says how many they are.
func memProfileBucket(c *Call) Action {
	v := c.VM
	b := &v.heap.profile.buckets[c.Int(0)]
	for i, n := range []uint64{b.active.allocs, b.active.allocBytes, b.active.frees, b.active.freeBytes} {
		c.Store64(c.Arg(1)+8*uint64(i), n)
	}
	n := min(uint64(len(b.stack)), c.Arg(3))
	for i, pc := range b.stack[:n] {
		c.Store64(c.Arg(2)+8*uint64(i), code.TextBase+uint64(pc)+1)
	}
	c.SetResult(0, n)
	return Done
}
