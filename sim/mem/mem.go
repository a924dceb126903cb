// Package mem holds the simulated program's memory: one arena of plain bytes
// with 64-bit addresses. It knows no types and no goroutines.
//
// An address is Base plus an offset into the arena, so one unsigned
// comparison covers both nil and everything outside (Off). The arena holds no
// Go pointers: a snapshot is a copy.
package mem

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// Addr is an address in the simulated program.
type Addr = uint64

// Base is the address of the arena's first byte. Linux on amd64 places Go's
// heap there, so that printed pointers look familiar.
const Base Addr = 0xc000000000

// Slack is how many bytes lie behind the arena's end, so that a window of
// 65,536 slots on the last frame stays inside host memory whatever a
// program does.
const Slack = 65536*8 + 4096

// Memory is an arena. The zero Memory is not ready; use New.
type Memory struct {
	bytes []byte // Size used + free room + Slack; 16-byte aligned
	size  uint64 // bytes in use: addresses [Base, Base+size) are valid
	limit uint64 // size never grows past it
	pool  *Pool

	Total uint64 // bytes ever added, for statistics
}

// New returns a memory that will not grow past limit bytes, with arenas from pool.
func New(limit uint64, pool *Pool) *Memory {
	m := &Memory{limit: limit, pool: pool}
	m.bytes = alignedBytes(1<<20 + Slack)
	return m
}

func alignedBytes(n uint64) []byte {
	words := make([]uint64, (n+15)/8)
	return unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), n)
}

// Release gives the arena to the pool. Nothing may be asked of m afterwards.
func (m *Memory) Release() {
	m.pool.put(m.bytes, m.size)
	m.bytes, m.size = nil, 0
}

// Ptr returns the host address of the arena's first byte. It changes when the
// arena grows: whoever keeps it loads it again after Alloc.
func (m *Memory) Ptr() unsafe.Pointer { return unsafe.Pointer(&m.bytes[0]) }

// Size returns the bytes in use.
func (m *Memory) Size() uint64 { return m.size }

// Limit returns the bound given to New.
func (m *Memory) Limit() uint64 { return m.limit }

// Extend adds n zeroed bytes, 16-aligned, at the arena's end and returns their
// address; false when the limit forbids it.
func (m *Memory) Extend(n uint64) (Addr, bool) {
	n = (n + 15) &^ 15
	if n > m.limit || m.size+n > m.limit {
		return 0, false
	}
	if need := m.size + n + Slack; need > uint64(len(m.bytes)) {
		grown := m.pool.get(m.more(need), m.size)
		copy(grown, m.bytes[:m.size])
		m.pool.put(m.bytes, m.size)
		m.bytes = grown
	}
	a := Base + m.size
	m.size += n
	m.Total += n
	return a, true
}

// more is how large an arena becomes that needs n bytes: a quarter larger than it was. A large
// one grows by a factor of two, since a crowd of goroutines fills it fast and what is not
// used yet takes none of the host's memory; and so the sizes are few, for the pool.
func (m *Memory) more(n uint64) uint64 {
	have := uint64(len(m.bytes))
	most := m.limit + Slack
	n = max(n, have+min(have, max(8<<20, have/4)))
	if n < pooled {
		return min(n, most)
	}
	if n = uint64(1) << bits.Len64(n-1); n > most/2 {
		return most
	}
	return n
}

// Valid reports whether the n bytes at a lie in the arena.
func (m *Memory) Valid(a Addr, n uint64) bool {
	off := a - Base
	return off <= m.size && n <= m.size-off
}

// Bytes returns the n bytes at a, shared. It panics when they don't lie in the
// arena: check with Valid what a program may have made up.
func (m *Memory) Bytes(a Addr, n uint64) []byte {
	off := a - Base
	return m.bytes[off : off+n : off+n]
}

// Loads and stores, little endian. They panic outside the arena, as Bytes does.

func (m *Memory) U8(a Addr) uint8         { return m.bytes[a-Base] }
func (m *Memory) U16(a Addr) uint16       { return binary.LittleEndian.Uint16(m.bytes[a-Base:]) }
func (m *Memory) U32(a Addr) uint32       { return binary.LittleEndian.Uint32(m.bytes[a-Base:]) }
func (m *Memory) U64(a Addr) uint64       { return binary.LittleEndian.Uint64(m.bytes[a-Base:]) }
func (m *Memory) PutU8(a Addr, v uint8)   { m.bytes[a-Base] = v }
func (m *Memory) PutU16(a Addr, v uint16) { binary.LittleEndian.PutUint16(m.bytes[a-Base:], v) }
func (m *Memory) PutU32(a Addr, v uint32) { binary.LittleEndian.PutUint32(m.bytes[a-Base:], v) }
func (m *Memory) PutU64(a Addr, v uint64) { binary.LittleEndian.PutUint64(m.bytes[a-Base:], v) }

// String returns a copy of the n bytes at a.
func (m *Memory) String(a Addr, n uint64) string { return string(m.Bytes(a, n)) }
