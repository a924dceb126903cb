package compile

import (
	"fmt"
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// makeInterface emits dst, dst+1 = x as an interface of type t.
func (f *function) makeInterface(dst uint16, x ssa.Value, t types.Type) {
	xt := x.Type()
	word := code.Const{Kind: code.RelAddr, Sym: f.typeWord(xt, t)}
	if k, ok := x.(*ssa.Const); ok && k.Value != nil && isString(xt) {
		f.loadK(dst, word)
		f.loadK(dst+1, code.Const{Kind: code.RelAddr, Sym: f.stringHeader(constant.StringVal(k.Value))})
		return
	}
	if val := f.info[x]; val != nil && val.mode == fused {
		box, src := f.temp(1), f.addrOf(val.v.(*ssa.UnOp).X)
		f.emit(code.NilCheck, src, 0, 0)
		f.emitImm(code.New, box, f.typeK(xt))
		f.emit(code.CopyMem, box, src, 0)
		f.extra(0, int32(f.sizes.Sizeof(xt)))
		f.move(dst+1, box, 1)
	} else if direct(xt) {
		f.load(dst+1, x)
	} else {
		f.emit(code.Box, dst+1, f.operand(x), 0)
		f.extra(0, f.typeK(xt))
	}
	f.loadK(dst, word)
}

// typeWord is the first word of an interface of type iface that holds a concrete value.
func (c *compiler) typeWord(concrete, iface types.Type) string {
	if isEmptyInterface(iface) {
		return c.typeDesc(concrete)
	}
	return c.itab(concrete, iface)
}

// stringHeader is a constant string in memory.
func (c *compiler) stringHeader(s string) string {
	sym := "strhdr:" + s
	if b := c.readOnly(sym, 8); b != nil {
		if s == "" {
			b.u64(0)
		} else {
			b.addr(c.stringData(s))
		}
		b.u64(uint64(len(s)))
		b.done()
	}
	return sym
}

// changeInterface converts an interface to one with fewer methods; nil stays nil.
func (f *function) changeInterface(dst uint16, in *ssa.ChangeInterface) {
	from, to := in.X.Type(), in.Type()
	if isEmptyInterface(from) == isEmptyInterface(to) && (isEmptyInterface(to) || types.Identical(from.Underlying(), to.Underlying())) {
		f.load(dst, in.X)
		return
	}
	src := f.operand(in.X)
	if isEmptyInterface(to) {
		f.emit(code.ItabType, dst, src, 0)
		f.move(dst+1, src+1, 1)
		return
	}
	// A nil interface fails the assertion with comma ok, and is then zero.
	t := f.temp(3)
	f.assertTo(t, src, to, isEmptyInterface(from), true)
	f.move(dst, t, 2)
}

// assertTo emits dst, dst+1 (, ok) = src.(iface).
func (f *function) assertTo(dst, src uint16, iface types.Type, fromEmpty, commaOk bool) {
	flags := uint16(0)
	if commaOk {
		flags |= 1
	}
	if fromEmpty {
		flags |= 2
	}
	f.emit(code.AssertI, dst, src, flags)
	f.extra(0, f.typeK(iface))
}

func (f *function) typeAssert(dst uint16, in *ssa.TypeAssert) {
	src := f.operand(in.X)
	empty := isEmptyInterface(in.X.Type())
	if types.IsInterface(in.AssertedType) {
		f.assertTo(dst, src, in.AssertedType, empty, in.CommaOk)
		return
	}
	have := src
	if !empty {
		have = f.temp(1)
		f.emit(code.ItabType, have, src, 0)
	}
	want := f.temp(1)
	f.loadK(want, code.Const{Kind: code.RelAddr, Sym: f.typeDesc(in.AssertedType)})
	n := f.slots(in.AssertedType)
	if !in.CommaOk {
		skip := f.emit(code.JEq, have, want, 0)
		kind := uint16(0)
		if empty {
			kind = 1
		}
		f.emit(code.AssertE, src, kind, 0)
		f.extra(0, f.typeK(in.AssertedType))
		f.extra(0, f.typeK(in.X.Type()))
		f.land(skip)
		f.unbox(dst, in.AssertedType, src+1)
		return
	}
	differ := f.emit(code.JNe, have, want, 0)
	f.unbox(dst, in.AssertedType, src+1)
	f.emitImm(code.LoadI, dst+uint16(n), 1)
	done := f.emitImm(code.Jmp, 0, 0)
	f.land(differ)
	f.emitImm(code.Zero, dst, int32(n+1))
	f.land(done)
}

// unbox emits dst = the value of type t that an interface's data word holds.
func (f *function) unbox(dst uint16, t types.Type, word uint16) {
	if direct(t) {
		f.move(dst, word, 1)
	} else if f.slots(t) > 0 {
		f.loadMem(dst, t, word, 0)
	}
}

// captureOffsets are the offsets of the free variables in the closure.
func (f *function) captureOffsets() []int64 {
	st := f.closureType(f.fn)
	offs := make([]int64, len(f.fn.FreeVars))
	for i := range offs {
		offs[i] = f.fieldOffset(st, i+1)
	}
	return offs
}

// closureType is the layout of a closure: its entry, then what it captures.
func (c *compiler) closureType(fn *ssa.Function) *types.Struct {
	fields := []*types.Var{types.NewField(0, nil, "F", types.Typ[types.Uintptr], false)}
	for i, fv := range fn.FreeVars {
		fields = append(fields, types.NewField(0, nil, fmt.Sprintf("C%d", i), fv.Type(), false))
	}
	return types.NewStruct(fields, nil)
}

func (f *function) makeClosure(dst uint16, in *ssa.MakeClosure) {
	fn := in.Fn.(*ssa.Function)
	st := f.closureType(fn)
	clo := f.temp(1) // a captured value may be in dst's slot
	f.emitImm(code.New, clo, f.typeK(st))
	entry := f.temp(1)
	f.loadK(entry, code.Const{Kind: code.RelEntry, Sym: f.want(fn)})
	f.emit(code.St64, clo, entry, 0)
	for i, b := range in.Bindings {
		f.storeMem(clo, f.fieldOffset(st, i+1), b.Type(), f.operand(b))
	}
	f.move(dst, clo, 1)
}
