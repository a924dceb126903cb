package gomap

// Offsets in an iterator (maps.Iter).
const (
	iKey       = 0 // address of the current key; 0: the iteration is over
	iElem      = 8
	iType      = 16
	iMap       = 24 // 0: the map was empty at the start
	iOffset    = 32 // random start within each table
	iDirOffset = 40 // random start in the directory
	iClearSeq  = 48
	iDepth     = 56 // the map's depth at the last step
	iDir       = 64 // directory entries passed; small for a map without one
	iTable     = 72 // the table being walked
	iGroup     = 80 // the group of a map without directory
	iEntry     = 88 // slots passed in this table

	// IterSize is the size of an iterator.
	IterSize = 96
	// IterMap is where it has the map's address.
	IterMap = iMap

	small = ^uint64(0)
)

// IterInit makes the IterSize zeroed bytes at it an iterator over map h, which
// may be nil. No entry is current until Next.
func (o *Ops) IterInit(mt, h, it Addr) {
	m := o.Mem
	m.PutU64(it+iType, mt)
	if h == 0 || m.U64(h+hUsed) == 0 {
		return
	}
	m.PutU64(it+iMap, h)
	m.PutU64(it+iOffset, o.Rand())
	m.PutU64(it+iDirOffset, o.Rand())
	m.PutU64(it+iClearSeq, m.U64(h+hClearSeq))
	m.PutU8(it+iDepth, m.U8(h+hDepth))
	if m.U64(h+hDirLen) == 0 {
		m.PutU64(it+iDir, small)
		m.PutU64(it+iGroup, m.U64(h+hDir))
	}
}

// Next moves iterator it to the next entry and returns the addresses of its key
// and element; key is 0 at the end. The map may change between steps.
func (o *Ops) Next(it Addr) (key, elem Addr) {
	m := o.Mem
	if h := m.U64(it + iMap); h != 0 {
		var k probe
		k.layout(m, m.U64(it+iType))
		if m.U64(it+iDir) == small {
			key, elem = o.nextSmall(&k, h, it)
		} else {
			key, elem = o.nextTable(&k, h, it)
		}
	}
	m.PutU64(it+iKey, key)
	m.PutU64(it+iElem, elem)
	return key, elem
}

// nextSmall walks the group of a map that had no directory at the start.
func (o *Ops) nextSmall(k *probe, h, it Addr) (key, elem Addr) {
	m := o.Mem
	g, offset := m.U64(it+iGroup), m.U64(it+iOffset)
	grown := m.U64(h+hDirLen) != 0
	for n := m.U64(it + iEntry); n < groupSlots; n++ {
		i := (n + offset) % groupSlots
		if m.U8(g+i)&ctrlEmpty != 0 {
			continue
		}
		if key, elem = o.current(k, h, it, k.slot(g, i), grown); key != 0 {
			m.PutU64(it+iEntry, n+1)
			return key, elem
		}
	}
	m.PutU64(it+iEntry, groupSlots)
	return 0, 0
}

// current returns the key and element in a slot. If the slot's group is out of
// use, they are looked up in the map, and 0 is returned if they are gone.
func (o *Ops) current(k *probe, h, it, slot Addr, old bool) (key, elem Addr) {
	m := o.Mem
	stored := k.keyAt(m, slot)
	if !old {
		return stored, k.elemAt(m, slot)
	}
	if m.U64(h+hUsed) != 0 {
		var now probe
		if now.init(o, k.mt, h, stored) == 0 {
			key, elem = o.find(&now, h)
		}
	}
	if key == 0 && m.U64(it+iClearSeq) == m.U64(h+hClearSeq) && !k.selfEqual(m, stored) {
		// A NaN can't be found, but nor can it be changed or deleted, except
		// by clear.
		return stored, k.elemAt(m, slot)
	}
	return key, elem
}

