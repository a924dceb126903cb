package raster

import (
	"math"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// A Tick is a time at which an axis has a line.
type Tick struct {
	At    float64 // ns
	Label string
}

// Axis are the ticks of a window, on round numbers, some ninety pixels apart. What
// their times have in common, where they would be long, is the prefix.
func Axis(from, to, pixels float64) (prefix string, ticks []Tick) {
	step := roundStep((to - from) * 90 / pixels)
	base, prefix := axisBase(from, to)
	for i := math.Ceil(from / step); i*step <= to; i++ {
		label := view.Duration(int64(i*step - base))
		if prefix != "" {
			label = "+" + label
		}
		ticks = append(ticks, Tick{i * step, label})
	}
	return prefix, ticks
}

// axisBase is what the times of a window have in common if it is much shorter
// than they are long: whole µs, ms or s, and how they are written.
func axisBase(from, to float64) (base float64, prefix string) {
	unit, name := 1e3, " µs"
	switch {
	case to-from > 1e6:
		unit, name = 1e9, " s"
	case to-from > 1e3:
		unit, name = 1e6, phrase.Milliseconds
	}
	if from < unit || to-from > unit {
		return 0, ""
	}
	whole := math.Floor(from / unit)
	return whole * unit, view.Count(int64(whole)) + name
}

// roundStep is the smallest of 1, 2, 5, 10, 20 … that is at least min.
func roundStep(min float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(math.Max(1, min))))
	for _, f := range []float64{1, 2, 5, 10} {
		if f*unit >= min {
			return f * unit
		}
	}
	return 10 * unit
}
