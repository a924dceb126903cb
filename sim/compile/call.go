package compile

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// call emits a call and moves its results into their slots.
func (f *function) call(in *ssa.Call) {
	dst := f.dst(in)
	if b, ok := in.Call.Value.(*ssa.Builtin); ok {
		f.builtin(dst, b, in)
		return
	}
	if f.intrinsic(dst, in) {
		return
	}
	com := &in.Call
	base := f.base()
	f.args(com, in)
	results := f.slots(com.Signature().Results())
	switch {
	case com.IsInvoke():
		f.emit(code.CallItab, base, f.operand(com.Value), uint16(methodIndex(com)))
	case com.StaticCallee() != nil && !isClosure(com.Value):
		f.reloc(f.emitImm(code.Call, base, 0), code.RelCall, f.want(com.StaticCallee()))
	default:
		f.emit(code.CallClo, base, f.operand(com.Value), 0)
	}
	f.outSlots(results)
	if f.usedAtOnce(in) {
		f.info[in].slot = base + code.HeaderSlots
	} else if f.info[in].used {
		f.move(dst, base+code.HeaderSlots, results)
	}
	f.barrier = len(f.out.Code)
}

// usedAtOnce reports whether a call's one-slot result is wanted by the next
// instruction only, which reads it before anything else comes to stand where
// the callee has left it.
func (f *function) usedAtOnce(in *ssa.Call) bool {
	use := onlyUse(in)
	if use == nil || f.info[in].n != 1 || f.nextReal(in) != use {
		return false
	}
	switch use := use.(type) {
	case *ssa.BinOp:
		cond := onlyUse(use)
		return f.info[use].mode == inSlot && f.classOf(use.X.Type()).scalar || f.info[use].mode == fused && f.nextReal(use) == cond
	case *ssa.UnOp:
		return f.info[use].mode == inSlot && use.Op != token.ARROW
	case *ssa.Convert:
		return f.classOf(use.X.Type()).scalar && f.classOf(use.Type()).scalar
	case *ssa.Store:
		to := f.info[use.Addr]
		return to == nil || to.mode != nothing
	case *ssa.Return, *ssa.If:
		return true
	case *ssa.Call:
		com := &use.Call
		_, builtin := com.Value.(*ssa.Builtin)
		return !builtin && !com.IsInvoke() && com.StaticCallee() != nil && len(com.Args) > 0 && com.Args[0] == ssa.Value(in) && f.argOnce(in, use)
	}
	return false
}

func isClosure(v ssa.Value) bool {
	_, ok := v.(*ssa.MakeClosure)
	return ok
}

// args moves a call's arguments behind the base; it returns how many slots
// they take.
func (f *function) args(com *ssa.CallCommon, user ssa.Instruction) int {
	at := f.base() + code.HeaderSlots
	n := 0
	if com.IsInvoke() {
		n++ // the receiver: CallItab puts it there
	}
	for _, a := range com.Args {
		f.loadArg(at+uint16(n), a, user)
		n += f.slots(a.Type())
	}
	f.outSlots(n)
	return n
}

// loadArg puts v into dst for its user. If the instruction before computed v
// for this user only, it computes it into dst instead.
func (f *function) loadArg(dst uint16, v ssa.Value, user ssa.Instruction) {
	val := f.info[v]
	last := len(f.out.Code) - 1
	if val != nil && val.mode == inSlot && !val.local && val.n == 1 && last >= f.barrier && onlyUse(v) == user && len(val.set.values) == 1 {
		in := &f.out.Code[last]
		if in.A == val.slot && writesOnlyA(in.Op) {
			if user.Block() == f.block && f.argOnce(v, user) {
				in.A = dst
				return
			}
		}
	}
	f.load(dst, v)
}

// argOnce reports whether v is only one operand of user.
func (f *function) argOnce(v ssa.Value, user ssa.Instruction) bool {
	n := 0
	for _, op := range user.Operands(nil) {
		if *op == v {
			n++
		}
	}
	return n == 1
}

// writesOnlyA reports whether op writes slot A and reads only B and C.
func writesOnlyA(op code.Op) bool {
	return op >= code.Add && op <= code.ExtU32 || op >= code.Eq && op <= code.FInt32 ||
		op >= code.LdS8 && op <= code.Ld64 || op >= code.LdxS8 && op <= code.Ldx64 || op == code.LoadI || op == code.LoadK
}

// methodIndex is the place of an invoked method in the interface's itabs.
func methodIndex(com *ssa.CallCommon) int {
	iface := com.Value.Type().Underlying().(*types.Interface)
	for i, m := range sortedMethods(iface) {
		if m.Name() == com.Method.Name() && (m.Exported() || m.Pkg().Path() == com.Method.Pkg().Path()) {
			return i
		}
	}
	return -1
}

// goOrDefer emits a go or defer statement: arguments as for a call, and what
// to call as {entry, context}.
func (f *function) goOrDefer(op code.Op, com *ssa.CallCommon, stack ssa.Value) {
	pair := f.temp(2)
	base := f.base()
	var n int
	if b, ok := com.Value.(*ssa.Builtin); ok {
		n = f.args(com, nil)
		f.loadK(pair, code.Const{Kind: code.RelEntry, Sym: f.builtinFunc(b, com)})
		f.emitImm(code.LoadI, pair+1, 0)
	} else if com.IsInvoke() {
		recv := f.operand(com.Value)
		n = f.args(com, nil)
		f.emit(code.ItabPair, pair, recv, uint16(methodIndex(com)))
		f.move(base+code.HeaderSlots, recv+1, 1)
	} else {
		n = f.args(com, nil)
		f.emit(code.FuncPair, pair, f.operand(com.Value), 0)
	}
	if op == code.Go {
		f.emit(code.Go, base, uint16(n), pair)
		return
	}
	outer := uint16(0)
	if stack != nil {
		outer = 1
		f.load(base, stack)
	}
	f.emit(code.Defer, base, uint16(n), pair)
	f.extra(outer, 0)
}

// builtinFunc compiles a function that does what builtin b does, for go and
// defer statements, and returns its symbol.
func (f *function) builtinFunc(b *ssa.Builtin, com *ssa.CallCommon) string {
	sym := "builtin." + b.Name()
	for _, a := range com.Args {
		sym += "," + f.typeString(a.Type())
	}
	for _, fn := range f.obj.Funcs {
		if fn.Sym == sym {
			return sym
		}
	}
	w := &function{compiler: f.compiler, fn: f.fn, consts: map[code.Const]int32{}, line: f.line}
	w.out = &code.Func{Sym: sym, Name: sym, File: f.out.File, Line: f.line, Flags: code.DupOK | code.Wrapper, Recover: -1}
	w.setLine()
	w.emit(code.Enter, 0, 0, 0)
	args := make([]operandOf, len(com.Args))
	at := uint16(code.HeaderSlots)
	for i, a := range com.Args {
		args[i] = operandOf{at, a.Type()}
		at += uint16(f.slots(a.Type()))
	}
	w.frame = int(at)
	w.reserve = 16
	w.out.Params = at - code.HeaderSlots
	w.builtinOn(w.temp(8), b.Name(), args, com.Signature().Results())
	w.emit(code.Ret, 0, 0, 0)
	w.finish()
	f.obj.Funcs = append(f.obj.Funcs, w.out)
	if w.err != nil {
		f.fail("%v", w.err)
	}
	return sym
}
