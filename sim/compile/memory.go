package compile

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

var (
	loadOps  = map[int][2]code.Op{1: {code.LdU8, code.LdS8}, 2: {code.LdU16, code.LdS16}, 4: {code.LdU32, code.LdS32}, 8: {code.Ld64, code.Ld64}}
	storeOps = map[int]code.Op{1: code.St8, 2: code.St16, 4: code.St32, 8: code.St64}
	loadxOps = map[int][2]code.Op{1: {code.LdxU8, code.LdxS8}, 2: {code.LdxU16, code.LdxS16}, 4: {code.LdxU32, code.LdxS32}, 8: {code.Ldx64, code.Ldx64}}
	storexOp = map[int]code.Op{1: code.Stx8, 2: code.Stx16, 4: code.Stx32, 8: code.Stx64}
	fldOps   = map[int][2]code.Op{1: {code.FldU8, code.FldS8}, 2: {code.FldU16, code.FldS16}, 4: {code.FldU32, code.FldS32}}
	fstOps   = map[int]code.Op{1: code.Fst8, 2: code.Fst16, 4: code.Fst32}
	flxOps   = map[int][2]code.Op{1: {code.FlxU8, code.FlxS8}, 2: {code.FlxU16, code.FlxS16}, 4: {code.FlxU32, code.FlxS32}, 8: {code.Flx64, code.Flx64}}
	fsxOps   = map[int]code.Op{1: code.Fsx8, 2: code.Fsx16, 4: code.Fsx32, 8: code.Fsx64}
)

func signed(cl class) int {
	if cl.signed {
		return 1
	}
	return 0
}

// loadMem emits dst = the value of type t at address slot base + off.
func (f *function) loadMem(dst uint16, t types.Type, base uint16, off int64) {
	cl := f.classOf(t)
	base, off = f.within(base, off, maxFold)
	switch {
	case cl.size == 0:
		f.emit(code.NilCheck, base, 0, 0)
	case loadOps[cl.size][0] != 0:
		f.emit(loadOps[cl.size][signed(cl)], dst, base, uint16(off))
	case cl.size == 16:
		f.emit(code.Ld128, dst, base, uint16(off))
	case cl.size == 24:
		f.emit(code.Ld192, dst, base, uint16(off))
	default:
		base, _ = f.within(base, off, 0)
		f.bytes(code.LdN, code.LdBig, dst, base, cl.size)
	}
}

// within makes an offset at most limit, by adding it to the base if it is not.
func (f *function) within(base uint16, off, limit int64) (uint16, int64) {
	if off <= limit {
		return base, off
	}
	a := f.temp(1)
	f.addOffset(a, base, off)
	return a, 0
}

// bytes emits op for a memory image of size bytes, or big if that is too many
// for an operand.
func (f *function) bytes(op, big code.Op, a, b uint16, size int) {
	if size < 65536 {
		f.emit(op, a, b, uint16(size))
		return
	}
	f.emit(big, a, b, 0)
	f.extra(0, int32(size))
}

// storeMem emits: the value of type t at address slot base + off = src.
func (f *function) storeMem(base uint16, off int64, t types.Type, src uint16) {
	cl := f.classOf(t)
	base, off = f.within(base, off, maxFold)
	switch {
	case cl.size == 0:
		f.emit(code.NilCheck, base, 0, 0)
	case storeOps[cl.size] != 0:
		f.emit(storeOps[cl.size], base, src, uint16(off))
	case cl.size == 16:
		f.emit(code.St128, base, src, uint16(off))
	case cl.size == 24:
		f.emit(code.St192, base, src, uint16(off))
	default:
		base, _ = f.within(base, off, 0)
		f.bytes(code.StN, code.StBig, base, src, cl.size)
	}
}

// loadFrame emits dst = the value of type t at byte off of the slots from root on.
func (f *function) loadFrame(dst uint16, t types.Type, root uint16, off int64) {
	cl := f.classOf(t)
	root, off = root+uint16(off/8), off%8
	switch {
	case cl.size == 0:
	case fldOps[cl.size][0] != 0:
		f.emit(fldOps[cl.size][signed(cl)], dst, root, uint16(off))
	case off == 0:
		f.move(dst, root, (cl.size+7)/8)
	default:
		t := f.temp(1)
		f.loadInt(t, off)
		f.emit(code.FlxN, dst, root, t)
		f.extra(0, int32(cl.size))
	}
}

