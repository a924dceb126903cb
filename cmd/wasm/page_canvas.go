//go:build js

package main

import (
	"math"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/sim/view"
)

// The canvas's own colours: a light and a dark page.
type inks struct {
	ink, soft, line, well, onSolid string
}

var lightInks = inks{"#1d2127", "#5c6370", "#dcd8cd", "#f1eee6", "#fff"}
var darkInks = inks{"#e6e4de", "#9aa0aa", "#3a3f49", "#101216", "#14161a"}

// A brush draws on the timeline's canvas and sets a colour only if it changes.
type brush struct {
	ctx  js.Value
	inks inks
	dark bool
	fill string
}

func (b *brush) colour(css string) {
	if css != b.fill {
		b.fill = css
		b.ctx.Set("fillStyle", css)
	}
}

func (b *brush) rect(css string, x, y, w, h float64) {
	b.colour(css)
	b.ctx.Call("fillRect", x, y, w, h)
}

func (b *brush) text(css, s string, x, y float64) {
	b.colour(css)
	b.ctx.Call("fillText", s, x, y)
}

// of is a goroutine's colour with an opacity.
func (b *brush) of(rank int, alpha float64) string { return paint.CSS(rank, b.dark, alpha) }

// draw draws the lanes.
func (t *timeline) draw() {
	if t.width == 0 {
		return
	}
	rows := max(1, len(t.lanes))
	height := axisHeight + float64(rows)*(laneHeight+laneGap)
	ratio := jsx.Global.Get("devicePixelRatio").Float()
	t.canvas.Set("width", math.Round(t.width*ratio))
	t.canvas.Set("height", math.Round(height*ratio))
	style := t.canvas.Get("style")
	style.Set("width", px(t.width))
	style.Set("height", px(height))
	b := &brush{ctx: t.canvas.Call("getContext", "2d"), inks: lightInks, dark: t.c.page.dark}
	if b.dark {
		b.inks = darkInks
	}
	b.ctx.Call("setTransform", ratio, 0, 0, ratio, 0, 0)
	b.ctx.Set("textBaseline", "middle")
	t.axis(b, height)
	for i := range t.lanes {
		t.lane(b, &t.lanes[i], axisHeight+float64(i)*(laneHeight+laneGap))
	}
}

// lane draws one lane at height y.
func (t *timeline) lane(b *brush, l *view.Lane, y float64) {
	b.rect(b.inks.well, labelWidth, y, t.plot(), laneHeight)
	label := b.inks.ink
	if l.Rank >= 0 {
		label = b.of(l.Rank, 1)
	}
	b.ctx.Set("font", "600 12px ui-monospace, Menlo, Consolas, monospace")
	b.text(label, l.Name, 0, y+laneHeight/2)
	for i := range l.Tiles {
		t.tile(b, &l.Tiles[i], y, t.kind == view.LaneG)
	}
}

// tile draws one rectangle: solid for running, hatched for the scheduler's own
// work, thin lines for waiting of any kind.
func (t *timeline) tile(b *brush, k *view.Tile, y float64, named bool) {
	x0, x1 := max(labelWidth, t.x(float64(k.T0))), min(t.width, t.x(float64(k.T1)))
	if x1 <= x0 {
		return
	}
	w := max(0.75, x1-x0)
	if w > 3 {
		w -= 0.75 // a hair between neighbours
	}
	switch k.Kind {
	case view.SpanRun:
		if k.N > 1 && k.Busy < 100 {
			b.rect(b.of(k.Rank, 0.25+0.0075*float64(k.Busy)), x0, y, w, laneHeight)
			return
		}
		b.rect(b.of(k.Rank, 1), x0, y, w, laneHeight)
		t.label(b, k, x0, w, y, named)
	case view.SpanRuntime:
		t.hatch(b, b.inks.soft, x0, w, y)
	case view.SpanSyscall:
		b.rect(b.of(k.Rank, 0.25), x0, y, w, laneHeight)
		b.rect(b.of(k.Rank, 1), x0, y+laneHeight-4, w, 4)
		t.label(b, k, x0, w, y, named)
	case view.SpanRunnable:
		b.rect(b.of(k.Rank, 0.9), x0, y+laneHeight/2-3, w, 6)
		b.rect(b.inks.well, x0+1, y+laneHeight/2-1.5, max(0, w-2), 3)
	case view.SpanWaiting, view.SpanPoll:
		for x := x0; x < x0+w; x += 6 {
			b.rect(b.of(k.Rank, 0.8), x, y+laneHeight/2-1, min(2, x0+w-x), 2)
		}
	case view.SpanStopped:
		b.rect(b.inks.line, x0, y, w, laneHeight)
	}
}

// label writes a goroutine's name where it fits.
func (t *timeline) label(b *brush, k *view.Tile, x, w, y float64, named bool) {
	if named || k.Goid == 0 {
		return
	}
	name := "G" + view.Plain(k.Goid)
	if need := 7.3*float64(len(name)) + 8; w < need {
		return
	}
	ink := b.inks.onSolid
	if k.Kind != view.SpanRun {
		ink = b.inks.ink
	}
	b.ctx.Set("font", "600 11px ui-monospace, Menlo, Consolas, monospace")
	b.text(ink, name, x+5, y+laneHeight/2+0.5)
}

// hatch fills with diagonal lines.
func (t *timeline) hatch(b *brush, css string, x, w, y float64) {
	if w < 3 {
		b.rect(b.inks.line, x, y, w, laneHeight)
		return
	}
	ctx := b.ctx
	ctx.Call("save")
	ctx.Call("beginPath")
	ctx.Call("rect", x, y, w, laneHeight)
	ctx.Call("clip")
	ctx.Set("strokeStyle", css)
	ctx.Set("globalAlpha", 0.45)
	ctx.Set("lineWidth", 1.25)
	ctx.Call("beginPath")
	first := math.Floor((x-laneHeight)/6) * 6
	for at := first; at < x+w; at += 6 {
		ctx.Call("moveTo", at, y+laneHeight)
		ctx.Call("lineTo", at+laneHeight, y)
	}
	ctx.Call("stroke")
	ctx.Call("restore")
}

// axis writes times on round numbers, at least 90 pixels apart.
func (t *timeline) axis(b *brush, height float64) {
	from, to := t.window()
	step := roundStep((to - from) * 90 / t.plot())
	b.ctx.Set("font", "11px system-ui, sans-serif")
	if t.end == 0 {
		b.text(b.inks.soft, "Lanes appear when the program runs.", labelWidth, axisHeight+laneHeight/2)
		return
	}
	for i := math.Ceil(from / step); i*step <= to; i++ {
		x := t.x(i * step)
		b.rect(b.inks.line, x, axisHeight-6, 1, height)
		if x < t.width-56 {
			b.text(b.inks.soft, view.Duration(int64(i*step)), x+4, axisHeight/2-2)
		}
	}
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
