package vm

import (
	"gopark/sim/code"
	"gopark/sim/mem"
)

func (l *liveFlow) read(slot uint16, n int) {
	l.set.set(int(slot), min(n, l.end-int(slot)), true)
}

func (l *liveFlow) kill(slot uint16, n int) {
	l.set.set(int(slot), min(n, l.end-int(slot)), false)
}

// context adds or takes out the context register.
func (l *liveFlow) context(on bool) { l.set.set(l.end, 1, on) }

// slots is how many slots a value of the type in Extra word i behind pc takes.
func (l *liveFlow) slots(pc, i int) int { return l.slotsOf(l.typ(pc, i)) }

// slotsOf is how many slots a value of type typ takes; all that there are if typ
// is no type, as in bytecode that no compiler made. Such an instruction faults
// if it is ever run, but it is looked at before.
func (l *liveFlow) slotsOf(typ mem.Addr) int {
	if !l.v.mem.Valid(typ, 8) {
		return l.end
	}
	return int(l.v.slotsOf(typ))
}

// part is the type that is named at an offset of another's descriptor.
func (l *liveFlow) part(typ mem.Addr, offset uint64) mem.Addr {
	if !l.v.mem.Valid(typ+offset, 8) {
		return 0
	}
	return l.v.mem.U64(typ + offset)
}

// killPart takes out a value of type typ, if that is one.
func (l *liveFlow) killPart(slot uint16, typ mem.Addr) {
	if l.v.mem.Valid(typ, 8) {
		l.kill(slot, l.slotsOf(typ))
	}
}

func (l *liveFlow) typ(pc, i int) mem.Addr { return l.v.k[l.body[pc+1+i].Imm()] }

// writes takes out the slots that the instruction writes whole.
func (l *liveFlow) writes(in code.Instr, pc int) bool {
	switch op := in.Op; {
	case op == code.MovN:
		l.kill(in.A, int(in.C))
	case op == code.Zero:
		l.kill(in.A, int(in.Imm()))
	case op == code.Ld128 || op == code.Recover || op == code.FuncPair || op == code.ItabPair || op == code.Concat || op == code.AssertI:
		l.kill(in.A, 2)
	case op == code.SliceStr || op == code.BytesStr || op == code.RunesStr || op == code.RuneStr:
		l.kill(in.A, 2)
	case op == code.Ld192 || op == code.MakeSlice || op == code.Slice || op == code.SliceArr || op >= code.Append && op <= code.Append1 ||
		op == code.StrBytes || op == code.StrRunes || op == code.StrNext:
		l.kill(in.A, 3)
	case op == code.LdN:
		l.kill(in.A, (int(in.C)+7)/8)
	case op == code.LdBig:
		l.kill(in.A, (int(l.body[pc+1].Imm())+7)/8)
	case op == code.GetCtx:
		l.kill(in.A, 1)
	case op == code.Call || op == code.CallLeaf || op == code.CallClo || op == code.CallItab || op == code.Native:
		l.kill(in.A, l.end) // the callee's frame
		l.context(false)    // and its context
	case op == code.MapGet:
		l.killPart(in.A, l.part(l.typ(pc, 0), mapElem))
	case op == code.Recv:
		l.killPart(in.A, l.part(l.typ(pc, 0), chanElem))
	case op == code.MapNext || op == code.Select:
		// What they write depends on more than the instruction.
	case op >= code.Mov && op <= code.NotB && !jumps(op) && op != code.CheckShift,
		op >= code.AddF && op <= code.FInt32,
		op >= code.LdS8 && op <= code.Ld64,
		op >= code.LdxS8 && op <= code.Ldx64,
		op >= code.Lea8 && op <= code.Lda64, op == code.LeaS, op == code.Fli64,
		op >= code.AddA32 && op <= code.CasA64,
		op >= code.New && op <= code.StrNext && op != code.CopySlice && op != code.ClearSlice && op != code.CopyStr,
		op == code.MakeMap, op == code.MapIter, op == code.MakeChan, op == code.ItabType:
		l.kill(in.A, 1)
	}
	return true
}

func jumps(op code.Op) bool { return op >= code.Jmp && op <= code.AddJLt }

