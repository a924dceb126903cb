// Package deflate compresses as gzip does (RFC 1951, RFC 1952), slowly and
// well: for files that are made once and fetched by many. Where compress/gzip
// takes a match as soon as it sees one, this looks for the sequence of matches
// and literals that takes the fewest bits, and for the best places to begin a
// new Huffman code. It knows nothing of what it compresses.
package deflate

import (
	"encoding/binary"
	"hash/crc32"
	"runtime"
)

const (
	window   = 1 << 15
	minMatch = 3
	maxMatch = 258
	unit     = 512 // tokens: blocks begin at multiples
	rounds   = 12  // of parsing a chunk, each with the costs of the one before
)

// chunk is how many bytes are parsed at one go, each beside the others; a test has less.
var chunk = 1 << 20

// A token is a literal (dist 0, length its byte) or a match.
type token struct{ length, dist uint16 }

// Gzip returns data compressed, as a whole gzip file.
func Gzip(data []byte) []byte {
	parsed := make([]chan []token, max(1, (len(data)+chunk-1)/chunk))
	cores := make(chan bool, runtime.GOMAXPROCS(0))
	for i := range parsed {
		parsed[i] = make(chan []token, 1)
		go func() {
			cores <- true
			parsed[i] <- parse(newFinder(data, i*chunk), i*chunk, min((i+1)*chunk, len(data)))
			<-cores
		}()
	}
	w := &writer{out: []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255}}
	for k := range parsed {
		tokens := <-parsed[k]
		split := blocks(tokens)
		for i, n := range split {
			w.block(tokens[:n], k == len(parsed)-1 && i == len(split)-1)
			tokens = tokens[n:]
		}
	}
	w.flush()
	out := binary.LittleEndian.AppendUint32(w.out, crc32.ChecksumIEEE(data))
	return binary.LittleEndian.AppendUint32(out, uint32(len(data)))
}

// parse finds the cheapest tokens for data[at:end].
func parse(f *finder, at, end int) []token {
	matches, start := f.matches(at, end)
	models := []model{{end - at, guess()}}
	var tokens []token
	for round := range rounds {
		tokens = cheapest(f.data[at:end], matches, start, models)
		models = models[:0]
		rest, split := tokens, []int{len(tokens)}
		if round > 0 {
			split = blocks(tokens)
		}
		for _, n := range split {
			models = append(models, model{size(rest[:n]), costsOf(count(rest[:n]))})
			rest = rest[n:]
		}
	}
	return tokens
}

// A model is what tokens cost in a stretch of so many bytes.
type model struct {
	bytes int
	*costs
}

// size is how many bytes tokens stand for.
func size(tokens []token) (n int) {
	for _, t := range tokens {
		if t.dist == 0 {
			n++
		} else {
			n += int(t.length)
		}
	}
	return n
}

// cheapest goes through the bytes once, keeping the cheapest way to each.
func cheapest(data []byte, matches []token, start []int32, models []model) []token {
	c, until := models[0].costs, models[0].bytes
	best := make([]float32, len(data)+1)
	how := make([]token, len(data)+1) // the last token on the way
	for i := range best[1:] {
		best[i+1] = 1e30
	}
	for i, b := range data {
		if i == until {
			models = models[1:]
			c, until = models[0].costs, until+models[0].bytes
		}
		if v := best[i] + c.literal[b]; v < best[i+1] {
			best[i+1], how[i+1] = v, token{uint16(b), 0}
		}
		from := uint16(minMatch)
		for _, m := range matches[start[i]:start[i+1]] {
			base := best[i] + c.dist[distCode(m.dist)]
			for n := from; n <= m.length && i+int(n) <= len(data); n++ {
				if v := base + c.length[n]; v < best[i+int(n)] {
					best[i+int(n)], how[i+int(n)] = v, token{n, m.dist}
				}
			}
			from = m.length + 1
		}
	}
	var back []token
	for i := len(data); i > 0; {
		t := how[i]
		back = append(back, t)
		if t.dist == 0 {
			i--
		} else {
			i -= int(t.length)
		}
	}
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}

// blocks says how many tokens go into each block: the division into units'
// multiples that is cheapest by the entropy of each block.
func blocks(tokens []token) []int {
	n := (len(tokens) + unit - 1) / unit
	if n == 0 {
		return []int{0}
	}
	units := make([]*histogram, n)
	for i := range units {
		units[i] = count(tokens[i*unit : min((i+1)*unit, len(tokens))])
	}
	best := make([]float32, n+1)
	from := make([]int, n+1)
	for j := 1; j <= n; j++ {
		best[j] = 1e30
		var h histogram
		for i := j - 1; i >= 0; i-- {
			h.add(units[i])
			if v := best[i] + h.bits(); v < best[j] {
				best[j], from[j] = v, i
			}
		}
	}
	var sizes []int
	for j := n; j > 0; j = from[j] {
		sizes = append([]int{min(j*unit, len(tokens)) - from[j]*unit}, sizes...)
	}
	return sizes
}
