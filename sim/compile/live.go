package compile

import (
	"go/token"
	"go/types"
	"math/bits"

	"golang.org/x/tools/go/ssa"
)

// A span is a half-open range of positions at which a value is live. The
// instruction with number p reads at 2p and writes at 2p+1.
type span struct{ from, to int }

// A bitset is a set of roots by number.
type bitset []uint64

func (s bitset) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s bitset) del(i int)      { s[i/64] &^= 1 << (i % 64) }
func (s bitset) has(i int) bool { return s[i/64]>>(i%64)&1 != 0 }

func (s bitset) each(do func(int)) {
	for w, x := range s {
		for ; x != 0; x &= x - 1 {
			do(w*64 + bits.TrailingZeros64(x))
		}
	}
}

// rootsOf calls do for each value whose slots a use of v reads.
func (f *function) rootsOf(val *value, do func(*value)) {
	if val == nil {
		return
	}
	switch val.mode {
	case inSlot:
		if !val.local {
			do(val)
		}
	case alias:
		f.rootsOf(val.root, do)
	case folded:
		f.rootsOf(val.root, do)
	case place:
		if val.dyn != nil {
			do(val.dyn)
		}
	case nothing:
		if val.one != nil { // go1.26's maps crash on js/wasm when asked for a nil interface
			f.rootsOf(f.info[val.one], do)
		}
	case fused:
		for _, op := range val.v.(ssa.Instruction).Operands(nil) {
			f.rootsOf(f.info[*op], do)
		}
	}
}

// uses calls do for each root that instr reads, phis excepted.
func (f *function) uses(instr ssa.Instruction, do func(*value)) {
	switch in := instr.(type) {
	case *ssa.DebugRef, *ssa.Phi:
		return
	case ssa.Value:
		val := f.info[in]
		if fa, ok := in.(*ssa.FieldAddr); ok && val.mode == alias { // it checks the pointer
			f.rootsOf(f.info[fa.X], do)
			return
		}
		if val.mode == alias || val.mode == folded || val.mode == nothing || val.mode == fused && used(in) {
			return // its uses read
		}
	}
	var buf [8]*ssa.Value
	for _, op := range instr.Operands(buf[:0]) {
		if *op != nil {
			f.rootsOf(f.info[*op], do)
		}
	}
}

// defined is the root that instr defines, nil if none.
func (f *function) defined(instr ssa.Instruction) *value {
	v, ok := instr.(ssa.Value)
	if !ok {
		return nil
	}
	val := f.info[v]
	if val.mode == place {
		if ix, ok := v.(*ssa.IndexAddr); ok && val.dyn != nil && val.dyn.v == ssa.Value(ix) {
			return val.dyn
		}
		return nil
	}
	if val.mode != inSlot || val.local {
		return nil
	}
	return val
}

// liveness computes every root's ranges: a backward data-flow over the blocks.
func (f *function) liveness() {
	num := map[*value]int{}
	for i, r := range f.roots {
		num[r] = i
	}
	nb := len(f.fn.Blocks)
	liveIn, liveOut := make([]bitset, nb), make([]bitset, nb)
	words := (len(f.roots) + 63) / 64
	for i := range nb {
		liveIn[i], liveOut[i] = make(bitset, words), make(bitset, words)
	}
	for changed := true; changed; {
		changed = false
		for i := nb - 1; i >= 0; i-- {
			b := f.fn.Blocks[i]
			out := liveOut[i]
			for _, succ := range b.Succs {
				f.flowIn(b, succ, liveIn[succ.Index], out, num)
			}
			in := append(bitset(nil), out...)
			f.scan(b, in, num, nil)
			for w := range in {
				if in[w]&^liveIn[i][w] != 0 {
					changed = true
				}
				liveIn[i][w] |= in[w]
			}
		}
	}
	for i, b := range f.fn.Blocks {
		live := append(bitset(nil), liveOut[i]...)
		f.scan(b, live, num, f.newRanges(b, live))
	}
	f.always(liveIn)
}

