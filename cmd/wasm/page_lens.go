//go:build js

package main

import (
	"math"
	"strconv"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/cmd/wasm/raster"
	"gopark/sim/view"
)

// How the dots are drawn, in CSS pixels.
const (
	fieldHeight = 200.0
	dotMost     = 12.0
	lensGap     = 250 // milliseconds between two pictures of a run that hurries by
)

// A lens shows all goroutines of the instant that the board shows: in piles, as
// dots, and what they cost. What of it is drawn is the number's matter alone.
type lens struct {
	c     *cell
	el    js.Value
	want  int // instant
	busy  bool
	later bool    // a timer will ask
	asked float64 // when
	drawn int     // the instant of the picture
	last  *Reply
	grid  raster.Grid
	pix   []raster.Pixel
}

func newLens(c *cell) *lens {
	l := &lens{c: c, el: c.parts["lens"], drawn: -1}
	jsx.On(c.parts["field"], "click", l.choose)
	jsx.OnResize(c.parts["lens"], func(float64) { l.dots() })
	return l
}

// hide takes the picture of an earlier run away.
func (l *lens) hide() {
	l.el.Set("hidden", true)
	l.last, l.drawn = nil, -1
}

// shows is told that an instant is shown, of which r has the lens if it is no crowd's.
// Until the lens of a crowd has come, what is drawn is pale: it is of another instant.
func (l *lens) shows(r *Reply) {
	if r.Lens != nil {
		l.want, l.drawn, l.last = r.Frame.Event, r.Frame.Event, r
		l.draw()
		return
	}
	l.wants(r.Frame.Event)
}

func (l *lens) wants(n int) {
	l.want = n
	l.pale(l.drawn != n)
	if l.busy || l.later {
		return
	}
	if wait := l.asked + lensGap - jsx.Now(); wait > 0 && (l.c.player.hasty() || l.c.running) {
		l.later = true
		jsx.After(int(wait)+1, func() {
			l.later = false
			l.ask()
		})
		return
	}
	l.ask()
}

func (l *lens) ask() {
	if l.c.frame == nil {
		return
	}
	n, run := l.want, l.c.runSeq
	l.busy, l.asked = true, jsx.Now()
	l.c.page.client.ask(Request{Op: Crowd, Cell: l.c.info.ID, N: n}, func(r *Reply) {
		l.busy = false
		if run == l.c.runSeq && r.Lens != nil {
			l.drawn, l.last = n, r
			l.draw()
		}
		if l.want != n {
			l.wants(l.want)
		}
	})
}

// pale says that what is drawn is not of the instant shown.
func (l *lens) pale(on bool) {
	opacity := ""
	if on {
		opacity = ".4"
	}
	l.el.Get("style").Set("opacity", opacity)
	jsx.Attr(l.el, "aria-busy", strconv.FormatBool(on))
}

func (l *lens) draw() {
	l.pale(l.drawn != l.want)
	open := l.c.parts["bill"].Call("querySelector", "details[open]").Truthy()
	jsx.HTML(l.c.parts["piles"], paint.Piles(l.last.Lens))
	jsx.HTML(l.c.parts["bill"], paint.Bill(&l.last.Lens.Memory))
	if counted := jsx.One(l.c.parts["bill"], "details"); open && !counted.IsNull() {
		counted.Set("open", true)
	}
	if first := jsx.One(l.c.parts["piles"], objects); !first.IsNull() {
		first.Set("tabIndex", 0)
	}
	l.el.Set("hidden", false)
	l.dots()
}

// dotColours are those of what a goroutine does, for a light and a dark page: each
// of another lightness, so that none needs its hue to be told.
var dotColours = map[bool][len(paint.DotStates)]string{
	false: {"#ece8df", "#14181f", "#c98a1b", "#a9b7cc", "#2e7d78"},
	true:  {"#23272e", "#f4f1ea", "#d99a34", "#566479", "#57b8b1"},
}

// dots draws a dot for each goroutine, if they are many.
func (l *lens) dots() {
	if l.last == nil || l.el.Get("hidden").Bool() {
		return
	}
	figure, field := l.c.parts["dots"], l.c.parts["field"]
	many := l.last.Lens.Total >= paint.DotsFrom
	figure.Set("hidden", !many)
	if !many {
		return
	}
	ratio := jsx.Global.Get("devicePixelRatio").Float()
	width := math.Floor(jsx.RectOf(figure).W * ratio)
	colours := dotColours[l.c.page.dark]
	var states raster.States
	for i, css := range colours {
		states[i] = raster.Hex(css)
	}
	l.grid = raster.GridFor(len(l.last.Bytes), int(width), int(fieldHeight*ratio), int(dotMost*ratio))
	w, h := l.grid.Size()
	if len(l.pix) < w*h {
		l.pix = make([]raster.Pixel, w*h)
	}
	pix := l.pix[:w*h]
	clear(pix)
	raster.Field(pix, l.last.Bytes, l.grid, &states)
	field.Set("width", w)
	field.Set("height", h)
	style := field.Get("style")
	style.Set("width", px(float64(w)/ratio))
	style.Set("height", px(float64(h)/ratio))
	jsx.Put(field, raster.Bytes(make([]byte, 4*w*h), pix), w, h)
	jsx.Attr(field, "aria-label", paint.DotWords(l.last.Lens))
	jsx.HTML(l.c.parts["dotkeys"], paint.DotKeys(colours, l.grid.Per))
}

// choose chooses the goroutine of a dot.
func (l *lens) choose(e js.Value) {
	if l.last == nil || l.grid.Side == 0 {
		return
	}
	ratio := jsx.Global.Get("devicePixelRatio").Float()
	w, h := l.grid.Size()
	x, y := int(e.Get("offsetX").Float()*ratio), int(e.Get("offsetY").Float()*ratio)
	at := l.grid.First(min(max(x, 0), w-1), min(max(y, 0), h-1))
	l.c.page.client.ask(Request{Op: Dot, Cell: l.c.info.ID, N: l.drawn, Time: int64(at)}, func(r *Reply) {
		if r.N > 0 {
			l.c.goid = int64(r.N)
			l.c.player.show(l.c.player.want)
			l.c.say("G" + view.Plain(l.c.goid) + phrase.IsChosen)
		}
	})
}
