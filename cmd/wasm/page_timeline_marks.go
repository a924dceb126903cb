//go:build js

package main

import (
	"math"
	"strconv"
	"strings"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// marks are what lies behind the lanes, and the arrows between them: of a window
// somewhat larger than the one shown.
type marks struct {
	t        *timeline
	on       bool // the reader wants arrows
	busy     bool
	again    bool
	known    bool
	from, to int64 // what is known is of
	end      float64
	bands    []view.Band
	arrows   []view.Arrow
	dense    bool
}

func (m *marks) clear() { *m = marks{t: m.t, on: m.on, busy: m.busy, again: m.busy} }

func (m *marks) toggle() {
	m.on = !m.on
	jsx.Attr(jsx.One(m.t.c.el, `[data-act="arrows"]`), "aria-pressed", strconv.FormatBool(m.on))
	jsx.One(m.t.c.el, ".arrowkeys").Set("hidden", !m.on)
	m.known, m.arrows = false, nil
	m.ask()
	m.t.draw()
}

// ask asks for what the window needs, if it isn't known.
func (m *marks) ask() {
	t := m.t
	if t.run == 0 || t.end == 0 {
		return
	}
	if m.busy {
		m.again = true
		return
	}
	from, to := t.window()
	span := to - from
	inside := from >= float64(m.from) && (to <= float64(m.to) || m.end == t.end && float64(m.to) >= t.end)
	if m.known && inside && m.end == t.end && !(m.dense && span < float64(m.to-m.from)/3) {
		return
	}
	q := view.Query{From: int64(max(0, from-span/2)), To: int64(math.Ceil(to + span/2))}
	if span > t.end/2 { // all of it, then
		q.From, q.To = 0, int64(t.end)+1
	}
	if m.on {
		q.Max = 1
	}
	run, end := t.run, t.end
	m.busy = true
	t.c.page.client.ask(Request{Op: Around, Cell: t.c.info.ID, Query: q}, func(r *Reply) {
		m.busy = false
		if r.Error == "" && run == t.run {
			m.known, m.from, m.to, m.end = true, q.From, q.To, end
			m.bands, m.arrows, m.dense = r.Bands, r.Arrows, r.Dense
			jsx.One(t.c.el, `[data-act="laneProcess"]`).Set("hidden", r.Total == 0)
			regions := false
			for i := range m.bands {
				regions = regions || m.bands[i].Kind == view.BandRegion
			}
			jsx.One(t.c.el, ".regionkey").Set("hidden", !regions)
			m.say()
			t.draw()
			t.describe()
		}
		if m.again {
			m.again = false
			m.ask()
		}
	})
}

// say says what can't be shown.
func (m *marks) say() {
	text := ""
	if m.dense {
		text = phrase.ZoomInForAllWaitsAnd
		if m.on {
			text = phrase.ZoomInForAllArrowsWaits
		}
	}
	jsx.Text(m.t.c.parts["dense"], text)
}

// row is the lane of an id, -1 if it isn't shown.
func (m *marks) row(id int64) int {
	for i := range m.t.rows {
		if m.t.rows[i].ID == id {
			return i
		}
	}
	return -1
}

func (m *marks) draw(b *brush) {
	for i := range m.bands {
		m.band(b, &m.bands[i])
	}
	if m.on {
		m.drawArrows(b)
	}
}

// band draws one in the strip above the lanes: what stops the world darkens all
// of them, what one goroutine or thread waits for is marked in its lane, and so are
// the regions of a goroutine.
func (m *marks) band(b *brush, k *view.Band) {
	t := m.t
	x0, x1 := t.x(float64(k.Start)), t.x(float64(k.End))
	if x1 < t.label() || x0 > t.width {
		return
	}
	x0, x1 = max(x0, t.label()-1), min(x1, t.width+1)
	w := max(1.5, x1-x0)
	const half = stripHeight / 2
	name := ""
	switch k.Kind {
	case view.BandSTW:
		b.ctx.Set("globalAlpha", 0.16)
		b.rect(b.ink, x0, axisHeight, w, float64(t.drawn[1]))
		b.ctx.Set("globalAlpha", 1)
		b.rect(b.ink, x0, axisHeight, w, 3)
	case view.BandGC:
		b.rect(b.soft, x0, axisHeight+3, w, half-1)
		name = "GC"
	case view.BandMark:
		b.rect(b.line, x0, axisHeight+3, w, half-1)
		b.rect(b.soft, x0, axisHeight+half+1, w, 1)
		name = phrase.GCMarks
	case view.BandLock:
		b.rect(b.bad, x0, laneTop-4, w, 2.5)
		row := -1
		if t.kind == view.LaneM && k.M >= 0 {
			row = m.row(int64(k.M))
		} else if k.Goid != 0 && (t.kind == view.LaneG || t.kind == view.LaneProcess) {
			row = m.row(k.Goid)
		}
		if row >= 0 {
			b.rect(b.bad, x0, laneTop+float64(row)*t.pitch()+laneHeight-2.5, w, 2.5)
		}
	}
	if k.Kind == view.BandRegion && t.kind == view.LaneG {
		if row := m.row(k.Goid); row >= 0 {
			m.region(b, k, x0, laneTop+float64(row)*t.pitch(), w)
		}
	}
	if name != "" && w > 7*float64(len(name))+6 {
		b.ctx.Set("font", "600 9px system-ui, sans-serif")
		ink := b.onSolid
		if k.Kind == view.BandMark {
			ink = b.ink
		}
		b.text(ink, name, x0+4, axisHeight+half-0.5)
	}
}

// region draws a bar at the top of a lane, below those of the regions around it, and
// its name if there is room. At most regionsDrawn in one another are told apart.
func (m *marks) region(b *brush, k *view.Band, x, y, w float64) {
	const bar, regionsDrawn = 3.0, 4
	y += (bar + 1) * float64(min(k.Depth, regionsDrawn-1))
	b.rect(b.card, x, y-1, w, bar+2)
	b.rect(b.ink, x, y, max(1.5, w-1), bar)
	name, _, _ := strings.Cut(strings.TrimPrefix(k.Name, "“"), "”")
	if room := 5.5*float64(len(name)) + 6; w > room {
		b.ctx.Set("font", "600 9px system-ui, sans-serif")
		b.rect(b.card, x, y+bar, room, 10)
		b.text(b.ink, name, x+3, y+bar+5)
	}
}

// dashes tell the kinds of arrows apart.
var dashes = [view.NumArrowKinds][]any{
	view.ArrowWoke: {}, view.ArrowCreated: {5, 3}, view.ArrowStole: {1.5, 2.5}, view.ArrowHanded: {8, 2, 2, 2},
}

func (m *marks) drawArrows(b *brush) {
	b.ctx.Set("strokeStyle", b.ink)
	b.ctx.Set("lineWidth", 1.25)
	b.colour(b.ink)
	for kind := range view.NumArrowKinds {
		b.ctx.Call("beginPath")
		for i := range m.arrows {
			if a := &m.arrows[i]; a.Kind == kind {
				m.arrow(b, a)
			}
		}
		b.ctx.Call("setLineDash", dashes[kind])
		b.ctx.Call("stroke")
	}
	b.ctx.Call("setLineDash", []any{})
	b.ctx.Call("beginPath")
	for i := range m.arrows {
		m.head(b, &m.arrows[i])
	}
	b.ctx.Call("fill")
}

// ends are the rows that an arrow leads from and to, -1 where there is none.
func (m *marks) ends(a *view.Arrow) (from, to int) {
	switch m.t.kind {
	case view.LaneP:
		return m.row(int64(a.P)), m.row(int64(a.ToP))
	case view.LaneM:
		return m.row(int64(a.M)), m.row(int64(a.ToM))
	case view.LaneCore:
		return m.row(int64(a.Core)), m.row(int64(a.ToCore))
	}
	return m.row(a.Goid), m.row(a.ToGoid)
}

// line is where an arrow begins and ends. What has no lane is above all of them.
// In lanes of goroutines it ends at once: that is when the other may run.
func (m *marks) line(a *view.Arrow) (x0, y0, x1, y1 float64, seen bool) {
	t := m.t
	from, to := m.ends(a)
	x0, x1 = t.x(float64(a.Start)), t.x(float64(a.End))
	if t.kind == view.LaneG || t.kind == view.LaneProcess {
		x1 = x0
	}
	seen = (from >= 0 || to >= 0) && from != to && x1 >= t.label() && x0 <= t.width
	y := func(row int) float64 {
		if row < 0 {
			return laneTop - 2
		}
		return laneTop + float64(row)*t.pitch() + laneHeight/2
	}
	return x0, y(from), x1, y(to), seen
}

func (m *marks) arrow(b *brush, a *view.Arrow) {
	if x0, y0, x1, y1, seen := m.line(a); seen {
		b.ctx.Call("moveTo", x0, y0)
		b.ctx.Call("lineTo", x1, y1)
	}
}

// head draws an arrow's tip.
func (m *marks) head(b *brush, a *view.Arrow) {
	x0, y0, x1, y1, seen := m.line(a)
	if !seen {
		return
	}
	const long, broad = 6.0, 3.0
	d := math.Hypot(x1-x0, y1-y0)
	ux, uy := (x1-x0)/d, (y1-y0)/d
	b.ctx.Call("moveTo", x1, y1)
	b.ctx.Call("lineTo", x1-long*ux+broad*uy, y1-long*uy-broad*ux)
	b.ctx.Call("lineTo", x1-long*ux-broad*uy, y1-long*uy+broad*ux)
}
