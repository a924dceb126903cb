package gomap

import (
	"iter"
	"math/bits"

	"gopark/sim/mem"
)

// Offsets in a table (maps.table).
const (
	tUsed     = 0 // uint16
	tCapacity = 2 // uint16: slots, a power of two
	tGrowth   = 4 // uint16: empty slots that may be filled before the table must grow
	tDepth    = 6 // uint8: how many high bits of the hash its keys share
	tIndex    = 8 // first directory entry that points here; stale if replaced
	tGroups   = 16
	tMask     = 24 // number of groups - 1

	tableSize = 32
	stale     = ^uint64(0)
)

func tableGroups(m *mem.Memory, t Addr) (groups Addr, mask uint64) {
	return m.U64(t + tGroups), m.U64(t + tMask)
}

// maxGrowth is how many slots of an empty table may be filled: one in eight
// stays free, so that every search ends.
func maxGrowth(capacity uint16) uint16 {
	if capacity <= groupSlots {
		return capacity - 1
	}
	return capacity / groupSlots * maxLoad
}

func (o *Ops) newTable(mt Addr, capacity uint64, index int64, depth uint8) Addr {
	m := o.Mem
	capacity = max(capacity, groupSlots)
	capacity = 1 << bits.Len64(capacity-1)
	n := capacity / groupSlots
	t := o.Alloc(tableSize, 0)
	groups := o.newGroups(mt, n, groupSlots*m.U64(mt+mtSlotSize)+8)
	m.PutU16(t+tCapacity, uint16(capacity))
	m.PutU16(t+tGrowth, maxGrowth(uint16(capacity)))
	m.PutU8(t+tDepth, depth)
	m.PutU64(t+tIndex, uint64(index))
	m.PutU64(t+tGroups, groups)
	m.PutU64(t+tMask, n-1)
	return t
}

func (o *Ops) cloneTable(mt, t Addr, groupSize uint64) Addr {
	m := o.Mem
	c := o.Alloc(tableSize, 0)
	copy(m.Bytes(c, tableSize), m.Bytes(t, tableSize))
	groups, mask := tableGroups(m, t)
	m.PutU64(c+tGroups, o.cloneGroups(mt, groups, mask+1, groupSize))
	return c
}

// tables returns each table of map h's directory once.
func (o *Ops) tables(h Addr) iter.Seq[Addr] {
	return func(yield func(Addr) bool) {
		last := Addr(0)
		for i := range o.Mem.U64(h + hDirLen) {
			t := o.Mem.U64(o.Mem.U64(h+hDir) + 8*i)
			if t != last && !yield(t) {
				return
			}
			last = t
		}
	}
}

// assignTable is Assign in table t. It returns 0 if the table had to grow:
// then the search starts again.
func (o *Ops) assignTable(k *probe, h, t Addr) Addr {
	m := o.Mem
	groups, mask := tableGroups(m, t)
	deleted, deletedSlot := Addr(0), uint64(0)
	for i, step := k.hash>>7&mask, uint64(1); ; i, step = (i+step)&mask, step+1 {
		g := groups + i*k.groupSize
		slot, ctrl := k.match(m, g)
		if slot != 0 {
			return k.update(m, slot)
		}
		empty := matchEmpty(ctrl)
		if deleted == 0 {
			if free := matchFree(ctrl) &^ empty; free != 0 {
				deleted, deletedSlot = g, first(free)
			}
		}
		if empty == 0 {
			continue
		}
		// The key is not there: such a group ends the search.
		if deleted != 0 {
			o.count(h, t)
			return o.fill(k, deleted, deletedSlot)
		}
		if m.U16(t+tGrowth) == 0 {
			o.prune(k, h, t)
		}
		if m.U16(t+tGrowth) == 0 {
			o.grow(k, h, t)
			return 0
		}
		m.PutU16(t+tGrowth, m.U16(t+tGrowth)-1)
		o.count(h, t)
		return o.fill(k, g, first(empty))
	}
}

// count counts a new entry.
func (o *Ops) count(h, t Addr) {
	o.Mem.PutU64(h+hUsed, o.Mem.U64(h+hUsed)+1)
	o.Mem.PutU16(t+tUsed, o.Mem.U16(t+tUsed)+1)
}

