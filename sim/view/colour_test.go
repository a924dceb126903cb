package view

import (
	"math"
	"testing"
)

type rgb [3]float64 // linear light

// oklab is how a colour looks; distances in it are differences seen.
func (c rgb) oklab() rgb {
	l := math.Cbrt(.4122214708*c[0] + .5363325363*c[1] + .0514459929*c[2])
	m := math.Cbrt(.2119034982*c[0] + .6806995451*c[1] + .1073969566*c[2])
	s := math.Cbrt(.0883024619*c[0] + .2817188376*c[1] + .6299787005*c[2])
	return rgb{
		.2104542553*l + .7936177850*m - .0040720468*s,
		1.9779984951*l - 2.4285922050*m + .4505937099*s,
		.0259040371*l + .7827717662*m - .8086757660*s,
	}
}

// eyes are how people see: what Machado, Oliveira and Fernandes (2009) give for
// complete protanopia, deuteranopia and tritanopia.
var eyes = map[string][3]rgb{
	"normal":       {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}},
	"deuteranopia": {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}},
	"tritanopia":   {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}},
}

func (c rgb) seenBy(eye [3]rgb) rgb {
	var out rgb
	for i, row := range eye {
		out[i] = min(1, max(0, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
	}
	return out
}

func TestFirstColoursAreToldApart(t *testing.T) {
	const least = 0.07 // in oklab; 0.02 is just noticeable side by side
	for name, eye := range eyes {
		for i := range first {
			a := rgb(first[i].linear()).seenBy(eye).oklab()
			for j := range i {
				b := rgb(first[j].linear()).seenBy(eye).oklab()
				if d := math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2]); d < least {
					t.Errorf("%s: colours %d and %d differ by %.3f, want %.3f", name, j, i, d, least)
				}
			}
		}
	}
}

// TestColoursCanBeShownAndRead checks that colours exist on a screen and carry
// white text on a light page, dark text on a dark one.
func TestColoursCanBeShownAndRead(t *testing.T) {
	for rank := -1; rank < 500; rank++ {
		c := ColourOf(rank)
		for _, v := range c.linear() {
			if v < -0.002 || v > 1.002 {
				t.Errorf("colour %d, %v, is outside sRGB", rank, c)
			}
		}
		if r := 1.05 / (luminance(c) + 0.05); r < 4.5 {
			t.Errorf("white text on colour %d, %v, has a contrast of %.2f", rank, c, r)
		}
		c.L += DarkLift
		dark := luminance(Colour{.19, .006, 260})
		if r := (luminance(c) + 0.05) / (dark + 0.05); r < 4.5 {
			t.Errorf("dark text on lifted colour %d, %v, has a contrast of %.2f", rank, c, r)
		}
	}
}

func luminance(c Colour) float64 {
	l := c.linear()
	return .2126*min(1, max(0, l[0])) + .7152*min(1, max(0, l[1])) + .0722*min(1, max(0, l[2]))
}

func TestShadesHaveTheSameColour(t *testing.T) {
	for _, rank := range []int{-1, 0, 7, 8, 29_999, 30_000, 30_007, 30_008, 1_000_000} {
		n := shade(rank)
		a, b := ColourOf(rank), ColourOf(n)
		if n > 30_008 || math.Abs(a.H-b.H) > .01 || a.L != b.L || a.C != b.C {
			t.Errorf("colour %d is %v, that of its shade %d is %v", rank, a, n, b)
		}
		if hue := math.Mod(12+float64(rank-8)*137.508, 360); rank >= 8 && math.Abs(a.H-hue) > .01 {
			t.Errorf("colour %d has the hue %.3f, the walk is at %.3f", rank, a.H, hue)
		}
	}
}

func TestColourOnAScreen(t *testing.T) {
	for _, c := range []struct {
		colour  Colour
		r, g, b uint8
	}{
		{Colour{1, 0, 0}, 255, 255, 255}, {Colour{0, 0, 0}, 0, 0, 0},
		{Colour{.627955, .257683, 29.2339}, 255, 0, 0}, {Colour{.452014, .313214, 264.052}, 0, 0, 255},
	} {
		if r, g, b := c.colour.RGB(); r != c.r || g != c.g || b != c.b {
			t.Errorf("%v is %d %d %d, want %d %d %d", c.colour, r, g, b, c.r, c.g, c.b)
		}
	}
}
