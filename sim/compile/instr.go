package compile

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// instr emits one SSA instruction.
func (f *function) instr(instr ssa.Instruction) {
	switch in := instr.(type) {
	case *ssa.DebugRef, *ssa.Phi:
	case *ssa.Jump:
		f.jumpTo(f.block.Succs[0])
	case *ssa.If:
		f.branch(in)
	case *ssa.Return:
		f.ret(in)
	case *ssa.Store:
		if fa, ok := in.Addr.(*ssa.FieldAddr); ok && elemOf(fa.X.Type()).Underlying().(*types.Struct).Field(fa.Field).Name() == "_" {
			return // blank fields of literals stay zero
		}
		if val := f.info[in.Addr]; val != nil && val.mode == nothing {
			return // the append that it is for takes the value itself
		}
		f.storeAddr(in.Addr, in.Val)
	case *ssa.MapUpdate:
		f.emit(code.MapSet, f.operand(in.Map), f.operand(in.Key), f.operand(in.Value))
		f.extra(0, f.typeK(in.Map.Type()))
	case *ssa.Send:
		f.emit(code.Send, f.operand(in.Chan), f.operand(in.X), 0)
		f.extra(0, f.typeK(in.Chan.Type()))
	case *ssa.Panic:
		f.rangePanic(in)
		f.emit(code.Panic, f.operand(in.X), 0, 0)
	case *ssa.RunDefers:
		f.emit(code.RunDefers, 0, 0, 0)
	case *ssa.Go:
		f.goOrDefer(code.Go, &in.Call, nil)
	case *ssa.Defer:
		f.goOrDefer(code.Defer, &in.Call, in.DeferStack)
	case ssa.Value:
		f.define(in, f.info[in])
	default:
		f.fail("unknown instruction %T", instr)
	}
}

// define emits an instruction that defines a value.
func (f *function) define(in ssa.Value, val *value) {
	load, isLoad := in.(*ssa.UnOp)
	isLoad = isLoad && load.Op == token.MUL
	switch {
	case f.countedOnly(in):
	case isLoad && !val.used && !f.inMemory(load.X) && !f.checked(load.X): // of the frame, for nothing
	case val.mode == inSlot || val.mode == place:
		f.value(in, val)
	case val.mode == fused && isLoad && !used(in):
		f.emit(code.NilCheck, f.addrOf(load.X), 0, 0) // loaded for nothing
	case val.mode == alias:
		if fa, ok := in.(*ssa.FieldAddr); ok {
			f.nilCheck(fa.X, f.operand(fa.X))
		}
	}
}

// value emits an instruction that defines a value in slots.
func (f *function) value(v ssa.Value, val *value) {
	dst := val.slot
	switch in := v.(type) {
	case *ssa.Alloc:
		f.alloc(in, val)
	case *ssa.BinOp:
		f.binop(dst, in)
	case *ssa.UnOp:
		f.unop(dst, in)
	case *ssa.Call:
		f.call(in)
	case *ssa.ChangeType:
		f.load(dst, in.X)
	case *ssa.ChangeInterface:
		f.changeInterface(dst, in)
	case *ssa.Convert:
		f.convert(dst, in.Type(), in.X)
	case *ssa.MultiConvert:
		f.convert(dst, in.Type(), in.X)
	case *ssa.SliceToArrayPointer:
		f.emit(code.SliceToArr, dst, f.operand(in.X), 0)
		f.extra(0, int32(elemOf(in.Type()).Underlying().(*types.Array).Len()))
	case *ssa.MakeInterface:
		f.makeInterface(dst, in.X, in.Type())
	case *ssa.MakeClosure:
		f.makeClosure(dst, in)
	case *ssa.MakeMap:
		f.makeMap(dst, in)
	case *ssa.MakeChan:
		f.emit(code.MakeChan, dst, f.operand(in.Size), 0)
		f.extra(0, f.typeK(in.Type()))
	case *ssa.MakeSlice:
		f.emit(code.MakeSlice, dst, f.operand(in.Len), f.operand(in.Cap))
		f.extra(0, f.typeK(elemOf(in.Type())))
	case *ssa.Slice:
		f.slice(dst, in)
	case *ssa.FieldAddr:
		f.fieldAddr(dst, in)
	case *ssa.Field:
		f.loadFrame(dst, in.Type(), f.operand(in.X), f.fieldOffset(in.X.Type(), in.Field))
	case *ssa.IndexAddr:
		f.indexAddr(in, val)
	case *ssa.Index:
		f.index(dst, in)
	case *ssa.Lookup:
		f.lookup(dst, in)
	case *ssa.Select:
		f.selectStates(dst, in)
	case *ssa.Range:
		f.rangeOver(dst, in)
	case *ssa.Next:
		f.next(dst, in)
	case *ssa.TypeAssert:
		f.typeAssert(dst, in)
	case *ssa.Extract:
		f.fail("extract from a constant")
	default:
		f.fail("unknown value %T", v)
	}
}

