package raster

import (
	"math"
	"strconv"
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// A Drawing is the timeline as it is to be seen, to be written as vectors. Lengths
// are CSS pixels. It has no more parts than there are pixels in the lanes: what is
// narrower than one was put together by whoever packed it.
type Drawing struct {
	Pack     *view.Packed // of Width
	From, To float64      // ns
	Width    int          // of what time has, right of Label

	Label, Axis, Top, Lane, Pitch float64 // widths and heights; lanes begin at Top

	Names  bool // goroutines are named where they run: the lanes' names don't
	Bands  []Band
	Arrows []Arrow

	Ink, Paper, OnSolid, Bad Pixel
	Inks                     *Inks
}

// A Band is one behind the lanes, and the lane in which it is marked, -1 for none.
type Band struct {
	view.Band
	Row int
}

// An Arrow leads from one place of the picture to another.
type Arrow struct {
	Kind           view.ArrowKind
	X0, Y0, X1, Y1 float64
}

// Dashes tell the kinds of arrows apart, as SVG has them.
var Dashes = [view.NumArrowKinds]string{view.ArrowCreated: "5 3", view.ArrowStole: "1.5 2.5", view.ArrowHanded: "8 2 2 2"}

// css is an opaque pixel as CSS writes it; Hex is its inverse.
func (p Pixel) css() string {
	const hex = "0123456789abcdef"
	s := []byte("#")
	for range 3 {
		s, p = append(s, hex[p>>4&15], hex[p&15]), p>>8
	}
	return string(s)
}

// A pen writes a drawing. Shapes of one kind and colour are one path.
type pen struct {
	strings.Builder
	*Drawing
	paths []path
}

// A path is rectangles, or lines if it has dashes.
type path struct {
	colour, dashes string
	d              []byte
}

func num(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

func (p *pen) w(parts ...string) {
	for _, s := range parts {
		p.WriteString(s)
	}
}

// path adds to that of a colour; later ones lie above earlier ones.
func (p *pen) path(colour, dashes string, d ...string) {
	i := 0
	for i < len(p.paths) && (p.paths[i].colour != colour || p.paths[i].dashes != dashes) {
		i++
	}
	if i == len(p.paths) {
		p.paths = append(p.paths, path{colour: colour, dashes: dashes})
	}
	for _, s := range d {
		p.paths[i].d = append(p.paths[i].d, s...)
	}
}

func (p *pen) rect(colour string, x0, x1, y, h float64) {
	if x1 > x0 {
		p.path(colour, "", "M", num(x0), " ", num(y), "H", num(x1), "v", num(h), "H", num(x0), "z")
	}
}

func (p *pen) line(colour, dashes string, x0, y0, x1, y1 float64) {
	p.path(colour, dashes, "M", num(x0), " ", num(y0), "L", num(x1), " ", num(y1))
}

// flush writes the paths and begins anew.
func (p *pen) flush(more string) {
	for i := range p.paths {
		x := &p.paths[i]
		if x.dashes == "" {
			p.w(`<path fill="`, x.colour, `"`, more, ` d="`, string(x.d), `"/>`)
		} else {
			p.w(`<path fill="none" stroke="`, x.colour, `" stroke-width="2" stroke-dasharray="`, x.dashes, `" d="`, string(x.d), `"/>`)
		}
	}
	p.paths = nil
}

func (p *pen) text(colour Pixel, s string, x, y float64) {
	p.w(`<text fill="`, colour.css(), `" x="`, num(x), `" y="`, num(y), `">`, lesson.Escape(s), `</text>`)
}

func (p *pen) x(ns float64) float64 { return p.Label + (ns-p.From)/(p.To-p.From)*float64(p.Width) }

// SVG writes the drawing.
func (d *Drawing) SVG() string {
	p := &pen{Drawing: d}
	right := d.Label + float64(d.Width)
	width, height := num(right), num(d.Top+float64(max(1, len(d.Pack.Lanes)))*d.Pitch)
	p.w(`<svg xmlns="http://www.w3.org/2000/svg" width="`, width, `" height="`, height, `" viewBox="0 0 `, width, ` `, height,
		`" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="11" font-weight="600"><rect width="100%" height="100%" fill="`, d.Paper.css(), `"/>`,
		`<defs><pattern id="own" width="8" height="8" patternUnits="userSpaceOnUse"><path stroke="`, d.Inks.Soft.over(d.Inks.Well, 128).css(), `" d="M-1 9L9 -1M-1 1L1 -1M7 9L9 7"/></pattern>`,
		`<clipPath id="in"><rect x="`, num(d.Label), `" width="`, strconv.Itoa(d.Width), `" height="`, height, `"/></clipPath></defs>`)
	p.axis(right)
	for i, l := range d.Pack.Lanes {
		y := d.Top + float64(i)*d.Pitch
		p.text(d.Ink, l.Name, 0, y+d.Lane/2+4)
		p.rect(d.Inks.Well.css(), d.Label, right, y, d.Lane)
	}
	p.flush("")
	for i, l := range d.Pack.Lanes {
		for k := range l.Tiles {
			p.tile(d.Pack.Tile(l, k), d.Top+float64(i)*d.Pitch)
		}
	}
	p.flush("")
	for i, l := range d.Pack.Lanes {
		if !d.Names {
			break
		}
		p.names(l, d.Top+float64(i)*d.Pitch+d.Lane/2+4)
	}
	p.w(`<g clip-path="url(#in)">`)
	for i := range d.Bands {
		p.band(&d.Bands[i])
	}
	for i := range d.Arrows {
		p.arrow(&d.Arrows[i])
	}
	p.w(`</g></svg>`)
	return p.String()
}

func (p *pen) axis(right float64) {
	prefix, ticks := Axis(p.From, p.To, float64(p.Width))
	left := p.Label
	if prefix != "" {
		p.text(p.Ink, prefix, left+2, p.Axis/2+2)
		left += 6.2*float64(len(prefix)) + 14
	}
	for _, t := range ticks {
		x := p.x(t.At)
		p.rect(p.Inks.Line.css(), x, x+1, p.Axis-6, p.Top)
		if x >= left && x < right-56 {
			p.text(p.Inks.Soft, t.Label, x+4, p.Axis/2+2)
		}
	}
	p.flush("")
}

// tile writes a tile as painter.tile paints it.
func (p *pen) tile(t view.PackedTile, y float64) {
	x0 := p.Label + t.X0()
	x1 := max(x0+1, p.Label+t.X1())
	if x1-x0 > 3 {
		x1-- // a hair between neighbours
	}
	c, well := p.Inks.Of(t.Rank()), p.Inks.Well
	middle := y + p.Lane/2
	switch t.Kind() {
	case view.SpanRun:
		if t.Many() && t.Busy() < 100 {
			c = c.over(well, 64+uint32(t.Busy())*192/100)
		}
		p.rect(c.css(), x0, x1, y, p.Lane)
	case view.SpanRuntime:
		own := p.Inks.Line.css()
		if x1-x0 >= 3 {
			own = "url(#own)"
		}
		p.rect(own, x0, x1, y, p.Lane)
	case view.SpanSyscall:
		p.rect(c.over(well, 64).css(), x0, x1, y, p.Lane)
		p.rect(c.css(), x0, x1, y+p.Lane-4, 4)
	case view.SpanRunnable:
		p.rect(c.css(), x0, x1, middle-3, 2)
		p.rect(c.css(), x0, x1, middle+1, 2)
		p.rect(c.css(), x0, x0+1, middle-3, 6)
		p.rect(c.css(), x1-1, x1, middle-3, 6)
	case view.SpanWaiting, view.SpanPoll:
		p.line(c.css(), "2 6", x0, middle, x1, middle)
	case view.SpanStopped:
		p.rect(p.Inks.Line.css(), x0, x1, y, p.Lane)
	}
}

// names writes goroutines' names where there is room.
func (p *pen) names(l view.PackedLane, y float64) {
	for k := 0; k < l.Tiles; {
		t := p.Pack.Tile(l, k)
		x0, x1 := t.X0(), t.X1()
		for k++; k < l.Tiles; k++ {
			next := p.Pack.Tile(l, k)
			if next.Goid() != t.Goid() || next.Kind() != t.Kind() || next.X0() > x1+1 {
				break
			}
			x1 = next.X1()
		}
		name := "G" + view.Plain(t.Goid())
		if t.Goid() == 0 || x1-x0 < 7*float64(len(name))+9 {
			continue
		}
		switch t.Kind() {
		case view.SpanRun:
			p.text(p.OnSolid, name, p.Label+x0+5, y)
		case view.SpanSyscall:
			p.text(p.Ink, name, p.Label+x0+5, y)
		}
	}
}

func (p *pen) band(k *Band) {
	x0, x1 := p.x(float64(k.Start)), p.x(float64(k.End))
	x1 = max(x1, x0+1.5)
	half := (p.Top - p.Axis) / 2
	switch k.Kind {
	case view.BandSTW:
		p.rect(p.Ink.css(), x0, x1, p.Axis, p.Top+float64(len(p.Pack.Lanes))*p.Pitch)
		p.flush(` opacity=".16"`)
		p.rect(p.Ink.css(), x0, x1, p.Axis, 3)
	case view.BandGC:
		p.rect(p.Inks.Soft.css(), x0, x1, p.Axis+3, half-1)
	case view.BandMark:
		p.rect(p.Inks.Line.css(), x0, x1, p.Axis+3, half-1)
		p.rect(p.Inks.Soft.css(), x0, x1, p.Axis+half+1, 1)
		if x1-x0 > 7*float64(len(phrase.GCMarks))+6 {
			p.flush("")
			p.text(p.Ink, phrase.GCMarks, x0+4, p.Axis+half+2.5)
		}
	case view.BandLock:
		p.rect(p.Bad.css(), x0, x1, p.Top-4, 2.5)
		if k.Row >= 0 {
			p.rect(p.Bad.css(), x0, x1, p.Top+float64(k.Row)*p.Pitch+p.Lane-2.5, 2.5)
		}
	}
	p.flush("")
}

func (p *pen) arrow(a *Arrow) {
	p.w(`<path stroke="`, p.Ink.css(), `" stroke-width="1.25" stroke-dasharray="`, Dashes[a.Kind], `" d="M`, num(a.X0), ` `, num(a.Y0), `L`, num(a.X1), ` `, num(a.Y1), `"/>`)
	const long, broad = 6.0, 3.0
	d := math.Hypot(a.X1-a.X0, a.Y1-a.Y0)
	ux, uy := (a.X1-a.X0)/d, (a.Y1-a.Y0)/d
	p.w(`<path fill="`, p.Ink.css(), `" d="M`, num(a.X1), ` `, num(a.Y1), `L`, num(a.X1-long*ux+broad*uy), ` `, num(a.Y1-long*uy-broad*ux),
		`L`, num(a.X1-long*ux-broad*uy), ` `, num(a.Y1-long*uy+broad*ux), `z"/>`)
}
