//go:build js

package main

import (
	"math"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/raster"
	"gopark/sim/view"
)

// saveSVG gives the reader the timeline as it is to be seen, as vectors.
func (t *timeline) saveSVG(name string) {
	from, to := t.window()
	q := view.Query{Kind: t.kind, From: int64(from), To: int64(math.Ceil(to)), Width: int(t.plot()), First: t.first, Max: t.most()}
	t.c.page.client.ask(Request{Op: Tiles, Cell: t.c.info.ID, Query: q}, func(r *Reply) {
		if r.Pack == nil {
			t.c.note(r.Error)
			return
		}
		k := t.inks()
		d := &raster.Drawing{
			Pack: r.Pack, From: float64(q.From), To: float64(q.To), Width: q.Width,
			Names: t.kind != view.LaneG && t.kind != view.LaneProcess, Label: t.label(), Axis: axisHeight, Top: laneTop, Lane: laneHeight, Pitch: laneHeight + laneGap,
			Ink: raster.Hex(k.ink), Paper: raster.Hex(k.card), OnSolid: raster.Hex(k.onSolid), Bad: raster.Hex(k.bad), Inks: k.raster,
		}
		for _, b := range t.marks.bands {
			d.Bands = append(d.Bands, raster.Band{Band: b, Row: t.marks.lockRow(&b)})
		}
		for _, a := range t.marks.arrows {
			if x0, y0, x1, y1, seen := t.marks.line(&a); seen && t.marks.on {
				d.Arrows = append(d.Arrows, raster.Arrow{Kind: a.Kind, X0: x0, Y0: y0, X1: x1, Y1: y1})
			}
		}
		jsx.Download(name, "image/svg+xml", []byte(d.SVG()))
	})
}
