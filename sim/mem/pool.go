package mem

import "slices"

// A Pool keeps the large arenas that memories have outgrown or been released from, for
// those that come after. A host of 4 GiB has no room for new ones each time: Go's heap
// would have holes of their size, and something small in each. No pool, nil, keeps nothing.
// It is for one thread.
type Pool struct {
	// Dropped is called when all arenas were let go of and a huge one will be asked of
	// the host; nil: the host has room for both.
	Dropped func()

	spare []spare
	lent  uint64 // bytes of arenas that were had and not given back
}

type spare struct {
	bytes []byte
	used  uint64 // all zero from there on
}

// pooled is how many bytes an arena has to have to be kept.
const pooled = 128 << 20

// huge is how many bytes a new arena has for which there may be no room beside the old ones.
const huge = 512 << 20

// Bytes is how much of the host's memory all arenas take: those that the pool keeps, and
// those that memories have from it.
func (p *Pool) Bytes() (n uint64) {
	n = p.lent
	for _, s := range p.spare {
		n += uint64(len(s.bytes))
	}
	return n
}

// Drop lets go of all arenas that are kept, and reports whether there were any.
func (p *Pool) Drop() bool {
	any := len(p.spare) > 0
	p.spare = nil
	return any
}

func (p *Pool) put(arena []byte, used uint64) {
	if p == nil || len(arena) < pooled {
		return
	}
	p.lent -= min(p.lent, uint64(len(arena)))
	i, _ := slices.BinarySearchFunc(p.spare, len(arena), func(s spare, n int) int { return len(s.bytes) - n })
	p.spare = slices.Insert(p.spare, i, spare{arena, used})
}

// get returns an arena of at least n bytes, all zero from the from-th on.
func (p *Pool) get(n, from uint64) []byte {
	if p == nil || n < pooled {
		return alignedBytes(n)
	}
	i, _ := slices.BinarySearchFunc(p.spare, n, func(s spare, n uint64) int { return len(s.bytes) - int(n) })
	if i == len(p.spare) {
		if n >= huge {
			p.Drop()
			if p.Dropped != nil {
				p.Dropped()
			}
		}
		p.lent += n
		return alignedBytes(n)
	}
	s := p.spare[i]
	p.spare = slices.Delete(p.spare, i, i+1)
	p.lent += uint64(len(s.bytes))
	if from < s.used {
		clear(s.bytes[from:s.used])
	}
	return s.bytes
}
