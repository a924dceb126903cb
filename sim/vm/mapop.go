package vm

import (
	"gopark/sim/code"
	"gopark/sim/gomap"
	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// Offsets in abi.MapType and abi.ChanType.
const (
	mapKey   = 48
	mapElem  = 56
	chanElem = 48
)

func (v *VM) mapOp(op code.Op, in code.Instr) {
	v.charge(costMap)
	if v.mapWrote > 0 && v.mapFault(op, in) {
		return
	}
	switch op {
	case code.MakeMap:
		typ := v.typeWord()
		v.set(in.A, v.maps.Make(typ, int64(v.get(in.B))))
	case code.MapGet:
		v.mapGet(in)
	case code.MapSet:
		v.mapSet(in)
	case code.MapDel:
		typ := v.typeWord()
		h := v.mapArg(in.A)
		if bad := v.maps.Delete(typ, h, v.slotAddr(in.B)); bad != 0 {
			v.badKey(h, bad)
		}
		v.writesMap(h)
	case code.MapLen:
		v.set(in.A, v.maps.Len(v.mapArg(in.B)))
	case code.MapClear:
		typ := v.typeWord()
		if h := v.mapArg(in.A); h != 0 {
			v.maps.Clear(typ, h)
			v.writesMap(h)
		}
	case code.MapIter:
		typ := v.typeWord()
		it := v.allocWords(gomap.IterSize)
		v.maps.IterInit(typ, v.mapArg(in.B), it)
		v.set(in.A, it)
	case code.MapNext:
		v.mapNext(in)
	}
}

// allocMap allocates a part of a map.
func (v *VM) allocMap(size uint64, typ mem.Addr) mem.Addr {
	if typ == 0 {
		return v.allocWords(size)
	}
	return v.alloc(size, typ, 1)
}

// mapArg is the map in a slot: nil, or the address of a header.
func (v *VM) mapArg(slot uint16) mem.Addr {
	h := v.get(slot)
	if h != 0 {
		v.bytes(h, gomap.HeaderSize)
	}
	return h
}

func (v *VM) unhashable(typ mem.Addr) {
	v.panicText("hash of unhashable type " + rtype.At(v.mem, typ).String())
}

// badKey is unhashable for a key that is looked up in map h.
func (v *VM) badKey(h, typ mem.Addr) {
	if text, plain := v.unhashableKey(h, typ); plain {
		v.panicPlain(text)
	} else {
		v.panicText(text)
	}
}

func (v *VM) mapGet(in code.Instr) {
	x := v.extraWord()
	typ := v.k[x.Imm()]
	h := v.mapArg(in.B)
	p, bad := v.maps.Get(typ, h, v.slotAddr(in.C))
	if bad != 0 {
		v.badKey(h, bad)
		return
	}
	elem := v.mem.U64(typ + mapElem)
	if p != 0 {
		v.loadValue(in.A, p, elem)
	} else {
		v.zeroValue(in.A, elem)
	}
	if x.A == 1 {
		v.set(in.A+v.slotsOf(elem), b2u(p != 0))
	}
}

func (v *VM) mapSet(in code.Instr) {
	typ := v.typeWord()
	h := v.mapArg(in.A)
	if h == 0 {
		v.panicPlain(nilMapText)
		return
	}
	p, bad := v.maps.Assign(typ, h, v.slotAddr(in.B))
	if bad != 0 {
		v.unhashable(bad)
		return
	}
	if size := v.sizeOf(v.mem.U64(typ + mapElem)); size > 0 {
		copy(v.mem.Bytes(p, size), v.frameBytes(in.C, size))
	}
	v.writesMap(h)
}

func (v *VM) mapNext(in code.Instr) {
	x := v.extraWord()
	it := v.get(in.B)
	v.bytes(it, gomap.IterSize)
	typ := v.mem.U64(it + 16) // Iter.typ
	key, elem := v.maps.Next(it)
	v.set(in.A, b2u(key != 0))
	if key == 0 {
		return
	}
	if in.C != code.NoSlot {
		v.loadValue(in.C, key, v.mem.U64(typ+mapKey))
	}
	if x.A != code.NoSlot {
		v.loadValue(x.A, elem, v.mem.U64(typ+mapElem))
	}
}
