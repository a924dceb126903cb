package compile

import (
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// recordVars notes, for the reader's own functions, in which slots the source
// variables are and when. A variable whose last use is past is gone, as in any
// compiled program.
func (f *function) recordVars() {
	if f.out.Flags&code.UserCode == 0 {
		return
	}
	for _, p := range f.fn.Params {
		f.addVar(p.Name(), p, false)
	}
	for _, fv := range f.fn.FreeVars {
		_, byRef := fv.Type().(*types.Pointer)
		f.addVar(fv.Name(), fv, byRef)
	}
	for _, b := range f.fn.Blocks {
		for _, instr := range b.Instrs {
			switch in := instr.(type) {
			case *ssa.DebugRef:
				if obj, ok := in.Object().(*types.Var); ok && !obj.IsField() {
					f.addVar(obj.Name(), in.X, in.IsAddr)
				}
			case *ssa.Phi:
				if in.Comment != "" && isIdent(in.Comment) {
					f.addVar(in.Comment, in, false)
				}
			case *ssa.Alloc:
				if isIdent(in.Comment) && in.Comment != "complit" && in.Comment != "varargs" && in.Comment != "new" {
					f.addVar(in.Comment, in, true)
				}
			}
		}
	}
	sort.SliceStable(f.out.Vars, func(i, j int) bool { return f.out.Vars[i].From < f.out.Vars[j].From })
}

func isIdent(s string) bool {
	for i, r := range s {
		if !(r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || i > 0 && r >= '0' && r <= '9' || r >= 0x80) {
			return false
		}
	}
	return s != "" && s != "_"
}

// addVar records name at v's slots wherever v is live.
func (f *function) addVar(name string, v ssa.Value, isAddr bool) {
	val := f.info[v]
	if val == nil || val.mode > alias || name == "_" {
		return
	}
	t := v.Type()
	if isAddr {
		t = elemOf(t)
	}
	root := val
	for root.mode == alias {
		root = root.root
	}
	for _, r := range root.ranges {
		from, to := f.pcAt(f.assigned(root, r)), f.pcAt(r.to)
		if _, captured := v.(*ssa.FreeVar); captured {
			from = max(from, f.body) // before, it is still in the closure
		}
		if from >= to {
			continue
		}
		entry := code.Var{Name: name, Type: f.typeDesc(t), Slot: slotOf(val), Indirect: isAddr && !val.local, From: from, To: to}
		if n := len(f.out.Vars); n > 0 && f.out.Vars[n-1] == entry {
			continue
		}
		f.out.Vars = append(f.out.Vars, entry)
	}
}

// assigned is the position from which on v has the value that it has in r: a
// call's result takes slots while the call still runs.
func (f *function) assigned(v *value, r span) int {
	instr, ok := v.v.(ssa.Instruction)
	if _, phi := v.v.(*ssa.Phi); ok && !phi && !v.local && r.from == 2*f.pos[instr] {
		return r.from + 1
	}
	return r.from
}

// pcAt is the first pc of the instruction at a live position.
func (f *function) pcAt(position int) uint32 {
	i := (position + 1) / 2
	switch {
	case position < 0:
		return 0
	case i >= len(f.pcs):
		return uint32(len(f.out.Code))
	}
	return f.pcs[i]
}
