package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strconv"
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// A card is the picture that stands for a lesson where somebody links to it:
// its title, and an instant of its first program as the board shows it. It is
// made by every build that knows its address, since whoever shows such a picture
// wants it whole; the same run makes the same bytes.
const (
	cardWidth, cardHeight = 1200, 630
	cardMargin            = 64
	cardFolder            = "cards/"
	cardCores             = 2 // rows of the board that have room
	cardPills             = 6 // goroutines of a queue
)

// siteBase is the address of the site's root, with a slash at its end; "" if the
// build does not know it: then pages have no picture, because its address has to be whole.
func siteBase() string {
	base := os.Getenv("GOPARK_BASE")
	if base != "" && !strings.HasSuffix(base, "/") {
		base += "/"
	}
	return base
}

// card writes a lesson's picture and returns its address, "" for none.
func (s *site) card(l *lesson.Lesson) (string, error) {
	return s.cardOf(l.Name, kicker(l.Name), l.Title, l)
}

// cardOf writes the picture of a page that shows programs of l.
func (s *site) cardOf(name, kicker, title string, l *lesson.Lesson) (string, error) {
	if s.base == "" {
		return "", nil
	}
	p, err := newPainter(cardWidth, cardHeight)
	if err != nil {
		return "", err
	}
	p.header(kicker, title)
	if f := tellingFrame(l); f != nil {
		p.board(f)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p.to); err != nil {
		return "", err
	}
	file := cardFolder + name + ".png"
	return s.base + file, s.write(file, b.Bytes())
}

// tellingFrame is the instant of the lesson's first program at which main begins
// to wait, so that something else must run next, or else its middle; nil if no
// program of it runs.
func tellingFrame(l *lesson.Lesson) *view.Frame {
	for _, c := range l.Cells {
		s := watched(c)
		if s == nil {
			continue
		}
		n := mainWaits(s)
		if n < 0 {
			n = s.Recording().Log().Len() / 2
		}
		return s.Frame(n, 0)
	}
	return nil
}

// The colours of a card are those of a light page.
var (
	paper = color.RGBA{0xfb, 0xfa, 0xf7, 255}
	ink   = color.RGBA{0x1d, 0x21, 0x27, 255}
	soft  = color.RGBA{0x5c, 0x63, 0x70, 255}
	edge  = color.RGBA{0xcf, 0xca, 0xbd, 255}
	now   = color.RGBA{0xc2, 0x41, 0x0c, 255}
	white = color.RGBA{255, 255, 255, 255}
)

// header writes whose picture it is.
func (p *painter) header(kicker, title string) {
	p.text(p.small, cardMargin, 78, "Gopark · "+kicker, soft)
	y := 148
	for _, line := range p.wrap(p.large, title, cardWidth-2*cardMargin) {
		p.text(p.large, cardMargin, y, line, ink)
		y += 64
	}
	p.y = y
}

// board draws what has happened and the cores.
func (p *painter) board(f *view.Frame) {
	y := max(p.y, 190)
	lines := p.wrap(p.middle, f.Say.String(), cardWidth-2*cardMargin-40)
	lines = lines[:min(len(lines), 2)]
	p.fill(image.Rect(cardMargin, y-6, cardMargin+6, y+16+38*len(lines)), now)
	for i, line := range lines {
		p.text(p.middle, cardMargin+28, y+30+38*i, line, ink)
	}
	y += 56 + 38*len(lines)
	for _, c := range f.Board.Cores[:min(len(f.Board.Cores), cardCores)] {
		if y+110 > cardHeight-10 {
			break
		}
		p.core(c, y)
		y += 124
	}
}

// core draws a core, the thread on it, and its P with the goroutines.
func (p *painter) core(c view.CoreRow, y int) {
	p.text(p.small, cardMargin, y+62, phrase.CoreNamed+strconv.Itoa(int(c.ID)), soft)
	if c.M == nil {
		p.text(p.small, cardMargin+110, y+62, phrase.NoThread, soft)
		return
	}
	p.triangle(cardMargin+112, y+40, 24, ink)
	p.text(p.mono, cardMargin+144, y+63, c.M.Name, ink)
	box := image.Rect(cardMargin+250, y, cardWidth-cardMargin, y+104)
	p.box(box, edge, white)
	x := box.Min.X + 26
	if c.M.P == nil {
		if c.M.G != nil {
			p.pill(*c.M.G, x, y+30)
			return
		}
		p.text(p.small, x, y+62, c.M.Doing, soft)
		return
	}
	t := c.M.P
	p.text(p.mono, x, y+63, fmt.Sprintf("P%d", t.ID), ink)
	x += 60
	if c.M.G != nil {
		x = p.pill(*c.M.G, x, y+30) + 40
	} else {
		p.text(p.small, x, y+62, c.M.Doing, soft)
		x += 240
	}
	x = p.text(p.small, x, y+62, "runnext", soft) + 14
	if t.Next != nil {
		x = p.pill(*t.Next, x, y+30) + 30
	} else {
		x = p.text(p.small, x, y+62, "–", soft) + 30
	}
	x = p.text(p.small, x, y+62, "queue", soft) + 14
	for i, g := range t.Queue.Pills {
		if i == cardPills || x > box.Max.X-130 {
			p.text(p.small, x, y+62, "+"+view.Count(int64(t.Queue.Len()-i)), soft)
			return
		}
		x = p.pill(g, x, y+30) + 8
	}
	if t.Queue.Len() == 0 {
		p.text(p.small, x, y+62, "empty", soft)
	}
}