func (f *function) alloc(in *ssa.Alloc, val *value) {
	if val.local {
		if val.n == 1 {
			f.emitImm(code.LoadI, val.slot, 0)
		} else if val.n > 0 {
			f.emitImm(code.Zero, val.slot, int32(val.n))
		}
		return
	}
	f.emitImm(code.New, val.slot, f.typeK(f.allocated(in)))
}

// fieldAddr emits an address that is kept: &p.f panics when p is nil.
func (f *function) fieldAddr(dst uint16, in *ssa.FieldAddr) {
	if f.info[in].mode != inSlot {
		return
	}
	base := f.operand(in.X)
	f.nilCheck(in.X, base)
	f.addOffset(dst, base, f.fieldOffset(elemOf(in.X.Type()), in.Field))
}

// nilCheck emits the check of a pointer that may be nil: the address of a part
// was checked when it was made.
func (f *function) nilCheck(v ssa.Value, slot uint16) {
	switch v.(type) {
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global:
		return
	}
	f.emit(code.NilCheck, slot, 0, 0)
}

func (f *function) lookup(dst uint16, in *ssa.Lookup) {
	if isString(in.X.Type()) {
		f.unsignedBounds(in.Index, in.X)
		f.emit(code.LdxU8, dst, f.operand(in.X), f.operand(in.Index))
		return
	}
	f.emit(code.MapGet, dst, f.operand(in.X), f.operand(in.Index))
	flag := uint16(0)
	switch {
	case in.CommaOk:
		flag = 1
	case updated(in):
		flag = 2
	}
	f.extra(flag, f.typeK(in.X.Type()))
}

// updated reports whether in is the reading half of m[k] += x. gc asks the map once for
// both (cmd/compile/internal/walk/order.go:mapAssign).
func updated(in *ssa.Lookup) bool {
	op, ok := onlyUse(in).(ssa.Value)
	if !ok {
		return false
	}
	set, ok := onlyUse(op).(*ssa.MapUpdate)
	if !ok || set.Value != op || set.Map != in.X {
		return false
	}
	a, isConst := set.Key.(*ssa.Const)
	b, areConst := in.Index.(*ssa.Const)
	return set.Key == in.Index || isConst && areConst && a.Value == b.Value
}

func (f *function) makeMap(dst uint16, in *ssa.MakeMap) {
	var hint uint16
	if in.Reserve != nil {
		hint = f.operand(in.Reserve)
	} else {
		hint = f.temp(1)
		f.loadInt(hint, 0)
	}
	f.emit(code.MakeMap, dst, hint, 0)
	f.extra(0, f.typeK(in.Type()))
}

