package vm

import (
	"slices"
	"sort"

	"gopark/sim/code"
	"gopark/sim/mem"
)

// Memory outside of the arena: what syscall.Mmap maps, and very large variables
// without pointers, which lie where a linker for amd64 would put them. The hot
// loop knows the arena alone, so each access comes here, many times as slow as
// others. The host holds what was touched, and nothing else.

// Bits of a mapping's protection, as syscall.PROT_READ and its like.
const (
	protRead  = 1
	protWrite = 2
)

// A mapping is a range of addresses with one protection.
type mapping struct {
	start, end mem.Addr
	prot       uint8
}

// An extent is a piece of mapped memory that was touched.
type extent struct {
	start mem.Addr
	bytes []byte
}

func (e *extent) end() mem.Addr { return e.start + uint64(len(e.bytes)) }

// far is the memory outside of the arena. Both lists are ordered by address and
// don't overlap.
type far struct {
	maps    []mapping
	extents []extent
	bytes   uint64 // in extents
}

const (
	mapPage   = 4096
	mapTop    = mem.Addr(0x7ffff7fff000) // mappings lie below, the first one uppermost
	farExtent = 64 << 10                 // an access brings so much around it along
)

func (f *far) clone() far {
	c := far{maps: slices.Clone(f.maps), extents: slices.Clone(f.extents), bytes: f.bytes}
	for i := range c.extents {
		c.extents[i].bytes = slices.Clone(c.extents[i].bytes)
	}
	return c
}

// mapped is the index of the first mapping that ends behind a.
func (f *far) mapped(a mem.Addr) int {
	return sort.Search(len(f.maps), func(i int) bool { return f.maps[i].end > a })
}

// touched is the index of the first extent that ends behind a.
func (f *far) touched(a mem.Addr) int {
	return sort.Search(len(f.extents), func(i int) bool { return f.extents[i].end() > a })
}

// fault is the first of n bytes at a that may not be accessed so; ok: all may.
func (f *far) fault(a mem.Addr, n uint64, prot uint8) (at mem.Addr, ok bool) {
	if a+n < a {
		return a, false
	}
	for i, end := f.mapped(a), a+n; a < end; i++ {
		if i == len(f.maps) || f.maps[i].start > a || f.maps[i].prot&prot != prot {
			return a, false
		}
		a = f.maps[i].end
	}
	return 0, true
}

// setMapping gives a range of whole pages a protection; unmap takes it away.
func (f *far) setMapping(start, end mem.Addr, prot uint8, unmap bool) {
	var below, above []mapping
	for _, m := range f.maps {
		if m.start < start {
			below = append(below, mapping{m.start, min(m.end, start), m.prot})
		}
		if m.end > end {
			above = append(above, mapping{max(m.start, end), m.end, m.prot})
		}
	}
	if unmap {
		f.forget(start, end)
	} else {
		below = append(below, mapping{start, end, prot})
	}
	f.maps = append(below, above...)
}

// forget drops what was touched of a range.
func (f *far) forget(start, end mem.Addr) {
	var kept []extent
	for _, e := range f.extents {
		if e.start < start {
			n := min(e.end(), start) - e.start
			kept = append(kept, extent{e.start, e.bytes[:n:n]}) // grows elsewhere
		}
		if e.end() > end {
			from := max(e.start, end)
			kept = append(kept, extent{from, e.bytes[from-e.start:]})
		}
		if e.end() <= start || e.start >= end {
			continue
		}
		f.bytes -= min(e.end(), end) - max(e.start, start)
	}
	f.extents = kept
}

// free is an address with room for size bytes, 0 if there is none.
func (f *far) free(size uint64) mem.Addr {
	top := mapTop
	for i := len(f.maps) - 1; i >= 0 && top-f.maps[i].end < size; i-- {
		top = f.maps[i].start
	}
	if size > top || top-size < mapTop/2 {
		return 0
	}
	return top - size
}

// farBytes returns n bytes outside of the arena, in one piece, or traps. What it
// returned before must not be written to any more.
func (v *VM) farBytes(a mem.Addr, n uint64, prot uint8) []byte {
	f := &v.far
	if at, ok := f.fault(a, n, prot); !ok {
		panic(trap{kind: trapFault, addr: at})
	}
	i := f.touched(a)
	if i < len(f.extents) && f.extents[i].start <= a && a+n <= f.extents[i].end() {
		e := &f.extents[i]
		return e.bytes[a-e.start:][:n:n]
	}
	start, end := a&^(farExtent-1), (a+n+farExtent-1)&^(farExtent-1)
	for i > 0 && f.extents[i-1].end() > start {
		i--
	}
	var whole []byte
	k := i
	for ; k < len(f.extents) && f.extents[k].start < end; k++ {
		e := f.extents[k]
		if start = min(start, e.start); k == i && start == e.start {
			whole = e.bytes // grows by its own rule
			continue
		}
		whole = append(whole, make([]byte, e.start-start-uint64(len(whole)))...)
		whole = append(whole, e.bytes...)
	}
	had := f.bytes
	for _, e := range f.extents[i:k] {
		had -= uint64(len(e.bytes))
	}
	if need := max(end, start+uint64(len(whole))) - start; v.mem.Size()+had+need > v.cfg.Memory {
		panic(trap{kind: trapMemory})
	} else if need > uint64(len(whole)) {
		whole = append(whole, make([]byte, need-uint64(len(whole)))...)
	}
	f.bytes = had + uint64(len(whole))
	f.extents = append(append(f.extents[:i:i], extent{start, whole}), f.extents[k:]...)
	return whole[a-start:][:n:n]
}

