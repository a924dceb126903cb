package vm

import (
	"sort"

	"gopark/sim/mem"
)

// releaseRecords takes back the machine's records of timers and coroutines
// that nobody can name any more.
func (v *VM) releaseRecords() {
	for i := range v.timers {
		if t := &v.timers[i]; t.addr != 0 && !t.seen {
			*t = timer{}
			v.freeTimers = append(v.freeTimers, int32(i))
		}
	}
	for i := range v.coros {
		if c := &v.coros[i]; c.addr != 0 && !c.live && !v.isMarked(c.addr) {
			*c = coro{}
			v.freeCoros = append(v.freeCoros, int32(i))
		}
	}
}

func (v *VM) startSweep() {
	h := &v.heap
	h.profile.nextCycle()
	for i := range h.current {
		h.current[i] = -1
		h.partial[i] = h.partial[i][:0]
	}
	for i := range h.spans {
		h.spans[i].unswept = h.spans[i].pages > 0 && h.spans[i].kind == spanObjects
	}
}

// sweepSpan frees the objects of span i that are not marked, and the span if
// none is left.
func (v *VM) sweepSpan(i int32) {
	h := &v.heap
	s := &h.spans[i]
	if !s.unswept {
		return
	}
	s.unswept = false
	flags := h.flags[s.first:][:s.n]
	before := s.used
	for k, f := range flags {
		switch {
		case f&marked != 0:
			flags[k] = f &^ marked
		case f&allocated != 0:
			if f&sampled != 0 {
				h.profile.freed(mem.Base + s.start + uint64(k)*s.size)
			}
			flags[k] = 0
			h.types[int(s.first)+k] = noLayout
			s.used--
			if v.cfg.GCStress {
				v.poison(s, uint64(k))
			}
		}
	}
	gone := uint64(before - s.used)
	h.freed += gone
	h.live -= gone * s.size
	v.gc.cost += costSweep + int64(s.n)/sweptPerStep
	switch {
	case s.used == 0:
		h.freeSpan(i)
	case s.used < s.n:
		s.next = 0
		s.dirty = s.dirty || gone > 0
		slot := int(s.class) * 2
		if s.pointers {
			slot++
		}
		h.partial[slot] = append(h.partial[slot], i)
	}
}

// poison overwrites a freed object, so that a use of it shows.
func (v *VM) poison(s *span, k uint64) {
	b := v.mem.Bytes(mem.Base+s.start+k*s.size, s.size)
	for i := range b {
		b[i] = 0xdb
	}
}

// endSweep puts the spans in order: low addresses are filled first.
func (v *VM) endSweep() {
	h := &v.heap
	h.freeStackSpans()
	for i := range h.partial {
		list := h.partial[i]
		sort.Slice(list, func(i, j int) bool { return h.spans[list[i]].start > h.spans[list[j]].start })
	}
}