// reads adds the slots that the instruction reads.
func (l *liveFlow) reads(in code.Instr, pc int) bool {
	switch op := in.Op; {
	case op == code.LoadI || op == code.LoadK || op == code.Zero || op == code.Jmp || op == code.Enter || op == code.EnterLeaf ||
		op == code.New || op == code.RunDefers || op == code.DeferStack || op == code.Recover:
	case op == code.GetCtx:
		l.context(true)
	case op == code.MovN:
		l.read(in.B, int(in.C))
	case op == code.Jz || op == code.Jnz || op == code.CheckShift || op == code.NilCheck || op == code.BoundsI ||
		op >= code.JEqI && op <= code.JGeI || op == code.IncJLtI || op == code.DecJGeI:
		l.read(in.A, 1)
	case op >= code.JEq && op <= code.JLeU || op == code.CopyMem || op == code.Bounds || op == code.IncJLt || op == code.IncJLe:
		l.read(in.A, 1)
		l.read(in.B, 1)
	case op == code.AddJLt:
		l.read(in.A, 1)
		l.read(in.B, 1)
		l.read(l.body[pc+1].A, 1)
	case op >= code.AddA32 && op <= code.CasA64:
		l.read(in.B, 1)
		l.read(in.C, 1)
		if op >= code.CasA32 {
			l.read(l.body[pc+1].A, 1)
		}
	case op >= code.Mov && op <= code.FInt32: // a = b op c; a number in place of c does no harm
		l.read(in.B, 1)
		if threeSlots(op) {
			l.read(in.C, 1)
		}
	case op >= code.LdS8 && op <= code.NilCheck:
		l.readsMemory(in, pc)
	case op >= code.LdxS8 && op <= code.Fsi64:
		l.readsIndexed(in, pc)
	case op >= code.Call && op <= code.Panic:
		l.readsCall(in, pc)
	case op >= code.MakeSlice && op <= code.SliceToArr:
		l.readsData(in, pc)
	case op >= code.MakeMap && op <= code.Select:
		return l.readsShared(in, pc)
	case op >= code.ItabType && op <= code.Print:
		l.readsIface(in, pc)
	default:
		return false
	}
	return true
}

// threeSlots reports whether operand c of an arithmetic operation is a slot.
func threeSlots(op code.Op) bool {
	switch op {
	case code.AddI, code.MulI, code.AndI, code.ShlI, code.ShrI, code.SarI:
		return false
	}
	return true // where c is unused it is 0, or harmless
}

func (l *liveFlow) readsMemory(in code.Instr, pc int) {
	width := map[code.Op]int{code.St128: 2, code.St192: 3}
	switch op := in.Op; {
	case op <= code.Ld192, op == code.LdN, op == code.LdBig:
		l.read(in.B, 1)
	case op == code.StN:
		l.read(in.A, 1)
		l.read(in.B, (int(in.C)+7)/8)
	case op == code.StBig:
		l.read(in.A, 1)
		l.read(in.B, (int(l.body[pc+1].Imm())+7)/8)
	default:
		l.read(in.A, 1)
		l.read(in.B, max(width[op], 1))
	}
}

func (l *liveFlow) readsIndexed(in code.Instr, pc int) {
	switch op := in.Op; {
	case op <= code.Ldx64:
		l.read(in.B, 2)
		l.read(in.C, 1)
	case op <= code.Stx64:
		l.read(in.A, 2)
		l.read(in.B, 1)
		l.read(in.C, 1)
	case op == code.Sta8 || op == code.Sta64:
		l.read(in.A, 1)
		l.read(in.B, 1)
		l.read(in.C, 1)
	case op == code.LeaS:
		l.read(in.B, 2)
		l.read(in.C, 1)
	case op == code.Fli64:
		l.read(in.B, int(l.body[pc+1].A))
		l.read(in.C, 1)
	case op == code.Fsi64:
		l.read(in.B, 1)
		l.read(in.C, 1)
	case op >= code.Lea8 && op <= code.Lda64:
		l.read(in.B, 1)
		l.read(in.C, 1)
	case op >= code.FldS8 && op <= code.FldU32:
		l.read(in.B+in.C/8, 1)
	case op >= code.Fst8 && op <= code.Fst32:
		l.read(in.A+in.C/8, 1) // the bytes it leaves
		l.read(in.B, 1)
	case op >= code.FlxS8 && op <= code.FlxN: // anywhere from b on
		l.read(in.B, l.end)
		l.read(in.C, 1)
	case op >= code.Fsx8 && op <= code.FsxN:
		n := 1
		if op == code.FsxN {
			n = (int(l.body[pc+1].Imm()) + 7) / 8
		}
		l.read(in.B, n)
		l.read(in.C, 1)
	}
}

