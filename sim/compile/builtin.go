package compile

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// An operandOf is slots that hold a value of a type.
type operandOf struct {
	slot uint16
	t    types.Type
}

// builtin emits a call of a builtin function.
func (f *function) builtin(dst uint16, b *ssa.Builtin, in *ssa.Call) {
	switch x := in.Call.Args; b.Name() { // not constant in a generic function
	case "Offsetof":
		f.offsetof(dst, x[0])
		return
	case "Sizeof":
		f.loadInt(dst, f.sizes.Sizeof(x[0].Type()))
		return
	case "Alignof":
		f.loadInt(dst, f.sizes.Alignof(x[0].Type()))
		return
	}
	if b.Name() == "append" {
		if val := f.info[in.Call.Args[1]]; val != nil && val.mode == nothing {
			x, one := in.Call.Args[0], val.one
			f.emit(code.Append1, dst, f.operand(x), f.operand(one))
			f.extra(0, f.typeK(elemOf(x.Type())))
			return
		}
	}
	args := make([]operandOf, len(in.Call.Args))
	for i, a := range in.Call.Args {
		if _, isType := a.(*ssa.Const); isType && f.slots(a.Type()) == 0 {
			args[i] = operandOf{0, a.Type()}
			continue
		}
		args[i] = operandOf{f.operand(a), a.Type()}
	}
	f.builtinOn(dst, b.Name(), args, in.Type())
}

// builtinOn emits what the builtin called name does to args.
func (f *function) builtinOn(dst uint16, name string, args []operandOf, result types.Type) {
	switch name {
	case "len", "cap":
		f.lengthOf(dst, name, args[0])
	case "append":
		if isString(args[1].t) {
			f.emit(code.AppendStr, dst, args[0].slot, args[1].slot)
			return
		}
		f.emit(code.Append, dst, args[0].slot, args[1].slot)
		f.extra(0, f.typeK(elemOf(args[0].t)))
	case "copy":
		if isString(args[1].t) {
			f.emit(code.CopyStr, dst, args[0].slot, args[1].slot)
			return
		}
		f.emit(code.CopySlice, dst, args[0].slot, args[1].slot)
		f.extra(0, f.typeK(elemOf(args[0].t)))
	case "delete":
		f.emit(code.MapDel, args[0].slot, args[1].slot, 0)
		f.extra(0, f.typeK(args[0].t))
	case "clear":
		if _, ok := args[0].t.Underlying().(*types.Map); ok {
			f.emit(code.MapClear, args[0].slot, 0, 0)
			f.extra(0, f.typeK(args[0].t))
			return
		}
		f.emit(code.ClearSlice, args[0].slot, 0, 0)
		f.extra(0, f.typeK(elemOf(args[0].t)))
	case "close":
		f.emit(code.CloseChan, args[0].slot, 0, 0)
	case "panic":
		f.emit(code.Panic, args[0].slot, 0, 0)
	case "recover":
		f.emit(code.Recover, dst, 0, 0)
	case "print", "println":
		f.print(name == "println", args)
	case "real", "imag", "complex":
		f.complexBuiltin(dst, name, args, result)
	case "min", "max":
		f.minMax(dst, name, args)
	case "ssa:wrapnilchk":
		f.wrapNilCheck(dst, args)
	case "ssa:deferstack":
		f.emit(code.DeferStack, dst, 0, 0)
	default:
		f.unsafeBuiltin(dst, name, args)
	}
}

func (f *function) lengthOf(dst uint16, name string, x operandOf) {
	switch u := x.t.Underlying().(type) {
	case *types.Map:
		f.emit(code.MapLen, dst, x.slot, 0)
	case *types.Chan:
		op := code.ChanLen
		if name == "cap" {
			op = code.ChanCap
		}
		f.emit(op, dst, x.slot, 0)
	case *types.Pointer:
		f.loadInt(dst, u.Elem().Underlying().(*types.Array).Len())
	case *types.Array:
		f.loadInt(dst, u.Len())
	default:
		word := uint16(1)
		if name == "cap" {
			word = 2
		}
		f.move(dst, x.slot+word, 1)
	}
}

