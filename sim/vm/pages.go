package vm

import (
	"math"
	"math/bits"
	"slices"
)

// spanKind says what a span's pages hold.
type spanKind uint8

const (
	spanObjects spanKind = iota // objects of one size
	spanStacks
)

// A span is a run of pages. One of objects knows of each, in heap.flags and
// heap.types from first on, whether it is allocated and what is in it.
type span struct {
	start    uint64 // offset in the arena
	size     uint64 // of one object
	pages    uint32 // 0: the span is free
	n        uint32 // objects it has room for
	used     uint32 // objects allocated
	next     uint32 // none before it is free
	first    int32
	kind     spanKind
	class    uint8 // of its size, 0: one large object
	pointers bool  // its objects may hold some
	dirty    bool  // free memory in it is not zero
	unswept  bool  // what the last collection didn't mark is still in it
}

// A run is a number of adjacent free pages.
type run struct{ page, n uint64 }

const (
	numStacks  = 128
	stackPages = 4 // of a span of small stacks; larger stacks have spans of their own
	// smallSpan: so many pages may be had beyond the limit, since an
	// instruction can't be left for a collection once it has had effects.
	smallSpan = 8
)

// reserve is how far beyond its limit the arena may grow until the next
// collection.
func reserve(limit uint64) uint64 { return min(max(limit/16, 1<<18), 4<<20) &^ (pageSize - 1) }

// takePages returns the number of the first of n free pages.
func (v *VM) takePages(n uint64) (page uint64, dirty bool) {
	h := &v.heap
	for i, r := range h.runs {
		if r.n >= n {
			if r.n == n {
				h.runs = slices.Delete(h.runs, i, i+1)
			} else {
				h.runs[i] = run{r.page + n, r.n - n}
			}
			return r.page, true
		}
	}
	page, more := uint64(len(h.pages)), n
	if k := len(h.runs) - 1; k >= 0 && h.runs[k].page+h.runs[k].n == page {
		page, more = h.runs[k].page, n-h.runs[k].n
	}
	if over := v.inUse()+more*pageSize > v.cfg.Memory; over {
		if n > smallSpan {
			panic(trap{kind: trapMemory, retry: true})
		}
		v.wantCollection()
	}
	if _, ok := v.mem.Extend(more * pageSize); !ok {
		panic(trap{kind: trapMemory, retry: true})
	}
	if v.kern != nil {
		v.kern.grow(more*pageSize, math.MaxUint64)
	}
	if more < n {
		h.runs = h.runs[:len(h.runs)-1]
	}
	for range more {
		h.pages = append(h.pages, -1)
	}
	return page, more < n
}

// inUse is how much of the computer's memory is in use.
func (v *VM) inUse() uint64 {
	if v.kern != nil {
		return v.kern.bytes
	}
	return v.mem.Size()
}

// newSpan makes a span like s of n pages and returns its index.
func (v *VM) newSpan(n uint64, s span) int32 {
	page, dirty := v.takePages(n)
	h := &v.heap
	s.start, s.pages, s.dirty = h.base+page*pageSize, uint32(n), dirty
	s.n = uint32(n * pageSize / s.size)
	if s.kind == spanObjects {
		h.spanBytes += n * pageSize
		s.first = h.newRegion(s.class, int(s.n))
	}
	i := int32(len(h.spans))
	if k := len(h.unused); k > 0 {
		i = h.unused[k-1]
		h.unused = h.unused[:k-1]
		h.spans[i] = s
	} else {
		h.spans = append(h.spans, s)
	}
	for p := range n {
		h.pages[page+p] = i
	}
	return i
}

