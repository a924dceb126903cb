package vm

import (
	"math"
	"math/bits"
	"slices"
)

// Functions that gc turns into one instruction, and so must not cost more here
// than a few. Those of package math are all correctly rounded: every host
// gives the same bits. Exp, Log, Sin and so on run as Go, because their
// results differ between hosts.

// float1 makes a native of a function of one float64.
func float1(f func(float64) float64) Native {
	return func(c *Call) Action {
		c.SetResult(0, math.Float64bits(f(math.Float64frombits(c.Arg(0)))))
		return Done
	}
}

// word1 makes a native of a function of one unsigned integer.
func word1(f func(uint64) uint64) Native {
	return func(c *Call) Action {
		c.SetResult(0, f(c.Arg(0)))
		return Done
	}
}

var mathNatives = table{
	{"math.Abs", float1(math.Abs)},
	{"math.Ceil", float1(math.Ceil)},
	{"math.Floor", float1(math.Floor)},
	{"math.RoundToEven", float1(math.RoundToEven)},
	{"math.Sqrt", float1(math.Sqrt)},
	{"math.sqrt", float1(math.Sqrt)},
	{"math.Trunc", float1(math.Trunc)},
	{"math.Copysign", func(c *Call) Action {
		const sign = 1 << 63
		c.SetResult(0, c.Arg(0)&^sign|c.Arg(1)&sign)
		return Done
	}},
	{"math.FMA", func(c *Call) Action {
		x, y, z := math.Float64frombits(c.Arg(0)), math.Float64frombits(c.Arg(1)), math.Float64frombits(c.Arg(2))
		c.SetResult(0, math.Float64bits(math.FMA(x, y, z)))
		return Done
	}},
	{"math.archCeil", float1(math.Ceil)},
	{"math.archFloor", float1(math.Floor)},
	{"math.archTrunc", float1(math.Trunc)},
	// A float's bits are its slot.
	{"math.Float64bits", word1(func(x uint64) uint64 { return x })},
	{"math.Float64frombits", word1(func(x uint64) uint64 { return x })},
	{"math.Float32bits", word1(func(x uint64) uint64 { return x })},
	{"math.Float32frombits", word1(func(x uint64) uint64 { return x })},
}

// pair makes a native of a function of three words with two results.
func pair(f func(x, y, z uint64) (uint64, uint64)) Native {
	return func(c *Call) Action {
		a, b := f(c.Arg(0), c.Arg(1), c.Arg(2))
		c.SetResult(0, a)
		c.SetResult(1, b)
		return Done
	}
}

var bitsNatives = bitsTable()

func bitsTable() table {
	t := table{
		{"math/bits.Mul64", pair(func(x, y, _ uint64) (uint64, uint64) { return bits.Mul64(x, y) })},
		{"math/bits.Mul", pair(func(x, y, _ uint64) (uint64, uint64) { return bits.Mul64(x, y) })},
		{"math/bits.Add64", pair(bits.Add64)},
		{"math/bits.Add", pair(bits.Add64)},
		{"math/bits.Sub64", pair(bits.Sub64)},
		{"math/bits.Sub", pair(bits.Sub64)},

		{"math/bits.ReverseBytes16", word1(func(x uint64) uint64 { return uint64(bits.ReverseBytes16(uint16(x))) })},
		{"math/bits.ReverseBytes32", word1(func(x uint64) uint64 { return uint64(bits.ReverseBytes32(uint32(x))) })},
		{"math/bits.RotateLeft8", rotate(func(x uint64, k int) uint64 { return uint64(bits.RotateLeft8(uint8(x), k)) })},
		{"math/bits.RotateLeft16", rotate(func(x uint64, k int) uint64 { return uint64(bits.RotateLeft16(uint16(x), k)) })},
		{"math/bits.RotateLeft32", rotate(func(x uint64, k int) uint64 { return uint64(bits.RotateLeft32(uint32(x), k)) })},
	}
	// Unsigned slots are zero-extended, so most serve every width.
	for _, w := range []struct {
		suffix string
		bits   int
	}{{"8", 8}, {"16", 16}, {"32", 32}, {"64", 64}, {"", 64}} {
		p, n := "math/bits.", w.bits
		t = append(t, symNative{p + "Len" + w.suffix, word1(func(x uint64) uint64 { return uint64(bits.Len64(x)) })})
		t = append(t, symNative{p + "OnesCount" + w.suffix, word1(func(x uint64) uint64 { return uint64(bits.OnesCount64(x)) })})
		t = append(t, symNative{p + "LeadingZeros" + w.suffix, word1(func(x uint64) uint64 { return uint64(n - bits.Len64(x)) })})
		t = append(t, symNative{p + "TrailingZeros" + w.suffix, word1(func(x uint64) uint64 { return uint64(min(n, bits.TrailingZeros64(x))) })})
		t = append(t, symNative{p + "Reverse" + w.suffix, word1(func(x uint64) uint64 { return bits.Reverse64(x) >> (64 - n) })})
	}
	for _, s := range []string{"64", ""} {
		t = append(t, symNative{"math/bits.ReverseBytes" + s, word1(bits.ReverseBytes64)})
		t = append(t, symNative{"math/bits.RotateLeft" + s, rotate(bits.RotateLeft64)})
	}
	const sys = "internal/runtime/sys."
	for _, name := range []string{
		"Len64", "Len8", "TrailingZeros8", "TrailingZeros32", "TrailingZeros64", "LeadingZeros8", "LeadingZeros64", "OnesCount64",
	} {
		t = append(t, symNative{sys + name, t.of("math/bits." + name)})
	}
	return append(t, symNative{sys + "Bswap32", t.of("math/bits.ReverseBytes32")}, symNative{sys + "Bswap64", t.of("math/bits.ReverseBytes64")})
}

// of is what a table has for sym.
func (t table) of(sym string) Native {
	return t[slices.IndexFunc(t, func(n symNative) bool { return n.sym == sym })].native
}

func rotate(f func(x uint64, k int) uint64) Native {
	return func(c *Call) Action {
		c.SetResult(0, f(c.Arg(0), c.Int(1)))
		return Done
	}
}