// farWidth is how many bytes an instruction accesses.
func farWidth(op code.Op) uint64 {
	switch op {
	case code.LdS8, code.LdU8, code.St8, code.LdxS8, code.LdxU8, code.Stx8, code.LdaU8, code.Sta8:
		return 1
	case code.LdS16, code.LdU16, code.St16, code.LdxS16, code.LdxU16, code.Stx16:
		return 2
	case code.LdS32, code.LdU32, code.St32, code.LdxS32, code.LdxU32, code.Stx32, code.AddA32, code.SwapA32, code.CasA32:
		return 4
	case code.Ld128, code.St128:
		return 16
	case code.Ld192, code.St192:
		return 24
	}
	return 8
}

// farLoad is a load that the hot loop left: of memory outside of the arena, or
// a fault.
func (v *VM) farLoad(op code.Op, slot uint16, a mem.Addr) {
	n := farWidth(op)
	b := v.bytes(a, n)
	for i := uint64(0); i < n; i += 8 {
		x := little(b[i:min(n, i+8)])
		switch op {
		case code.LdS8, code.LdxS8:
			x = uint64(int8(x))
		case code.LdS16, code.LdxS16:
			x = uint64(int16(x))
		case code.LdS32, code.LdxS32:
			x = uint64(int32(x))
		}
		v.set(slot+uint16(i/8), x)
	}
}

// farStore is a store that the hot loop left.
func (v *VM) farStore(op code.Op, a mem.Addr, slot uint16) {
	n := farWidth(op)
	copy(v.writable(a, n), v.frameBytes(slot, n))
}

// farAtomic is an atomic operation that the hot loop left.
func (v *VM) farAtomic(op code.Op, in code.Instr) {
	n := farWidth(op)
	b := v.writable(v.get(in.B), n)
	v.left -= costAtomic // the instruction's own, as code.Op.Steps has it
	old, x := little(b), v.get(in.C)
	switch op {
	case code.AddA32, code.AddA64:
		x += old
		v.set(in.A, x&(1<<(8*n)-1))
	case code.SwapA32, code.SwapA64:
		v.set(in.A, old)
	default:
		to := v.get(v.extraWord().A)
		same := old == x&(1<<(8*n)-1)
		v.set(in.A, b2u(same))
		if x = old; same {
			x = to
		}
	}
	for i := range b {
		b[i] = byte(x >> (8 * i))
	}
}

// little reads up to 8 bytes, the lowest first.
func little(b []byte) (x uint64) {
	for i, c := range b {
		x |= uint64(c) << (8 * i)
	}
	return x
}

var mmapNatives = table{
	{"syscall.mmap", mmap},
	{"syscall.munmap", munmap},
	{"syscall.mprotect", mprotect},
}

// Numbers of Linux's errors.
const (
	enomem = 12
	einval = 22
)

// mmap has a size and a protection, and returns an address and an error.
func mmap(c *Call) Action {
	size := (c.Arg(0) + mapPage - 1) &^ (mapPage - 1)
	a := c.VM.far.free(size)
	c.Cost(costMmap)
	switch {
	case size == 0:
		a, size = 0, einval
	case a == 0:
		size = enomem
	default:
		c.VM.far.setMapping(a, a+size, uint8(c.Arg(1)), false)
		size = 0
	}
	c.SetResult(0, a)
	c.SetResult(1, size)
	return Done
}

func munmap(c *Call) Action { return remap(c, true) }

func mprotect(c *Call) Action { return remap(c, false) }

// remap has an address, a size and perhaps a protection, and returns an error.
func remap(c *Call, unmap bool) Action {
	f := &c.VM.far
	a, size, e := c.Arg(0), (c.Arg(1)+mapPage-1)&^(mapPage-1), uint64(0)
	c.Cost(costMmap)
	if _, ok := f.fault(a, size, 0); a%mapPage != 0 || a+size < a {
		e = einval
	} else if !ok && !unmap {
		e = enomem
	} else if size > 0 {
		prot := uint8(0)
		if !unmap {
			prot = uint8(c.Arg(2))
		}
		f.setMapping(a, a+size, prot, unmap)
	}
	c.SetResult(0, e)
	return Done
}
