package vm

import (
	"math"
	"math/bits"
	"unsafe"

	"gopark/sim/code"
	"gopark/sim/mem"
)

// Operands are read where they are used: ip is behind the instruction.

func opA(ip unsafe.Pointer) uint16    { return *(*uint16)(unsafe.Add(ip, -6)) }
func opB(ip unsafe.Pointer) uint16    { return *(*uint16)(unsafe.Add(ip, -4)) }
func opC(ip unsafe.Pointer) uint16    { return *(*uint16)(unsafe.Add(ip, -2)) }
func imm(ip unsafe.Pointer) int32     { return *(*int32)(unsafe.Add(ip, -4)) }
func immB(ip unsafe.Pointer) uint64   { return uint64(*(*int16)(unsafe.Add(ip, -4))) }
func immC(ip unsafe.Pointer) uint64   { return uint64(*(*int16)(unsafe.Add(ip, -2))) }
func rA(w, ip unsafe.Pointer) *uint64 { return (*uint64)(unsafe.Add(w, uintptr(opA(ip))*8)) }
func rB(w, ip unsafe.Pointer) *uint64 { return (*uint64)(unsafe.Add(w, uintptr(opB(ip))*8)) }
func rC(w, ip unsafe.Pointer) *uint64 { return (*uint64)(unsafe.Add(w, uintptr(opC(ip))*8)) }

// The operands in the Extra word behind the instruction.

func extraA(ip unsafe.Pointer) uint16   { return *(*uint16)(unsafe.Add(ip, 2)) }
func extraB(ip unsafe.Pointer) uint16   { return *(*uint16)(unsafe.Add(ip, 4)) }
func extraC(ip unsafe.Pointer) uint16   { return *(*uint16)(unsafe.Add(ip, 6)) }
func extraImm(ip unsafe.Pointer) uint64 { return uint64(*(*int32)(unsafe.Add(ip, 4))) }
func rX(w, ip unsafe.Pointer) *uint64   { return (*uint64)(unsafe.Add(w, uintptr(extraA(ip))*8)) }

// entryAt reports whether a function starts at pc.
func entryAt(text unsafe.Pointer, pc uint64) bool {
	op := *(*code.Op)(unsafe.Add(text, pc*8))
	return op == code.Enter || op == code.EnterLeaf
}

// itabFun is the offset of abi.ITab.Fun.
const itabFun = 24

// opNone says that the budget is used up.
const opNone = ^code.Op(0)

// loop runs the current goroutine until its turn is over.
func (v *VM) loop() {
	for {
		v.refresh()
		var op code.Op
		if v.cfg.Watch == nil || v.initializing {
			op = v.run()
		} else {
			op = v.watched()
		}
		if op == opNone {
			return
		}
		op = op.Plain()
		if op < code.LdS8 && v.warm(op) {
			continue
		}
		v.opLeft, v.opExtra = v.left+1, v.extra
		v.opPC, v.opAsked = v.pc-1, len(v.cur.Requests)
		v.cold(op)
		v.cur.Retried = false
		v.leave = v.leave || v.gc.due
		if v.leave {
			return
		}
	}
}

