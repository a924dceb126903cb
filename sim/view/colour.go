package view

import "math"

// A Colour is a goroutine's own, in oklch: L is lightness and C chroma on a
// light page, H the hue in degrees. On a dark page the lightness is raised
// by DarkLift, for all alike.
type Colour struct {
	L, C, H float64
}

// DarkLift is what a dark page adds to L.
const DarkLift = 0.2

// Goroutine colours are handed out in the order of creation. The first eight
// can be told apart by people with protanopia, deuteranopia and tritanopia
// too (a test computes it): where hues fall together, lightness differs.
// White text on any of them has a contrast of at least 4.5.
var first = [...]Colour{
	{.56, .14, 249}, // blue
	{.58, .18, 345}, // pink
	{.48, .10, 73},  // amber
	{.50, .10, 165}, // green
	{.44, .16, 299}, // violet
	{.56, .11, 111}, // olive
	{.42, .11, 21},  // red
	{.42, .07, 223}, // slate
}

// System is the colour of goroutines that the runtime starts for itself.
var System = Colour{.52, .012, 260}

// ColourOf is the colour of the rank-th goroutine of the reader's, from 0.
// Beyond the eighth the hue walks on by the golden angle, and the number on
// the pill decides. A negative rank means a goroutine of the runtime's.
func ColourOf(rank int) Colour {
	if rank < 0 {
		return System
	}
	if rank < len(first) {
		return first[rank]
	}
	n := float64(rank - len(first))
	return Colour{.47 + .03*math.Mod(n, 3), .079, math.Mod(12+n*137.508, 360)}
}
