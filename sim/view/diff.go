package view

import "gopark/sim/state"

// A diff knows what differs between two instants. A nil before means that
// nothing does: the first board emphasises nothing.
type diff struct {
	before, now *state.State
	was, is     []place // of goroutines, by index
}

// A place is where on the board a goroutine is. Its position within a queue
// does not count: when the head leaves, the others move up and nothing
// happened to them.
type place struct {
	kind  placeKind
	which int32
	goid  int64
}

type placeKind uint8

const (
	nowhere placeKind = iota
	onThread
	inNext
	inQueue
	inGlobal
	inWait
	inFree
)

func newDiff(before, now *state.State) *diff {
	d := &diff{before: before, now: now}
	if before != nil {
		d.was, d.is = places(before), places(now)
	}
	return d
}

func places(s *state.State) []place {
	at := make([]place, len(s.Gs))
	put := func(gs []int32, kind placeKind, which int32) {
		for _, g := range gs {
			if g >= 0 && int(g) < len(at) {
				at[g].kind, at[g].which = kind, which
			}
		}
	}
	for i := range s.Gs {
		at[i].goid = s.Gs[i].ID
		if s.Gs[i].Status == Waiting {
			at[i].kind = inWait
		}
	}
	put(s.Sched.Queue, inGlobal, 0)
	put(s.Sched.Free, inFree, 0)
	for i := range s.Ps {
		p := &s.Ps[i]
		put(p.Queue, inQueue, p.ID)
		put(p.Free, inFree, 0)
		put([]int32{p.Next}, inNext, p.ID)
	}
	for i := range s.Threads {
		put([]int32{s.Threads[i].G}, onThread, s.Threads[i].ID)
	}
	return at
}

func (d *diff) goroutine(g int32) bool {
	if d.before == nil {
		return false
	}
	if int(g) >= len(d.was) {
		return true
	}
	return d.was[g] != d.is[g] || d.before.Gs[g].Status != d.now.Gs[g].Status
}

func (d *diff) thread(id int32) bool {
	if d.before == nil {
		return false
	}
	if int(id) >= len(d.before.Threads) {
		return true
	}
	was, is := &d.before.Threads[id], &d.now.Threads[id]
	return was.Doing != is.Doing || was.Detail != is.Detail || was.Core != is.Core || was.P != is.P || was.Spinning != is.Spinning
}

func (d *diff) p(id int32) bool {
	if d.before == nil {
		return false
	}
	if int(id) >= len(d.before.Ps) {
		return true
	}
	was, is := &d.before.Ps[id], &d.now.Ps[id]
	return was.Status != is.Status || was.Thread != is.Thread
}
