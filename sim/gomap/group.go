package gomap

import (
	"math/bits"

	"gopark/sim/mem"
)

// A control byte is ctrlEmpty, ctrlDeleted, or the hash's low 7 bits.
const (
	ctrlEmpty   = 0x80
	ctrlDeleted = 0xfe

	low          = 0x0101010101010101
	high         = 0x8080808080808080
	ctrlAllEmpty = low * ctrlEmpty
)

// The matches below return a control word's slots as a word in which the top
// bit of slot i's byte is set.

// matchHash finds slots with these 7 bits of the hash. It may err on a slot
// above a true match: the key is compared anyway.
func matchHash(ctrl, hash uint64) uint64 {
	v := ctrl ^ low*(hash&0x7f)
	return (v - low) &^ v & high
}

func matchEmpty(ctrl uint64) uint64 { return ctrl &^ (ctrl << 6) & high }
func matchFree(ctrl uint64) uint64  { return ctrl & high } // empty or deleted
func matchFull(ctrl uint64) uint64  { return ^ctrl & high }

// first returns the lowest slot of a match.
func first(match uint64) uint64 { return uint64(bits.TrailingZeros64(match)) >> 3 }

func clearGroups(m *mem.Memory, groups Addr, n, size uint64) {
	clear(m.Bytes(groups, n*size))
	for i := range n {
		m.PutU64(groups+i*size, ctrlAllEmpty)
	}
}

// newGroups returns n empty groups. The 8 bytes more keep the address of an
// element of size 0 inside the allocation.
func (o *Ops) newGroups(mt Addr, n, size uint64) Addr {
	groups := o.Alloc(n*size+8, o.Mem.U64(mt+mtGroup))
	for i := range n {
		o.Mem.PutU64(groups+i*size, ctrlAllEmpty)
	}
	return groups
}

// cloneGroups copies n groups, and what indirect slots point to.
func (o *Ops) cloneGroups(mt, from Addr, n, size uint64) Addr {
	m := o.Mem
	to := o.newGroups(mt, n, size)
	copy(m.Bytes(to, n*size), m.Bytes(from, n*size))
	flags := m.U32(mt + mtFlags)
	if flags&(flagIndirectKey|flagIndirectElem) == 0 {
		return to
	}
	slotSize := m.U64(mt + mtSlotSize)
	for i := range n {
		g := to + i*size
		for full := matchFull(m.U64(g)); full != 0; full &= full - 1 {
			slot := g + 8 + first(full)*slotSize
			if flags&flagIndirectKey != 0 {
				o.cloneValue(slot, m.U64(mt+mtKey))
			}
			if flags&flagIndirectElem != 0 {
				o.cloneValue(slot+m.U64(mt+mtElemOff), m.U64(mt+mtElem))
			}
		}
	}
	return to
}

// cloneValue replaces the pointer at p by one to a copy of its value.
func (o *Ops) cloneValue(p, typ Addr) {
	size := o.Mem.U64(typ)
	v := o.Alloc(size, typ)
	copy(o.Mem.Bytes(v, size), o.Mem.Bytes(o.Mem.U64(p), size))
	o.Mem.PutU64(p, v)
}
