//go:build js

package main

import (
	"math"
	"strconv"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/sim/view"
)

// The timeline's measures, in CSS pixels.
const (
	labelWidth = 46.0
	laneHeight = 24.0
	laneGap    = 4.0
	axisHeight = 22.0
	maxLanes   = 24
	minWindow  = 50.0 // ns: no zooming in beyond
)

// A timeline shows what every P, M or goroutine did, over time.
type timeline struct {
	c        *cell
	canvas   js.Value
	kind     view.LaneKind
	from, to float64 // the window, in virtual ns; to 0: the whole run
	end      float64 // of the run so far
	width    float64 // of the canvas
	lanes    []view.Lane
	first    int // lane shown at the top
	total    int
	names    string // of the lanes, as they are in the document
	busy     bool
	again    bool
	now      float64 // the playhead
	drag     drag
}

func newTimeline(c *cell) *timeline {
	t := &timeline{c: c, canvas: c.parts["canvas"]}
	track := c.parts["track"]
	jsx.OnResize(track, func(w float64) {
		if w != t.width {
			t.width = w
			t.ask()
		}
	})
	t.hear(track)
	return t
}

// window is the time shown.
func (t *timeline) window() (from, to float64) {
	if t.to == 0 {
		return 0, max(t.end, 1)
	}
	return t.from, t.to
}

// plot is the width that time has.
func (t *timeline) plot() float64 { return max(1, t.width-labelWidth) }

// x is where an instant is drawn; at is its inverse.
func (t *timeline) x(ns float64) float64 {
	from, to := t.window()
	return labelWidth + (ns-from)/(to-from)*t.plot()
}

func (t *timeline) at(x float64) float64 {
	from, to := t.window()
	return from + (x-labelWidth)/t.plot()*(to-from)
}

// grown is told that the run has got on.
func (t *timeline) grown(p view.Progress) {
	if float64(p.Time) < t.end { // another run
		t.to, t.first = 0, 0
	}
	t.end = float64(p.Time)
	for _, act := range []string{"zoomIn", "zoomOut", "zoomFit"} {
		t.c.enable(act, true)
	}
	t.ask()
}

// blank shows that nothing has run.
func (t *timeline) blank() {
	t.lanes, t.total, t.end, t.to, t.first = nil, 0, 0, 0, 0
	for _, act := range []string{"zoomIn", "zoomOut", "zoomFit"} {
		t.c.enable(act, false)
	}
	t.c.parts["head"].Set("hidden", true)
	t.draw()
	t.describe()
}

// ask asks for what to draw in the window.
func (t *timeline) ask() {
	if t.c.runSeq == 0 || t.end == 0 || t.width == 0 {
		t.draw()
		return
	}
	if t.busy {
		t.again = true
		return
	}
	t.busy = true
	from, to := t.window()
	q := view.Query{Kind: t.kind, From: int64(from), To: int64(math.Ceil(to)), Width: int(t.plot()), First: t.first, Max: maxLanes}
	t.c.page.client.ask(Request{Op: Lanes, Cell: t.c.info.ID, Query: q}, func(r *Reply) {
		t.busy = false
		if r.Error == "" {
			t.lanes, t.total = r.Lanes, r.Total
			t.draw()
			t.describe()
		}
		if t.again {
			t.again = false
			t.ask()
		}
	})
}

// suits takes lanes that the era has: without Ps, threads.
func (t *timeline) suits(hasP bool) {
	jsx.One(t.c.el, `[data-act="laneP"]`).Set("disabled", !hasP)
	if !hasP && t.kind == view.LaneP {
		t.act("laneM")
	}
}

// describe writes the lanes down for people who can't see them.
func (t *timeline) describe() {
	jsx.HTML(t.c.parts["table"], paint.Lanes(t.lanes, t.total))
	if names := paint.Names(t.kind, t.lanes); names != t.names {
		t.names = names
		jsx.HTML(t.c.parts["names"], names)
		if first := jsx.One(t.c.parts["names"], "button"); !first.IsNull() {
			first.Set("tabIndex", 0)
		}
	}
	from, to := t.window()
	text := view.Duration(int64(to-from)) + " shown"
	if t.end == 0 {
		text = ""
	}
	if t.total > len(t.lanes) && len(t.lanes) > 0 {
		text += " · " + t.lanes[0].Name + " to " + t.lanes[len(t.lanes)-1].Name + " of " + view.Count(int64(t.total)) + " lanes"
	}
	t.c.parts["pages"].Set("hidden", t.total <= maxLanes)
	jsx.Text(t.c.parts["span"], text)
}

func (t *timeline) act(name string) {
	kinds := map[string]view.LaneKind{"laneP": view.LaneP, "laneM": view.LaneM, "laneG": view.LaneG}
	switch name {
	case "zoomIn":
		t.zoom(2, t.middle())
	case "zoomOut":
		t.zoom(0.5, t.middle())
	case "zoomFit":
		t.to = 0
		t.moved()
	case "lanesUp":
		t.page(-maxLanes)
	case "lanesDown":
		t.page(maxLanes)
	default:
		t.kind, t.first = kinds[name], 0
		for act, kind := range kinds {
			jsx.Attr(jsx.One(t.c.el, `[data-act="`+act+`"]`), "aria-pressed", strconv.FormatBool(kind == t.kind))
		}
		t.ask()
	}
}

// page shows other lanes, if there are more than fit.
func (t *timeline) page(by int) {
	t.first = max(0, min(t.first+by, t.total-maxLanes))
	t.ask()
}

// middle is what zooming keeps in place: the playhead, if it is to be seen.
func (t *timeline) middle() float64 {
	from, to := t.window()
	if t.now >= from && t.now <= to {
		return t.now
	}
	return (from + to) / 2
}

// zoom makes the window factor times as short around an instant.
func (t *timeline) zoom(factor, around float64) {
	from, to := t.window()
	span := max(minWindow, (to-from)/factor)
	if span >= t.end {
		t.to = 0
	} else {
		t.place(around-(around-from)/(to-from)*span, span)
	}
	t.moved()
}

// place puts the window somewhere inside the run.
func (t *timeline) place(from, span float64) {
	t.from = max(0, min(from, t.end-span))
	t.to = t.from + span
}

// pan moves the window by a part of its length.
func (t *timeline) pan(part float64) {
	if t.to == 0 {
		return
	}
	t.place(t.from+part*(t.to-t.from), t.to-t.from)
	t.moved()
}

func (t *timeline) moved() {
	t.draw() // at once, with the tiles there are
	t.ask()
	t.playhead(int64(t.now))
}

// playhead marks an instant; a window that does not have it follows.
func (t *timeline) playhead(now int64) {
	t.now = float64(now)
	if from, to := t.window(); t.to != 0 && !t.drag.on && (t.now < from || t.now > to) {
		t.place(t.now-(to-from)/2, to-from)
		t.draw()
		t.ask()
	}
	head := t.c.parts["head"]
	x := t.x(t.now)
	head.Set("hidden", x < labelWidth-1 || x > t.width+1)
	head.Get("style").Set("transform", "translateX("+px(x)+")")
}
