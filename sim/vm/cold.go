package vm

import (
	"fmt"

	"gopark/sim/code"
	"gopark/sim/mem"
)

// cold runs one instruction that the hot loop leaves: it is rare, or it went
// wrong there. v.pc is behind the instruction.
func (v *VM) cold(op code.Op) {
	in := v.prog.Code[v.pc-1]
	switch {
	case op < code.LdS8:
		v.coldArith(op, in)
	case op <= code.CasA64:
		v.coldMemory(op, in)
	case op < code.Enter:
		v.coldFrame(op, in)
	case op < code.New:
		v.coldCall(op, in)
	case op < code.MakeMap:
		v.coldData(op, in)
	case op < code.MakeChan:
		v.mapOp(op, in)
	case op < code.ItabType:
		v.chanOp(op, in)
	case op < code.Print:
		v.ifaceOp(op, in)
	case op == code.Print:
		v.printOp(in)
	default:
		panic(badOp(op))
	}
}

func badOp(op code.Op) trap {
	return trap{kind: trapBad, msg: fmt.Sprintf("operation %d is not to be run", op)}
}

// coldArith raises what arithmetic can.
func (v *VM) coldArith(op code.Op, in code.Instr) {
	switch op {
	case code.Div, code.Rem, code.DivU, code.RemU:
		v.panicText("integer divide by zero")
	case code.CheckShift:
		v.panicText("negative shift amount")
	default:
		panic(badOp(op))
	}
}

// coldMemory copies larger pieces, and finds out why an access failed.
func (v *VM) coldMemory(op code.Op, in code.Instr) {
	switch op {
	case code.LdN:
		v.loadN(in.A, v.get(in.B), uint64(in.C))
	case code.StN:
		v.storeN(v.get(in.A), in.B, uint64(in.C))
	case code.LdBig:
		v.loadN(in.A, v.get(in.B), uint64(uint32(v.extraWord().Imm())))
	case code.StBig:
		n := uint64(uint32(v.extraWord().Imm()))
		v.storeN(v.get(in.A), in.B, n)
	case code.CopyMem:
		n := uint64(uint32(v.extraWord().Imm()))
		from := v.bytes(v.get(in.B), n)
		copy(v.writable(v.get(in.A), n), from)
		v.chargeBytes(n)
	case code.NilCheck:
		v.bytes(v.get(in.A), 1)
	case code.AddA32, code.AddA64, code.SwapA32, code.SwapA64, code.CasA32, code.CasA64:
		v.farAtomic(op, in)
	default:
		if op >= code.LdS8 && op <= code.Ld192 {
			v.farLoad(op, in.A, offset(v.get(in.B), in.C))
			return
		}
		v.farStore(op, offset(v.get(in.A), in.C), in.B)
	}
}

// nilBytes are those from address 0 on at which an access is a nil dereference.
// Where an offset is as large, gc checks the pointer first.
const nilBytes = 4096

// offset is the address of a field.
func offset(base mem.Addr, off uint16) mem.Addr {
	if base < nilBytes && off >= nilBytes {
		return base
	}
	return base + uint64(off)
}

// loadN is LdN: whole slots are written, the last one's rest zeroed.
func (v *VM) loadN(slot uint16, from mem.Addr, n uint64) {
	if n == 0 {
		return
	}
	b := v.bytes(from, n)
	if n&7 != 0 {
		v.mem.PutU64(v.slotAddr(slot)+n&^7, 0)
	}
	copy(v.frameBytes(slot, n), b)
	v.chargeBytes(n)
}

func (v *VM) storeN(to mem.Addr, slot uint16, n uint64) {
	copy(v.writable(to, n), v.frameBytes(slot, n))
	v.chargeBytes(n)
}

// frameBytes are n bytes of the frame from slot on.
func (v *VM) frameBytes(slot uint16, n uint64) []byte {
	if n > windowBytes-uint64(slot)*8 {
		panic(trap{kind: trapBad, msg: "access outside the frame"})
	}
	return v.bytes(v.slotAddr(slot), n)
}