// move copies a slot's words into table t, which has room and lacks the key.
func (o *Ops) move(k *probe, t, slot Addr, hash uint64) {
	m := o.Mem
	groups, mask := tableGroups(m, t)
	for i, step := hash>>7&mask, uint64(1); ; i, step = (i+step)&mask, step+1 {
		g := groups + i*k.groupSize
		free := matchFree(m.U64(g))
		if free == 0 {
			continue
		}
		j := first(free)
		copy(m.Bytes(k.slot(g, j), k.slotSize), m.Bytes(slot, k.slotSize))
		m.PutU8(g+j, uint8(hash&0x7f))
		m.PutU16(t+tGrowth, m.U16(t+tGrowth)-1)
		m.PutU16(t+tUsed, m.U16(t+tUsed)+1)
		return
	}
}

func (o *Ops) deleteTable(k *probe, h, t Addr) {
	m := o.Mem
	groups, mask := tableGroups(m, t)
	for i, step := k.hash>>7&mask, uint64(1); ; i, step = (i+step)&mask, step+1 {
		g := groups + i*k.groupSize
		slot, ctrl := k.match(m, g)
		empty := matchEmpty(ctrl) != 0
		if slot == 0 && !empty {
			continue
		}
		if slot == 0 {
			return
		}
		clear(m.Bytes(slot, k.slotSize))
		m.PutU64(h+hUsed, m.U64(h+hUsed)-1)
		m.PutU16(t+tUsed, m.U16(t+tUsed)-1)
		if empty {
			// No search ever went past this group: no mark is needed.
			m.PutU8(g+k.index(g, slot), ctrlEmpty)
			m.PutU16(t+tGrowth, m.U16(t+tGrowth)+1)
			return
		}
		m.PutU8(g+k.index(g, slot), ctrlDeleted)
		m.PutU8(h+hTombstones, 1)
		return
	}
}

// grow doubles table t, or splits it when it has its full size already.
func (o *Ops) grow(k *probe, h, t Addr) {
	m := o.Mem
	capacity := 2 * uint64(m.U16(t+tCapacity))
	if capacity > maxCapacity {
		o.split(k, h, t)
		return
	}
	n := o.newTable(k.mt, capacity, int64(m.U64(t+tIndex)), m.U8(t+tDepth))
	for slot := range k.full(m, t) {
		o.move(k, n, slot, k.hashOf(o, h, slot))
	}
	o.install(h, n)
	m.PutU64(t+tIndex, stale)
}

// split distributes table t's entries over two, by one more bit of the hash.
func (o *Ops) split(k *probe, h, t Addr) {
	m := o.Mem
	depth := m.U8(t+tDepth) + 1
	index := m.U64(t + tIndex)
	left := o.newTable(k.mt, maxCapacity, 0, depth)
	right := o.newTable(k.mt, maxCapacity, 0, depth)
	for slot := range k.full(m, t) {
		hash := k.hashOf(o, h, slot)
		side := left
		if hash>>(64-depth)&1 != 0 {
			side = right
		}
		o.move(k, side, slot, hash)
	}
	if depth > m.U8(h+hDepth) {
		o.doubleDirectory(h)
		index *= 2
	}
	m.PutU64(left+tIndex, index)
	m.PutU64(right+tIndex, index+1<<(m.U8(h+hDepth)-depth))
	o.install(h, left)
	o.install(h, right)
	m.PutU64(t+tIndex, stale)
}

func (o *Ops) doubleDirectory(h Addr) {
	m := o.Mem
	n := m.U64(h + hDirLen)
	dir := o.Alloc(16*n, 0)
	old := m.U64(h + hDir)
	for i := range n {
		t := m.U64(old + 8*i)
		m.PutU64(dir+16*i, t)
		m.PutU64(dir+16*i+8, t)
		if m.U64(t+tIndex) == i {
			m.PutU64(t+tIndex, 2*i)
		}
	}
	o.setDirectory(h, dir, 2*n, m.U8(h+hDepth)+1)
}

// install enters table t wherever it belongs in the directory.
func (o *Ops) install(h, t Addr) {
	m := o.Mem
	at := m.U64(h+hDir) + 8*m.U64(t+tIndex)
	for i := range uint64(1) << (m.U8(h+hDepth) - m.U8(t+tDepth)) {
		m.PutU64(at+8*i, t)
	}
}

// full returns the filled slots of table t.
func (k *probe) full(m *mem.Memory, t Addr) iter.Seq[Addr] {
	return func(yield func(Addr) bool) {
		groups, mask := tableGroups(m, t)
		for i := range mask + 1 {
			g := groups + i*k.groupSize
			for full := matchFull(m.U64(g)); full != 0; full &= full - 1 {
				if !yield(k.slot(g, first(full))) {
					return
				}
			}
		}
	}
}
