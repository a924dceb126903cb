package deflate

import (
	"math"
	"math/bits"
	"slices"
)

// The alphabets of RFC 1951: literals, the end of a block and lengths; and
// distances.
const (
	endOfBlock = 256
	litLens    = 286
	dists      = 30
)

// lengthCode is a match length's symbol, and its extra bits.
func lengthCode(n uint16) (sym int, extra uint, value uint32) {
	if n == maxMatch {
		return 285, 0, 0
	}
	v := uint32(n - minMatch)
	if v < 8 {
		return 257 + int(v), 0, 0
	}
	extra = uint(bits.Len32(v)) - 3
	return 257 + 4*int(extra) + int(v>>extra), extra, v & (1<<extra - 1)
}

// distCode is a distance's symbol; window itself is 1<<15, which fits.
func distCode(d uint16) int {
	v := uint32(d - 1)
	if v < 4 {
		return int(v)
	}
	extra := bits.Len32(v) - 2
	return 2*extra + int(v>>extra)
}

func distExtra(sym int) uint { return uint(max(sym/2-1, 0)) }

// A histogram counts symbols.
type histogram struct {
	lit  [litLens]uint32
	dist [dists]uint32
}

func count(tokens []token) *histogram {
	h := &histogram{}
	h.lit[endOfBlock] = 1
	for _, t := range tokens {
		if t.dist == 0 {
			h.lit[t.length]++
			continue
		}
		sym, _, _ := lengthCode(t.length)
		h.lit[sym]++
		h.dist[distCode(t.dist)]++
	}
	return h
}

func (h *histogram) add(g *histogram) {
	for i, n := range g.lit {
		h.lit[i] += n
	}
	for i, n := range g.dist {
		h.dist[i] += n
	}
}

// bits is about what a block with these symbols takes, but for extra bits.
func (h *histogram) bits() float32 {
	return 80 + entropy(h.lit[:]) + entropy(h.dist[:])
}

// entropy counts the bits of the symbols, and some for telling their code.
func entropy(list []uint32) float32 {
	var total, used uint32
	var sum float32
	for _, n := range list {
		if n > 0 {
			used++
			total += n
			sum -= nLogN(n)
		}
	}
	return sum + nLogN(total) + 3.5*float32(used)
}

// nLogN is n times its logarithm of base 2, 0 for 0.
func nLogN(n uint32) float32 {
	if n < uint32(len(nLogNs)) {
		return nLogNs[n]
	}
	return float32(float64(n) * math.Log2(float64(n)))
}

// nLogNs spares the logarithms of most histograms.
var nLogNs = func() (table [1 << 14]float32) {
	for n := 1; n < len(table); n++ {
		table[n] = float32(float64(n) * math.Log2(float64(n)))
	}
	return table
}()

// costs are the bits that tokens take, extra bits included.
type costs struct {
	literal [256]float32
	length  [maxMatch + 1]float32
	dist    [dists]float32
}

// guess is a model to begin with.
func guess() *costs {
	h := &histogram{}
	for i := range h.lit {
		h.lit[i] = 4
		if i > endOfBlock {
			h.lit[i] = 8
		}
	}
	for i := range h.dist {
		h.dist[i] = 1
	}
	return costsOf(h)
}

func costsOf(h *histogram) *costs {
	c := &costs{}
	lit, dist := bitsOf(h.lit[:]), bitsOf(h.dist[:])
	copy(c.literal[:], lit)
	for n := minMatch; n <= maxMatch; n++ {
		sym, extra, _ := lengthCode(uint16(n))
		c.length[n] = lit[sym] + float32(extra)
	}
	for sym := range c.dist {
		c.dist[sym] = dist[sym] + float32(distExtra(sym))
	}
	return c
}

// bitsOf is the information in each symbol; one that did not occur counts as if
// it had a little.
func bitsOf(list []uint32) []float32 {
	total := 0.0
	for _, n := range list {
		total += float64(n)
	}
	bits := make([]float32, len(list))
	for i, n := range list {
		bits[i] = float32(math.Log2((total + 1) / max(float64(n), 0.5)))
	}
	return bits
}

// huffman returns the lengths of a Huffman code for list, none over limit bits.
func huffman(list []uint32, limit int) []uint8 {
	weights := slices.Clone(list)
	for {
		lengths := treeDepths(weights)
		if int(slices.Max(lengths)) <= limit {
			return lengths
		}
		for i, n := range weights {
			if n > 0 {
				weights[i] = n/2 + 1 // flatter
			}
		}
	}
}

// treeDepths builds the tree. One symbol alone has a code of one bit.
func treeDepths(weights []uint32) []uint8 {
	type node struct {
		weight      uint64
		left, right int // -1: a leaf
	}
	var nodes []node
	var symbols []int
	for sym, n := range weights {
		if n > 0 {
			symbols = append(symbols, sym)
		}
	}
	slices.SortStableFunc(symbols, func(a, b int) int { return int(weights[a]) - int(weights[b]) })
	for _, sym := range symbols {
		nodes = append(nodes, node{uint64(weights[sym]), -1, -1})
	}
	lengths := make([]uint8, len(weights))
	if len(symbols) == 1 {
		lengths[symbols[0]] = 1
		return lengths
	}
	leaf, inner := 0, len(symbols)
	take := func() int { // the lightest that has no parent
		if leaf < len(symbols) && (inner >= len(nodes) || nodes[leaf].weight <= nodes[inner].weight) {
			leaf++
			return leaf - 1
		}
		inner++
		return inner - 1
	}
	for range max(len(symbols)-1, 0) {
		a, b := take(), take()
		nodes = append(nodes, node{nodes[a].weight + nodes[b].weight, a, b})
	}
	depth := make([]uint8, len(nodes))
	for i := len(nodes) - 1; i >= len(symbols); i-- {
		depth[nodes[i].left], depth[nodes[i].right] = depth[i]+1, depth[i]+1
	}
	for i, sym := range symbols {
		lengths[sym] = depth[i]
	}
	return lengths
}

// codesOf gives each symbol its code, as RFC 1951 numbers them, bits reversed.
func codesOf(lengths []uint8) []uint32 {
	var perLength [17]uint32
	for _, n := range lengths {
		if n > 0 {
			perLength[n]++
		}
	}
	var next [17]uint32
	for n := 1; n < 16; n++ {
		next[n+1] = (next[n] + perLength[n]) << 1
	}
	codes := make([]uint32, len(lengths))
	for sym, n := range lengths {
		if n > 0 {
			codes[sym] = bits.Reverse32(next[n]) >> (32 - n)
			next[n]++
		}
	}
	return codes
}
