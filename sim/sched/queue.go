package sched

import (
	"slices"

	"gopark/sim/task"
)

// A queue is a ring of tasks, first in, first out, that grows as needed.
type queue struct {
	buf  []task.ID
	head int
	n    int
}

func (q *queue) push(id task.ID) {
	if q.n == len(q.buf) {
		q.grow()
	}
	q.buf[(q.head+q.n)%len(q.buf)] = id
	q.n++
}

func (q *queue) pushFront(id task.ID) {
	if q.n == len(q.buf) {
		q.grow()
	}
	q.head = (q.head + len(q.buf) - 1) % len(q.buf)
	q.buf[q.head] = id
	q.n++
}

func (q *queue) grow() {
	buf := make([]task.ID, max(16, 2*len(q.buf)))
	for i := range q.n {
		buf[i] = q.at(i)
	}
	q.buf, q.head = buf, 0
}

func (q *queue) pop() task.ID {
	id := q.buf[q.head]
	q.head = (q.head + 1) % len(q.buf)
	q.n--
	return id
}

func (q *queue) at(i int) task.ID { return q.buf[(q.head+i)%len(q.buf)] }

func (q queue) clone() queue {
	q.buf = slices.Clone(q.buf)
	return q
}

// A list is a stack of free Gs, linked through them so that any of them can
// leave: which one is used again is for the Runner to say.
type list struct {
	head task.ID
	n    int32
}

var emptyList = list{head: task.None}

// onGlobal is g.freeIn of a G on the global free list.
const onGlobal = -2

func (s *gmp) freeList(in int32) *list {
	if in == onGlobal {
		return &s.free
	}
	return &s.ps[in].free
}

func (s *gmp) freePush(in int32, id task.ID) {
	l := s.freeList(in)
	x := &s.gs[id]
	x.freeIn, x.next, x.prev = in, l.head, task.None
	if l.head != task.None {
		s.gs[l.head].prev = id
	}
	l.head = id
	l.n++
}

func (s *gmp) freeRemove(id task.ID) {
	x := &s.gs[id]
	if x.freeIn == none {
		return
	}
	l := s.freeList(x.freeIn)
	if x.prev == task.None {
		l.head = x.next
	} else {
		s.gs[x.prev].next = x.next
	}
	if x.next != task.None {
		s.gs[x.next].prev = x.prev
	}
	l.n--
	x.freeIn, x.next, x.prev = none, task.None, task.None
}

// freePut gives a dead G to a P's list; a full list gives half to the global
// one (runtime/proc.go:gfput).
func (s *gmp) freePut(x *p, id task.ID) {
	s.freePush(x.id, id)
	if int(x.free.n) < s.era.FreeLocal {
		return
	}
	for int(x.free.n) >= s.era.FreeLocal/2 {
		id := x.free.head
		s.freeRemove(id)
		s.freePush(onGlobal, id)
	}
}
