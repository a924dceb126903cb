package compile

import (
	"sort"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
)

// A slotSet is values that share their slots: a phi and those of its operands
// that are never live together with it.
type slotSet struct {
	values []*value
	ranges []span // ascending, disjoint
	n      int
	fixed  int // slot, -1 if free
	wish   int // slot in which a return wants it, 0 if none
}

// assign gives slots to the roots: first fit, over live ranges with holes.
func (f *function) assign() {
	for _, r := range f.roots {
		sort.Slice(r.ranges, func(i, j int) bool { return r.ranges[i].from < r.ranges[j].from })
		r.ranges = merge(r.ranges, nil)
		r.set = &slotSet{values: []*value{r}, ranges: r.ranges, n: r.n, fixed: -1}
	}
	slot := code.HeaderSlots
	for _, p := range f.fn.Params {
		v := f.info[p]
		v.set.fixed = slot
		slot += v.n
	}
	top := max(slot, code.HeaderSlots+f.slots(f.fn.Signature.Results()))
	f.coalesce()
	f.wishes()
	var sets []*slotSet
	seen := map[*slotSet]bool{}
	for _, r := range f.roots {
		if !seen[r.set] && len(r.set.ranges) > 0 && r.set.n > 0 {
			seen[r.set] = true
			sets = append(sets, r.set)
		}
	}
	sort.SliceStable(sets, func(i, j int) bool {
		a, b := sets[i], sets[j]
		if (a.fixed >= 0) != (b.fixed >= 0) {
			return a.fixed >= 0
		}
		return a.ranges[0].from < b.ranges[0].from
	})
	taken := &slotMap{}
	for _, s := range sets {
		at := s.fixed
		switch {
		case at >= 0:
		case s.wish > 0 && taken.fits(s, s.wish):
			at = s.wish
		default:
			at = taken.fit(s)
		}
		taken.put(s, at)
		for _, v := range s.values {
			v.slot = uint16(at)
		}
		top = max(top, at+s.n)
	}
	f.frame = top
	if top > maxSlots {
		f.frame = maxSlots + 1 // finish reports it
	}
}

// coalesce joins phis with their operands where their ranges allow.
func (f *function) coalesce() {
	for _, b := range f.fn.Blocks {
		for _, instr := range b.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			pv := f.info[phi]
			for _, e := range phi.Edges {
				ev := f.info[e]
				if ev != nil && ev.mode == inSlot && !ev.local && ev.n == pv.n {
					join(pv.set, ev.set)
				}
			}
		}
	}
}

// wishes notes where results must stand when they are returned.
func (f *function) wishes() {
	for _, b := range f.fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		at := code.HeaderSlots
		for _, r := range ret.Results {
			if val := f.info[r]; val != nil && val.mode <= alias && !val.local {
				if wish := at - int(slotOf(val)-slotOf(val.root)); wish >= code.HeaderSlots {
					val.root.set.wish = wish
				}
			}
			at += f.slots(r.Type())
		}
	}
}

func join(a, b *slotSet) {
	if a == b || a.fixed >= 0 && b.fixed >= 0 || overlap(a.ranges, b.ranges) {
		return
	}
	a.ranges = merge(a.ranges, b.ranges)
	if a.fixed < 0 {
		a.fixed = b.fixed
	}
	for _, v := range b.values {
		v.set = a
	}
	a.values = append(a.values, b.values...)
}

// merge is the union of two ascending lists of spans.
func merge(a, b []span) []span {
	all := make([]span, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		var s span
		if len(b) == 0 || len(a) > 0 && a[0].from <= b[0].from {
			s, a = a[0], a[1:]
		} else {
			s, b = b[0], b[1:]
		}
		if n := len(all); n > 0 && s.from <= all[n-1].to {
			all[n-1].to = max(all[n-1].to, s.to)
		} else {
			all = append(all, s)
		}
	}
	return all
}

func overlap(a, b []span) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].to <= b[0].from:
			a = a[1:]
		case b[0].to <= a[0].from:
			b = b[1:]
		default:
			return true
		}
	}
	return false
}

// A slotMap knows for each slot when it is taken.
type slotMap struct {
	taken [][]span
	end   []int // end of the last span of each slot
}

func (m *slotMap) free(slot int, ranges []span) bool {
	if slot >= len(m.taken) || m.end[slot] <= ranges[0].from {
		return true
	}
	return !overlap(m.taken[slot], ranges)
}

// fit is the first slot from which on s fits.
func (m *slotMap) fit(s *slotSet) int {
next:
	for at := code.HeaderSlots; ; at++ {
		for i := s.n - 1; i >= 0; i-- {
			if !m.free(at+i, s.ranges) {
				at += i
				continue next
			}
		}
		return at
	}
}

// fits reports whether s fits at a slot.
func (m *slotMap) fits(s *slotSet, at int) bool {
	for i := range s.n {
		if !m.free(at+i, s.ranges) {
			return false
		}
	}
	return true
}

func (m *slotMap) put(s *slotSet, at int) {
	for len(m.taken) < at+s.n {
		m.taken = append(m.taken, nil)
		m.end = append(m.end, -1)
	}
	for i := at; i < at+s.n; i++ {
		if m.end[i] <= s.ranges[0].from {
			m.taken[i] = append(m.taken[i], s.ranges...)
		} else {
			m.taken[i] = merge(m.taken[i], s.ranges)
		}
		m.end[i] = m.taken[i][len(m.taken[i])-1].to
	}
}
