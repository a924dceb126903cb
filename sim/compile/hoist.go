package compile

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// This file loads the constants that a loop needs in front of it. Which those
// are the first emission tells; the second has slots for them.

// maxHoisted bounds the constants that are held for a function's loops.
const maxHoisted = 12

// A loop is an outermost one: the blocks between its header and what goes back there.
type loop struct {
	blocks []bool          // by index
	before *ssa.BasicBlock // the only block from which it is entered, and which goes nowhere else
	held   []*heldConst
}

// A heldConst is a constant that stands in a slot all through a loop.
type heldConst struct {
	k   code.Const
	val *value
}

// findLoops notes for each block the outermost loop that it is in.
func (f *function) findLoops() {
	f.loops, f.held = nil, 0
	for _, b := range f.fn.Blocks {
		for _, head := range b.Succs {
			if head.Dominates(b) {
				f.addLoop(head, b)
			}
		}
	}
}

// addLoop makes a loop of the blocks that reach the block last without passing
// head, unless it can't be entered in one way only or is part of another.
func (f *function) addLoop(head, last *ssa.BasicBlock) {
	if f.loops == nil {
		f.loops = make([]*loop, len(f.fn.Blocks))
	}
	l := &loop{blocks: make([]bool, len(f.fn.Blocks))}
	l.blocks[head.Index] = true
	for todo := []*ssa.BasicBlock{last}; len(todo) > 0; {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !l.blocks[b.Index] {
			l.blocks[b.Index] = true
			todo = append(todo, b.Preds...)
		}
	}
	for _, p := range head.Preds {
		if head.Dominates(p) {
			continue
		}
		if l.before != nil || len(p.Succs) != 1 {
			return
		}
		l.before = p
	}
	if l.before == nil || f.loops[l.before.Index] != nil {
		return
	}
	for i, in := range l.blocks {
		old := f.loops[i]
		if in && (old == nil || l.blocks[old.before.Index] || old.before == l.before) {
			f.loops[i] = l
		}
	}
	f.joinLoops(l)
}

// joinLoops makes one loop of several with one header.
func (f *function) joinLoops(l *loop) {
	for i, other := range f.loops {
		if other != nil && other != l && (other.before == l.before || l.blocks[other.before.Index]) {
			l.blocks[i], f.loops[i] = true, l
		}
	}
}

// word returns a slot with constant k: a loop's own, or a temporary.
func (f *function) word(k code.Const) uint16 {
	if f.loops != nil && f.block != nil && f.loops[f.block.Index] != nil {
		l := f.loops[f.block.Index]
		i := slices.IndexFunc(l.held, func(h *heldConst) bool { return h.k == k })
		switch {
		case i >= 0 && l.held[i].val.set != nil:
			return l.held[i].val.slot
		case i < 0 && f.held < maxHoisted:
			l.held = append(l.held, &heldConst{k: k, val: &value{n: 1}})
			f.held++
		}
	}
	t := f.temp(1)
	f.loadWord(t, k)
	return t
}

// loadWord emits dst = k.
func (f *function) loadWord(dst uint16, k code.Const) {
	if k.Kind == code.RelNone {
		f.loadInt(dst, int64(k.Value))
		return
	}
	f.loadK(dst, k)
}

// hold gives slots to the constants that the loops turned out to need. It
// reports whether there are any.
func (f *function) hold() bool {
	if f.held == 0 || f.holding {
		return false
	}
	f.holding = true
	done := map[*loop]bool{}
	for _, l := range f.loops {
		if l == nil || done[l] {
			continue
		}
		done[l] = true
		for _, h := range l.held {
			h.val.root = h.val
			h.val.ranges = f.loopRanges(l)
			f.roots = append(f.roots, h.val)
		}
	}
	f.assign()
	return true
}

// loopRanges is where a constant of l is live: from the end of the block before it.
func (f *function) loopRanges(l *loop) []span {
	end := 2 * f.first[l.before.Index+1]
	ranges := []span{{end - 2, end}}
	for i, in := range l.blocks {
		if in {
			ranges = append(ranges, span{2 * f.first[i], 2 * f.first[i+1]})
		}
	}
	return ranges
}

// enterLoop loads, at the end of block b, what the loop behind it needs.
func (f *function) enterLoop(b *ssa.BasicBlock, to *ssa.BasicBlock) {
	if f.loops == nil || f.loops[to.Index] == nil {
		return
	}
	l := f.loops[to.Index]
	if l.before != b {
		return
	}
	for _, h := range l.held {
		if h.val.set != nil {
			f.loadWord(h.val.slot, h.k)
		}
	}
}
