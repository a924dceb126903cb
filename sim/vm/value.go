package vm

import (
	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// slotsOf is how many slots a value of type typ takes.
func (v *VM) slotsOf(typ mem.Addr) uint16 { return uint16((v.sizeOf(typ) + 7) / 8) }

// loadValue brings the value of type typ at address from into slots of the
// current frame: scalars are extended, everything else is its memory image.
func (v *VM) loadValue(slot uint16, from, typ mem.Addr) {
	v.loadValueAt(v.slotAddr(slot), from, typ)
}

// loadValueAt is loadValue for slots anywhere on a stack.
func (v *VM) loadValueAt(to, from, typ mem.Addr) {
	size := v.sizeOf(typ)
	if size >= 8 || size == 0 {
		if n := size &^ 7; n != size {
			v.mem.PutU64(to+n, 0)
		}
		if size > 0 {
			copy(v.mem.Bytes(to, size), v.bytes(from, size))
		}
		return
	}
	v.bytes(from, size)
	v.mem.PutU64(to, v.scalar(from, typ, size))
}

// scalar reads a value of fewer than 8 bytes as a slot holds it.
func (v *VM) scalar(from, typ mem.Addr, size uint64) uint64 {
	switch rtype.At(v.mem, typ).Kind() {
	case rtype.Int8:
		return uint64(int64(int8(v.mem.U8(from))))
	case rtype.Int16:
		return uint64(int64(int16(v.mem.U16(from))))
	case rtype.Int32:
		return uint64(int64(int32(v.mem.U32(from))))
	}
	x := uint64(0)
	for i, b := range v.bytes(from, size) {
		x |= uint64(b) << (8 * i)
	}
	return x
}

// zeroValue sets the slots of a value of type typ to its zero.
func (v *VM) zeroValue(slot uint16, typ mem.Addr) {
	clear(v.frameBytes(slot, uint64(v.slotsOf(typ))*8))
}
