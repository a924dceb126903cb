package vm

import (
	"bytes"
)

// Package internal/bytealg, which is assembly in Go. Strings take two slots,
// slices three: functions of both kinds differ only in where their second
// argument stands.

// costScan is how many bytes a search handles in one step (AVX2).
const costScan = 16

const (
	afterString = 2
	afterSlice  = 3
)

// search makes a native of a search for argument second in the bytes of the
// first.
func search(second int, f func(s []byte, c byte) int) Native {
	return func(c *Call) Action {
		s := c.ArgBytes(0)
		n := f(s, byte(c.Arg(second)))
		c.Cost(uint64(len(s)) / costScan)
		c.SetResult(0, uint64(n))
		return Done
	}
}

// two makes a native of a function of two strings or slices of bytes.
func two(second int, f func(a, b []byte) uint64) Native {
	return func(c *Call) Action {
		a, b := c.ArgBytes(0), c.ArgBytes(second)
		c.Cost(uint64(min(len(a), len(b))) / costScan)
		c.SetResult(0, f(a, b))
		return Done
	}
}

func count(s []byte, c byte) int         { return bytes.Count(s, []byte{c}) }
func compare(a, b []byte) uint64         { return uint64(bytes.Compare(a, b)) }
func index(a, b []byte) uint64           { return uint64(bytes.Index(a, b)) }
func lastIndexByte(s []byte, c byte) int { return bytes.LastIndexByte(s, c) }
func equalBytes(a, b []byte) uint64      { return b2u(bytes.Equal(a, b)) }

var bytesNatives = table{
	{"internal/bytealg.IndexByte", search(afterSlice, bytes.IndexByte)},
	{"internal/bytealg.IndexByteString", search(afterString, bytes.IndexByte)},
	{"internal/bytealg.LastIndexByte", search(afterSlice, lastIndexByte)},
	{"internal/bytealg.LastIndexByteString", search(afterString, lastIndexByte)},
	{"internal/bytealg.Count", search(afterSlice, count)},
	{"internal/bytealg.CountString", search(afterString, count)},
	{"internal/bytealg.Compare", two(afterSlice, compare)},
	{"internal/bytealg.CompareString", two(afterString, compare)},
	{"internal/bytealg.Equal", two(afterSlice, equalBytes)},
	{"internal/bytealg.Index", two(afterSlice, index)},
	{"internal/bytealg.IndexString", two(afterString, index)},
	{"bytes.Equal", two(afterSlice, equalBytes)},
	{"bytes.Compare", two(afterSlice, compare)},
	{"bytes.IndexByte", search(afterSlice, bytes.IndexByte)},
	{"strings.IndexByte", search(afterString, bytes.IndexByte)},
	{"strings.Compare", two(afterString, compare)},
	{"cmp.compareString", two(afterString, compare)},
	{"runtime.cmpstring", two(afterString, compare)},

	{"internal/bytealg.MakeNoZero", func(c *Call) Action {
		n := c.Int(0)
		if n < 0 || uint64(n) > maxAlloc {
			return c.PanicString("makeslice: len out of range")
		}
		a := c.Alloc(uint64(n), 0) // the block is as large as its size class
		c.SetResult(0, a)
		c.SetResult(1, uint64(n))
		c.SetResult(2, c.VM.heap.roundSize(uint64(n), false))
		return Done
	}},
}
