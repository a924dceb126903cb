// Package gomap is Go's map in simulated memory: Swiss tables as in Go 1.24
// and later (internal/runtime/maps), on memory words alone. It knows type
// descriptors, but neither goroutines nor instructions; each operation is
// atomic to the program.
//
// # Layout
//
// A map value is the address of a header. A map of at most 8 entries has one
// group and no table; a larger one has a directory of tables, picked by the
// high bits of the hash, each of up to 1024 slots in groups of 8. A table that
// outgrows 1024 slots splits in two, which may double the directory.
//
//	header ─► group                                      (dirLen 0)
//	header ─► directory [dirLen]*table ─► table ─► groups (dirLen > 0)
//
// A group is a control word, a byte for each of its slots (empty, deleted, or
// the 7 low bits of the hash), and the slots {key, elem}. Keys and elements of
// more than 128 bytes are stored as pointers, by flags of the map's type.
// Headers, tables and iterators have the fields, sizes and offsets of Go's
// Map, table and Iter, so that reflect and len find what they expect. No state
// is kept anywhere else: a copy of the memory is a copy of every map and of
// every iteration under way.
//
// # Iteration
//
// It starts at a random slot and wraps around. A table that grew or split while
// an iterator was in it is walked in its old form, which nobody changes any
// more, and each key is looked up anew: entries removed since are skipped, and
// elements are current (see Next).
package gomap