// extendSpan adds the n pages behind span i, which has no objects, if they are
// free or not there yet.
func (v *VM) extendSpan(i int32, n uint64) bool {
	h := &v.heap
	s := &h.spans[i]
	page := (s.start-h.base)/pageSize + uint64(s.pages)
	free, at := uint64(0), len(h.runs)
	for k, r := range h.runs {
		if r.page == page {
			free, at = r.n, k
		}
	}
	if free < n {
		more := n - free
		if page+free != uint64(len(h.pages)) || v.mem.Size()+more*pageSize > v.cfg.Memory {
			return false
		}
		if _, ok := v.mem.Extend(more * pageSize); !ok {
			return false
		}
		for range more {
			h.pages = append(h.pages, -1)
		}
	}
	switch {
	case free > n:
		h.runs[at] = run{page + n, free - n}
	case free > 0:
		h.runs = slices.Delete(h.runs, at, at+1)
	}
	for p := range n {
		h.pages[page+p] = i
	}
	s.pages += uint32(n)
	s.size += n * pageSize
	return true
}

// newRegion returns where the n objects of a span have their types and flags,
// all zero.
func (h *heap) newRegion(class uint8, n int) int32 {
	if free := &h.regions[class]; len(*free) > 0 {
		at := (*free)[len(*free)-1]
		*free = (*free)[:len(*free)-1]
		return at
	}
	at := int32(len(h.flags))
	h.flags = append(h.flags, make([]uint8, n)...)
	h.types = append(h.types, make([]uint32, n)...)
	return at
}

// freeSpan gives back the pages of span i, whose objects are all free.
func (h *heap) freeSpan(i int32) {
	s := &h.spans[i]
	if s.kind == spanObjects {
		h.spanBytes -= uint64(s.pages) * pageSize
		h.regions[s.class] = append(h.regions[s.class], s.first)
	}
	page, n := (s.start-h.base)/pageSize, uint64(s.pages)
	for p := range n {
		h.pages[page+p] = -1
	}
	*s = span{}
	h.unused = append(h.unused, i)
	at, _ := slices.BinarySearchFunc(h.runs, page, func(r run, page uint64) int { return int(int64(r.page) - int64(page)) })
	h.runs = slices.Insert(h.runs, at, run{page, n})
	if at+1 < len(h.runs) && page+n == h.runs[at+1].page {
		h.runs[at].n += h.runs[at+1].n
		h.runs = slices.Delete(h.runs, at+1, at+2)
	}
	if at > 0 && h.runs[at-1].page+h.runs[at-1].n == page {
		h.runs[at-1].n += h.runs[at].n
		h.runs = slices.Delete(h.runs, at, at+1)
	}
}

// freePages counts the pages in no span.
func (h *heap) freePages() (n uint64) {
	for _, r := range h.runs {
		n += r.n
	}
	return n
}

// freeStackSpans gives back the spans all of whose stacks are free.
func (h *heap) freeStackSpans() {
	for i := range h.stacks {
		list := h.stacks[i]
		if len(list) == 0 {
			continue
		}
		for _, lo := range list {
			h.spans[h.pages[(lo-h.base)/pageSize]].used++
		}
		kept := list[:0]
		var whole []int32
		for _, lo := range list {
			i := h.pages[(lo-h.base)/pageSize]
			if s := &h.spans[i]; s.used < s.n {
				kept = append(kept, lo)
			} else if s.start == lo {
				whole = append(whole, i)
			}
		}
		h.stacks[i] = kept
		for _, i := range whole {
			h.freeSpan(i)
		}
		for _, lo := range kept {
			h.spans[h.pages[(lo-h.base)/pageSize]].used = 0
		}
	}
}

// order is a room's place among all rooms.
func order(room uint64) int {
	n := bits.Len64(room)
	return 2*n + int(room>>(n-2)&1)
}

func (h *heap) clone() heap {
	c := *h
	c.pages, c.spans, c.unused = slices.Clone(h.pages), slices.Clone(h.spans), slices.Clone(h.unused)
	c.runs, c.types, c.flags = slices.Clone(h.runs), slices.Clone(h.types), slices.Clone(h.flags)
	for i := range c.regions {
		c.regions[i] = slices.Clone(h.regions[i])
	}
	for i := range c.partial {
		c.partial[i] = slices.Clone(h.partial[i])
	}
	c.profile = h.profile.clone()
	for i := range c.stacks {
		c.stacks[i] = slices.Clone(h.stacks[i])
	}
	return c
}
