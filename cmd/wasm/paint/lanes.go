package paint

import (
	"strconv"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// Names are the names of lanes as buttons that open what they stand for, in a
// goroutine's colour if they stand for one.
func Names(kind view.LaneKind, lanes []view.PackedLane) string {
	kinds := [view.NumLaneKinds]view.RefKind{
		view.LaneP: view.RefP, view.LaneM: view.RefM, view.LaneG: view.RefG, view.LaneCore: view.RefCore, view.LaneProcess: view.RefG,
	}
	p := &page{}
	for _, l := range lanes {
		ref := view.Ref{Kind: kinds[kind], ID: l.ID}
		p.w(`<button type="button" tabindex="-1" class="thing lane`)
		if ref.Kind == view.RefG {
			p.w(` ref" style="`, ColourStyle(l.Rank))
		}
		p.w(`" `, refAttr(ref), `>`, esc(l.Name), `</button>`)
	}
	return p.String()
}

// How much of the lanes the table has.
const (
	tableLanes = 24
	tableSpans = 40
)

// Lanes is the timeline as two tables: what each lane does at an instant, now, and
// for each lane what it did in the window of q, from when to when, then the bands.
func Lanes(q view.Query, now string, here, lanes []view.Lane, bands []view.Band, total int) string {
	p := &page{}
	if now == "" {
		p.w(`<p class="soft">` + phrase.NothingHasRunYet + `</p>`)
		return p.String()
	}
	p.w(`<table><caption>`+phrase.AtThePlayhead, now, `</caption><tbody>`)
	for _, l := range here {
		words := view.SpanNames[view.SpanNone]
		if len(l.Tiles) > 0 {
			words = spanWords(l.Tiles[0].Kind, l.Tiles[0].Goid)
		}
		p.w(`<tr><th scope="row">`, esc(l.Name), `</th><td>`, words, `</td></tr>`)
	}
	p.w(`</tbody></table><table><caption>`+phrase.InTheWindow, strconv.Itoa(min(tableLanes, len(lanes))), phrase.OfTotal, view.Count(int64(total)), phrase.LanesCounted+`</caption><thead><tr><th scope="col">`+phrase.ColumnLane+`</th><th scope="col">`+phrase.ColumnFrom+`</th><th scope="col">`+phrase.ColumnTo+`</th><th scope="col">`+phrase.ColumnWhat+`</th></tr></thead><tbody>`)
	for _, l := range lanes[:min(tableLanes, len(lanes))] {
		for _, t := range l.Spans(tableSpans) {
			before := ""
			if t.N > 1 {
				before = phrase.AboutSoMany + view.Count(int64(t.N)) + phrase.ChangesBusyFor + strconv.Itoa(t.Busy) + ` %: `
			}
			p.span(l.Name, t.T0, t.T1, before, spanWords(t.Kind, t.Goid))
		}
		if more := len(l.Tiles) - tableSpans; more > 0 {
			p.w(`<tr><th scope="row">`, esc(l.Name), `</th><td colspan="3">`, view.Count(int64(more)), phrase.MoreZoomIn+`</td></tr>`)
		}
	}
	p.bands(q, bands)
	p.w(`</tbody></table>`)
	return p.String()
}

// span writes a row of the table: what a lane shows, or what goes on in it or behind
// all of them, from when to when.
func (p *page) span(lane string, from, to int64, what ...string) {
	p.w(`<tr><th scope="row">`, esc(lane), `</th><td>`, view.Duration(from), `</td><td>`, view.Duration(to), `</td><td>`)
	p.w(what...)
	p.w(`</td></tr>`)
}

// bands writes those that touch the window of q.
func (p *page) bands(q view.Query, list []view.Band) {
	for i := range list {
		k := &list[i]
		whose := ""
		if k.Goid != 0 {
			whose = "G" + view.Plain(k.Goid)
		} else if k.M >= 0 {
			whose = "M" + view.Plain(int64(k.M))
		}
		if k.Start < q.To && k.End >= q.From {
			p.span(whose, k.Start, k.End, view.BandNames[k.Kind], " ", esc(k.Name))
		}
	}
}

func spanWords(kind view.SpanKind, goid int64) string {
	if goid == 0 {
		return view.SpanNames[kind]
	}
	return "G" + view.Plain(goid) + " " + view.SpanNames[kind]
}

// TileWords says what a rectangle of the timeline shows.
func TileWords(t view.PackedTile) string {
	if t.Many() {
		return phrase.SeveralChangesBusyFor + strconv.Itoa(t.Busy()) + " %"
	}
	return spanWords(t.Kind(), t.Goid())
}