import (
	"math/bits"

	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// Addr is an address in simulated memory.
type Addr = mem.Addr

// Offsets in the header (maps.Map).
const (
	hUsed       = 0 // entries; first, because len and reflect read it
	hSeed       = 8
	hDir        = 16 // the directory, or the only group if hDirLen is 0
	hDirLen     = 24
	hDepth      = 32 // log2 of the directory's length
	hShift      = 33 // 64 - depth
	hTombstones = 35 // a slot may be marked deleted
	hClearSeq   = 40 // how often the map was cleared

	// HeaderSize is the size of a map's header.
	HeaderSize = 48
)

// Offsets in abi.MapType, and its flags.
const (
	mtKey      = 48
	mtElem     = 56
	mtGroup    = 64
	mtSlotSize = 88
	mtElemOff  = 96
	mtFlags    = 104
	mtSize     = 112

	flagKeyUpdate    = 1 << 0 // an equal key may differ: overwrite it
	flagMightPanic   = 1 << 1 // hashing may meet an uncomparable type
	flagIndirectKey  = 1 << 2
	flagIndirectElem = 1 << 3
)

const (
	groupSlots  = 8
	maxLoad     = 7 // entries a group holds on average before its table grows
	maxCapacity = 1024
)

// Ops are the operations on maps in one memory.
type Ops struct {
	Mem *mem.Memory
	// Alloc returns size zeroed bytes for a value of type typ; 0 for headers,
	// tables, directories and groups, which a collector follows by the layout
	// above. It never returns 0.
	Alloc func(size uint64, typ Addr) Addr
	// Rand is the run's random: seeds of hashes, starts of iterations.
	Rand func() uint64
}

// Make returns a new map of type mt with room for hint entries.
func (o *Ops) Make(mt Addr, hint int64) Addr {
	h := o.Alloc(HeaderSize, 0)
	o.Mem.PutU64(h+hSeed, o.Rand())
	if hint <= groupSlots {
		return h // the group comes with the first entry
	}
	target := uint64(hint) * groupSlots / maxLoad
	group := groupSlots*o.Mem.U64(mt+mtSlotSize) + 8
	if hi, bytes := bits.Mul64(target/groupSlots+1, group); hi != 0 || bytes > o.Mem.Limit() {
		return h // only a hint, and an absurd one
	}
	dirLen := uint64(1)
	for dirLen*maxCapacity < target {
		dirLen *= 2
	}
	depth := uint8(bits.Len64(dirLen) - 1)
	dir := o.Alloc(8*dirLen, 0)
	for i := range dirLen {
		o.Mem.PutU64(dir+8*i, o.newTable(mt, target/dirLen, int64(i), depth))
	}
	o.setDirectory(h, dir, dirLen, depth)
	return h
}

func (o *Ops) setDirectory(h, dir Addr, dirLen uint64, depth uint8) {
	m := o.Mem
	m.PutU64(h+hDir, dir)
	m.PutU64(h+hDirLen, dirLen)
	m.PutU8(h+hDepth, depth)
	m.PutU8(h+hShift, 64-depth)
}

// Len returns the number of entries of map h, which may be nil.
func (o *Ops) Len(h Addr) uint64 {
	if h == 0 {
		return 0
	}
	return o.Mem.U64(h + hUsed)
}

// Get returns the address of the element for the key at address key, 0 if there
// is none; h may be nil. bad is the type in the key that can't be hashed, if
// any: the program panics.
func (o *Ops) Get(mt, h, key Addr) (elem, bad Addr) {
	if h == 0 || o.Mem.U64(h+hUsed) == 0 {
		return 0, o.keyError(mt, key)
	}
	var k probe
	if bad := k.init(o, mt, h, key); bad != 0 {
		return 0, bad
	}
	_, elem = o.find(&k, h)
	return elem, 0
}

// keyError returns the type for which hashing the key would panic, 0 if none:
// Go panics for an unhashable key even when the map is empty.
func (o *Ops) keyError(mt, key Addr) Addr {
	if o.Mem.U32(mt+mtFlags)&flagMightPanic == 0 {
		return 0
	}
	_, bad := rtype.Hash(o.Mem, o.Mem.U64(mt+mtKey), key, 0, noRandom)
	return bad
}

func noRandom() uint64 { return 0 }

// find returns the addresses of the stored key and element, 0 if there is none.
func (o *Ops) find(k *probe, h Addr) (key, elem Addr) {
	m := o.Mem
	if m.U64(h+hDirLen) == 0 {
		g := m.U64(h + hDir)
		if slot, _ := k.match(m, g); slot != 0 {
			return k.keyAt(m, slot), k.elemAt(m, slot)
		}
		return 0, 0
	}
	groups, mask := tableGroups(m, o.tableFor(h, k.hash))
	for i, step := k.hash>>7&mask, uint64(1); ; i, step = (i+step)&mask, step+1 {
		g := groups + i*k.groupSize
		slot, ctrl := k.match(m, g)
		if slot != 0 {
			return k.keyAt(m, slot), k.elemAt(m, slot)
		}
		if matchEmpty(ctrl) != 0 {
			return 0, 0
		}
	}
}

// tableFor returns the table that holds keys with this hash.
func (o *Ops) tableFor(h Addr, hash uint64) Addr {
	shift := o.Mem.U8(h + hShift) // 64 if there is one table: then the index is 0
	return o.Mem.U64(o.Mem.U64(h+hDir) + 8*(hash>>shift))
}

// Assign returns the address of the element for the key at address key, adding
// a zeroed one if there is none. h must not be nil. bad is as in Get.
func (o *Ops) Assign(mt, h, key Addr) (elem, bad Addr) {
	var k probe
	if bad := k.init(o, mt, h, key); bad != 0 {
		return 0, bad
	}
	m := o.Mem
	if m.U64(h+hDir) == 0 {
		g := o.Alloc(k.groupSize+8, m.U64(mt+mtGroup))
		m.PutU64(g, ctrlAllEmpty)
		m.PutU64(h+hDir, g)
	}
	if m.U64(h+hDirLen) == 0 {
		if elem := o.assignSmall(&k, h); elem != 0 {
			return elem, 0
		}
		o.growToTable(&k, h)
	}
	for {
		// A table that had to grow may have split: pick again.
		if elem := o.assignTable(&k, h, o.tableFor(h, k.hash)); elem != 0 {
			return elem, 0
		}
	}
}

// assignSmall works on a map of one group; it returns 0 if that is full.
func (o *Ops) assignSmall(k *probe, h Addr) Addr {
	m := o.Mem
	g := m.U64(h + hDir)
	slot, ctrl := k.match(m, g)
	if slot != 0 {
		return k.update(m, slot)
	}
	free := matchFree(ctrl)
	if free == 0 {
		return 0
	}
	m.PutU64(h+hUsed, m.U64(h+hUsed)+1)
	return o.fill(k, g, first(free))
}

// growToTable moves the entries of a full small map into a table.
func (o *Ops) growToTable(k *probe, h Addr) {
	m := o.Mem
	t := o.newTable(k.mt, 2*groupSlots, 0, 0)
	dir := o.Alloc(8, 0)
	m.PutU64(dir, t)
	g := m.U64(h + hDir)
	for full := matchFull(m.U64(g)); full != 0; full &= full - 1 {
		slot := k.slot(g, first(full))
		o.move(k, t, slot, k.hashOf(o, h, slot))
	}
	o.setDirectory(h, dir, 1, 0)
}

// Delete removes the entry for the key at address key, if there is one; h may be
// nil. bad is as in Get.
func (o *Ops) Delete(mt, h, key Addr) (bad Addr) {
	if h == 0 || o.Mem.U64(h+hUsed) == 0 {
		return o.keyError(mt, key)
	}
	var k probe
	if bad := k.init(o, mt, h, key); bad != 0 {
		return bad
	}
	m := o.Mem
	if m.U64(h+hDirLen) == 0 {
		g := m.U64(h + hDir)
		if slot, _ := k.match(m, g); slot != 0 {
			clear(m.Bytes(slot, k.slotSize))
			m.PutU8(g+k.index(g, slot), ctrlEmpty)
			m.PutU64(h+hUsed, m.U64(h+hUsed)-1)
		}
	} else {
		o.deleteTable(&k, h, o.tableFor(h, k.hash))
	}
	if m.U64(h+hUsed) == 0 {
		// An empty map starts over, lest someone fill it with colliding
		// keys again and again (maps.Map.Delete).
		m.PutU64(h+hSeed, o.Rand())
	}
	return 0
}

// Clear removes all entries of map h, which may be nil.
func (o *Ops) Clear(mt, h Addr) {
	m := o.Mem
	if h == 0 || m.U64(h+hUsed) == 0 && m.U8(h+hTombstones) == 0 {
		return
	}
	groupSize := groupSlots*m.U64(mt+mtSlotSize) + 8
	if m.U64(h+hDirLen) == 0 {
		clearGroups(m, m.U64(h+hDir), 1, groupSize)
	} else {
		for t := range o.tables(h) {
			groups, mask := tableGroups(m, t)
			clearGroups(m, groups, mask+1, groupSize)
			m.PutU16(t+tUsed, 0)
			m.PutU16(t+tGrowth, maxGrowth(m.U16(t+tCapacity)))
		}
	}
	m.PutU64(h+hUsed, 0)
	m.PutU8(h+hTombstones, 0)
	m.PutU64(h+hClearSeq, m.U64(h+hClearSeq)+1)
	m.PutU64(h+hSeed, o.Rand())
}

// Clone returns a copy of map h, which must not be nil.
func (o *Ops) Clone(mt, h Addr) Addr {
	m := o.Mem
	c := o.Alloc(HeaderSize, 0)
	copy(m.Bytes(c, HeaderSize), m.Bytes(h, HeaderSize))
	groupSize := groupSlots*m.U64(mt+mtSlotSize) + 8
	n := m.U64(h + hDirLen)
	switch {
	case m.U64(h+hDir) == 0:
	case n == 0:
		m.PutU64(c+hDir, o.cloneGroups(mt, m.U64(h+hDir), 1, groupSize))
	default:
		dir := o.Alloc(8*n, 0)
		last, lastCopy := Addr(0), Addr(0)
		for i := range n {
			t := m.U64(m.U64(h+hDir) + 8*i)
			if t != last {
				last, lastCopy = t, o.cloneTable(mt, t, groupSize)
			}
			m.PutU64(dir+8*i, lastCopy)
		}
		m.PutU64(c+hDir, dir)
	}
	return c
}
