package raster

import "gopark/sim/view"

// States are the colours of what a goroutine may do, by view.FieldState.
type States [view.FieldSyscall + 1]Pixel

// A Grid is how a field of goroutines is laid out: row by row, each a square
// of Side pixels, or where a pixel has to do for several, Per of them in it.
type Grid struct {
	Columns, Rows int
	Side          int // pixels; 1 if Per is more than 1
	Per           int // goroutines in a pixel
}

// GridFor fits so many goroutines into a width and a height in pixels; their
// squares are no larger than most.
func GridFor(goroutines, width, height, most int) Grid {
	g := Grid{Side: most, Per: 1}
	width, height = max(1, width), max(1, height)
	for ; ; g.Side-- {
		g.Columns = max(1, width/g.Side)
		g.Rows = (goroutines + g.Columns - 1) / g.Columns
		if g.Side == 1 || g.Rows*g.Side <= height {
			break
		}
	}
	if g.Rows > height {
		cells := width * height
		g.Per = (goroutines + cells - 1) / cells
		g.Rows = (goroutines + g.Per*width - 1) / (g.Per * width)
	}
	return g
}

// Size is the picture's, in pixels.
func (g Grid) Size() (width, height int) { return g.Columns * g.Side, g.Rows * g.Side }

// First is the place in the field of the first goroutine drawn at a pixel.
func (g Grid) First(x, y int) int { return (y/g.Side*g.Columns + x/g.Side) * g.Per }

// Field paints a field as the grid says. A pixel that stands for several
// goroutines has their mean colour: density.
func Field(pix []Pixel, field []byte, g Grid, states *States) {
	width, _ := g.Size()
	gap := 0
	if g.Side >= 4 {
		gap = 1
	}
	for i := 0; i*g.Per < len(field); i++ {
		some := field[i*g.Per : min(len(field), (i+1)*g.Per)]
		c := states[some[0]]
		if len(some) > 1 {
			c = mean(some, states)
		}
		x0, y0 := i%g.Columns*g.Side, i/g.Columns*g.Side
		for y := y0; y < y0+g.Side-gap; y++ {
			for x := x0; x < x0+g.Side-gap; x++ {
				pix[y*width+x] = c
			}
		}
	}
}

func mean(some []byte, states *States) Pixel {
	var r, g, b uint32
	for _, s := range some {
		c := uint32(states[s])
		r, g, b = r+c&255, g+c>>8&255, b+c>>16&255
	}
	n := uint32(len(some))
	return RGB(uint8(r/n), uint8(g/n), uint8(b/n))
}
