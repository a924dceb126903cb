package deflate

// A writer collects bits, least significant first.
type writer struct {
	out []byte
	acc uint64
	n   uint
}

func (w *writer) put(v uint32, n uint) {
	w.acc |= uint64(v) << w.n
	for w.n += n; w.n >= 8; w.n -= 8 {
		w.out = append(w.out, byte(w.acc))
		w.acc >>= 8
	}
}

func (w *writer) flush() {
	if w.n > 0 {
		w.put(0, 8-w.n)
	}
}

// A code is a Huffman code.
type code struct {
	lengths []uint8
	codes   []uint32
}

func (w *writer) symbol(c *code, sym int) { w.put(c.codes[sym], uint(c.lengths[sym])) }

func newCode(list []uint32, limit int) *code {
	lengths := huffman(list, limit)
	return &code{lengths, codesOf(lengths)}
}

// block writes a block with Huffman codes of its own.
func (w *writer) block(tokens []token, last bool) {
	h := count(tokens)
	if h.dist == [dists]uint32{} {
		h.dist[0] = 1 // some readers want one code at least
	}
	lit, dist := newCode(h.lit[:], 15), newCode(h.dist[:], 15)
	w.put(map[bool]uint32{true: 1}[last], 1)
	w.put(2, 2)
	w.header(lit, dist)
	for _, t := range tokens {
		if t.dist == 0 {
			w.symbol(lit, int(t.length))
			continue
		}
		sym, extra, value := lengthCode(t.length)
		w.symbol(lit, sym)
		w.put(value, extra)
		sym = distCode(t.dist)
		w.symbol(dist, sym)
		w.put(uint32(t.dist-1)&(1<<distExtra(sym)-1), distExtra(sym))
	}
	w.symbol(lit, endOfBlock)
}

// order is that of the code for code lengths (RFC 1951, 3.2.7).
var order = []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// header tells the two codes by their lengths.
func (w *writer) header(lit, dist *code) {
	lits, ds := used(lit.lengths, 257), used(dist.lengths, 1)
	runs := runsOf(append(append([]uint8{}, lit.lengths[:lits]...), dist.lengths[:ds]...))
	var freq [19]uint32
	for _, r := range runs {
		freq[r.sym]++
	}
	c := newCode(freq[:], 7)
	n := len(order)
	for n > 4 && c.lengths[order[n-1]] == 0 {
		n--
	}
	w.put(uint32(lits-257), 5)
	w.put(uint32(ds-1), 5)
	w.put(uint32(n-4), 4)
	for _, sym := range order[:n] {
		w.put(uint32(c.lengths[sym]), 3)
	}
	for _, r := range runs {
		w.symbol(c, r.sym)
		w.put(r.value, r.extra)
	}
}

// used is how many lengths must be told, at least least.
func used(lengths []uint8, least int) int {
	n := len(lengths)
	for n > least && lengths[n-1] == 0 {
		n--
	}
	return n
}

// A run is a code length, or one repeated.
type run struct {
	sym   int
	value uint32
	extra uint
}

func runsOf(lengths []uint8) (runs []run) {
	for i := 0; i < len(lengths); {
		v, n := lengths[i], 1
		for i+n < len(lengths) && lengths[i+n] == v {
			n++
		}
		i += n
		if v != 0 {
			runs = append(runs, run{sym: int(v)})
			n--
		}
		for n > 0 {
			r, took := repeat(v, n)
			runs = append(runs, r)
			n -= took
		}
	}
	return runs
}

// repeat tells up to n more of length v.
func repeat(v uint8, n int) (r run, took int) {
	switch {
	case v == 0 && n >= 11:
		took = min(n, 138)
		return run{18, uint32(took - 11), 7}, took
	case v == 0 && n >= 3:
		return run{17, uint32(n - 3), 3}, n
	case v != 0 && n >= 3:
		took = min(n, 6)
		return run{16, uint32(took - 3), 2}, took
	}
	return run{sym: int(v)}, 1
}
