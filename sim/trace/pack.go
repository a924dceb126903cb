package trace

import (
	"sort"

	"gopark/sim/task"
)

// A piece is a stretch of a log. A million goroutines log a dozen events each,
// so nearly all are packed into 16 bytes; those that don't fit are odd, and
// kept as they are. Fixed sizes, and not varints, because views jump about.
type piece struct {
	base   task.Time // of its first event
	high   uint64    // the upper halves that its large arguments share
	events []packed
	odd    []oddEvent // by place
}

// A packed event has, from the lowest bit on, in its first word: the time since
// the piece's base, the kind (0: it is odd), core + 1, P + 1, M + 1; in its
// second: G + 1, which argument is the wide one, and both arguments + 1.
type packed [2]uint64

// An oddEvent is the at-th of its piece.
type oddEvent struct {
	at int
	e  Event
}

const (
	timeBits   = 33 // 8.6 s
	kindBits   = 7
	coreBits   = 5
	procBits   = 9
	threadBits = 64 - timeBits - kindBits - coreBits - procBits
	goBits     = 22
	narrowBits = 8
	wideBits   = 32 // and one that says: below piece.high

	kindAt   = timeBits
	coreAt   = kindAt + kindBits
	procAt   = coreAt + coreBits
	threadAt = procAt + procBits
	shapeAt  = goBits
	narrowAt = shapeAt + 1
	wideAt   = narrowAt + narrowBits
)

const (
	_ = uint(1<<kindBits - NumKinds)       // all kinds fit
	_ = uint(64 - (wideAt + wideBits + 1)) // so does the second word
	_ = uint(threadBits - 10)              // and a number of threads
)

func (c *piece) add(e *Event) {
	t, core, proc, m, g := uint64(e.Time-c.base), uint64(e.Core)+1, uint64(e.P)+1, uint64(e.M)+1, uint64(e.G)+1
	narrow, wide, shape, over := uint64(e.A)+1, uint64(e.B)+1, uint64(0), uint64(0)
	if narrow>>narrowBits != 0 {
		narrow, wide, shape = wide, narrow, 1
	}
	if high := wide >> wideBits; high != 0 {
		if c.high == 0 {
			c.high = high
		}
		wide &= 1<<wideBits - 1
		wide |= 1 << wideBits
		over = high ^ c.high
	}
	over |= t>>timeBits | core>>coreBits | proc>>procBits | m>>threadBits | g>>goBits | narrow>>narrowBits
	if over != 0 || e.Kind-1 >= NumKinds-1 {
		c.odd = append(c.odd, oddEvent{len(c.events), *e})
		c.events = append(c.events, packed{})
		return
	}
	c.events = append(c.events, packed{
		t | uint64(e.Kind)<<kindAt | core<<coreAt | proc<<procAt | m<<threadAt,
		g | shape<<shapeAt | narrow<<narrowAt | wide<<wideAt,
	})
}

// at is the i-th event of the piece.
func (c *piece) at(i int) Event {
	x, y := c.events[i][0], c.events[i][1]
	kind := Kind(field(x, kindAt, kindBits))
	if kind == Nothing {
		return c.odd[sort.Search(len(c.odd), func(k int) bool { return c.odd[k].at >= i })].e
	}
	a, b := int64(field(y, narrowAt, narrowBits)), field(y, wideAt, wideBits+1)
	if b>>wideBits != 0 {
		b = b&(1<<wideBits-1) | c.high<<wideBits
	}
	e := Event{Time: c.base + int64(field(x, 0, timeBits)), Kind: kind, Core: int16(field(x, coreAt, coreBits)) - 1,
		M: int32(field(x, threadAt, threadBits)) - 1, P: int32(field(x, procAt, procBits)) - 1,
		G: task.ID(field(y, 0, goBits)) - 1, A: a - 1, B: int64(b) - 1}
	if field(y, shapeAt, 1) != 0 {
		e.A, e.B = e.B, e.A
	}
	return e
}

// time is at(i).Time.
func (c *piece) time(i int) task.Time {
	x := c.events[i][0]
	if field(x, kindAt, kindBits) == 0 {
		return c.at(i).Time
	}
	return c.base + task.Time(field(x, 0, timeBits))
}

// kind is at(i).Kind.
func (c *piece) kind(i int) Kind {
	if kind := Kind(field(c.events[i][0], kindAt, kindBits)); kind != Nothing {
		return kind
	}
	return c.at(i).Kind
}

func field(x uint64, at, bits int) uint64 { return x >> at & (1<<bits - 1) }