func (f *function) print(line bool, args []operandOf) {
	for i, a := range args {
		if line && i > 0 {
			f.emitImm(code.Print, 0, int32(code.PrintSpace))
		}
		f.printOne(a)
	}
	if line {
		f.emitImm(code.Print, 0, int32(code.PrintNewline))
	}
}

func (f *function) printOne(a operandOf) {
	kind, slot := code.PrintPointer, a.slot
	switch u := a.t.Underlying().(type) {
	case *types.Basic:
		info := u.Info()
		switch {
		case info&types.IsBoolean != 0:
			kind = code.PrintBool
		case info&types.IsString != 0:
			kind = code.PrintString
		case info&types.IsUnsigned != 0:
			kind = code.PrintUint
		case info&types.IsInteger != 0:
			kind = code.PrintInt
		case info&types.IsFloat != 0:
			kind = code.PrintFloat
			if u.Kind() == types.Float32 {
				kind, slot = code.PrintFloat32, f.temp(1)
				f.emit(code.F32F, slot, a.slot, 0)
			}
		case info&types.IsComplex != 0:
			kind, slot = code.PrintComplex, f.wideComplex(a)
		}
	case *types.Interface:
		kind = code.PrintIface
	case *types.Slice:
		kind = code.PrintSlice
	}
	f.emitImm(code.Print, slot, int32(kind))
}

// wideComplex returns slots with a complex value as complex128.
func (f *function) wideComplex(a operandOf) uint16 {
	if f.classOf(a.t).size == 16 {
		return a.slot
	}
	w := f.temp(2)
	f.emit(code.FldU32, w, a.slot, 0)
	f.emit(code.FldU32, w+1, a.slot, 4)
	f.emit(code.F32F, w, w, 0)
	f.emit(code.F32F, w+1, w+1, 0)
	return w
}

func (f *function) complexBuiltin(dst uint16, name string, args []operandOf, result types.Type) {
	if name != "complex" {
		part := uint16(0)
		if name == "imag" {
			part = 1
		}
		if f.classOf(args[0].t).size == 8 {
			f.emit(code.FldU32, dst, args[0].slot, 4*part)
			return
		}
		f.move(dst, args[0].slot+part, 1)
		return
	}
	if f.classOf(result).size == 8 {
		t := f.temp(1)
		f.emit(code.ShlI, t, args[1].slot, 32)
		f.emit(code.Or, dst, t, args[0].slot)
		return
	}
	f.move(dst, args[0].slot, 1)
	f.move(dst+1, args[1].slot, 1)
}

// minMax folds the arguments; floats need NaN and signed zeros right, so a
// native does them.
func (f *function) minMax(dst uint16, name string, args []operandOf) {
	t := args[0].t
	n := f.slots(t)
	cl := f.classOf(t)
	acc := f.temp(n)
	f.move(acc, args[0].slot, n)
	for _, a := range args[1:] {
		x, y := a.slot, acc // replace acc by a if a < acc
		if name == "max" {
			x, y = y, x
		}
		switch {
		case isString(t):
			less := f.temp(1)
			f.emit(code.LtStr, less, x, y)
			skip := f.emitImm(code.Jz, less, 0)
			f.move(acc, a.slot, n)
			f.land(skip)
		case cl.float:
			sym := "runtime.f" + name
			if cl.size == 4 {
				sym += "32"
			} else {
				sym += "64"
			}
			f.move(f.base()+code.HeaderSlots, acc, 1)
			f.move(f.base()+code.HeaderSlots+1, a.slot, 1)
			f.nativeCall(sym, 2, 1)
			f.move(acc, f.base()+code.HeaderSlots, 1)
		default:
			op := code.JLe
			if !cl.signed {
				op = code.JLeU
			}
			skip := f.emit(op, y, x, 0)
			f.move(acc, a.slot, n)
			f.land(skip)
		}
	}
	f.move(dst, acc, n)
}

