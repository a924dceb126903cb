package compile

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// This file recognises instructions that are better done together.

// appendsOne recognises the array that holds the one argument of
// append(s, x), stored and sliced for nothing else. No array is made then.
func (f *function) appendsOne(v *ssa.Alloc) bool {
	arr, ok := elemOf(v.Type()).Underlying().(*types.Array)
	if !ok || arr.Len() != 1 || v.Comment != "varargs" || len(*v.Referrers()) != 2 {
		return false
	}
	addr, ok1 := (*v.Referrers())[0].(*ssa.IndexAddr)
	sl, ok2 := (*v.Referrers())[1].(*ssa.Slice)
	if !ok1 || !ok2 || sl.Low != nil || sl.High != nil || sl.Max != nil {
		return false
	}
	st, ok1 := onlyUse(addr).(*ssa.Store)
	call, ok2 := onlyUse(sl).(*ssa.Call)
	if !ok1 || !ok2 || st.Addr != ssa.Value(addr) || st.Block() != v.Block() || call.Block() != v.Block() {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	if !ok || b.Name() != "append" || call.Call.Args[1] != ssa.Value(sl) {
		return false
	}
	for _, part := range []ssa.Value{v, addr, sl} {
		f.info[part] = &value{v: part, mode: nothing, one: st.Val}
	}
	return true
}

// makesSlice recognises make([]T, n, k) with a constant k, which go/ssa builds
// as an array and a slice of it: its panics are those of make.
func (f *function) makesSlice(v *ssa.Alloc) bool {
	if v.Comment != "makeslice" {
		return false
	}
	sl, ok := onlyUse(v).(*ssa.Slice)
	if !ok || sl.Low != nil || sl.Max != nil {
		return false
	}
	f.info[v] = &value{v: v, mode: nothing}
	return true
}

// fuseIndex makes an element's address part of its only use, if that is a load
// that comes next, or a store later in the block, and there is an operation for
// it. As in gc, the check comes with the access.
func (f *function) fuseIndex(v *ssa.IndexAddr) bool {
	cl := f.classOf(elemOf(v.Type()))
	if !cl.scalar || !f.elementOp(v, cl) {
		return false
	}
	ok := false
	switch use := onlyUse(v).(type) {
	case *ssa.UnOp:
		ok = use.Op == token.MUL && f.nextReal(v) == ssa.Instruction(use)
	case *ssa.Store:
		ok = use.Addr == ssa.Value(v) && use.Block() == v.Block()
	}
	if ok {
		f.info[v] = &value{v: v, mode: fused}
	}
	return ok
}

// elementOp: elements of slices in slots can be accessed in one go, those of
// arrays in memory if they are words or bytes, of local arrays if words.
func (f *function) elementOp(v *ssa.IndexAddr, cl class) bool {
	xv := f.info[v.X]
	arr := arrayOf(v.X)
	switch {
	case arr == nil:
		return xv != nil && xv.mode <= alias
	case !f.smallArray(v):
		return false
	case xv != nil && (xv.local || xv.mode == place):
		return cl.size == 8 && xv.dyn == nil && xv.off%8 == 0
	}
	return cl.size == 8 || cl.size == 1 && !cl.signed
}

// maxElement bounds an array's length and the size of its elements, for the
// operations that take them as operands.
const maxElement = 65535

// smallArray reports whether v indexes an array for which there is LeaA.
func (f *function) smallArray(v *ssa.IndexAddr) bool {
	arr := arrayOf(v.X)
	return arr != nil && arr.Len() > 0 && arr.Len() <= maxElement && f.sizes.Sizeof(arr.Elem()) <= maxElement
}

// copyBytes is the size from which a value that is only loaded and stored goes
// from memory to memory.
const copyBytes = 64

// wholeCopy: a large value that is loaded for nothing, or to be stored or put
// into an interface by the next instruction.
func (f *function) wholeCopy(v *ssa.UnOp) bool {
	if v.Op != token.MUL || f.sizes.Sizeof(v.Type()) < copyBytes || f.classOf(v.Type()).scalar || !f.inMemory(v.X) {
		return false
	}
	use := onlyUse(v)
	if use == nil {
		return !used(v)
	}
	if f.nextReal(v) != use {
		return false
	}
	switch use := use.(type) {
	case *ssa.Store:
		return f.inMemory(use.Addr)
	case *ssa.MakeInterface:
		return !direct(v.Type())
	}
	return false
}

// inMemory reports whether addr is an address and no place in the frame.
func (f *function) inMemory(addr ssa.Value) bool {
	val := f.info[addr]
	return val == nil || !val.local && (val.mode <= alias || val.mode == folded)
}

// checked reports whether addr is computed with the access, and its index checked then.
func (f *function) checked(addr ssa.Value) bool {
	val := f.info[addr]
	return val != nil && val.mode == fused
}

// used reports whether anything but a debug reference uses v.
func used(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		if _, ok := r.(*ssa.DebugRef); !ok {
			return true
		}
	}
	return false
}

