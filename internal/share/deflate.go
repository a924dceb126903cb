package share

import "math/bits"

// Deflate with fixed codes (RFC 1951, 3.2.6): a program of a page is too short
// for codes of its own. compress/flate would be twelve times this, and its
// matches no better; the tests hold this to it.

const (
	minMatch = 3
	maxMatch = 258
	maxBack  = 32 << 10
	maxTries = 64 // of earlier places, for each position
)

// class is the code of a length or a distance in Deflate's way: numbers in
// groups that double in size, of which there are 1<<shift of each size.
func class(n, shift int) (code, extra, rest int) {
	extra = max(0, bits.Len(uint(n))-shift-1)
	return extra<<shift + n>>extra, extra, n & (1<<extra - 1)
}

// lengthClass is class for a match's length. The last one has a code of its own.
func lengthClass(length int) (code, extra, rest int) {
	if length == maxMatch {
		return 28, 0, 0
	}
	return class(length-minMatch, 2)
}

// literalBits is how many bits a literal or length symbol takes.
func literalBits(symbol int) int {
	switch {
	case symbol < 144:
		return 8
	case symbol < 256:
		return 9
	case symbol < 280:
		return 7
	}
	return 8
}

// A step is a literal, if length is 1, or a match.
type step struct{ length, back, bits int }

// pack compresses text that follows a dictionary: of all ways to divide it
// into literals and matches, the one of the fewest bits.
func pack(dict, text string) []byte {
	all := dict + text
	matches := findMatches(all, len(dict))
	best := make([]step, len(all)+1)
	for i := len(all) - 1; i >= len(dict); i-- {
		best[i] = step{1, 0, literalBits(int(all[i])) + best[i+1].bits}
		length := minMatch
		for _, m := range matches[i-len(dict)] {
			_, far, _ := class(m.back-1, 1)
			for ; length <= m.length; length++ {
				code, extra, _ := lengthClass(length)
				n := literalBits(257+code) + extra + 5 + far + best[i+length].bits
				if n < best[i].bits {
					best[i] = step{length, m.back, n}
				}
			}
		}
	}
	w := &bitWriter{}
	w.write(1, 1) // the last block,
	w.write(1, 2) // of fixed codes
	for i := len(dict); i < len(all); i += best[i].length {
		s := best[i]
		if s.length == 1 {
			w.symbol(int(all[i]))
			continue
		}
		code, extra, rest := lengthClass(s.length)
		w.symbol(257 + code)
		w.write(rest, extra)
		code, extra, rest = class(s.back-1, 1)
		w.write(int(bits.Reverse8(uint8(code))>>3), 5)
		w.write(rest, extra)
	}
	w.symbol(256)
	return w.out
}

// findMatches has, for each position from start, longer and longer matches
// with what is before it, each the nearest of its length.
func findMatches(all string, start int) [][]step {
	matches := make([][]step, len(all)-start)
	last := map[string]int{} // by three bytes: the position behind the last place, 0: none
	before := make([]int, len(all))
	for i := 0; i+minMatch <= len(all); i++ {
		three := all[i : i+minMatch]
		longest := minMatch - 1
		at := last[three]
		for tries := 0; i >= start && at > 0 && i-at+1 <= maxBack && tries < maxTries && longest < maxMatch; tries++ {
			if n := common(all[at-1:], all[i:]); n > longest {
				matches[i-start] = append(matches[i-start], step{length: n, back: i - at + 1})
				longest = n
			}
			at = before[at-1]
		}
		before[i], last[three] = last[three], i+1
	}
	return matches
}

func common(a, b string) int {
	n := 0
	for n < len(b) && n < maxMatch && a[n] == b[n] {
		n++
	}
	return n
}

type bitWriter struct {
	out  []byte
	used int // bits of the last byte
}

func (w *bitWriter) write(value, n int) {
	for i := range n {
		if w.used == 0 {
			w.out = append(w.out, 0)
		}
		w.out[len(w.out)-1] |= byte(value>>i&1) << w.used
		w.used = (w.used + 1) & 7
	}
}

// symbol writes a literal or length symbol; codes go highest bit first.
func (w *bitWriter) symbol(s int) {
	code := s + 0xc0 - 280
	switch {
	case s < 144:
		code = s + 0x30
	case s < 256:
		code = s + 0x190 - 144
	case s < 280:
		code = s - 256
	}
	for n := literalBits(s) - 1; n >= 0; n-- {
		w.write(code>>n&1, 1)
	}
}

// unpack is the inverse of pack; it takes any data, and gives up above most
// bytes.
func unpack(dict string, data []byte, most int) (string, bool) {
	r := &bitReader{data: data}
	if r.read(3) != 3 {
		return "", false
	}
	out := []byte(dict)
	for !r.short && len(out) <= len(dict)+most {
		s := r.symbol()
		switch {
		case s < 256:
			out = append(out, byte(s))
			continue
		case s == 256:
			return string(out[len(dict):]), !r.short && r.at/8 >= len(data)-1
		case s > 285:
			return "", false
		}
		length := maxMatch
		if s < 285 {
			length = minMatch + r.number(s-257, 2)
		}
		code := r.code(5)
		if code >= 30 {
			return "", false
		}
		back := 1 + r.number(code, 1)
		if back > len(out) {
			return "", false
		}
		for range length {
			out = append(out, out[len(out)-back])
		}
	}
	return "", false
}

type bitReader struct {
	data  []byte
	at    int  // bits
	short bool // more was read than there is
}

func (r *bitReader) read(n int) int {
	v := 0
	for i := range n {
		if r.at/8 >= len(r.data) {
			r.short = true
			return 0
		}
		v |= int(r.data[r.at/8]>>(r.at%8)&1) << i
		r.at++
	}
	return v
}

// code reads n bits, highest first.
func (r *bitReader) code(n int) int {
	v := 0
	for range n {
		v = v<<1 | r.read(1)
	}
	return v
}

func (r *bitReader) symbol() int {
	v := r.code(7)
	if v < 0x18 {
		return v + 256
	}
	v = v<<1 | r.read(1)
	switch {
	case v < 0xc0:
		return v - 0x30
	case v < 0xc8:
		return v - 0xc0 + 280
	}
	return (v<<1 | r.read(1)) - 0x190 + 144
}

// number reads what class wrote.
func (r *bitReader) number(code, shift int) int {
	extra := max(0, code>>shift-1)
	return (code-extra<<shift)<<extra + r.read(extra)
}