func (f *function) slice(dst uint16, in *ssa.Slice) {
	if val := f.info[in.X]; val != nil && val.mode == nothing { // make with a constant capacity
		arr := elemOf(in.X.Type()).Underlying().(*types.Array)
		size := f.temp(1)
		f.loadInt(size, arr.Len())
		n := size
		if in.High != nil {
			n = f.operand(in.High)
		}
		f.emit(code.MakeSlice, dst, n, size)
		f.extra(0, f.typeK(arr.Elem()))
		return
	}
	opt := func(v ssa.Value) uint16 {
		if v == nil {
			return code.NoSlot
		}
		return f.operand(v)
	}
	x, lo, hi, top := f.operand(in.X), opt(in.Low), opt(in.High), opt(in.Max)
	limits := func() { f.emit(code.Extra, lo, hi, top) }
	unsigned := bit(wideUnsigned(in.Low)) | bit(wideUnsigned(in.High))<<1 | bit(wideUnsigned(in.Max))<<2
	switch u := in.X.Type().Underlying().(type) {
	case *types.Pointer:
		arr := u.Elem().Underlying().(*types.Array)
		f.emit(code.SliceArr, dst, x, unsigned)
		limits()
		f.extra(0, f.typeK(arr.Elem()))
		f.extra(0, f.constant(code.Const{Value: uint64(arr.Len())}))
	case *types.Slice:
		f.emit(code.Slice, dst, x, unsigned)
		limits()
		f.extra(0, f.typeK(u.Elem()))
	default:
		f.emit(code.SliceStr, dst, x, unsigned)
		limits()
	}
}

func (f *function) rangeOver(dst uint16, in *ssa.Range) {
	if isString(in.X.Type()) {
		f.load(dst, in.X)
		f.emitImm(code.LoadI, dst+2, 0)
		return
	}
	f.emit(code.MapIter, dst, f.operand(in.X), 0)
	f.extra(0, f.typeK(in.X.Type()))
}

func (f *function) next(dst uint16, in *ssa.Next) {
	it := f.operand(in.Iter)
	if in.IsString {
		f.emit(code.StrNext, dst, it, it+2)
		return
	}
	key, elem := uint16(code.NoSlot), uint16(code.NoSlot)
	kt, _ := f.nextTypes(in)
	tuple := in.Type().(*types.Tuple)
	if tuple.At(1).Type() != types.Typ[types.Invalid] {
		key = dst + 1
	}
	if tuple.At(2).Type() != types.Typ[types.Invalid] {
		elem = dst + 1 + uint16(f.slots(kt))
	}
	f.emit(code.MapNext, dst, it, key)
	f.emit(code.Extra, elem, 0, 0)
}

func (f *function) selectStates(dst uint16, in *ssa.Select) {
	n := len(in.States)
	cases := f.temp(n * code.SelectSlots)
	at := dst + 2
	for i, st := range in.States {
		s := cases + uint16(i*code.SelectSlots)
		f.load(s, st.Chan)
		et := elemOf(st.Chan.Type())
		if st.Dir == types.SendOnly {
			f.loadInt(s+1, 1)
			f.loadInt(s+2, int64(f.operand(st.Send)))
			f.loadInt(s+3, int64(f.slots(et)))
			continue
		}
		f.loadInt(s+1, 0)
		f.loadInt(s+2, int64(at))
		f.loadInt(s+3, 1)
		at += uint16(f.slots(et))
	}
	f.emit(code.Select, dst, cases, uint16(n))
	hasDefault := uint16(0)
	if !in.Blocking {
		hasDefault = 1
	}
	f.extra(hasDefault, 0)
}

func (f *function) unop(dst uint16, in *ssa.UnOp) {
	switch in.Op {
	case token.MUL:
		f.loadAddr(dst, in.Type(), in.X)
	case token.NOT:
		f.emit(code.NotB, dst, f.operand(in.X), 0)
	case token.XOR:
		f.emit(code.Not, dst, f.operand(in.X), 0)
		f.extend(dst, in.Type())
	case token.SUB:
		f.negate(dst, in)
	case token.ARROW:
		ok := uint16(0)
		if in.CommaOk {
			ok = 1
		}
		f.emit(code.Recv, dst, f.operand(in.X), 0)
		f.extra(ok, f.typeK(in.X.Type()))
	default:
		f.fail("unary %s", in.Op)
	}
}