// fusableCompare: a comparison of words whose only use is the If that ends its block.
func (f *function) fusableCompare(v *ssa.BinOp) bool {
	switch v.Op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
	default:
		return false
	}
	use, ok := onlyUse(v).(*ssa.If)
	if !ok || use.Block() != v.Block() || f.far {
		return false
	}
	return f.wordCompare(v)
}

// sameAsX reports whether v is x+0 or the like of an integer x.
func (f *function) sameAsX(v *ssa.BinOp) bool {
	switch v.Op {
	case token.ADD, token.SUB, token.OR, token.XOR, token.AND_NOT, token.SHL, token.SHR:
		cl := f.classOf(v.X.Type())
		k, ok := constInt(v.Y)
		return ok && k == 0 && cl.scalar && !cl.float && f.classOf(v.Type()) == cl
	}
	return false
}

// wordCompare reports whether v compares single integer-like slots.
func (f *function) wordCompare(v *ssa.BinOp) bool {
	cl := f.classOf(v.X.Type())
	return cl.scalar && !cl.float
}

// onlyUse is v's only referrer other than debug references, nil if there are more.
func onlyUse(v ssa.Value) ssa.Instruction {
	var use ssa.Instruction
	for _, r := range *v.Referrers() {
		if _, ok := r.(*ssa.DebugRef); ok {
			continue
		}
		if use != nil {
			return nil
		}
		use = r
	}
	return use
}

// nextReal is the instruction after v that is no debug reference.
func (f *function) nextReal(v ssa.Instruction) ssa.Instruction {
	b := v.Block()
	for _, next := range b.Instrs[f.pos[v]-f.first[b.Index]+1:] {
		if _, ok := next.(*ssa.DebugRef); !ok {
			return next
		}
	}
	return nil
}

func constInt(v ssa.Value) (int64, bool) {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil {
		return 0, false
	}
	if b, ok := k.Type().Underlying().(*types.Basic); !ok || b.Info()&(types.IsInteger|types.IsBoolean) == 0 {
		return 0, false
	}
	return constWord(k), true
}

// countedOnly: an array that go/ssa loads though only its length is wanted,
// as in "for range *p": nothing is evaluated there, and a nil p does not panic.
func (f *function) countedOnly(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || used(load) || f.fn.Syntax() == nil {
		return false
	}
	if _, ok := load.Type().Underlying().(*types.Array); !ok {
		return false
	}
	found := false
	ast.Inspect(f.fn.Syntax(), func(n ast.Node) bool {
		if r, ok := n.(*ast.RangeStmt); ok && r.Value == nil {
			star, ok := ast.Unparen(r.X).(*ast.StarExpr)
			found = found || ok && star.Star == load.Pos() && plain(star.X)
		}
		return !found
	})
	return found
}

// plain reports whether evaluating x calls and receives nothing.
func plain(x ast.Expr) bool {
	plain := true
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			plain = false
		case *ast.UnaryExpr:
			plain = plain && n.Op != token.ARROW
		}
		return plain
	})
	return plain
}
