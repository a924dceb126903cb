//go:build js

package main

import (
	"math"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// tableWidth is on how many pixels the table looks at the window: what is
// narrower than one of them is put together.
const tableWidth = 400

// describe writes the lanes down, while the reader has that open: what each does at
// the playhead, and what is in the window.
func (t *timeline) describe() {
	if !t.c.parts["lanetable"].Get("open").Bool() {
		return
	}
	if t.end == 0 {
		jsx.HTML(t.c.parts["table"], paint.Lanes(view.Query{}, "", nil, nil, nil, 0))
		return
	}
	from, to := t.window()
	q := view.Query{Kind: t.kind, From: int64(from), To: int64(math.Ceil(to)), Width: tableWidth, First: t.first, Max: t.most()}
	now := q
	now.From, now.To, now.Width = int64(t.now), int64(t.now)+1, 1
	ask := func(q view.Query, answer func(r *Reply)) {
		t.c.page.client.ask(Request{Op: Lanes, Cell: t.c.info.ID, Query: q}, answer)
	}
	settle := t.settle
	ask(now, func(here *Reply) {
		ask(q, func(r *Reply) {
			if r.Error == "" && settle == t.settle {
				jsx.HTML(t.c.parts["table"], paint.Lanes(q, view.Duration(now.From), here.Lanes, r.Lanes, t.marks.bands, r.Total))
			}
		})
	})
}

// point says what the mouse is over, or what was tapped.
func (t *timeline) point(x, y float64) {
	text := ""
	if row, at, ok := t.spot(x, y); ok {
		if k, ok := t.tiles.under(row, at); ok {
			text = t.rows[row].Name + phrase.AtTime + view.Duration(int64(at)) + ": " + paint.TileWords(k)
			for i := range t.marks.bands {
				if b := &t.marks.bands[i]; b.Kind == view.BandRegion && t.kind == view.LaneG && b.Goid == t.rows[row].ID && float64(b.Start) <= at && at <= float64(b.End) {
					text += phrase.InTheRegion + b.Name
				}
			}
		}
	}
	jsx.Text(t.c.parts["under"], text)
}

// spot is the row and the instant at a point of the track.
func (t *timeline) spot(x, y float64) (row int, at float64, ok bool) {
	row = int(math.Floor((y - laneTop) / t.pitch()))
	return row, t.at(x), x >= t.label() && row >= 0 && row < len(t.rows)
}
