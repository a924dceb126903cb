package compile

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// How a value is held.
type mode uint8

const (
	inSlot  mode = iota // in slots of its own
	alias               // part of another value's slots
	place               // address of (part of) a local Alloc: slots known, never a pointer
	folded              // address base+off, computed by each use
	fused               // computed by its only use: compare-and-branch, indexed load
	nothing             // not needed
)

// A value is what the compiler knows of one ssa.Value.
type value struct {
	v    ssa.Value
	mode mode
	used bool

	// inSlot
	n      int // slots
	slot   uint16
	set    *slotSet
	ranges []span

	// alias, place, folded: relative to root
	root *value
	off  int64  // alias: slots; place and folded: bytes
	dyn  *value // place: the value whose slot holds a computed byte offset

	local bool // an Alloc that lives in the frame

	one ssa.Value // the value that append(s, one) appends, on the parts of its argument array
}

// maxLocal is the largest Alloc, in bytes, kept in a frame; larger ones go to
// the heap (cmd/compile: ir.MaxStackVarSize, which is larger).
const maxLocal = 64 << 10

// analyse decides how each value is held and gives slots to those that need
// some. It stops early at a value that no frame holds: giving out slots takes
// time for each of them.
func (f *function) analyse() error {
	f.roots = nil
	f.info = map[ssa.Value]*value{}
	f.pos = map[ssa.Instruction]int{}
	for _, p := range f.fn.Params {
		f.addRoot(p, f.slots(p.Type()))
	}
	for _, fv := range f.fn.FreeVars {
		f.addRoot(fv, f.slots(fv.Type()))
	}
	n := 0
	f.first = make([]int, len(f.fn.Blocks)+1)
	for i, b := range f.fn.Blocks {
		f.first[i] = n
		f.first[i+1] = n + len(b.Instrs)
		for _, instr := range b.Instrs {
			f.pos[instr] = n
			n++
			if v, ok := instr.(ssa.Value); ok {
				f.classify(v)
			}
		}
	}
	for _, r := range f.roots {
		if r.n > maxSlots {
			return errFrame
		}
	}
	f.liveness()
	f.findLoops()
	f.holding = false
	f.assign()
	return nil
}

func (f *function) addRoot(v ssa.Value, n int) *value {
	val := &value{v: v, n: n}
	val.root = val
	f.info[v] = val
	f.roots = append(f.roots, val)
	return val
}

// classify decides how v is held. Operands come before their uses, except in phis.
func (f *function) classify(v ssa.Value) {
	if f.info[v] != nil {
		return // part of something decided already
	}
	switch v := v.(type) {
	case *ssa.Alloc:
		t := elemOf(v.Type())
		if f.appendsOne(v) || f.makesSlice(v) {
			return
		}
		if !v.Heap && f.sizes.Sizeof(t) <= maxLocal && f.accessed(v, true) {
			f.addRoot(v, (int(f.sizes.Sizeof(t))+7)/8).local = true
			return
		}
	case *ssa.FieldAddr:
		if f.classifyField(v) {
			return
		}
	case *ssa.IndexAddr:
		if f.classifyIndexAddr(v) {
			return
		}
	case *ssa.Extract:
		f.aliasOf(v, v.Tuple, int64(f.tupleOffset(v.Tuple, v.Index)))
		return
	case *ssa.ChangeType:
		if f.info[v.X] != nil {
			f.aliasOf(v, v.X, 0)
			return
		}
	case *ssa.Field:
		off := f.fieldOffset(v.X.Type(), v.Field)
		cl := f.classOf(v.Type())
		if f.info[v.X] != nil && off%8 == 0 && cl.size%8 == 0 && f.info[v.X].mode <= alias {
			f.aliasOf(v, v.X, off/8)
			return
		}
	case *ssa.Call:
		if f.classifyLen(v) {
			return
		}
	case *ssa.UnOp:
		if onlyMeasured(v) {
			f.info[v] = &value{v: v, mode: nothing}
			return
		}
		if f.wholeCopy(v) {
			f.info[v] = &value{v: v, mode: fused}
			return
		}
	case *ssa.BinOp:
		if f.fusableCompare(v) {
			f.info[v] = &value{v: v, mode: fused}
			return
		}
		if xv := f.info[v.X]; xv != nil && xv.mode <= alias && !xv.local && f.sameAsX(v) {
			f.aliasOf(v, v.X, 0)
			return
		}
	}
	f.addRoot(v, f.valueSlots(v))
}