// hot runs instructions until the budget is used up, or until one that it
// doesn't know or that went wrong, and returns its operation.
//
// What is hot lives in locals: ip behind the present instruction, w the frame's
// first slot, left the steps of the budget. The loop calls nothing, so that
// none of them is ever spilled: measured, that is worth a factor of two. A copy
// of three words is a call (of memmove), unless each goes through a variable.
// An unused first argument keeps v out of AX, which a division needs; v would
// move to and fro with every instruction.
// Memory accesses compare an offset once, which covers nil and wild addresses
// alike; mem.Slack covers the width of the access, and a window of 65,536
// slots on any frame. A case that succeeds continues; one that breaks leaves
// its instruction to cold: grow the stack, raise a panic, end the run. Between
// the parts of a chain one that finds the budget used up continues: the next
// part's own instruction is then the next.
func hot(_ uintptr, v *VM) code.Op {
	ip := unsafe.Add(v.code, uintptr(v.pc)*8)
	memp, size := v.memp, v.size
	w := unsafe.Add(memp, v.fp)
	left := v.left
	for left > 0 {
		left--
		ip = unsafe.Add(ip, 8)
		switch *(*uint8)(unsafe.Add(ip, -8)) {
		case uint8(code.Bad), 255: // all of a byte's values: then the jump table needs no check
		case uint8(code.Mov):
			*rA(w, ip) = *rB(w, ip)
			continue
		case uint8(code.LoadI):
			*rA(w, ip) = uint64(int64(imm(ip)))
			continue
		case uint8(code.LoadK):
			*rA(w, ip) = *(*uint64)(unsafe.Add(v.pool, uintptr(imm(ip))*8))
			continue
		case uint8(code.Add):
			*rA(w, ip) = *rB(w, ip) + *rC(w, ip)
			continue
		case uint8(code.Sub):
			*rA(w, ip) = *rB(w, ip) - *rC(w, ip)
			continue
		case uint8(code.AddI):
			*rA(w, ip) = *rB(w, ip) + immC(ip)
			continue
		case uint8(code.Jmp):
			ip = unsafe.Add(ip, int(imm(ip))*8)
			continue
		case uint8(code.Jz):
			if *rA(w, ip) == 0 {
				ip = unsafe.Add(ip, int(imm(ip))*8)
			}
			continue
		case uint8(code.Jnz):
			if *rA(w, ip) != 0 {
				ip = unsafe.Add(ip, int(imm(ip))*8)
			}
			continue
		case uint8(code.JEq):
			if *rA(w, ip) == *rB(w, ip) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JNe):
			if *rA(w, ip) != *rB(w, ip) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JLt):
			if int64(*rA(w, ip)) < int64(*rB(w, ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JLe):
			if int64(*rA(w, ip)) <= int64(*rB(w, ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JLtU):
			if *rA(w, ip) < *rB(w, ip) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JLeU):
			if *rA(w, ip) <= *rB(w, ip) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JEqI):
			if *rA(w, ip) == immB(ip) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JNeI):
			if *rA(w, ip) != immB(ip) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JLtI):
			if int64(*rA(w, ip)) < int64(immB(ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JLeI):
			if int64(*rA(w, ip)) <= int64(immB(ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JGtI):
			if int64(*rA(w, ip)) > int64(immB(ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.JGeI):
			if int64(*rA(w, ip)) >= int64(immB(ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.IncJLt):
			left--
			a := rA(w, ip)
			x := *a + 1
			*a = x
			if int64(x) < int64(*rB(w, ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.IncJLe):
			left--
			a := rA(w, ip)
			x := *a + 1
			*a = x
			if int64(x) <= int64(*rB(w, ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.IncJLtI):
			left--
			a := rA(w, ip)
			x := *a + 1
			*a = x
			if int64(x) < int64(immB(ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.DecJGeI):
			left--
			a := rA(w, ip)
			x := *a - 1
			*a = x
			if int64(x) >= int64(immB(ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
			}
			continue
		case uint8(code.AddJLt):
			left--
			a := rA(w, ip)
			x := *a + *rB(w, ip)
			*a = x
			if int64(x) < int64(*rX(w, ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
				continue
			}
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Enter):
			if uintptr(w)+uintptr(opB(ip))*8 <= v.limit {
				continue
			}
		case uint8(code.EnterLeaf):
			continue
		case uint8(code.Call):
			base := uintptr(opA(ip)) * 8
			w = unsafe.Add(w, base)
			*(*uint64)(w) = uint64((uintptr(ip)-uintptr(v.code))>>3) | uint64(base)<<29
			ip = unsafe.Add(v.code, uintptr(imm(ip))*8)
			if uintptr(w)+uintptr(opB(unsafe.Add(ip, 8)))*8 <= v.limit { // what Enter does
				left--
				ip = unsafe.Add(ip, 8)
			}
			continue
		case uint8(code.Ret):
			h := *(*uint64)(w)
			off := uint64(uintptr(w)-uintptr(memp)) - h>>29&^7
			if uint32(h) >= v.ncode || off >= size {
				break
			}
			w = unsafe.Add(memp, off)
			ip = unsafe.Add(v.code, uintptr(uint32(h))*8)
			continue
		case uint8(code.Ld64):
			off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
			if off >= size {
				break
			}
			*rA(w, ip) = *(*uint64)(unsafe.Add(memp, off))
			continue
		case uint8(code.LdS8):
			off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
			if off >= size {
				break
			}
			*rA(w, ip) = uint64(int64(*(*int8)(unsafe.Add(memp, off))))
			continue
		case uint8(code.LdU8):
			off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
			if off >= size {
				break
			}
			*rA(w, ip) = uint64(*(*uint8)(unsafe.Add(memp, off)))
			continue
		case uint8(code.LdS16):
			off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
			if off >= size {
				break
			}
			*rA(w, ip) = uint64(int64(*(*int16)(unsafe.Add(memp, off))))
			continue
		case uint8(code.LdU16):
			off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
			if off >= size {
				break
			}
			*rA(w, ip) = uint64(*(*uint16)(unsafe.Add(memp, off)))
			continue
		case uint8(code.LdS32):
			off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
			if off >= size {
				break
			}
			*rA(w, ip) = uint64(int64(*(*int32)(unsafe.Add(memp, off))))
			continue
		case uint8(code.LdU32):
			off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
			if off >= size {
				break
			}
			*rA(w, ip) = uint64(*(*uint32)(unsafe.Add(memp, off)))
			continue
		case uint8(code.Ld128):
			off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
			if off >= size {
				break
			}
			*(*[2]uint64)(unsafe.Pointer(rA(w, ip))) = *(*[2]uint64)(unsafe.Add(memp, off))
			continue
		case uint8(code.Ld192):
			off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
			if off >= size {
				break
			}
			from, to := (*[3]uint64)(unsafe.Add(memp, off)), (*[3]uint64)(unsafe.Pointer(rA(w, ip)))
			x, y, z := from[0], from[1], from[2]
			to[0], to[1], to[2] = x, y, z
			continue
		case uint8(code.St64):
			off := *rA(w, ip) + uint64(opC(ip)) - v.roEnd
			if off >= v.rwSize {
				break
			}
			*(*uint64)(unsafe.Add(v.rwp, off)) = *rB(w, ip)
			continue
		case uint8(code.St8):
			off := *rA(w, ip) + uint64(opC(ip)) - v.roEnd
			if off >= v.rwSize {
				break
			}
			*(*uint8)(unsafe.Add(v.rwp, off)) = uint8(*rB(w, ip))
			continue
		case uint8(code.St16):
			off := *rA(w, ip) + uint64(opC(ip)) - v.roEnd
			if off >= v.rwSize {
				break
			}
			*(*uint16)(unsafe.Add(v.rwp, off)) = uint16(*rB(w, ip))
			continue
		case uint8(code.St32):
			off := *rA(w, ip) + uint64(opC(ip)) - v.roEnd
			if off >= v.rwSize {
				break
			}
			*(*uint32)(unsafe.Add(v.rwp, off)) = uint32(*rB(w, ip))
			continue
		case uint8(code.St128):
			off := *rA(w, ip) + uint64(opC(ip)) - v.roEnd
			if off >= v.rwSize {
				break
			}
			*(*[2]uint64)(unsafe.Add(v.rwp, off)) = *(*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			continue
		case uint8(code.St192):
			off := *rA(w, ip) + uint64(opC(ip)) - v.roEnd
			if off >= v.rwSize {
				break
			}
			from, to := (*[3]uint64)(unsafe.Pointer(rB(w, ip))), (*[3]uint64)(unsafe.Add(v.rwp, off))
			x, y, z := from[0], from[1], from[2]
			to[0], to[1], to[2] = x, y, z
			continue
		case uint8(code.Ldx64):
			i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			off := sl[0] + i*8 - mem.Base
			if i >= sl[1] || off >= size {
				break
			}
			*rA(w, ip) = *(*uint64)(unsafe.Add(memp, off))
			continue
		case uint8(code.LdxS8):
			i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			off := sl[0] + i - mem.Base
			if i >= sl[1] || off >= size {
				break
			}
			*rA(w, ip) = uint64(int64(*(*int8)(unsafe.Add(memp, off))))
			continue
		case uint8(code.LdxU8):
			i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			off := sl[0] + i - mem.Base
			if i >= sl[1] || off >= size {
				break
			}
			*rA(w, ip) = uint64(*(*uint8)(unsafe.Add(memp, off)))
			continue
		case uint8(code.LdxS16):
			i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			off := sl[0] + i*2 - mem.Base
			if i >= sl[1] || off >= size {
				break
			}
			*rA(w, ip) = uint64(int64(*(*int16)(unsafe.Add(memp, off))))
			continue
		case uint8(code.LdxU16):
			i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			off := sl[0] + i*2 - mem.Base
			if i >= sl[1] || off >= size {
				break
			}
			*rA(w, ip) = uint64(*(*uint16)(unsafe.Add(memp, off)))
			continue
		case uint8(code.LdxS32):
			i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			off := sl[0] + i*4 - mem.Base
			if i >= sl[1] || off >= size {
				break
			}
			*rA(w, ip) = uint64(int64(*(*int32)(unsafe.Add(memp, off))))
			continue
		case uint8(code.LdxU32):
			i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			off := sl[0] + i*4 - mem.Base
			if i >= sl[1] || off >= size {
				break
			}
			*rA(w, ip) = uint64(*(*uint32)(unsafe.Add(memp, off)))
			continue
		case uint8(code.Stx64):
			i, sl := *rB(w, ip), (*[2]uint64)(unsafe.Pointer(rA(w, ip)))
			off := sl[0] + i*8 - v.roEnd
			if i >= sl[1] || off >= v.rwSize {
				break
			}
			*(*uint64)(unsafe.Add(v.rwp, off)) = *rC(w, ip)
			continue
		case uint8(code.Stx8):
			i, sl := *rB(w, ip), (*[2]uint64)(unsafe.Pointer(rA(w, ip)))
			off := sl[0] + i - v.roEnd
			if i >= sl[1] || off >= v.rwSize {
				break
			}
			*(*uint8)(unsafe.Add(v.rwp, off)) = uint8(*rC(w, ip))
			continue
		case uint8(code.Stx16):
			i, sl := *rB(w, ip), (*[2]uint64)(unsafe.Pointer(rA(w, ip)))
			off := sl[0] + i*2 - v.roEnd
			if i >= sl[1] || off >= v.rwSize {
				break
			}
			*(*uint16)(unsafe.Add(v.rwp, off)) = uint16(*rC(w, ip))
			continue
		case uint8(code.Stx32):
			i, sl := *rB(w, ip), (*[2]uint64)(unsafe.Pointer(rA(w, ip)))
			off := sl[0] + i*4 - v.roEnd
			if i >= sl[1] || off >= v.rwSize {
				break
			}
			*(*uint32)(unsafe.Add(v.rwp, off)) = uint32(*rC(w, ip))
			continue
		case uint8(code.Bounds):
			if *rA(w, ip) >= *rB(w, ip) {
				break
			}
			continue
		case uint8(code.BoundsI):
			if *rA(w, ip) >= uint64(imm(ip)) {
				break
			}
			continue
		case uint8(code.Lea8):
			*rA(w, ip) = *rB(w, ip) + *rC(w, ip)*8
			continue
		case uint8(code.Lea4):
			*rA(w, ip) = *rB(w, ip) + *rC(w, ip)*4
			continue
		case uint8(code.Lea2):
			*rA(w, ip) = *rB(w, ip) + *rC(w, ip)*2
			continue
		case uint8(code.Lea16):
			*rA(w, ip) = *rB(w, ip) + *rC(w, ip)*16
			continue
		case uint8(code.Lea24):
			*rA(w, ip) = *rB(w, ip) + *rC(w, ip)*24
			continue
		case uint8(code.LeaA):
			base, i := *rB(w, ip), *rC(w, ip)
			if base-mem.Base >= size || i >= uint64(extraA(ip)) {
				break
			}
			left--
			*rA(w, ip) = base + i*uint64(extraB(ip)) + uint64(extraC(ip))
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.LeaS):
			i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			if i >= sl[1] {
				break
			}
			left--
			*rA(w, ip) = sl[0] + i*extraImm(ip)
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Lda64):
			base, i := *rB(w, ip), *rC(w, ip)
			off := base + uint64(extraC(ip)) + i*8 - mem.Base
			if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= size {
				break
			}
			*rA(w, ip) = *(*uint64)(unsafe.Add(memp, off))
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.LdaU8):
			base, i := *rB(w, ip), *rC(w, ip)
			off := base + uint64(extraC(ip)) + i - mem.Base
			if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= size {
				break
			}
			*rA(w, ip) = uint64(*(*uint8)(unsafe.Add(memp, off)))
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Sta64):
			base, i := *rA(w, ip), *rB(w, ip)
			off := base + uint64(extraC(ip)) + i*8 - v.roEnd
			if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= v.rwSize {
				break
			}
			*(*uint64)(unsafe.Add(v.rwp, off)) = *rC(w, ip)
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Sta8):
			base, i := *rA(w, ip), *rB(w, ip)
			off := base + uint64(extraC(ip)) + i - v.roEnd
			if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= v.rwSize {
				break
			}
			*(*uint8)(unsafe.Add(v.rwp, off)) = uint8(*rC(w, ip))
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Fli64):
			i := *rC(w, ip)
			if i >= uint64(extraA(ip)) {
				break
			}
			*rA(w, ip) = *(*uint64)(frameByte(w, opB(ip), i*8))
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Fsi64):
			i := *rC(w, ip)
			if i >= uint64(extraA(ip)) {
				break
			}
			*(*uint64)(frameByte(w, opA(ip), i*8)) = *rB(w, ip)
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Mul):
			*rA(w, ip) = *rB(w, ip) * *rC(w, ip)
			continue
		case uint8(code.MulI):
			*rA(w, ip) = *rB(w, ip) * immC(ip)
			continue
		case uint8(code.And):
			*rA(w, ip) = *rB(w, ip) & *rC(w, ip)
			continue
		case uint8(code.Or):
			*rA(w, ip) = *rB(w, ip) | *rC(w, ip)
			continue
		case uint8(code.Xor):
			*rA(w, ip) = *rB(w, ip) ^ *rC(w, ip)
			continue
		case uint8(code.AndNot):
			*rA(w, ip) = *rB(w, ip) &^ *rC(w, ip)
			continue
		case uint8(code.Shl):
			*rA(w, ip) = *rB(w, ip) << *rC(w, ip)
			continue
		case uint8(code.Shr):
			*rA(w, ip) = *rB(w, ip) >> *rC(w, ip)
			continue
		case uint8(code.Sar):
			*rA(w, ip) = uint64(int64(*rB(w, ip)) >> *rC(w, ip))
			continue
		case uint8(code.ShlI):
			*rA(w, ip) = *rB(w, ip) << (opC(ip) & 63)
			continue
		case uint8(code.ShrI):
			*rA(w, ip) = *rB(w, ip) >> (opC(ip) & 63)
			continue
		case uint8(code.SarI):
			*rA(w, ip) = uint64(int64(*rB(w, ip)) >> (opC(ip) & 63))
			continue
		case uint8(code.AndI):
			*rA(w, ip) = *rB(w, ip) & immC(ip)
			continue
		case uint8(code.ExtS8):
			*rA(w, ip) = uint64(int64(int8(*rB(w, ip))))
			continue
		case uint8(code.ExtU8):
			*rA(w, ip) = uint64(uint8(*rB(w, ip)))
			continue
		case uint8(code.ExtS16):
			*rA(w, ip) = uint64(int64(int16(*rB(w, ip))))
			continue
		case uint8(code.ExtU16):
			*rA(w, ip) = uint64(uint16(*rB(w, ip)))
			continue
		case uint8(code.ExtS32):
			*rA(w, ip) = uint64(int64(int32(*rB(w, ip))))
			continue
		case uint8(code.ExtU32):
			*rA(w, ip) = uint64(uint32(*rB(w, ip)))
			continue
		case uint8(code.Eq):
			*rA(w, ip) = b2u(*rB(w, ip) == *rC(w, ip))
			continue
		case uint8(code.Ne):
			*rA(w, ip) = b2u(*rB(w, ip) != *rC(w, ip))
			continue
		case uint8(code.Lt):
			*rA(w, ip) = b2u(int64(*rB(w, ip)) < int64(*rC(w, ip)))
			continue
		case uint8(code.Le):
			*rA(w, ip) = b2u(int64(*rB(w, ip)) <= int64(*rC(w, ip)))
			continue
		case uint8(code.LtU):
			*rA(w, ip) = b2u(*rB(w, ip) < *rC(w, ip))
			continue
		case uint8(code.LeU):
			*rA(w, ip) = b2u(*rB(w, ip) <= *rC(w, ip))
			continue
		case uint8(code.NotB):
			*rA(w, ip) = 1 - *rB(w, ip)
			continue
		case uint8(code.CallLeaf):
			base := uintptr(opA(ip)) * 8
			w = unsafe.Add(w, base)
			*(*uint64)(w) = uint64((uintptr(ip)-uintptr(v.code))>>3) | uint64(base)<<29
			ip = unsafe.Add(v.code, uintptr(imm(ip))*8)
			continue
		case uint8(code.CallClo):
			f := *rB(w, ip)
			off := f - mem.Base
			if off >= size {
				break
			}
			pc := *(*uint64)(unsafe.Add(memp, off)) - code.TextBase
			if pc >= uint64(v.ncode) || !entryAt(v.code, pc) {
				break
			}
			v.ctx = f
			base := uintptr(opA(ip)) * 8
			w = unsafe.Add(w, base)
			*(*uint64)(w) = uint64((uintptr(ip)-uintptr(v.code))>>3) | uint64(base)<<29
			ip = unsafe.Add(v.code, uintptr(pc)*8)
			if uintptr(w)+uintptr(opB(unsafe.Add(ip, 8)))*8 <= v.limit {
				left--
				ip = unsafe.Add(ip, 8)
			}
			continue
		case uint8(code.CallItab):
			tab := (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			off := tab[0] + itabFun + uint64(opC(ip))*8 - mem.Base
			if off >= size || tab[0] == 0 {
				break
			}
			pc := *(*uint64)(unsafe.Add(memp, off)) - code.TextBase
			if pc >= uint64(v.ncode) || !entryAt(v.code, pc) {
				break
			}
			recv := tab[1]
			base := uintptr(opA(ip)) * 8
			w = unsafe.Add(w, base)
			*(*[2]uint64)(w) = [2]uint64{uint64((uintptr(ip)-uintptr(v.code))>>3) | uint64(base)<<29, recv}
			ip = unsafe.Add(v.code, uintptr(pc)*8)
			if uintptr(w)+uintptr(opB(unsafe.Add(ip, 8)))*8 <= v.limit {
				left--
				ip = unsafe.Add(ip, 8)
			}
			continue
		case uint8(code.GetCtx):
			*rA(w, ip) = v.ctx
			continue
		case uint8(code.FldS8):
			*rA(w, ip) = uint64(int64(*(*int8)(unsafe.Add(unsafe.Pointer(rB(w, ip)), uintptr(opC(ip))))))
			continue
		case uint8(code.FldU8):
			*rA(w, ip) = uint64(*(*uint8)(unsafe.Add(unsafe.Pointer(rB(w, ip)), uintptr(opC(ip)))))
			continue
		case uint8(code.FldS16):
			*rA(w, ip) = uint64(int64(*(*int16)(unsafe.Add(unsafe.Pointer(rB(w, ip)), uintptr(opC(ip))))))
			continue
		case uint8(code.FldU16):
			*rA(w, ip) = uint64(*(*uint16)(unsafe.Add(unsafe.Pointer(rB(w, ip)), uintptr(opC(ip)))))
			continue
		case uint8(code.FldS32):
			*rA(w, ip) = uint64(int64(*(*int32)(unsafe.Add(unsafe.Pointer(rB(w, ip)), uintptr(opC(ip))))))
			continue
		case uint8(code.FldU32):
			*rA(w, ip) = uint64(*(*uint32)(unsafe.Add(unsafe.Pointer(rB(w, ip)), uintptr(opC(ip)))))
			continue
		case uint8(code.Fst8):
			*(*uint8)(unsafe.Add(unsafe.Pointer(rA(w, ip)), uintptr(opC(ip)))) = uint8(*rB(w, ip))
			continue
		case uint8(code.Fst16):
			*(*uint16)(unsafe.Add(unsafe.Pointer(rA(w, ip)), uintptr(opC(ip)))) = uint16(*rB(w, ip))
			continue
		case uint8(code.Fst32):
			*(*uint32)(unsafe.Add(unsafe.Pointer(rA(w, ip)), uintptr(opC(ip)))) = uint32(*rB(w, ip))
			continue
		case uint8(code.FlxS8):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opB(ip))*8 {
				break
			}
			*rA(w, ip) = uint64(int64(*(*int8)(frameByte(w, opB(ip), off))))
			continue
		case uint8(code.FlxU8):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opB(ip))*8 {
				break
			}
			*rA(w, ip) = uint64(*(*uint8)(frameByte(w, opB(ip), off)))
			continue
		case uint8(code.FlxS16):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opB(ip))*8 {
				break
			}
			*rA(w, ip) = uint64(int64(*(*int16)(frameByte(w, opB(ip), off))))
			continue
		case uint8(code.FlxU16):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opB(ip))*8 {
				break
			}
			*rA(w, ip) = uint64(*(*uint16)(frameByte(w, opB(ip), off)))
			continue
		case uint8(code.FlxS32):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opB(ip))*8 {
				break
			}
			*rA(w, ip) = uint64(int64(*(*int32)(frameByte(w, opB(ip), off))))
			continue
		case uint8(code.FlxU32):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opB(ip))*8 {
				break
			}
			*rA(w, ip) = uint64(*(*uint32)(frameByte(w, opB(ip), off)))
			continue
		case uint8(code.Flx64):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opB(ip))*8 {
				break
			}
			*rA(w, ip) = *(*uint64)(frameByte(w, opB(ip), off))
			continue
		case uint8(code.Fsx8):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opA(ip))*8 {
				break
			}
			*(*uint8)(frameByte(w, opA(ip), off)) = uint8(*rB(w, ip))
			continue
		case uint8(code.Fsx16):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opA(ip))*8 {
				break
			}
			*(*uint16)(frameByte(w, opA(ip), off)) = uint16(*rB(w, ip))
			continue
		case uint8(code.Fsx32):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opA(ip))*8 {
				break
			}
			*(*uint32)(frameByte(w, opA(ip), off)) = uint32(*rB(w, ip))
			continue
		case uint8(code.Fsx64):
			off := *rC(w, ip)
			if off >= windowBytes-uint64(opA(ip))*8 {
				break
			}
			*(*uint64)(frameByte(w, opA(ip), off)) = *rB(w, ip)
			continue
		case uint8(code.Div):
			d := *rC(w, ip)
			if d == 0 {
				break
			}
			*rA(w, ip) = uint64(int64(*rB(w, ip)) / int64(d))
			continue
		case uint8(code.Rem):
			d := *rC(w, ip)
			if d == 0 {
				break
			}
			*rA(w, ip) = uint64(int64(*rB(w, ip)) % int64(d))
			continue
		case uint8(code.DivU):
			d := *rC(w, ip)
			if d == 0 {
				break
			}
			*rA(w, ip) = *rB(w, ip) / d
			continue
		case uint8(code.RemU):
			d := *rC(w, ip)
			if d == 0 {
				break
			}
			*rA(w, ip) = *rB(w, ip) % d
			continue
		case uint8(code.NilCheck):
			if *rA(w, ip)-mem.Base >= size {
				break
			}
			continue
		case uint8(code.AddF):
			*rA(w, ip) = math.Float64bits(math.Float64frombits(*rB(w, ip)) + math.Float64frombits(*rC(w, ip)))
			continue
		case uint8(code.SubF):
			*rA(w, ip) = math.Float64bits(math.Float64frombits(*rB(w, ip)) - math.Float64frombits(*rC(w, ip)))
			continue
		case uint8(code.MulF):
			*rA(w, ip) = math.Float64bits(math.Float64frombits(*rB(w, ip)) * math.Float64frombits(*rC(w, ip)))
			continue
		case uint8(code.DivF):
			*rA(w, ip) = math.Float64bits(math.Float64frombits(*rB(w, ip)) / math.Float64frombits(*rC(w, ip)))
			continue
		case uint8(code.EqF):
			*rA(w, ip) = b2u(math.Float64frombits(*rB(w, ip)) == math.Float64frombits(*rC(w, ip)))
			continue
		case uint8(code.NeF):
			*rA(w, ip) = b2u(math.Float64frombits(*rB(w, ip)) != math.Float64frombits(*rC(w, ip)))
			continue
		case uint8(code.LtF):
			*rA(w, ip) = b2u(math.Float64frombits(*rB(w, ip)) < math.Float64frombits(*rC(w, ip)))
			continue
		case uint8(code.LeF):
			*rA(w, ip) = b2u(math.Float64frombits(*rB(w, ip)) <= math.Float64frombits(*rC(w, ip)))
			continue
		case uint8(code.NegF):
			*rA(w, ip) = *rB(w, ip) ^ 1<<63
			continue
		case uint8(code.AddF32):
			setF32(rA(w, ip), f32(rB(w, ip))+f32(rC(w, ip)))
			continue
		case uint8(code.SubF32):
			setF32(rA(w, ip), f32(rB(w, ip))-f32(rC(w, ip)))
			continue
		case uint8(code.MulF32):
			setF32(rA(w, ip), f32(rB(w, ip))*f32(rC(w, ip)))
			continue
		case uint8(code.DivF32):
			setF32(rA(w, ip), f32(rB(w, ip))/f32(rC(w, ip)))
			continue
		case uint8(code.EqF32):
			*rA(w, ip) = b2u(f32(rB(w, ip)) == f32(rC(w, ip)))
			continue
		case uint8(code.NeF32):
			*rA(w, ip) = b2u(f32(rB(w, ip)) != f32(rC(w, ip)))
			continue
		case uint8(code.LtF32):
			*rA(w, ip) = b2u(f32(rB(w, ip)) < f32(rC(w, ip)))
			continue
		case uint8(code.LeF32):
			*rA(w, ip) = b2u(f32(rB(w, ip)) <= f32(rC(w, ip)))
			continue
		case uint8(code.NegF32):
			*rA(w, ip) = *rB(w, ip) ^ 1<<31
			continue
		case uint8(code.IntF32):
			setF32(rA(w, ip), float32(int64(*rB(w, ip))))
			continue
		case uint8(code.FF32):
			setF32(rA(w, ip), float32(f64(rB(w, ip))))
			continue
		case uint8(code.F32F):
			setF64(rA(w, ip), float64(f32(rB(w, ip))))
			continue
		case uint8(code.IntF):
			*rA(w, ip) = math.Float64bits(float64(int64(*rB(w, ip))))
			continue
		case uint8(code.FInt):
			f := math.Float64frombits(*rB(w, ip))
			if !(f > -1<<63 && f < 1<<63) {
				break
			}
			*rA(w, ip) = uint64(int64(f))
			continue
		case uint8(code.MulHU):
			hi, _ := bits.Mul64(*rB(w, ip), *rC(w, ip))
			*rA(w, ip) = hi
			continue
		case uint8(code.Ctz):
			*rA(w, ip) = uint64(bits.TrailingZeros64(*rB(w, ip)))
			continue
		case uint8(code.BitLen):
			*rA(w, ip) = uint64(bits.Len64(*rB(w, ip)))
			continue
		case uint8(code.Rotl):
			*rA(w, ip) = bits.RotateLeft64(*rB(w, ip), int(*rC(w, ip)))
			continue
		case uint8(code.Rotl32):
			*rA(w, ip) = uint64(bits.RotateLeft32(uint32(*rB(w, ip)), int(*rC(w, ip))))
			continue
		case uint8(code.AbsF):
			*rA(w, ip) = *rB(w, ip) &^ (1 << 63)
			continue
		case uint8(code.Sqrt):
			setF64(rA(w, ip), math.Sqrt(f64(rB(w, ip))))
			continue
		case uint8(code.AddA32):
			off := *rB(w, ip) - v.roEnd
			if off >= v.rwSize {
				break
			}
			left -= costAtomic
			p := (*uint32)(unsafe.Add(v.rwp, off))
			x := *p + uint32(*rC(w, ip))
			*p = x
			*rA(w, ip) = uint64(x)
			continue
		case uint8(code.SwapA32):
			off := *rB(w, ip) - v.roEnd
			if off >= v.rwSize {
				break
			}
			left -= costAtomic
			p := (*uint32)(unsafe.Add(v.rwp, off))
			x := *p
			*p = uint32(*rC(w, ip))
			*rA(w, ip) = uint64(x)
			continue
		case uint8(code.CasA32):
			off := *rB(w, ip) - v.roEnd
			if off >= v.rwSize {
				break
			}
			left -= costAtomic
			p := (*uint32)(unsafe.Add(v.rwp, off))
			same := *p == uint32(*rC(w, ip))
			if same {
				*p = uint32(*rX(w, ip))
			}
			*rA(w, ip) = b2u(same)
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.AddA64):
			off := *rB(w, ip) - v.roEnd
			if off >= v.rwSize {
				break
			}
			left -= costAtomic
			p := (*uint64)(unsafe.Add(v.rwp, off))
			x := *p + *rC(w, ip)
			*p = x
			*rA(w, ip) = x
			continue
		case uint8(code.SwapA64):
			off := *rB(w, ip) - v.roEnd
			if off >= v.rwSize {
				break
			}
			left -= costAtomic
			p := (*uint64)(unsafe.Add(v.rwp, off))
			x := *p
			*p = *rC(w, ip)
			*rA(w, ip) = x
			continue
		case uint8(code.CasA64):
			off := *rB(w, ip) - v.roEnd
			if off >= v.rwSize {
				break
			}
			left -= costAtomic
			p := (*uint64)(unsafe.Add(v.rwp, off))
			same := *p == *rC(w, ip)
			if same {
				*p = *rX(w, ip)
			}
			*rA(w, ip) = b2u(same)
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Neg):
			*rA(w, ip) = -*rB(w, ip)
			continue
		case uint8(code.Not):
			*rA(w, ip) = ^*rB(w, ip)
			continue
		case uint8(code.MovN):
			from, to, n := rB(w, ip), rA(w, ip), uintptr(opC(ip))*8
			if n > 64 || uintptr(unsafe.Pointer(to))-uintptr(unsafe.Pointer(from)) < n {
				break
			}
			for i := uintptr(0); i < n; i += 8 {
				*(*uint64)(unsafe.Add(unsafe.Pointer(to), i)) = *(*uint64)(unsafe.Add(unsafe.Pointer(from), i))
			}
			continue
		case uint8(code.Zero):
			n := uintptr(imm(ip)) * 8
			if n > 64 {
				break
			}
			for i := uintptr(0); i < n; i += 8 {
				*(*uint64)(unsafe.Add(unsafe.Pointer(rA(w, ip)), i)) = 0
			}
			continue
		case uint8(code.Slice):
			sl := (*[3]uint64)(unsafe.Pointer(rB(w, ip)))
			p, lo, hi, c := sl[0], uint64(0), sl[1], sl[2]
			if extraA(ip) != code.NoSlot {
				lo = *rX(w, ip)
			}
			if extraB(ip) != code.NoSlot {
				hi = *(*uint64)(unsafe.Add(w, uintptr(extraB(ip))*8))
			}
			typ := *(*uint64)(unsafe.Add(v.pool, uintptr(imm(unsafe.Add(ip, 16)))*8)) - mem.Base
			if extraC(ip) != code.NoSlot || lo > hi || hi > c || typ >= size {
				break
			}
			if c != lo { // an empty rest must not point behind the object
				p += lo * *(*uint64)(unsafe.Add(memp, typ))
			}
			a := (*[3]uint64)(unsafe.Pointer(rA(w, ip)))
			a[0], a[1], a[2] = p, hi-lo, c-lo
			ip = unsafe.Add(ip, 16)
			continue
		case uint8(code.SliceArr):
			n := *(*uint64)(unsafe.Add(v.pool, uintptr(imm(unsafe.Add(ip, 24)))*8))
			p, lo, hi := *rB(w, ip), uint64(0), n
			if extraA(ip) != code.NoSlot {
				lo = *rX(w, ip)
			}
			if extraB(ip) != code.NoSlot {
				hi = *(*uint64)(unsafe.Add(w, uintptr(extraB(ip))*8))
			}
			typ := *(*uint64)(unsafe.Add(v.pool, uintptr(imm(unsafe.Add(ip, 16)))*8)) - mem.Base
			if extraC(ip) != code.NoSlot || p == 0 || lo > hi || hi > n || typ >= size {
				break
			}
			if n != lo {
				p += lo * *(*uint64)(unsafe.Add(memp, typ))
			}
			a := (*[3]uint64)(unsafe.Pointer(rA(w, ip)))
			a[0], a[1], a[2] = p, hi-lo, n-lo
			ip = unsafe.Add(ip, 24)
			continue
		case uint8(code.SliceStr):
			s := (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
			p, lo, hi, n := s[0], uint64(0), s[1], s[1]
			if extraA(ip) != code.NoSlot {
				lo = *rX(w, ip)
			}
			if extraB(ip) != code.NoSlot {
				hi = *(*uint64)(unsafe.Add(w, uintptr(extraB(ip))*8))
			}
			if lo > hi || hi > n {
				break
			}
			if lo < hi {
				p += lo
			}
			a := (*[2]uint64)(unsafe.Pointer(rA(w, ip)))
			a[0], a[1] = p, hi-lo
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Append1): // where there is room, for the commonest sizes
			sl := (*[3]uint64)(unsafe.Pointer(rB(w, ip)))
			p, n, c := sl[0], sl[1], sl[2]
			typ := *(*uint64)(unsafe.Add(v.pool, uintptr(imm(unsafe.Add(ip, 8)))*8)) - mem.Base
			if n >= c || typ >= size {
				break
			}
			width := *(*uint64)(unsafe.Add(memp, typ))
			off := p + n*width - v.roEnd
			if off >= v.rwSize {
				break
			}
			from, to := rC(w, ip), unsafe.Add(v.rwp, off)
			if width == 8 {
				*(*uint64)(to) = *from
			} else if width == 1 {
				*(*uint8)(to) = uint8(*from)
			} else if width == 4 {
				*(*uint32)(to) = uint32(*from)
			} else if width == 16 {
				*(*[2]uint64)(to) = *(*[2]uint64)(unsafe.Pointer(from))
			} else {
				break
			}
			a := (*[3]uint64)(unsafe.Pointer(rA(w, ip)))
			a[0], a[1], a[2] = p, n+1, c
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.AppendStr): // where there is room, if copying costs no steps
			sl, str := (*[3]uint64)(unsafe.Pointer(rB(w, ip))), (*[2]uint64)(unsafe.Pointer(rC(w, ip)))
			p, n, c, m := sl[0], sl[1], sl[2], str[1]
			off, dst := str[0]-mem.Base, p+n-v.roEnd
			if m >= bytesPerStep || n > c || m > c-n || off >= size || m > size-off || dst >= v.rwSize || m > v.rwSize-dst {
				break
			}
			from, to := unsafe.Add(memp, off), unsafe.Add(v.rwp, dst)
			if m >= 8 { // its first bytes and its last: some are copied twice
				x, y := *(*uint64)(from), *(*uint64)(unsafe.Add(from, m-8))
				*(*uint64)(to) = x
				*(*uint64)(unsafe.Add(to, m-8)) = y
			} else if m >= 4 {
				x, y := *(*uint32)(from), *(*uint32)(unsafe.Add(from, m-4))
				*(*uint32)(to) = x
				*(*uint32)(unsafe.Add(to, m-4)) = y
			} else if m > 0 {
				x, y, z := *(*uint8)(from), *(*uint8)(unsafe.Add(from, m/2)), *(*uint8)(unsafe.Add(from, m-1))
				*(*uint8)(to) = x
				*(*uint8)(unsafe.Add(to, m/2)) = y
				*(*uint8)(unsafe.Add(to, m-1)) = z
			}
			a := (*[3]uint64)(unsafe.Pointer(rA(w, ip)))
			a[0], a[1], a[2] = p, n+m, c
			continue
		case uint8(code.EqStr): // what needs no reading
			s, t := (*[2]uint64)(unsafe.Pointer(rB(w, ip))), (*[2]uint64)(unsafe.Pointer(rC(w, ip)))
			same := s[1] == t[1]
			if same && s[1] != 0 && s[0] != t[0] {
				break
			}
			*rA(w, ip) = b2u(same)
			continue
		case uint8(code.StrNext): // ASCII
			s, at := (*[2]uint64)(unsafe.Pointer(rB(w, ip))), *rC(w, ip)
			a := (*[3]uint64)(unsafe.Pointer(rA(w, ip)))
			if at >= s[1] {
				a[0] = 0
				continue
			}
			off := s[0] + at - mem.Base
			if off >= size {
				break
			}
			char := *(*uint8)(unsafe.Add(memp, off))
			if char >= 0x80 {
				break
			}
			a[0], a[1], a[2] = 1, at, uint64(char)
			*rC(w, ip) = at + 1
			continue
		case uint8(code.CheckShift):
			if int64(*rA(w, ip)) < 0 {
				break
			}
			continue
		// Chains: their parts, one behind the other.
		case uint8(code.MovMov):
			*rA(w, ip) = *rB(w, ip)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			*rA(w, ip) = *rB(w, ip)
			continue
		case uint8(code.MovCall):
			*rA(w, ip) = *rB(w, ip)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			base := uintptr(opA(ip)) * 8
			w = unsafe.Add(w, base)
			*(*uint64)(w) = uint64((uintptr(ip)-uintptr(v.code))>>3) | uint64(base)<<29
			checks := *(*uint8)(unsafe.Add(ip, -8)) == uint8(code.Call) // or it is a CallLeaf
			ip = unsafe.Add(v.code, uintptr(imm(ip))*8)
			if checks && uintptr(w)+uintptr(opB(unsafe.Add(ip, 8)))*8 <= v.limit {
				left--
				ip = unsafe.Add(ip, 8)
			}
			continue
		case uint8(code.MovRet):
			*rA(w, ip) = *rB(w, ip)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			h := *(*uint64)(w)
			off := uint64(uintptr(w)-uintptr(memp)) - h>>29&^7
			if uint32(h) >= v.ncode || off >= size {
				break
			}
			w = unsafe.Add(memp, off)
			ip = unsafe.Add(v.code, uintptr(uint32(h))*8)
			continue
		case uint8(code.AddICall):
			*rA(w, ip) = *rB(w, ip) + immC(ip)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			base := uintptr(opA(ip)) * 8
			w = unsafe.Add(w, base)
			*(*uint64)(w) = uint64((uintptr(ip)-uintptr(v.code))>>3) | uint64(base)<<29
			checks := *(*uint8)(unsafe.Add(ip, -8)) == uint8(code.Call) // or it is a CallLeaf
			ip = unsafe.Add(v.code, uintptr(imm(ip))*8)
			if checks && uintptr(w)+uintptr(opB(unsafe.Add(ip, 8)))*8 <= v.limit {
				left--
				ip = unsafe.Add(ip, 8)
			}
			continue
		case uint8(code.AddRet):
			*rA(w, ip) = *rB(w, ip) + *rC(w, ip)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			h := *(*uint64)(w)
			off := uint64(uintptr(w)-uintptr(memp)) - h>>29&^7
			if uint32(h) >= v.ncode || off >= size {
				break
			}
			w = unsafe.Add(memp, off)
			ip = unsafe.Add(v.code, uintptr(uint32(h))*8)
			continue
		case uint8(code.MovNRet):
			{
				from, to, n := rB(w, ip), rA(w, ip), uintptr(opC(ip))*8
				if n > 64 || uintptr(unsafe.Pointer(to))-uintptr(unsafe.Pointer(from)) < n {
					break
				}
				for i := uintptr(0); i < n; i += 8 {
					*(*uint64)(unsafe.Add(unsafe.Pointer(to), i)) = *(*uint64)(unsafe.Add(unsafe.Pointer(from), i))
				}
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			h := *(*uint64)(w)
			off := uint64(uintptr(w)-uintptr(memp)) - h>>29&^7
			if uint32(h) >= v.ncode || off >= size {
				break
			}
			w = unsafe.Add(memp, off)
			ip = unsafe.Add(v.code, uintptr(uint32(h))*8)
			continue
		case uint8(code.AddIExtU32):
			x := *rB(w, ip) + immC(ip)
			*rA(w, ip) = x
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			*rA(w, ip) = uint64(uint32(x))
			continue
		case uint8(code.Ld192Ldx64):
			var x, y uint64
			{
				off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
				if off >= size {
					break
				}
				from, to := (*[3]uint64)(unsafe.Add(memp, off)), (*[3]uint64)(unsafe.Pointer(rA(w, ip)))
				z := from[2]
				x, y = from[0], from[1]
				to[0], to[1], to[2] = x, y, z
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			i := *rC(w, ip)
			off := x + i*8 - mem.Base
			if i >= y || off >= size {
				break
			}
			*rA(w, ip) = *(*uint64)(unsafe.Add(memp, off))
			continue
		case uint8(code.LeaSLd192Ldx64):
			var x, y uint64
			{
				i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
				if i >= sl[1] {
					break
				}
				left--
				x = sl[0] + i*extraImm(ip)
				*rA(w, ip) = x
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			{
				off := x + uint64(opC(ip)) - mem.Base
				if off >= size {
					break
				}
				from, to := (*[3]uint64)(unsafe.Add(memp, off)), (*[3]uint64)(unsafe.Pointer(rA(w, ip)))
				z := from[2]
				x, y = from[0], from[1]
				to[0], to[1], to[2] = x, y, z
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			i := *rC(w, ip)
			off := x + i*8 - mem.Base
			if i >= y || off >= size {
				break
			}
			*rA(w, ip) = *(*uint64)(unsafe.Add(memp, off))
			continue
		case uint8(code.LdaU8Stx8):
			var x uint64
			{
				base, i := *rB(w, ip), *rC(w, ip)
				off := base + uint64(extraC(ip)) + i - mem.Base
				if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= size {
					break
				}
				x = uint64(*(*uint8)(unsafe.Add(memp, off)))
				*rA(w, ip) = x
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			i, sl := *rB(w, ip), (*[2]uint64)(unsafe.Pointer(rA(w, ip)))
			off := sl[0] + i - v.roEnd
			if i >= sl[1] || off >= v.rwSize {
				break
			}
			*(*uint8)(unsafe.Add(v.rwp, off)) = uint8(x)
			continue
		case uint8(code.LdxU8Jz):
			var x uint64
			{
				i, sl := *rC(w, ip), (*[2]uint64)(unsafe.Pointer(rB(w, ip)))
				off := sl[0] + i - mem.Base
				if i >= sl[1] || off >= size {
					break
				}
				x = uint64(*(*uint8)(unsafe.Add(memp, off)))
				*rA(w, ip) = x
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			if x == 0 {
				ip = unsafe.Add(ip, int(imm(ip))*8)
			}
			continue
		case uint8(code.Stx8AddJLt):
			{
				i, sl := *rB(w, ip), (*[2]uint64)(unsafe.Pointer(rA(w, ip)))
				off := sl[0] + i - v.roEnd
				if i >= sl[1] || off >= v.rwSize {
					break
				}
				*(*uint8)(unsafe.Add(v.rwp, off)) = uint8(*rC(w, ip))
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			left--
			a := rA(w, ip)
			x := *a + *rB(w, ip)
			*a = x
			if int64(x) < int64(*rX(w, ip)) {
				ip = unsafe.Add(ip, int64(immC(ip))*8)
				continue
			}
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.NilCheckMov):
			if *rA(w, ip)-mem.Base >= size {
				break
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			*rA(w, ip) = *rB(w, ip)
			continue
		case uint8(code.NilCheckLoadI):
			if *rA(w, ip)-mem.Base >= size {
				break
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			*rA(w, ip) = uint64(int64(imm(ip)))
			continue
		case uint8(code.MulFMulF):
			x := f64(rB(w, ip)) * f64(rC(w, ip))
			setF64(rA(w, ip), x)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			setF64(rA(w, ip), x*f64(rC(w, ip)))
			continue
		case uint8(code.MulFAddF):
			x := f64(rB(w, ip)) * f64(rC(w, ip))
			setF64(rA(w, ip), x)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			setF64(rA(w, ip), f64(rB(w, ip))+x)
			continue
		case uint8(code.Lda64Lda64SubFFsi64):
			var x float64
			{
				base, i := *rB(w, ip), *rC(w, ip)
				off := base + uint64(extraC(ip)) + i*8 - mem.Base
				if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= size {
					break
				}
				*rA(w, ip) = *(*uint64)(unsafe.Add(memp, off))
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			{
				base, i := *rB(w, ip), *rC(w, ip)
				off := base + uint64(extraC(ip)) + i*8 - mem.Base
				if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= size {
					break
				}
				x = *(*float64)(unsafe.Add(memp, off))
				setF64(rA(w, ip), x)
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			x = f64(rB(w, ip)) - x
			setF64(rA(w, ip), x)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			i := *rC(w, ip)
			if i >= uint64(extraA(ip)) {
				break
			}
			*(*float64)(frameByte(w, opA(ip), i*8)) = x
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Fli64Fli64MulFAddF):
			var x float64
			{
				i := *rC(w, ip)
				if i >= uint64(extraA(ip)) {
					break
				}
				*rA(w, ip) = *(*uint64)(frameByte(w, opB(ip), i*8))
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			{
				i := *rC(w, ip)
				if i >= uint64(extraA(ip)) {
					break
				}
				x = *(*float64)(frameByte(w, opB(ip), i*8))
				setF64(rA(w, ip), x)
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			x = f64(rB(w, ip)) * x
			setF64(rA(w, ip), x)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			setF64(rA(w, ip), f64(rB(w, ip))+x)
			continue
		case uint8(code.Fli64Ld64MulFMulF):
			var x float64
			{
				i := *rC(w, ip)
				if i >= uint64(extraA(ip)) {
					break
				}
				*rA(w, ip) = *(*uint64)(frameByte(w, opB(ip), i*8))
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			{
				off := *rB(w, ip) + uint64(opC(ip)) - mem.Base
				if off >= size {
					break
				}
				x = *(*float64)(unsafe.Add(memp, off))
				setF64(rA(w, ip), x)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			x = f64(rB(w, ip)) * x
			setF64(rA(w, ip), x)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			setF64(rA(w, ip), x*f64(rC(w, ip)))
			continue
		case uint8(code.Lda64Lda64):
			{
				base, i := *rB(w, ip), *rC(w, ip)
				off := base + uint64(extraC(ip)) + i*8 - mem.Base
				if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= size {
					break
				}
				*rA(w, ip) = *(*uint64)(unsafe.Add(memp, off))
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			base, i := *rB(w, ip), *rC(w, ip)
			off := base + uint64(extraC(ip)) + i*8 - mem.Base
			if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= size {
				break
			}
			*rA(w, ip) = *(*uint64)(unsafe.Add(memp, off))
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Lda64AddFSta64):
			var x float64
			{
				base, i := *rB(w, ip), *rC(w, ip)
				off := base + uint64(extraC(ip)) + i*8 - mem.Base
				if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= size {
					break
				}
				x = *(*float64)(unsafe.Add(memp, off))
				setF64(rA(w, ip), x)
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			x = x + f64(rC(w, ip))
			setF64(rA(w, ip), x)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			base, i := *rA(w, ip), *rB(w, ip)
			off := base + uint64(extraC(ip)) + i*8 - v.roEnd
			if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= v.rwSize {
				break
			}
			*(*float64)(unsafe.Add(v.rwp, off)) = x
			ip = unsafe.Add(ip, 8)
			continue
		case uint8(code.Lda64SubFSta64):
			var x float64
			{
				base, i := *rB(w, ip), *rC(w, ip)
				off := base + uint64(extraC(ip)) + i*8 - mem.Base
				if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= size {
					break
				}
				x = *(*float64)(unsafe.Add(memp, off))
				setF64(rA(w, ip), x)
				ip = unsafe.Add(ip, 8)
			}
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			x = x - f64(rC(w, ip))
			setF64(rA(w, ip), x)
			if left <= 0 {
				continue
			}
			left--
			ip = unsafe.Add(ip, 8)
			base, i := *rA(w, ip), *rB(w, ip)
			off := base + uint64(extraC(ip)) + i*8 - v.roEnd
			if base-mem.Base >= size || i >= uint64(extraA(ip)) || off >= v.rwSize {
				break
			}
			*(*float64)(unsafe.Add(v.rwp, off)) = x
			ip = unsafe.Add(ip, 8)
			continue
		}
		v.pc = uint32((uintptr(ip) - uintptr(v.code)) >> 3)
		v.fp = uint64(uintptr(w) - uintptr(memp))
		v.left = left
		return *(*code.Op)(unsafe.Add(ip, -8))
	}
	v.pc = uint32((uintptr(ip) - uintptr(v.code)) >> 3)
	v.fp = uint64(uintptr(w) - uintptr(memp))
	v.left = left
	return opNone
}
