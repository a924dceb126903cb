package paint

import (
	"math"
	"strconv"

	"gopark/sim/view"
)

// CSS is the colour of the rank-th goroutine as CSS, for a light or a dark
// page, with an opacity.
func CSS(rank int, dark bool, alpha float64) string {
	c := view.ColourOf(rank)
	if dark {
		c.L, c.C = c.L+view.DarkLift, c.C*.8
	}
	s := "oklch(" + num(c.L) + " " + num(c.C) + " " + num(c.H)
	if alpha < 1 {
		s += " / " + num(math.Round(100*alpha)/100)
	}
	return s + ")"
}

// Names are the names of lanes as buttons that open what they stand for.
func Names(kind view.LaneKind, lanes []view.Lane) string {
	kinds := [view.NumLaneKinds]view.RefKind{view.LaneP: view.RefP, view.LaneM: view.RefM, view.LaneG: view.RefG, view.LaneCore: view.RefCore}
	p := &page{}
	for _, l := range lanes {
		p.object("", view.Ref{Kind: kinds[kind], ID: l.ID}, "", "", l.Name)
	}
	return p.String()
}

// How much of the lanes the table has.
const (
	tableLanes = 12
	tableSpans = 40
)

// Lanes is the timeline as a table: for each lane what it did, from when to when.
func Lanes(lanes []view.Lane, total int) string {
	p := &page{}
	p.w(`<table><caption>`, strconv.Itoa(total), ` lanes</caption><thead><tr><th>lane</th><th>from</th><th>to</th><th>what</th></tr></thead><tbody>`)
	for _, l := range lanes[:min(tableLanes, len(lanes))] {
		for _, t := range l.Spans(tableSpans) {
			p.w(`<tr><th>`, esc(l.Name), `</th><td>`, view.Duration(t.T0), `</td><td>`, view.Duration(t.T1), `</td><td>`)
			if t.Goid != 0 {
				p.w(`G`, view.Plain(t.Goid), ` `)
			}
			p.w(view.SpanNames[t.Kind], `</td></tr>`)
		}
	}
	p.w(`</tbody></table>`)
	return p.String()
}
