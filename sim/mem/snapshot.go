package mem

import "bytes"

// PageSize is the processor's page, and the unit in which snapshots share what
// has not changed.
const PageSize = 4096

// A page is a piece of a snapshot, or of several.
type page struct {
	users int64
	bytes *[PageSize]byte // the last page of an arena ends in zeroes
}

// A Snapshot is a copy of a memory at an instant. It shares pages with others.
type Snapshot struct {
	pages       []*page // nil for those that never change
	total, size uint64
}

// Snapshot copies the bytes in use. What is the same as in the earlier snapshot
// like, if that isn't nil, is shared with it: to compare a page costs a tenth of
// what copying it costs, if the page that the copy needs is to be found first.
// The first fixed bytes never change and are not in it at all. added is how
// many bytes the snapshot takes; if they are more than most, there is none.
func (m *Memory) Snapshot(like *Snapshot, fixed uint64, most int64) (s *Snapshot, added int64) {
	s = &Snapshot{make([]*page, (m.size+PageSize-1)/PageSize), m.Total, m.size}
	added = int64(len(s.pages)) * 8
	for i := range s.pages {
		from := uint64(i) * PageSize
		if from+PageSize <= fixed {
			continue
		}
		now := m.bytes[from:min(from+PageSize, m.size)]
		if like != nil && i < len(like.pages) {
			p := like.pages[i]
			if p != nil && bytes.Equal(p.bytes[:len(now)], now) {
				p.users++
				s.pages[i] = p
				continue
			}
		}
		p := &page{1, new([PageSize]byte)}
		copy(p.bytes[:], now)
		s.pages[i] = p
		if added += PageSize; added > most {
			s.pages = s.pages[:i+1]
			s.Release()
			return nil, 0
		}
	}
	return s, added
}

// Release says that s is not used any more, and how many bytes that frees.
func (s *Snapshot) Release() (freed int64) {
	freed = int64(len(s.pages)) * 8
	for _, p := range s.pages {
		if p == nil {
			continue
		}
		if p.users--; p.users == 0 {
			freed += PageSize
		}
	}
	s.pages = nil
	return freed
}

// Restore brings back what s holds, of which the first fixed bytes are there
// already. Bytes past its size read zero again.
func (m *Memory) Restore(s *Snapshot, fixed uint64) {
	if need := s.size + Slack; need > uint64(len(m.bytes)) {
		grown := alignedBytes(need)
		copy(grown, m.bytes[:min(fixed, m.size)])
		m.bytes = grown
		m.size = 0
	}
	for i := int(fixed / PageSize); i < len(s.pages); i++ {
		from := uint64(i) * PageSize
		copy(m.bytes[from:min(from+PageSize, s.size)], s.pages[i].bytes[:])
	}
	if m.size > s.size {
		clear(m.bytes[s.size:m.size])
	}
	m.size, m.Total = s.size, s.total
}

// Pages is how many pages s has, those included that never change.
func (s *Snapshot) Pages() int { return len(s.pages) }

// Same reports whether page i of s, which is one that may change, is what the
// memory has there now.
func (m *Memory) Same(s *Snapshot, i int) bool {
	from := uint64(i) * PageSize
	now := m.bytes[from:min(from+PageSize, m.size)]
	return bytes.Equal(s.pages[i].bytes[:len(now)], now)
}

// Share returns s once more, to be released by itself.
func (s *Snapshot) Share() *Snapshot {
	c := &Snapshot{append([]*page{}, s.pages...), s.total, s.size}
	for _, p := range c.pages {
		if p != nil {
			p.users++
		}
	}
	return c
}

// Empty returns a memory of the same limit without bytes: Copy or Enter comes next.
func (m *Memory) Empty() *Memory { return &Memory{limit: m.limit, pool: m.pool} }

// Copy makes m a copy of from. arena, if it is large enough, is where it is to
// lie: see Leave.
func (m *Memory) Copy(from *Memory, arena []byte) {
	m.take(arena, from.size)
	copy(m.bytes, from.bytes[:from.size])
	m.size, m.Total = from.size, from.Total
}

// Leave gives the memory's bytes away, of which there is a snapshot. Size is what
// it was; nothing else may be asked until Enter.
func (m *Memory) Leave() (arena []byte) {
	arena, m.bytes = m.bytes, nil
	return arena
}

// Enter brings back what s holds, after Leave or in an empty memory. arena, if it is
// large enough, is where it is to lie; the first bytes, which never change, are fixed.
func (m *Memory) Enter(s *Snapshot, arena, fixed []byte) {
	m.take(arena, s.size)
	copy(m.bytes, fixed)
	m.size = s.size
	m.Restore(s, uint64(len(fixed)))
}

// take makes arena the memory's, or a new one, of which the bytes from size on
// are zero.
func (m *Memory) take(arena []byte, size uint64) {
	if uint64(len(arena)) < size+Slack {
		arena = alignedBytes(size + Slack)
	} else {
		clear(arena[size:])
	}
	m.bytes = arena
}

// SetSize says that the memory, which has left, is to hold what s does.
func (m *Memory) SetSize(s *Snapshot) { m.size, m.Total = s.size, s.total }
