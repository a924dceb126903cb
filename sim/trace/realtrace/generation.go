package realtrace

import "encoding/binary"

// A generation is a stretch of the trace with tables of its own.
type generation struct {
	number  uint64
	begin   uint64    // time of its first batch
	threads []*cursor // in the order in which they appear
	unit    float64   // ns of a unit of its clock
	texts   map[uint64]string
	stacks  map[uint64]int32 // by number in the file: in the reader's table
}

// A rawCall refers to texts, which may come later in the file.
type rawCall struct{ pc, name, file, line uint64 }

// generation reads the next one, nil at the end of the trace.
func (r *Reader) generation() (*generation, error) {
	if len(r.src.data) == 0 {
		return nil, nil
	}
	g := &generation{texts: map[uint64]string{}, stacks: map[uint64]int32{}}
	parts := parts{byM: map[int64]*cursor{}, raw: map[uint64][]rawCall{}}
	for len(r.src.data) > 0 {
		before := r.src
		b, gen, end, experimental := r.src.batch()
		if r.src.bad {
			return nil, damaged("a batch of events is not whole")
		}
		if end {
			if r.version < 26 || g.number == 0 {
				return nil, damaged("a generation ends that has not begun")
			}
			break
		}
		if g.number == 0 {
			g.number, g.begin = gen, b.time
		}
		if gen != g.number {
			if r.version >= 26 || gen != g.number+1 {
				return nil, damaged("generation %d follows generation %d", gen, g.number)
			}
			r.src = before // it is the next one's
			break
		}
		if b.time < g.begin || g.begin == 0 {
			g.begin = b.time
		}
		if experimental || len(b.data) == 0 {
			continue
		}
		if !g.take(b, &parts, r.version) {
			return nil, damaged("a table of generation %d is not whole", g.number)
		}
	}
	if g.unit == 0 {
		return nil, damaged("it does not say how fast its clock goes")
	}
	return g, r.intern(g, parts.raw, parts.order)
}

// parts are what is found of a generation before it is whole.
type parts struct {
	byM   map[int64]*cursor
	raw   map[uint64][]rawCall
	order []uint64 // of raw
}

// take puts a batch where it belongs.
func (g *generation) take(b batch, p *parts, version int) (ok bool) {
	switch b.data[0] {
	case typStrings:
		return g.readTexts(b.data[1:])
	case typStacks:
		p.order, ok = readStacks(b.data[1:], p.raw, p.order)
		return ok
	case typCPUSamples: // of the profiler
		return true
	case typFrequency, typSync:
		return g.readClock(b.data, version)
	}
	c := p.byM[b.m]
	if c == nil {
		c = &cursor{m: b.m}
		p.byM[b.m] = c
		g.threads = append(g.threads, c)
	}
	c.batches = append(c.batches, b)
	return len(g.threads) <= maxM
}

func (g *generation) readTexts(data []byte) bool {
	s := source{data: data}
	for len(s.data) > 0 {
		typ, id, size := s.byte(), s.number(), s.number()
		if _, there := g.texts[id]; typ != typString || size > maxString || there {
			return false
		}
		g.texts[id] = string(s.take(size))
	}
	return !s.bad
}

func readStacks(data []byte, raw map[uint64][]rawCall, order []uint64) ([]uint64, bool) {
	s := source{data: data}
	for len(s.data) > 0 {
		typ, id, n := s.byte(), s.number(), s.number()
		if _, there := raw[id]; typ != typStack || n > maxFrames || n > uint64(len(s.data)) || there {
			return order, false
		}
		calls := make([]rawCall, n)
		for i := range calls {
			calls[i] = rawCall{s.number(), s.number(), s.number(), s.number()}
		}
		raw[id] = calls
		order = append(order, id)
	}
	return order, !s.bad
}

// readClock finds how long a unit of the clock is.
func (g *generation) readClock(data []byte, version int) bool {
	s := source{data: data}
	if data[0] == typSync {
		s.byte()
	}
	for len(s.data) > 0 {
		switch s.byte() {
		case typFrequency:
			f := s.number()
			if f == 0 || g.unit != 0 {
				return false
			}
			g.unit = 1.0 / (float64(f) / 1e9)
		case typClockSnapshot:
			for range 4 {
				s.number()
			}
		default:
			return false
		}
	}
	return !s.bad && (version >= 25) == (data[0] == typSync)
}

// intern puts a generation's stacks into the reader's table, each once.
func (r *Reader) intern(g *generation, raw map[uint64][]rawCall, order []uint64) error {
	var key []byte
	for _, id := range order {
		key = key[:0]
		for _, c := range raw[id] {
			key = binary.LittleEndian.AppendUint64(key, c.pc)
		}
		n, ok := r.known[string(key)]
		if !ok {
			calls := make([]Call, len(raw[id]))
			for i, c := range raw[id] {
				name, ok1 := g.text(c.name)
				file, ok2 := g.text(c.file)
				if !ok1 || !ok2 {
					return damaged("stack %d has functions without a name", id)
				}
				calls[i] = Call{c.pc, name, file, int32(min(c.line, 1<<30))}
			}
			n = int32(len(r.calls))
			r.calls = append(r.calls, calls)
			r.known[string(key)] = n
		}
		g.stacks[id] = n
	}
	return nil
}
