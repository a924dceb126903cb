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
	n := float64(shade(rank) - len(first))
	return Colour{.47 + .03*math.Mod(n, 3), .079, math.Mod(12+n*137.508, 360)}
}

// shades is after how many colours the hue's walk begins anew: so many golden
// angles are whole turns, and a multiple of three.
const shades = 30_000

// shade is the smallest rank with the same colour.
func shade(rank int) int {
	if rank < len(first) {
		return rank
	}
	return len(first) + (rank-len(first))%shades
}

// linear turns oklch into linear sRGB (Ottosson's matrices).
func (c Colour) linear() [3]float64 {
	a, b := c.C*math.Cos(c.H*math.Pi/180), c.C*math.Sin(c.H*math.Pi/180)
	cube := func(v float64) float64 { return v * v * v }
	l := cube(c.L + .3963377774*a + .2158037573*b)
	m := cube(c.L - .1055613458*a - .0638541728*b)
	s := cube(c.L - .0894841775*a - 1.2914855480*b)
	return [3]float64{
		4.0767416621*l - 3.3077115913*m + .2309699292*s,
		-1.2684380046*l + 2.6097574011*m - .3413193965*s,
		-.0041960863*l - .7034186147*m + 1.7076147010*s,
	}
}

// RGB is the colour as a screen has it.
func (c Colour) RGB() (r, g, b uint8) {
	channel := func(v float64) uint8 {
		v = min(1, max(0, v))
		if v <= .0031308 {
			return uint8(math.Round(255 * 12.92 * v))
		}
		return uint8(math.Round(255 * (1.055*math.Pow(v, 1/2.4) - .055)))
	}
	l := c.linear()
	return channel(l[0]), channel(l[1]), channel(l[2])
}
