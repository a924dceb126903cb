package vm

import "math"

// Built-in operations of the language that are functions of package runtime:
// the host's own do them. (On hosts with fused multiply-add a quotient of
// complex numbers may differ in its last bit; amd64 and wasm have none.)

func complexDiv(c *Call) Action {
	part := func(i int) float64 { return math.Float64frombits(c.Arg(i)) }
	q := complex(part(0), part(1)) / complex(part(2), part(3))
	c.SetResult(0, math.Float64bits(real(q)))
	c.SetResult(1, math.Float64bits(imag(q)))
	return Done
}

// pick64 and pick32 make natives of min or max.

func pick64(f func(x, y float64) float64) Native {
	return func(c *Call) Action {
		c.SetResult(0, math.Float64bits(f(math.Float64frombits(c.Arg(0)), math.Float64frombits(c.Arg(1)))))
		return Done
	}
}

func pick32(f func(x, y float32) float32) Native {
	return func(c *Call) Action {
		x, y := math.Float32frombits(uint32(c.Arg(0))), math.Float32frombits(uint32(c.Arg(1)))
		c.SetResult(0, uint64(math.Float32bits(f(x, y))))
		return Done
	}
}

var builtinNatives = table{
	{"runtime.complex128div", complexDiv},
	{"runtime.fmin64", pick64(func(x, y float64) float64 { return min(x, y) })},
	{"runtime.fmax64", pick64(func(x, y float64) float64 { return max(x, y) })},
	{"runtime.fmin32", pick32(func(x, y float32) float32 { return min(x, y) })},
	{"runtime.fmax32", pick32(func(x, y float32) float32 { return max(x, y) })},
}