// flowIn adds to out what is live on the edge from b to succ.
func (f *function) flowIn(b, succ *ssa.BasicBlock, in, out bitset, num map[*value]int) {
	for w := range in {
		out[w] |= in[w]
	}
	for _, instr := range succ.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		for i, p := range succ.Preds {
			if p == b {
				f.rootsOf(f.info[phi.Edges[i]], func(v *value) { out.add(num[v]); v.used = true })
			}
		}
	}
}

// A ranger is told, while a block is walked backwards, where roots begin and end.
type ranger struct {
	f    *function
	to   map[int]int // open ends of live roots
	from int
}

func (f *function) newRanges(b *ssa.BasicBlock, live bitset) *ranger {
	r := &ranger{f: f, to: map[int]int{}, from: 2 * f.first[b.Index]}
	end := 2 * f.first[b.Index+1]
	live.each(func(i int) { r.to[i] = end })
	return r
}

// scan walks b backwards from its live-out set, leaving the live-in set.
func (f *function) scan(b *ssa.BasicBlock, live bitset, num map[*value]int, r *ranger) {
	for k := len(b.Instrs) - 1; k >= 0; k-- {
		instr := b.Instrs[k]
		p := 2 * (f.first[b.Index] + k)
		if d := f.defined(instr); d != nil {
			i := num[d]
			if r != nil {
				r.define(d, i, p, instr)
			}
			live.del(i)
		}
		f.uses(instr, func(v *value) {
			i := num[v]
			v.used = true
			if r != nil {
				if _, open := r.to[i]; !open {
					r.to[i] = p + 1
				}
			}
			live.add(i)
		})
	}
	if r != nil {
		for i, to := range r.to {
			f.roots[i].ranges = append(f.roots[i].ranges, span{r.from, to})
		}
	}
}

// define closes the range of root i, defined by instr at position p.
func (r *ranger) define(d *value, i, p int, instr ssa.Instruction) {
	from := p + 1
	if _, ok := instr.(*ssa.Phi); ok {
		from = r.from
	} else if !mayShare(instr, d) {
		from = p
	}
	to, open := r.to[i]
	if !open {
		to = p + 2
	}
	d.ranges = append(d.ranges, span{from, to})
	delete(r.to, i)
}

// mayShare reports whether instr reads all its operands before it writes its
// result, so that both may be in one slot.
func mayShare(instr ssa.Instruction, d *value) bool {
	if call, ok := instr.(*ssa.Call); ok {
		_, builtin := call.Call.Value.(*ssa.Builtin)
		return !builtin && !mayBeIntrinsic(call)
	}
	if d.n != 1 {
		return false
	}
	switch in := instr.(type) {
	case *ssa.BinOp:
		return !isComplex(in.X.Type())
	case *ssa.UnOp:
		return in.Op != token.ARROW
	case *ssa.Convert:
		_, from := in.X.Type().Underlying().(*types.Basic)
		_, to := in.Type().Underlying().(*types.Basic)
		return from && to && !isString(in.X.Type()) && !isString(in.Type()) && !isComplex(in.Type())
	}
	return false
}

// always extends to the whole function what may be read at any moment: local
// Allocs, whatever the Recover block reads, and what the reader's closures have
// captured, so that one can see which of several goroutines this is. Parameters
// begin before the first instruction, and some stay.
func (f *function) always(liveIn []bitset) {
	end := 2*f.first[len(f.fn.Blocks)] + 2
	whole := []span{{-1, end}}
	user, keeps := f.user(), keepsArgs(f.fn)
	for i, r := range f.roots {
		stays := false
		switch r.v.(type) {
		case *ssa.Parameter:
			r.ranges = append(r.ranges, span{-1, 1})
			stays = keeps
		case *ssa.FreeVar:
			r.ranges = append(r.ranges, span{-1, 1})
			stays = user && r.used
		}
		if r.local || stays || f.fn.Recover != nil && liveIn[f.fn.Recover.Index].has(i) {
			r.ranges = whole
		}
	}
}
