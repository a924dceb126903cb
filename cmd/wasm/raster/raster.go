// Package raster turns packed lanes and fields of goroutines into pixels. It
// knows colours and the fills of states; it knows no document and no canvas, so
// that a test can count its pixels.
package raster

import (
	"encoding/binary"
	"strconv"

	"gopark/sim/view"
)

// A Pixel is red, green, blue and opacity, from the lowest byte on: as ImageData
// has it.
type Pixel uint32

// RGB is an opaque pixel.
func RGB(r, g, b uint8) Pixel { return Pixel(r) | Pixel(g)<<8 | Pixel(b)<<16 | 255<<24 }

// CSS is an opaque pixel as CSS writes it: #2e7d78.
func (p Pixel) CSS() string {
	return "#" + strconv.FormatUint(uint64(1<<24|p&255<<16|p>>8&255<<8|p>>16&255), 16)[1:]
}

// over is p with a part of 256ths over below; both are opaque.
func (p Pixel) over(below Pixel, part uint32) Pixel {
	const odd = 0x00ff00ff
	rest := 256 - part
	rb := (uint32(p)&odd*part + uint32(below)&odd*rest) >> 8 & odd
	g := (uint32(p)>>8&0xff*part + uint32(below)>>8&0xff*rest) >> 8 & 0xff
	return Pixel(rb|g<<8) | 255<<24
}

// Inks are the colours of a page that are nobody's.
type Inks struct {
	Soft, Line, Well Pixel
	Dark             bool
}

// Of is the colour of the rank-th goroutine.
func (k *Inks) Of(rank int) Pixel {
	c := view.ColourOf(rank)
	if k.Dark {
		c.L, c.C = c.L+view.DarkLift, c.C*.8
	}
	return RGB(c.RGB())
}

// Measures are those of lanes, in pixels of the device.
type Measures struct {
	Width     int // of a tile of time
	Lane, Gap int // heights
	Unit      int // how many are a CSS pixel, at least 1
}

// Height is that of so many lanes.
func (m Measures) Height(lanes int) int { return lanes * (m.Lane + m.Gap) }

// A painter paints one lane.
type painter struct {
	Measures
	inks  *Inks
	pix   []Pixel // of the lane alone
	known map[int]Pixel
}

// Lanes paints a stretch of time as wide as m.Width into pix, lane below lane;
// what no lane covers is left as it is.
func Lanes(pix []Pixel, p *view.Packed, m Measures, inks *Inks) {
	known := map[int]Pixel{}
	for i, l := range p.Lanes {
		at := i * (m.Lane + m.Gap) * m.Width
		lane := painter{m, inks, pix[at : at+m.Lane*m.Width], known}
		lane.rect(inks.Well, 0, m.Width, 0, m.Lane)
		for k := range l.Tiles {
			lane.tile(p.Tile(l, k))
		}
	}
}

func (p *painter) of(rank int) Pixel {
	c, ok := p.known[rank]
	if !ok {
		c = p.inks.Of(rank)
		p.known[rank] = c
	}
	return c
}

// Run is the colour of a tile in which the rank-th goroutine ran: if it stands for
// several changes, a mean.
func (k *Inks) Run(t view.PackedTile) Pixel {
	c := k.Of(t.Rank())
	if t.Many() && t.Busy() < 100 {
		c = c.over(k.Well, 64+uint32(t.Busy())*192/100)
	}
	return c
}

// tile paints one rectangle: solid for running, hatched for the scheduler's own
// work, thin lines for waiting of any kind. Something that begins and ends within
// a pixel has that pixel.
func (p *painter) tile(t view.PackedTile) {
	x0 := min(int(t.X0()), p.Width-1)
	x1 := min(max(x0+1, int(t.X1()+0.5)), p.Width)
	if end := t.X1(); x1-x0 > 3*p.Unit && end < float64(p.Width) {
		x1-- // a hair between neighbours
	}
	well, middle := p.inks.Well, p.Lane/2
	switch t.Kind() {
	case view.SpanRun:
		c := p.of(t.Rank())
		if t.Many() && t.Busy() < 100 {
			c = p.inks.Run(t)
		}
		p.rect(c, x0, x1, 0, p.Lane)
	case view.SpanRuntime:
		p.hatch(x0, x1)
	case view.SpanSyscall:
		c := p.of(t.Rank())
		p.rect(c.over(well, 64), x0, x1, 0, p.Lane)
		p.rect(c, x0, x1, p.Lane-4*p.Unit, p.Lane)
	case view.SpanRunnable:
		c, thick := p.of(t.Rank()), 3*p.Unit
		p.rect(c, x0, x1, middle-thick, middle+thick)
		if x0 > 0 { // else it began before, and is not closed here
			x0 += p.Unit
		}
		if x1 < p.Width {
			x1 -= p.Unit
		}
		p.rect(well, x0, x1, middle-thick/2, middle+thick/2)
	case view.SpanWaiting, view.SpanPoll:
		p.dots(p.of(t.Rank()), x0, x1, middle)
	case view.SpanStopped:
		p.rect(p.inks.Line, x0, x1, 0, p.Lane)
	}
}

func (p *painter) rect(c Pixel, x0, x1, y0, y1 int) {
	if x1 <= x0 {
		return
	}
	for y := max(0, y0); y < min(y1, p.Lane); y++ {
		row := p.pix[y*p.Width+x0 : y*p.Width+x1]
		for i := range row {
			row[i] = c
		}
	}
}

// pitch is from dot to dot and from line to line: it divides a tile's width, so
// that the pattern goes on in the next one.
const pitch = 8

func (p *painter) dots(c Pixel, x0, x1, middle int) {
	step := pitch * p.Unit
	for x := x0 - x0%step; x < x1; x += step {
		p.rect(c, max(x0, x), min(x1, x+2*p.Unit), middle-p.Unit, middle+p.Unit)
	}
}

// hatch fills with diagonal lines.
func (p *painter) hatch(x0, x1 int) {
	if x1-x0 < 3*p.Unit {
		p.rect(p.inks.Line, x0, x1, 0, p.Lane)
		return
	}
	step, c := pitch*p.Unit, p.inks.Soft.over(p.inks.Well, 128)
	for y := range p.Lane {
		row := p.pix[y*p.Width : (y+1)*p.Width]
		for x := x0; x < x1; x++ {
			if (x+y)%step < p.Unit {
				row[x] = c
			}
		}
	}
}

// Bytes are pixels in the order in which ImageData has them, in raw, which has
// room.
func Bytes(raw []byte, pix []Pixel) []byte {
	raw = raw[:4*len(pix)]
	for i, p := range pix {
		binary.LittleEndian.PutUint32(raw[4*i:], uint32(p))
	}
	return raw
}

// Hex is an opaque pixel as CSS writes it: #2e7d78.
func Hex(css string) Pixel {
	n, _ := strconv.ParseUint(css[1:], 16, 24)
	return RGB(uint8(n>>16), uint8(n>>8), uint8(n))
}