// storeFrame emits: the value of type t at byte off of the slots from root on = src.
func (f *function) storeFrame(root uint16, off int64, t types.Type, src uint16) {
	cl := f.classOf(t)
	root, off = root+uint16(off/8), off%8
	switch {
	case cl.size == 0:
	case fstOps[cl.size] != 0:
		f.emit(fstOps[cl.size], root, src, uint16(off))
	case off == 0 && cl.size%8 == 0:
		f.move(root, src, cl.size/8)
	default:
		t := f.temp(1)
		f.loadInt(t, off)
		f.emit(code.FsxN, root, src, t)
		f.extra(0, int32(cl.size))
	}
}

// placeOf returns the slot and, for a computed place, the slot of the byte
// offset of a local place; constant parts of the offset are added in.
func (f *function) placeOf(val *value) (root uint16, off int64, dyn uint16, computed bool) {
	root = val.root.slot
	if val.local {
		return val.slot, 0, 0, false
	}
	if val.dyn == nil {
		return root, val.off, 0, false
	}
	root += uint16(val.off / 8)
	dyn = val.dyn.slot
	if rest := val.off % 8; rest != 0 {
		t := f.temp(1)
		f.addOffset(t, dyn, rest)
		dyn = t
	}
	return root, 0, dyn, true
}

// loadAddr emits dst = *addr for a value of type t.
func (f *function) loadAddr(dst uint16, t types.Type, addr ssa.Value) {
	val := f.info[addr]
	if val == nil || val.mode <= alias && !val.local {
		f.loadMem(dst, t, f.operand(addr), 0)
		return
	}
	switch val.mode {
	case folded:
		f.loadMem(dst, t, f.operand(val.root.v), val.off)
	case fused:
		f.loadElement(dst, f.classOf(t), val.v.(*ssa.IndexAddr))
	default:
		f.loadPlace(dst, t, val)
	}
}

func (f *function) loadPlace(dst uint16, t types.Type, val *value) {
	cl := f.classOf(t)
	if val.local && cl.scalar {
		f.move(dst, val.slot, 1)
		return
	}
	root, off, dyn, computed := f.placeOf(val)
	switch {
	case !computed:
		f.loadFrame(dst, t, root, off)
	case cl.size == 0:
	case flxOps[cl.size][0] != 0:
		f.emit(flxOps[cl.size][signed(cl)], dst, root, dyn)
	default:
		f.emit(code.FlxN, dst, root, dyn)
		f.extra(0, int32(cl.size))
	}
}

// storeAddr emits *addr = v.
func (f *function) storeAddr(addr, v ssa.Value) {
	val, t := f.info[addr], v.Type()
	if src := f.info[v]; src != nil && src.mode == fused {
		f.emit(code.CopyMem, f.addrOf(addr), f.addrOf(src.v.(*ssa.UnOp).X), 0)
		f.extra(0, int32(f.sizes.Sizeof(t)))
		return
	}
	if val == nil || val.mode <= alias && !val.local {
		f.storeMem(f.operand(addr), 0, t, f.operand(v))
		return
	}
	switch val.mode {
	case folded:
		f.storeMem(f.operand(val.root.v), val.off, t, f.operand(v))
	case fused:
		f.storeElement(val.v.(*ssa.IndexAddr), f.classOf(t), v)
	default:
		f.storePlace(val, t, v)
	}
}

func (f *function) storePlace(val *value, t types.Type, v ssa.Value) {
	cl := f.classOf(t)
	if val.local && (cl.scalar || cl.size%8 == 0) {
		f.load(val.slot, v)
		return
	}
	root, off, dyn, computed := f.placeOf(val)
	if !computed && off%8 == 0 && cl.scalar && cl.size == 8 {
		f.load(root+uint16(off/8), v)
		return
	}
	src := f.operand(v)
	switch {
	case !computed:
		f.storeFrame(root, off, t, src)
	case cl.size == 0:
	case fsxOps[cl.size] != 0:
		f.emit(fsxOps[cl.size], root, src, dyn)
	default:
		f.emit(code.FsxN, root, src, dyn)
		f.extra(0, int32(cl.size))
	}
}

// addrOf returns a slot with the address addr.
func (f *function) addrOf(addr ssa.Value) uint16 {
	if val := f.info[addr]; val != nil && val.mode == folded {
		t := f.temp(1)
		f.addrInto(t, val)
		return t
	}
	return f.operand(addr)
}
