package deflate

// A finder finds earlier places that begin like the one it looks at. Places
// with the same first three bytes are in a chain, latest first.
type finder struct {
	data []byte
	head []int32 // by hash: position + 1
	prev []int32 // by position within the window
}

const hashBits = 16

// chain is how many places are looked at; a test has less.
var chain = 3000

// newFinder returns a finder for data from at on, which knows the window before.
func newFinder(data []byte, at int) *finder {
	f := &finder{data: data, head: make([]int32, 1<<hashBits), prev: make([]int32, window)}
	for i := max(0, at-window); i < at && i+minMatch <= len(data); i++ {
		f.note(i)
	}
	return f
}

// note puts place i into its chain.
func (f *finder) note(i int) {
	h := f.hash(i)
	f.prev[i%window] = f.head[h]
	f.head[h] = int32(i + 1)
}

func (f *finder) hash(i int) uint32 {
	d := f.data[i:]
	return (uint32(d[0]) | uint32(d[1])<<8 | uint32(d[2])<<16) * 2654435761 >> (32 - hashBits)
}

// matches finds for each position of data[at:end] the matches there: each
// longer than the one before, and the nearest of its length. Those of position
// i are matches[start[i]:start[i+1]].
func (f *finder) matches(at, end int) (matches []token, start []int32) {
	start = make([]int32, 0, end-at+1)
	for i := at; i < end; i++ {
		start = append(start, int32(len(matches)))
		if i+minMatch <= len(f.data) {
			matches = f.at(i, min(end-i, maxMatch), matches)
		}
	}
	return matches, append(start, int32(len(matches)))
}

// at appends the matches at i and puts i into its chain.
func (f *finder) at(i, limit int, matches []token) []token {
	h := f.hash(i)
	longest := minMatch - 1
	here := f.data[i : i+limit]
	for p, left := int(f.head[h])-1, chain; p >= 0 && i-p <= window && left > 0 && longest < limit; left-- {
		there := f.data[p : p+limit]
		if there[longest] == here[longest] {
			n := 0
			for n < limit && there[n] == here[n] {
				n++
			}
			if n > longest {
				longest = n
				matches = append(matches, token{uint16(n), uint16(i - p)})
			}
		}
		older := int(f.prev[p%window]) - 1
		if older >= p {
			break
		}
		p = older
	}
	f.note(i)
	return matches
}