// coldFrame raises index panics, and moves pieces of the frame.
func (v *VM) coldFrame(op code.Op, in code.Instr) {
	switch op {
	case code.Bounds:
		v.panicBounds(v.get(in.A), in.C != 0, v.get(in.B), boundsIndex)
		return
	case code.BoundsI:
		v.panicBounds(v.get(in.A), false, uint64(in.Imm()), boundsIndex)
		return
	case code.FlxN, code.FsxN:
		n := uint64(uint32(v.extraWord().Imm()))
		off := v.get(in.C)
		big := in.B
		if op == code.FsxN {
			big = in.A
		}
		if at := uint64(big)*8 + off; off > windowBytes || at+n > windowBytes {
			panic(trap{kind: trapBad, msg: "access outside the frame"})
		}
		part := v.bytes(v.slotAddr(big)+off, n)
		if op == code.FsxN {
			copy(part, v.frameBytes(in.B, n))
			return
		}
		if n&7 != 0 {
			v.mem.PutU64(v.slotAddr(in.A)+n&^7, 0)
		}
		copy(v.frameBytes(in.A, n), part)
		return
	}
	switch {
	case op == code.LeaS:
		v.panicBounds(v.get(in.C), false, v.get(in.B+1), boundsIndex)
	case op == code.Fli64 || op == code.Fsi64:
		v.panicBounds(v.get(in.C), false, uint64(v.extraWord().A), boundsIndex)
	case op >= code.LeaA && op <= code.Lda64:
		if a, ok := v.element(v.get(in.B), v.get(in.C)); ok && op == code.LeaA {
			v.set(in.A, a)
		} else if ok {
			v.farLoad(op, in.A, a)
		}
	case op == code.Sta8 || op == code.Sta64:
		if a, ok := v.element(v.get(in.A), v.get(in.B)); ok {
			v.farStore(op, a, in.C)
		}
	case op >= code.LdxS8 && op <= code.Ldx64:
		if i := v.get(in.C); v.index(i, v.get(in.B+1)) {
			v.farLoad(op, in.A, v.get(in.B)+i*farWidths[op])
		}
	case op >= code.Stx8 && op <= code.Stx64:
		if i := v.get(in.B); v.index(i, v.get(in.A+1)) {
			v.farStore(op, v.get(in.A)+i*farWidths[op], in.C)
		}
	default:
		panic(badOp(op))
	}
}

func (v *VM) index(i, n uint64) bool {
	if i >= n {
		v.panicBounds(i, false, n, boundsIndex)
	}
	return i < n
}

// element is the address of an array's element: the array's own address is
// looked at before the index.
func (v *VM) element(base mem.Addr, i uint64) (a mem.Addr, ok bool) {
	x := v.extraWord()
	v.bytes(base, 1)
	if !v.index(i, uint64(x.A)) {
		return 0, false
	}
	return base + uint64(x.C) + i*uint64(x.B), true
}

// coldCall runs what belongs to calls.
func (v *VM) coldCall(op code.Op, in code.Instr) {
	switch op {
	case code.Enter:
		v.prologue(in.B)
	case code.Ret:
		v.ret()
	case code.CallClo, code.CallItab:
		v.badCall(in, op)
	case code.Native:
		v.native(in)
	case code.FuncPair:
		f, entry := v.get(in.B), uint64(0)
		if f != 0 {
			entry = code.TextBase + uint64(v.closureEntry(f))
		}
		v.set(in.A, entry)
		v.set(in.A+1, f)
	case code.ItabPair:
		tab := v.get(in.B)
		if tab == 0 {
			v.fault(itabFun + uint64(in.C)*8)
			return
		}
		a := tab + itabFun + uint64(in.C)*8
		v.bytes(a, 8)
		v.set(in.A, v.mem.U64(a))
		v.set(in.A+1, 0)
	case code.Go:
		v.doGo(in)
	case code.Defer:
		v.doDefer(in)
	case code.RunDefers:
		v.runDefers()
	case code.DeferStack:
		v.set(in.A, (v.fp-v.cur.Lo)|uint64(v.pc-1)<<32)
	case code.Recover:
		v.doRecover(in)
	case code.Panic:
		v.doPanic(in)
	default:
		panic(badOp(op))
	}
}

// coldData allocates, and handles strings and slices.
func (v *VM) coldData(op code.Op, in code.Instr) {
	switch op {
	case code.New:
		typ := v.k[in.Imm()]
		v.set(in.A, v.alloc(v.mem.U64(typ), typ, 1))
	case code.MakeSlice:
		v.makeSlice(in)
	case code.Box:
		v.box(in)
	case code.Concat, code.EqStr, code.LtStr, code.LeStr, code.SliceStr, code.StrBytes,
		code.BytesStr, code.StrRunes, code.RunesStr, code.RuneStr, code.StrNext:
		v.stringOp(op, in)
	default:
		v.sliceOp(op, in)
	}
}
