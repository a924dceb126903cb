package realtrace

import "slices"

// A Reader gives the events of a trace in order.
type Reader struct {
	version int
	src     source
	gen     *generation
	front   front
	order   order
	queue   []Event // what one step made of an event …
	given   int     // … and how many of them were given
	last    int64
	events  int
	tries   int // steps that were too early, in all

	calls [][]Call
	known map[string]int32 // stacks by the addresses of their calls
}

// NewReader reads the trace that data is.
func NewReader(data []byte) (*Reader, error) {
	v, rest, err := version(data)
	switch {
	case err != nil:
		return nil, err
	case len(data) > MaxSize:
		return nil, ErrSize
	case len(rest) == 0:
		return nil, damaged("there is nothing in it")
	}
	return &Reader{
		version: v, src: source{data: rest}, order: newOrder(),
		calls: make([][]Call, 1), known: map[string]int32{"": 0},
	}, nil
}

// Version is the release of Go whose format it is: 26 for go1.26.
func (r *Reader) Version() int { return r.version }

// Calls is a stack, innermost first.
func (r *Reader) Calls(stack int32) []Call { return r.calls[stack] }

// Next is the next event; more is false at the end.
func (r *Reader) Next() (e Event, more bool, err error) {
	for r.given == len(r.queue) {
		if len(r.front) == 0 {
			if more, err := r.nextGeneration(); !more || err != nil {
				return e, false, err
			}
			continue
		}
		if err := r.step(); err != nil {
			return e, false, err
		}
	}
	e = r.queue[r.given]
	r.given++
	e.Time = max(e.Time, r.last+1)
	r.last = e.Time
	if r.events++; r.events > MaxEvents {
		return e, false, ErrEvents
	}
	return e, true, nil
}

func (r *Reader) nextGeneration() (more bool, err error) {
	g, err := r.generation()
	if err != nil || g == nil {
		return false, err
	}
	r.gen = g
	r.order.begin(g.number)
	r.last = max(r.last+1, nanoseconds(g.begin, g.unit)) // Go's own readers tell an event of this
	for _, c := range g.threads {
		ok, err := c.next(g)
		if err != nil {
			return false, err
		}
		if ok {
			r.front.insert(c)
		}
	}
	return true, nil
}

// triesPerEvent is how often, on average, an event may be found to be too early.
// In a real trace that is rare; without a limit a made-up one takes for ever.
const triesPerEvent = 64

// step takes the earliest event that can have happened now.
func (r *Reader) step() error {
	if ok, err := r.take(0); ok || err != nil {
		return err
	}
	slices.SortFunc(r.front, compare) // a sorted heap is one still
	r.tries += len(r.front) / 8
	for i := 1; i < len(r.front); i++ {
		if r.tries++; r.tries > triesPerEvent*(r.events+1000) {
			break
		}
		if ok, err := r.take(i); ok || err != nil {
			return err
		}
	}
	return damaged("at %d ns, what its threads say does not fit together", r.front[0].ev.Time)
}

func (r *Reader) take(i int) (ok bool, err error) {
	c := r.front[i]
	r.queue, r.given = r.queue[:0], 0
	if ok, err = r.order.advance(c.ev, &r.queue); !ok || err != nil {
		return ok, err
	}
	more, err := c.next(r.gen)
	if err != nil {
		return false, err
	}
	if more {
		r.front.moved(i)
	} else {
		r.front.remove(i)
	}
	return true, nil
}