// wrapNilCheck is ssa:wrapnilchk(ptr, type, method): a value method called
// through a nil pointer panics (runtime.panicwrap).
func (f *function) wrapNilCheck(dst uint16, args []operandOf) {
	skip := f.emit(code.JNeI, args[0].slot, 0, 0)
	at := f.base() + code.HeaderSlots
	f.move(at, args[1].slot, 2)
	f.move(at+2, args[2].slot, 2)
	f.outSlots(4)
	f.reloc(f.emitImm(code.Call, f.base(), 0), code.RelCall, "runtime.panicwrapNames")
	f.land(skip)
	f.move(dst, args[0].slot, 1)
}

// unsafeBuiltin emits unsafe.Add, Slice, SliceData, String, StringData.
func (f *function) unsafeBuiltin(dst uint16, name string, args []operandOf) {
	switch name {
	case "Add":
		f.emit(code.Add, dst, args[0].slot, args[1].slot)
	case "SliceData", "StringData":
		f.move(dst, args[0].slot, 1)
	case "Slice":
		size := f.sizes.Sizeof(elemOf(args[0].t))
		f.checkUnsafe("runtime.unsafeslice", args, size)
		f.move(dst, args[0].slot, 1)
		f.move(dst+1, args[1].slot, 1)
		f.move(dst+2, args[1].slot, 1)
	case "String":
		f.checkUnsafe("runtime.unsafestring", args, 1)
		f.move(dst, args[0].slot, 1)
		f.move(dst+1, args[1].slot, 1)
	default:
		f.fail("builtin %s", name)
	}
}

// checkUnsafe calls sym(ptr, len, size), which panics if len is impossible.
func (f *function) checkUnsafe(sym string, args []operandOf, size int64) {
	at := f.base() + code.HeaderSlots
	f.move(at, args[0].slot, 1)
	f.move(at+1, args[1].slot, 1)
	f.loadInt(at+2, size)
	f.outSlots(3)
	f.reloc(f.emitImm(code.Call, f.base(), 0), code.RelCall, sym)
}

// offsetof is unsafe.Offsetof where a type parameter makes it no constant: x is
// the field selected.
func (f *function) offsetof(dst uint16, x ssa.Value) {
	if load, ok := x.(*ssa.UnOp); ok {
		x = load.X
	}
	sel := f.selector(x.Pos())
	if _, _, ok := fieldOf(x); !ok || sel == nil {
		f.fail("offsetof %s", x)
		return
	}
	off := int64(0)
	for {
		parent, at, _ := fieldOf(x)
		off += f.fieldOffset(structOf(parent), at)
		// What the selector leaves out, on the way to a promoted field, has its position.
		if _, _, ok := fieldOf(parent); !ok || parent.Pos() != sel.Pos() {
			break
		}
		x = parent
	}
	f.loadInt(dst, off)
}

// fieldOf is what v, a field or its address, is selected from, and its index.
func fieldOf(v ssa.Value) (x ssa.Value, index int, ok bool) {
	switch v := v.(type) {
	case *ssa.Field:
		return v.X, v.Field, true
	case *ssa.FieldAddr:
		return v.X, v.Field, true
	}
	return nil, 0, false
}

// structOf is the type of the struct that v is, or points to.
func structOf(v ssa.Value) types.Type {
	if p, ok := v.Type().Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return v.Type()
}

// selector is the selector expression of the function whose last name is at pos.
func (f *function) selector(pos token.Pos) (found *ast.SelectorExpr) {
	if f.fn.Syntax() == nil {
		return nil
	}
	ast.Inspect(f.fn.Syntax(), func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Pos() == pos {
			found = sel
		}
		return found == nil
	})
	return found
}

// onlyMeasured reports whether a load is there for its size alone.
func onlyMeasured(v *ssa.UnOp) bool {
	if v.Op != token.MUL || len(*v.Referrers()) == 0 {
		return false
	}
	for _, r := range *v.Referrers() {
		call, ok := r.(*ssa.Call)
		if !ok {
			return false
		}
		b, ok := call.Call.Value.(*ssa.Builtin)
		if !ok || b.Name() != "Sizeof" && b.Name() != "Alignof" && b.Name() != "Offsetof" {
			return false
		}
	}
	return true
}
