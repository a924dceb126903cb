package realtrace

import "cmp"

// A cursor is how far one thread's events of a generation have been read; ev is
// the next.
type cursor struct {
	m       int64
	batches []batch
	left    source // of the first batch
	clock   int64  // of the event before; 0: a batch begins
	ev      Event
}

// next reads the thread's next event; there is none at the end.
func (c *cursor) next(g *generation) (ok bool, err error) {
	for len(c.left.data) == 0 {
		if len(c.batches) == 0 {
			return false, nil
		}
		c.left, c.clock = source{data: c.batches[0].data}, nanoseconds(c.batches[0].time, g.unit)
		c.batches = c.batches[1:]
	}
	typ := c.left.byte()
	if !timed(typ) {
		return false, damaged("thread %d has an event of type %d", c.m, typ)
	}
	s := shapes[typ]
	ev := Event{Type: Type(typ), M: c.m, P: None, G: None}
	c.clock += nanoseconds(c.left.number(), g.unit)
	ev.Time = c.clock
	for i := range s.args {
		ev.Args[i] = c.left.number()
	}
	if c.left.bad {
		return false, damaged("an event of thread %d is not whole", c.m)
	}
	known := true
	if s.stack > 0 {
		ev.Stack, known = g.stack(ev.Args[s.stack-1])
	}
	if s.born > 0 && known {
		ev.Born, known = g.stack(ev.Args[s.born-1])
	}
	if s.text > 0 && known {
		ev.Text, known = g.text(ev.Args[s.text-1])
	}
	if ev.Type == UserLog && known {
		ev.Key, known = g.text(ev.Args[1])
	}
	if !known {
		return false, damaged("an event of thread %d refers to a stack or a text that is not there", c.m)
	}
	c.ev = ev
	return true, nil
}

// nanoseconds are units of a clock.
func nanoseconds(n uint64, unit float64) int64 { return int64(float64(n) * unit) }

func (g *generation) stack(id uint64) (int32, bool) {
	if id == 0 {
		return 0, true
	}
	n, ok := g.stacks[id]
	return n, ok
}

func (g *generation) text(id uint64) (string, bool) {
	if id == 0 {
		return "", true
	}
	s, ok := g.texts[id]
	return s, ok
}

func compare(a, b *cursor) int { return cmp.Compare(a.ev.Time, b.ev.Time) }

// A front is the cursors of all threads that have events left, as a heap: the
// first has the earliest.
type front []*cursor

func (f *front) insert(c *cursor) {
	*f = append(*f, c)
	f.up(len(*f) - 1)
}

// moved puts cursor i, whose next event is another now, in its place.
func (f front) moved(i int) {
	if f.up(i) == i {
		f.down(i)
	}
}

func (f *front) remove(i int) {
	h := *f
	for i > 0 {
		h[(i-1)/2], h[i] = h[i], h[(i-1)/2]
		i = (i - 1) / 2
	}
	last := len(h) - 1
	h[0], h[last] = h[last], h[0]
	*f = h[:last]
	f.down(0)
}

func (f front) up(i int) int {
	for i > 0 && f[(i-1)/2].ev.Time > f[i].ev.Time {
		f[(i-1)/2], f[i] = f[i], f[(i-1)/2]
		i = (i - 1) / 2
	}
	return i
}

func (f front) down(i int) {
	for {
		least := i
		for _, k := range []int{2*i + 1, 2*i + 2} {
			if k < len(f) && f[k].ev.Time < f[least].ev.Time {
				least = k
			}
		}
		if least == i {
			return
		}
		f[i], f[least] = f[least], f[i]
		i = least
	}
}