func (o *Ops) nextTable(k *probe, h, it Addr) (key, elem Addr) {
	m := o.Mem
	o.followDirectory(h, it)
	for m.U64(it+iDir) < m.U64(h+hDirLen) {
		t := m.U64(it + iTable)
		if t == 0 {
			t = o.enterTable(h, it)
		}
		if key, elem = o.nextSlot(k, h, it, t); key != 0 {
			return key, elem
		}
		// Skip all entries of the directory that this table covers, or its
		// halves do if it has split.
		entries := uint64(1) << (m.U8(h+hDepth) - m.U8(t+tDepth))
		m.PutU64(it+iDir, m.U64(it+iDir)+entries)
		m.PutU64(it+iTable, 0)
		m.PutU64(it+iEntry, 0)
	}
	return 0, 0
}

// followDirectory scales the position in the directory if that has doubled
// since the last step.
func (o *Ops) followDirectory(h, it Addr) {
	m := o.Mem
	depth := m.U8(h + hDepth)
	if doublings := depth - m.U8(it+iDepth); doublings != 0 {
		m.PutU64(it+iDir, m.U64(it+iDir)<<doublings)
		m.PutU64(it+iDirOffset, m.U64(it+iDirOffset)<<doublings)
		m.PutU8(it+iDepth, depth)
	}
}

// enterTable picks the table at the iterator's position.
func (o *Ops) enterTable(h, it Addr) Addr {
	m := o.Mem
	offset := m.U64(it + iDirOffset)
	i := (m.U64(it+iDir) + offset) & (m.U64(h+hDirLen) - 1)
	t := m.U64(m.U64(h+hDir) + 8*i)
	// The random start may lie in the middle of a table's entries: begin
	// with their first, once and for all.
	m.PutU64(it+iDirOffset, offset-(i-m.U64(t+tIndex)))
	m.PutU64(it+iTable, t)
	return t
}

// nextSlot looks for the next entry in table t, which may be out of use.
func (o *Ops) nextSlot(k *probe, h, it, t Addr) (key, elem Addr) {
	m := o.Mem
	groups, capacity := m.U64(t+tGroups), uint64(m.U16(t+tCapacity))
	offset := m.U64(it + iOffset)
	old := m.U64(t+tIndex) == stale
	for n := m.U64(it + iEntry); n < capacity; {
		at := (n + offset) & (capacity - 1)
		g := groups + at/groupSlots*k.groupSize
		full := matchFull(m.U64(g)) >> (at % groupSlots * 8)
		if full == 0 {
			n += groupSlots - at%groupSlots
			continue
		}
		skip := first(full)
		if n+skip >= capacity {
			break // around the table once: this slot was the start's group's
		}
		n += skip + 1
		if key, elem = o.current(k, h, it, k.slot(g, at%groupSlots+skip), old); key != 0 {
			m.PutU64(it+iEntry, n)
			return key, elem
		}
	}
	m.PutU64(it+iEntry, capacity)
	return 0, 0
}

// Entries calls visit with the addresses of the key and element of each entry of
// map h, in order of storage, until it returns false. It changes nothing, so
// views may use it; unlike the rest of the package it accepts a header whose
// words are wrong, and then stops.
func (o *Ops) Entries(mt, h Addr, visit func(key, elem Addr) bool) {
	m := o.Mem
	var k probe
	k.layout(m, mt)
	if !m.Valid(h, HeaderSize) {
		return
	}
	if m.U64(h+hDirLen) == 0 {
		o.visitGroups(&k, m.U64(h+hDir), 1, visit)
		return
	}
	if n := m.U64(h + hDirLen); n > m.Size()/8 || !m.Valid(m.U64(h+hDir), 8*n) {
		return
	}
	for t := range o.tables(h) {
		if !m.Valid(t, tableSize) {
			return
		}
		groups, mask := tableGroups(m, t)
		if !o.visitGroups(&k, groups, mask+1, visit) {
			return
		}
	}
}

func (o *Ops) visitGroups(k *probe, groups Addr, n uint64, visit func(key, elem Addr) bool) bool {
	m := o.Mem
	for i := range n {
		g := groups + i*k.groupSize
		if !m.Valid(g, k.groupSize) {
			return false
		}
		for full := matchFull(m.U64(g)); full != 0; full &= full - 1 {
			slot := k.slot(g, first(full))
			if !visit(k.keyAt(m, slot), k.elemAt(m, slot)) {
				return false
			}
		}
	}
	return true
}
