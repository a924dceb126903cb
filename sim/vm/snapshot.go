package vm

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"unsafe"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// A Snapshot is the machine's state between two calls of Run.
type Snapshot struct {
	mem   *mem.Snapshot
	vm    VM    // the state's fields are copies of their own; the fixed ones are not used
	bytes int64 // of them

	// Where processes are many: the kernel, whose machines are only state, and
	// the memory of each. mem and vm are not used.
	kern *kernel
	mems []*mem.Snapshot
}

// Snapshot copies the state; what is in memory as it was in the earlier
// snapshot like, if that isn't nil, is shared with it. added is about how many
// bytes the copy takes; if they are more than most, there is none.
func (v *VM) Snapshot(like *Snapshot, most int64) (s *Snapshot, added int64) {
	if v.cur != nil {
		panic("vm: snapshot during a turn")
	}
	if v.kern != nil {
		return v.snapshotAll(like, most)
	}
	s = &Snapshot{bytes: v.recordBytes()}
	var was *mem.Snapshot
	if like != nil {
		was = like.mem
	}
	s.mem, added = v.mem.Snapshot(was, v.prog.ROSize, most-s.bytes)
	if s.mem == nil {
		return nil, 0
	}
	s.vm.copyState(v)
	return s, added + s.bytes
}

// Release says that s is not needed any more, and how many bytes that frees.
func (s *Snapshot) Release() (freed int64) {
	for _, m := range append(s.mems, s.mem) {
		if m != nil {
			freed += m.Release()
		}
	}
	return freed + s.bytes
}

// recordBytes is about how much of the host's memory the state takes beside the
// arena.
func (v *VM) recordBytes() int64 {
	n := uintptr(len(v.gs))*unsafe.Sizeof(G{}) + uintptr(len(v.sudogs.items))*unsafe.Sizeof(sudog{}) +
		uintptr(len(v.heap.flags))*5 + uintptr(len(v.heap.pages))*4 + uintptr(len(v.heap.spans))*unsafe.Sizeof(span{})
	return int64(n) + int64(v.far.bytes)
}

// SnapshotCost is about how many bytes have to be looked at for a snapshot.
func (v *VM) SnapshotCost() int64 {
	if v.kern != nil {
		return int64(v.kern.bytes)
	}
	return int64(v.mem.Size()-v.prog.ROSize) + v.recordBytes()
}

// Sum is a checksum of the arena and of where each goroutine stands in it: two
// machines that ran the same program equally far have the same.
func (v *VM) Sum() uint64 {
	h := uint64(14695981039346656037)
	if v.kern != nil {
		for _, p := range v.kern.procs {
			if p.vm != nil {
				h = h*31 + v.kern.load(p).sum(h)
			}
		}
		return h
	}
	return v.sum(h)
}

func (v *VM) sum(h uint64) uint64 {
	mix := func(x uint64) { h = bits.RotateLeft64((h^x)*0x9e3779b97f4a7c15, 29) }
	for a := mem.Base; a+8 <= mem.Base+v.mem.Size(); a += 8 {
		mix(v.mem.U64(a))
	}
	for _, g := range v.gs {
		mix(uint64(g.Status))
		mix(uint64(g.PC))
		mix(g.FP)
		mix(g.Ctx)
		mix(uint64(g.Debt))
		mix(uint64(len(g.Requests)))
	}
	mix(v.steps)
	mix(v.rng.state)
	return h
}

// Restore brings back what s holds. s stays good for more.
func (v *VM) Restore(s *Snapshot) {
	if v.kern != nil {
		v.restoreAll(s)
		return
	}
	v.mem.Restore(s.mem, v.prog.ROSize)
	v.copyState(&s.vm)
}

// copyState makes v's state a deep copy of from's, except for the arena.
func (v *VM) copyState(from *VM) {
	v.heap, v.gc = from.heap.clone(), from.gc.clone()
	v.far = from.far.clone()
	v.gs = cloneGs(from.gs)
	v.freeG = slices.Clone(from.freeG)
	v.sudogs, v.panics = from.sudogs.clone(), from.panics.clone()
	v.defers = from.defers.clone()
	for i := range v.defers.items {
		v.defers.items[i].args = slices.Clone(v.defers.items[i].args)
	}
	v.timers, v.freeTimers = slices.Clone(from.timers), slices.Clone(from.freeTimers)
	v.bubbles = slices.Clone(from.bubbles)
	for i := range v.bubbles {
		v.bubbles[i].timers = slices.Clone(v.bubbles[i].timers)
	}
	v.mapWrites, v.mapWrote = from.mapWrites, from.mapWrote
	v.coros, v.freeCoros = slices.Clone(from.coros), slices.Clone(from.freeCoros)
	for i := range v.coros {
		v.coros[i].exec = v.coros[i].exec.clone()
	}
	v.sema, v.itabs = maps.Clone(from.sema), maps.Clone(from.itabs)
	v.itabList = slices.Clone(from.itabList)
	v.lib = from.lib.clone()
	v.fireq, v.firing = slices.Clone(from.fireq), from.firing
	v.rng, v.steps, v.extra = from.rng, from.steps, from.extra
	v.firstStack, v.maxStack, v.written, v.full = from.firstStack, from.maxStack, from.written, from.full
	v.over, v.dying = from.over, from.dying
}

// cloneGs copies them into one block: a hundred thousand of them would take
// longer to find room for than to copy.
func cloneGs(from []*G) []*G {
	n := 0
	for _, g := range from {
		n += int(b2u(g != &noG))
	}
	block, list := make([]G, n), make([]*G, len(from))
	for i, g := range from {
		if g == &noG {
			list[i] = g
			continue
		}
		c := &block[0]
		block = block[1:]
		*c = *g
		c.exec = g.exec.clone()
		c.Requests = slices.Clone(g.Requests)
		list[i] = c
	}
	return list
}

func (x exec) clone() exec {
	if x.rare != nil {
		r := *x.rare
		r.Inj, r.Recovering, r.Segs = slices.Clone(r.Inj), slices.Clone(r.Recovering), slices.Clone(r.Segs)
		x.rare = &r
	}
	return x
}

// RunInit runs function sym, a package's initialisation, to its end before the
// run's time begins: no time passes, no instruction is counted, and nobody
// schedules; system calls answer at once. It fails if the function parks, starts a goroutine or ends the
// process.
func (v *VM) RunInit(sym string) error {
	a, ok := v.prog.Symbols[sym]
	if !ok {
		return fmt.Errorf("vm: the program has no %s", sym)
	}
	g := v.newG(uint32(a-code.TextBase), 0, nil)
	v.initializing = true
	defer func() {
		v.initializing, v.steps, v.extra = false, 0, 0
		if v.kern != nil {
			v.kern.steps = 0
		}
	}()
	for {
		_, r := v.Run(g.ID, 0, 1<<40, false)
		switch r.Kind {
		case task.Exit:
			return nil
		case task.Nothing, task.Yield, task.GoYield, task.Syscall, task.LockThread, task.UnlockThread, task.CollectBegin, task.CollectEnd, task.StackGrow, task.StackShrink:
		case task.ExitProcess, task.Crash:
			return fmt.Errorf("vm: %s ended the process with code %d", sym, r.N)
		default:
			return fmt.Errorf("vm: %s asks for %v", sym, r.Kind)
		}
		if v.steps > 1<<32 {
			return fmt.Errorf("vm: %s does not end", sym)
		}
	}
}