func (l *liveFlow) readsCall(in code.Instr, pc int) {
	switch in.Op {
	case code.Call, code.CallLeaf:
		n := l.end
		if f := l.v.funcAt(uint32(in.Imm())); f != nil && f.Flags&code.NativeFn == 0 {
			n = int(f.Params)
		}
		l.read(in.A+1, n)
	case code.CallClo:
		l.read(in.A+1, l.end)
		l.read(in.B, 1)
	case code.CallItab:
		l.read(in.A+1, l.end)
		l.read(in.B, 2)
	case code.Native:
		l.read(in.A+1, l.end)
		l.context(true)
	case code.Ret:
		l.read(1, int(l.f.Results))
	case code.FuncPair:
		l.read(in.B, 1)
	case code.ItabPair:
		l.read(in.B, 2)
	case code.Go, code.Defer:
		l.read(in.A, 1+int(in.B))
		l.read(in.C, 2)
	case code.Panic:
		l.read(in.A, 2)
	}
}

func (l *liveFlow) readsData(in code.Instr, pc int) {
	extraSlots := func() {
		x := l.body[pc+1]
		for _, s := range [...]uint16{x.A, x.B, x.C} {
			if s != code.NoSlot {
				l.read(s, 1)
			}
		}
	}
	switch in.Op {
	case code.MakeSlice:
		l.read(in.B, 1)
		l.read(in.C, 1)
	case code.Box:
		l.read(in.B, l.slots(pc, 0))
	case code.SliceStr, code.Slice, code.SliceArr:
		l.read(in.B, 3)
		extraSlots()
	case code.Append1:
		l.read(in.B, 3)
		l.read(in.C, l.slots(pc, 0))
	case code.ClearSlice:
		l.read(in.A, 2)
	case code.Concat, code.EqStr, code.LtStr, code.LeStr:
		l.read(in.B, 2)
		l.read(in.C, 2)
	default: // of strings and slices
		l.read(in.B, 3)
		l.read(in.C, 3)
	}
}

// readsShared is for maps and channels.
func (l *liveFlow) readsShared(in code.Instr, pc int) bool {
	size := func(offset uint64) int { return l.slotsOf(l.part(l.typ(pc, 0), offset)) }
	switch in.Op {
	case code.MapGet:
		l.read(in.B, 1)
		l.read(in.C, size(mapKey))
	case code.MapSet:
		l.read(in.A, 1)
		l.read(in.B, size(mapKey))
		l.read(in.C, size(mapElem))
	case code.MapDel:
		l.read(in.A, 1)
		l.read(in.B, size(mapKey))
	case code.MapClear, code.CloseChan:
		l.read(in.A, 1)
	case code.Send:
		l.read(in.A, 1)
		l.read(in.B, size(chanElem))
	case code.MakeMap, code.MapLen, code.MapIter, code.MapNext, code.MakeChan, code.Recv, code.ChanLen, code.ChanCap:
		l.read(in.B, 1)
	case code.Select:
		l.readsSelect(in, pc)
	default:
		return false
	}
	return true
}

// readsSelect finds the values to send where their slots' numbers are loaded.
func (l *liveFlow) readsSelect(in code.Instr, pc int) {
	l.read(in.B, int(in.C)*code.SelectSlots)
	for i := range in.C {
		at := in.B + i*code.SelectSlots
		dir, ok1 := l.loaded(at+1, pc)
		slot, ok2 := l.loaded(at+2, pc)
		n, ok3 := l.loaded(at+3, pc)
		if !ok1 || !ok2 || !ok3 {
			l.read(1, l.end) // they may stand anywhere
		} else if dir == 1 {
			l.read(uint16(slot), int(n))
		}
	}
}

// loaded is the constant that the straight code before pc leaves in a slot.
func (l *liveFlow) loaded(slot uint16, pc int) (x int32, ok bool) {
	for pc--; pc >= 0; pc-- {
		in := l.body[pc]
		in.Op = in.Op.Plain()
		switch {
		case in.Op == code.LoadI && in.A == slot:
			return in.Imm(), true
		case jumps(in.Op) || in.Op >= code.Call && in.Op <= code.Panic:
			return 0, false
		}
	}
	return 0, false
}

func (l *liveFlow) readsIface(in code.Instr, pc int) {
	switch in.Op {
	case code.ItabType:
		l.read(in.B, 1)
	case code.AssertI:
		l.read(in.B, 2)
	case code.AssertE:
		l.read(in.A, 2)
	case code.EqIface:
		l.read(in.B, 2)
		l.read(in.C, 2)
	case code.EqVal:
		l.read(in.B, l.slots(pc, 0))
		l.read(in.C, l.slots(pc, 0))
	case code.Print:
		switch code.PrintKind(in.Imm()) {
		case code.PrintSpace, code.PrintNewline:
		case code.PrintString, code.PrintIface, code.PrintComplex, code.PrintSlice:
			l.read(in.A, 3)
		default:
			l.read(in.A, 1)
		}
	}
}