func (f *function) classifyField(v *ssa.FieldAddr) bool {
	off, xv := f.fieldOffset(elemOf(v.X.Type()), v.Field), f.info[v.X]
	if f.classifyAddr(v, v.X, off) {
		return true
	}
	if off == 0 && xv != nil && xv.mode <= alias && !xv.local { // the same address, once checked
		f.aliasOf(v, v.X, 0)
		return true
	}
	return false
}

func (f *function) aliasOf(v, x ssa.Value, off int64) {
	xv := f.info[x]
	if xv == nil { // a constant aggregate: give it slots of its own
		f.addRoot(v, f.valueSlots(v))
		return
	}
	f.info[v] = &value{v: v, mode: alias, n: f.valueSlots(v), root: xv.root, off: xv.off + off}
}

// classifyLen makes len and cap of strings and slices part of the value.
func (f *function) classifyLen(v *ssa.Call) bool {
	b, ok := v.Call.Value.(*ssa.Builtin)
	if !ok || (b.Name() != "len" && b.Name() != "cap") {
		return false
	}
	x := v.Call.Args[0]
	_, slice := x.Type().Underlying().(*types.Slice)
	xv := f.info[x]
	if !slice && !isString(x.Type()) || xv == nil || xv.mode > alias {
		return false
	}
	off := int64(1)
	if b.Name() == "cap" {
		off = 2
	}
	f.aliasOf(v, x, off)
	return true
}

// accessed reports whether every use of the address v is a load, a store to it,
// or the address of a part for which the same holds. Elements count as parts
// if indexed is set; else it is enough that an operation finds them by v's base.
func (f *function) accessed(v ssa.Value, indexed bool) bool {
	for _, r := range *v.Referrers() {
		ok := false
		switch r := r.(type) {
		case *ssa.DebugRef:
			ok = true
		case *ssa.UnOp:
			ok = r.Op == token.MUL
		case *ssa.Store:
			ok = r.Val != v
		case *ssa.FieldAddr:
			ok = f.accessed(r, indexed)
		case *ssa.IndexAddr:
			ok = r.X == v && (indexed && f.accessed(r, indexed) || !indexed && f.smallArray(r))
		}
		if !ok {
			return false
		}
	}
	return true
}

// maxFold bounds the offset of a folded address: 16 unsigned bits.
const maxFold = 65000

func (f *function) classifyAddr(v ssa.Value, x ssa.Value, off int64) bool {
	xv := f.info[x]
	if xv == nil {
		return false
	}
	if xv.local || xv.mode == place {
		f.info[v] = &value{v: v, mode: place, root: xv.root, off: xv.off + off, dyn: xv.dyn}
		return true
	}
	total := off
	if xv.mode == folded {
		total += xv.off
	}
	if total+8 < maxFold && f.accessed(v, false) && f.sizes.Sizeof(elemOf(v.Type()))+total < maxFold {
		base := xv
		if xv.mode == folded {
			base = xv.root
		}
		f.info[v] = &value{v: v, mode: folded, root: base, off: total}
		return true
	}
	return false
}

func (f *function) classifyIndexAddr(v *ssa.IndexAddr) bool {
	xv := f.info[v.X]
	arr := arrayOf(v.X)
	if arr == nil {
		return f.fuseIndex(v)
	}
	size := f.sizes.Sizeof(arr.Elem())
	k, constant := constInt(v.Index)
	constant = constant && k >= 0 && k < arr.Len()
	local := xv != nil && (xv.local || xv.mode == place)
	switch {
	case local && constant:
		f.info[v] = &value{v: v, mode: place, root: xv.root, off: xv.off + k*size, dyn: xv.dyn}
	case local && f.fuseIndex(v):
	case local:
		dyn := &value{v: v, n: 1}
		dyn.root = dyn
		f.roots = append(f.roots, dyn)
		f.info[v] = &value{v: v, mode: place, root: xv.root, off: xv.off, dyn: dyn}
	case constant:
		return f.classifyAddr(v, v.X, k*size)
	default:
		return f.fuseIndex(v)
	}
	return true
}

// arrayOf is the array that v, the operand of an IndexAddr, points to; nil for a slice.
func arrayOf(v ssa.Value) *types.Array {
	if p, ok := v.Type().Underlying().(*types.Pointer); ok {
		return p.Elem().Underlying().(*types.Array)
	}
	return nil
}
