package main

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"gopark/sim/view"
)

// A painter draws text and shapes on a picture, with Go's own fonts.
type painter struct {
	to                         *image.RGBA
	large, middle, small, mono font.Face
	y                          int // below what is written so far
}

func newPainter(width, height int) (*painter, error) {
	p := &painter{to: image.NewRGBA(image.Rect(0, 0, width, height))}
	for _, f := range []struct {
		face *font.Face
		ttf  []byte
		size float64
	}{{&p.large, gobold.TTF, 54}, {&p.middle, goregular.TTF, 30}, {&p.small, goregular.TTF, 24}, {&p.mono, gomonobold.TTF, 24}} {
		parsed, err := opentype.Parse(f.ttf)
		if err != nil {
			return nil, err
		}
		if *f.face, err = opentype.NewFace(parsed, &opentype.FaceOptions{Size: f.size, DPI: 72, Hinting: font.HintingFull}); err != nil {
			return nil, err
		}
	}
	p.fill(p.to.Bounds(), paper)
	return p, nil
}

// text writes a line from x on, with its foot at y, and returns where it ends.
func (p *painter) text(face font.Face, x, y int, s string, c color.Color) int {
	d := font.Drawer{Dst: p.to, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(s)
	return d.Dot.X.Ceil()
}

// wrap breaks a text into lines of a width.
func (p *painter) wrap(face font.Face, s string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(s) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && font.MeasureString(face, longer).Ceil() > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
}

func (p *painter) fill(r image.Rectangle, c color.Color) {
	draw.Draw(p.to, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// rounded fills a rectangle with round corners.
func (p *painter) rounded(r image.Rectangle, radius float32, c color.Color) {
	v := vector.NewRasterizer(p.to.Bounds().Dx(), p.to.Bounds().Dy())
	x0, y0, x1, y1 := float32(r.Min.X), float32(r.Min.Y), float32(r.Max.X), float32(r.Max.Y)
	bend := radius * (1 - 0.5523)
	v.MoveTo(x0+radius, y0)
	v.LineTo(x1-radius, y0)
	v.CubeTo(x1-bend, y0, x1, y0+bend, x1, y0+radius)
	v.LineTo(x1, y1-radius)
	v.CubeTo(x1, y1-bend, x1-bend, y1, x1-radius, y1)
	v.LineTo(x0+radius, y1)
	v.CubeTo(x0+bend, y1, x0, y1-bend, x0, y1-radius)
	v.LineTo(x0, y0+radius)
	v.CubeTo(x0, y0+bend, x0+bend, y0, x0+radius, y0)
	v.ClosePath()
	v.Draw(p.to, p.to.Bounds(), image.NewUniform(c), image.Point{})
}

func (p *painter) box(r image.Rectangle, line, inside color.Color) {
	p.rounded(r, 18, line)
	p.rounded(r.Inset(3), 15, inside)
}

// triangle is the sign of a thread.
func (p *painter) triangle(x, y, size int, c color.Color) {
	v := vector.NewRasterizer(p.to.Bounds().Dx(), p.to.Bounds().Dy())
	v.MoveTo(float32(x), float32(y+size))
	v.LineTo(float32(x+size), float32(y+size))
	v.LineTo(float32(x)+float32(size)/2, float32(y))
	v.ClosePath()
	v.Draw(p.to, p.to.Bounds(), image.NewUniform(c), image.Point{})
}

// pill draws a goroutine, filled if it runs, and returns where it ends.
func (p *painter) pill(g view.Pill, x, y int) int {
	c := srgb(view.ColourOf(g.Rank))
	width := max(66, font.MeasureString(p.mono, g.Name()).Ceil()+32)
	r := image.Rect(x, y, x+width, y+46)
	p.rounded(r, 23, c)
	text := color.Color(white)
	if g.State != view.Running {
		p.rounded(r.Inset(3), 20, white)
		text = c
	}
	p.text(p.mono, x+(width-font.MeasureString(p.mono, g.Name()).Ceil())/2, y+32, g.Name(), text)
	return r.Max.X
}

// srgb is an oklch colour as a screen shows it (CSS Color 4, oklch to sRGB).
func srgb(c view.Colour) color.RGBA {
	a, b := c.C*math.Cos(c.H*math.Pi/180), c.C*math.Sin(c.H*math.Pi/180)
	l := math.Pow(c.L+0.3963377774*a+0.2158037573*b, 3)
	m := math.Pow(c.L-0.1055613458*a-0.0638541728*b, 3)
	s := math.Pow(c.L-0.0894841775*a-1.2914855480*b, 3)
	part := func(x float64) uint8 {
		x = min(max(x, 0), 1)
		if x <= 0.0031308 {
			return uint8(math.Round(255 * 12.92 * x))
		}
		return uint8(math.Round(255 * (1.055*math.Pow(x, 1/2.4) - 0.055)))
	}
	return color.RGBA{
		part(4.0767416621*l - 3.3077115913*m + 0.2309699292*s), part(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s),
		part(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s), 255,
	}
}
