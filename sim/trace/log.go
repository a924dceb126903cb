package trace

import (
	"unsafe"

	"gopark/sim/task"
)

// A Log is the events of a run in order. The zero Log is empty and starts with
// event 0.
type Log struct {
	chunks []piece // each but the last is full
	forget bool
	n      int // events in all
	watch  func(n int)
}

// ResumeAt returns a log that goes on after n events that somebody else holds.
// It counts what is added, calls watch with the new length after each, and
// keeps nothing: for running a recording again from a snapshot.
func ResumeAt(n int, watch func(n int)) *Log {
	return &Log{n: n, forget: true, watch: watch}
}

// Add appends an event.
func (l *Log) Add(e Event) {
	if !l.forget {
		l.keep(&e)
	}
	l.n++
	if l.watch != nil {
		l.watch(l.n)
	}
}

// Rewind makes a log that forgets stand at n events again.
func (l *Log) Rewind(n int) {
	if l.forget {
		l.n = n
	}
}

// Len is the number of events.
func (l *Log) Len() int { return l.n }

// At is the i-th event, from 0.
func (l *Log) At(i int) Event {
	c := &l.chunks[i/chunk]
	return c.at(i % chunk)
}

// Time is At(i).Time, for a fraction of the work.
func (l *Log) Time(i int) task.Time { return l.chunks[i/chunk].time(i % chunk) }

// Count is how many events there are of each kind, and how many goroutines and threads
// there were at once at most.
func (l *Log) Count() (kinds [NumKinds]int64, goroutines, threads int) {
	for i := range l.chunks {
		c := &l.chunks[i]
		for k := range c.events {
			kind := c.kind(k)
			kinds[kind]++
			switch kind {
			case GoCreate:
				goroutines = max(goroutines, int(kinds[GoCreate]-kinds[GoDestroy]))
			case ThreadCreate:
				threads = max(threads, int(kinds[ThreadCreate]-kinds[ThreadDestroy]))
			}
		}
	}
	return kinds, goroutines, threads
}

// Bytes is how much of the host's memory the log takes.
func (l *Log) Bytes() int64 {
	n := uintptr(0)
	for i := range l.chunks {
		c := &l.chunks[i]
		n += uintptr(cap(c.events))*unsafe.Sizeof(packed{}) + uintptr(cap(c.odd))*unsafe.Sizeof(oddEvent{})
	}
	return int64(n)
}

// chunk is the number of events kept in one piece. Pieces, because to grow a
// single slice of millions of events would copy them again and again.
const chunk = 4096

func (l *Log) keep(e *Event) {
	if l.n%chunk == 0 {
		size := chunk
		if l.n == 0 {
			size = 64 // a short log stays small
		}
		l.chunks = append(l.chunks, piece{base: e.Time, events: make([]packed, 0, size)})
	}
	l.chunks[len(l.chunks)-1].add(e)
}
