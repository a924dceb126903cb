//go:build js

package main

import (
	"math"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/sim/view"
)

// saveSVG gives the reader the timeline as it is to be seen, as vectors: all that is
// drawn on the canvas is drawn once more, on one that notes it down, and the lanes from
// the numbers that their pictures are painted from. What is narrower than a pixel was put
// together by the engine, so there are no more shapes than pixels.
func (t *timeline) saveSVG(name string) {
	from, to := t.window()
	q := view.Query{Kind: t.kind, From: int64(from), To: int64(math.Ceil(to)), Width: int(t.plot()), First: t.first, Max: t.most()}
	t.c.page.client.ask(Request{Op: Tiles, Cell: t.c.info.ID, Query: q}, func(r *Reply) {
		if r.Pack == nil {
			t.c.note(r.Error)
			return
		}
		go func() {
			module, err := jsx.Await(jsx.Global.Get("gopark").Call("loadPictures"))
			if err != nil {
				t.c.note(err.Error())
				return
			}
			b := &brush{inks: t.inks()}
			b.ctx = module.Call("notes", t.width, laneTop+float64(len(t.rows))*t.pitch(), b.card, b.soft)
			t.paint(b, func() { t.vectors(b, r.Pack) })
			b.ctx.Set("font", "600 12px ui-monospace, Menlo, Consolas, monospace")
			for i := range t.rows {
				b.text(b.ink, t.rows[i].Name, 0, laneTop+float64(i)*t.pitch()+laneHeight/2)
			}
			jsx.Download(name, "image/svg+xml", []byte(b.ctx.Call("svg").String()))
		}()
	})
}

// vectors draws lanes as package raster paints them.
func (t *timeline) vectors(b *brush, p *view.Packed) {
	b.ctx.Call("gather")
	for i, l := range p.Lanes {
		y := laneTop + float64(i)*t.pitch()
		for k := range l.Tiles {
			t.vector(b, p.Tile(l, k), y)
		}
	}
	b.ctx.Call("gathered")
}

// vector draws a tile of the lane at y.
func (t *timeline) vector(b *brush, k view.PackedTile, y float64) {
	x, w := t.label()+k.X0(), max(1, k.X1()-k.X0())
	if w > 3 {
		w-- // a hair between neighbours
	}
	const middle = laneHeight / 2
	colour := b.raster.Run(k).CSS()
	switch k.Kind() {
	case view.SpanRun:
		b.rect(colour, x, y, w, laneHeight)
	case view.SpanRuntime:
		own := "url(#own)"
		if w < 3 {
			own = b.line
		}
		b.rect(own, x, y, w, laneHeight)
	case view.SpanSyscall:
		b.ctx.Set("globalAlpha", 0.25)
		b.rect(colour, x, y, w, laneHeight)
		b.ctx.Set("globalAlpha", 1)
		b.rect(colour, x, y+laneHeight-4, w, 4)
	case view.SpanRunnable:
		for _, r := range [][4]float64{{0, -3, w, 2}, {0, 1, w, 2}, {0, -3, 1, 6}, {w - 1, -3, 1, 6}} {
			b.rect(colour, x+r[0], y+middle+r[1], r[2], r[3])
		}
	case view.SpanWaiting, view.SpanPoll:
		b.ctx.Set("strokeStyle", colour)
		b.ctx.Set("lineWidth", 2)
		b.ctx.Call("setLineDash", dotted)
		b.ctx.Call("beginPath")
		b.ctx.Call("moveTo", x, y+middle)
		b.ctx.Call("lineTo", x+w, y+middle)
		b.ctx.Call("stroke")
	case view.SpanStopped:
		b.rect(b.line, x, y, w, laneHeight)
	}
}

var dotted = js.ValueOf([]any{2, 6})
