package gomap

import (
	"bytes"
	"encoding/binary"

	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// A class of key types has its own quick comparison and hash.
type class uint8

const (
	anyKey class = iota
	key4
	key8
	keyString
)

var classes = [rtype.NumKinds]class{
	rtype.Int32: key4, rtype.Uint32: key4,
	rtype.Int: key8, rtype.Uint: key8, rtype.Int64: key8, rtype.Uint64: key8, rtype.Uintptr: key8,
	rtype.Pointer: key8, rtype.UnsafePointer: key8, rtype.Chan: key8,
	rtype.String: keyString,
}

// A probe is a key that is being looked for, with what its map's type says
// about slots. It lives on the host's stack for one operation.
type probe struct {
	mt        Addr
	keyType   Addr
	key       Addr
	word      uint64 // key4, key8: the key; keyString: its address
	len       uint64 // keyString
	hash      uint64
	slotSize  uint64
	elemOff   uint64
	groupSize uint64
	flags     uint32
	class     class
}

func (k *probe) layout(m *mem.Memory, mt Addr) {
	d := m.Bytes(mt, mtSize)[:mtSize] // checked once
	k.mt = mt
	k.keyType = word(d[mtKey:])
	k.slotSize = word(d[mtSlotSize:])
	k.elemOff = word(d[mtElemOff:])
	k.flags = uint32(word(d[mtFlags:]))
	k.groupSize = groupSlots*k.slotSize + 8
	k.class = classes[rtype.Type{Mem: m, Addr: k.keyType}.Kind()]
}

func word(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// init prepares the search for the key at address key in map h. It returns the
// type that can't be hashed, if there is one.
func (k *probe) init(o *Ops, mt, h, key Addr) (bad Addr) {
	m := o.Mem
	k.layout(m, mt)
	k.key = key
	switch seed := m.U64(h + hSeed); k.class {
	case key8:
		k.word = m.U64(key)
		k.hash = rtype.Hash64(k.word, seed)
	case key4:
		k.word = uint64(m.U32(key))
		k.hash = rtype.Hash32(uint32(k.word), seed)
	case keyString:
		k.word, k.len = m.U64(key), m.U64(key+8)
		k.hash = rtype.HashBytes(stringBytes(m, k.word, k.len), seed)
	default:
		k.hash, bad = rtype.Hash(m, k.keyType, key, seed, o.Rand)
	}
	return bad
}

// stringBytes allows the empty string's address to be anything.
func stringBytes(m *mem.Memory, p, n uint64) []byte {
	if n == 0 {
		return nil
	}
	return m.Bytes(p, n)
}

// match returns the slot of the group at g that holds the key, 0 if none does,
// and the group's control word.
func (k *probe) match(m *mem.Memory, g Addr) (slot Addr, ctrl uint64) {
	w := m.Bytes(g, k.groupSize)
	ctrl = word(w)
	for found := matchHash(ctrl, k.hash); found != 0; found &= found - 1 {
		off := 8 + first(found)*k.slotSize
		switch k.class {
		case key8:
			if word(w[off:]) == k.word {
				return g + off, ctrl
			}
		case key4:
			if binary.LittleEndian.Uint32(w[off:]) == uint32(k.word) {
				return g + off, ctrl
			}
		case keyString:
			if word(w[off+8:]) == k.len && k.sameString(m, word(w[off:])) {
				return g + off, ctrl
			}
		default:
			// Both have been hashed, so both can be compared.
			if eq, _ := rtype.Equal(m, k.keyType, k.keyAt(m, g+off), k.key); eq {
				return g + off, ctrl
			}
		}
	}
	return 0, ctrl
}

// sameString compares the string key with one of the same length at p.
func (k *probe) sameString(m *mem.Memory, p Addr) bool {
	return p == k.word || bytes.Equal(stringBytes(m, p, k.len), stringBytes(m, k.word, k.len))
}

func (k *probe) slot(g Addr, i uint64) Addr { return g + 8 + i*k.slotSize }
func (k *probe) index(g, slot Addr) (i uint64) {
	if k.slotSize == 0 {
		return 0 // only one key has no size
	}
	return (slot - g - 8) / k.slotSize
}

// keyAt returns the address of the key in a slot.
func (k *probe) keyAt(m *mem.Memory, slot Addr) Addr {
	if k.flags&flagIndirectKey != 0 {
		return m.U64(slot)
	}
	return slot
}

// elemAt returns the address of the element in a slot.
func (k *probe) elemAt(m *mem.Memory, slot Addr) Addr {
	slot += k.elemOff
	if k.flags&flagIndirectElem != 0 {
		return m.U64(slot)
	}
	return slot
}

// update overwrites a stored key that may differ from an equal one (+0 and -0,
// strings inside interfaces) and returns its element.
func (k *probe) update(m *mem.Memory, slot Addr) Addr {
	if k.flags&flagKeyUpdate != 0 {
		size := m.U64(k.keyType)
		copy(m.Bytes(k.keyAt(m, slot), size), m.Bytes(k.key, size))
	}
	return k.elemAt(m, slot)
}

// fill puts the key into free slot i of the group at g, with a zeroed element,
// and returns the element's address.
func (o *Ops) fill(k *probe, g Addr, i uint64) Addr {
	m := o.Mem
	slot := k.slot(g, i)
	size := m.U64(k.keyType)
	at := slot
	if k.flags&flagIndirectKey != 0 {
		at = o.Alloc(size, k.keyType)
		m.PutU64(slot, at)
	}
	copy(m.Bytes(at, size), m.Bytes(k.key, size))
	if k.flags&flagIndirectElem != 0 {
		typ := m.U64(k.mt + mtElem)
		v := o.Alloc(m.U64(typ), typ)
		m.PutU64(slot+k.elemOff, v)
	}
	m.PutU8(g+i, uint8(k.hash&0x7f))
	return k.elemAt(m, slot)
}

// hashOf hashes the key in a slot. NaNs get another hash each time, as in Go.
func (k *probe) hashOf(o *Ops, h, slot Addr) uint64 {
	m := o.Mem
	a, seed := k.keyAt(m, slot), m.U64(h+hSeed)
	switch k.class {
	case key8:
		return rtype.Hash64(m.U64(a), seed)
	case key4:
		return rtype.Hash32(m.U32(a), seed)
	case keyString:
		return rtype.HashBytes(stringBytes(m, m.U64(a), m.U64(a+8)), seed)
	}
	hash, _ := rtype.Hash(m, k.keyType, a, seed, o.Rand)
	return hash
}

// selfEqual reports that the key at a equals itself: a NaN doesn't.
func (k *probe) selfEqual(m *mem.Memory, a Addr) bool {
	if k.class != anyKey {
		return true
	}
	eq, _ := rtype.Equal(m, k.keyType, a, a)
	return eq
}
