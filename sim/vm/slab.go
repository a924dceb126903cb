package vm

import (
	"slices"
	"unsafe"
)

// A slab is an array of records that are named by index and used again after
// they were freed, last in, first out. No index is -1.
type slab[T any] struct {
	items []T
	free  []int32
	most  int // records at a time: more is the program running out of memory; 0: no bound
}

// bound lets a slab take about so many bytes of the host's memory. What a
// program makes without end must end by its own limit on memory.
func (s *slab[T]) bound(bytes uint64) {
	var zero T
	s.most = int(bytes / uint64(unsafe.Sizeof(zero)))
}

// new returns the index of a zero record. Pointers into the slab are invalid
// afterwards.
func (s *slab[T]) new() int32 {
	if n := len(s.free); n > 0 {
		i := s.free[n-1]
		s.free = s.free[:n-1]
		return i
	}
	if s.most > 0 && len(s.items) >= s.most {
		panic(trap{kind: trapMemory})
	}
	var zero T
	s.items = append(s.items, zero)
	return int32(len(s.items) - 1)
}

func (s *slab[T]) at(i int32) *T { return &s.items[i] }

func (s *slab[T]) release(i int32) {
	var zero T
	s.items[i] = zero
	s.free = append(s.free, i)
}

func (s *slab[T]) clone() slab[T] {
	return slab[T]{slices.Clone(s.items), slices.Clone(s.free), s.most}
}

// popFront takes the first element off a queue. A short one keeps its place in
// memory, to be filled again; a long one is not moved for each.
func popFront[T any](q *[]T) T {
	x := (*q)[0]
	if len(*q) > 32 {
		*q = (*q)[1:]
	} else {
		*q = append((*q)[:0], (*q)[1:]...)
	}
	return x
}
