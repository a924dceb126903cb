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

// The timeline's measures, in CSS pixels; those below the first line are in the
// style sheet too.
const (
	labelLeast  = 46.0 // the column with the lanes' names, at least
	labelLetter = 7.4

	axisHeight  = 26.0
	stripHeight = 14.0 // for what goes on behind all lanes
	laneTop     = axisHeight + stripHeight
	laneHeight  = 24.0
	laneGap     = 4.0

	maxLanes  = 24
	fewLanes  = 12 // on a small screen
	small     = 520.0
	minWindow = 1.0 // ns

	settleMillis = 120 // without a change, until the details are asked for
)

// A timeline shows what every P, M, core, goroutine or process did, over time. It
// draws only when something has changed.
type timeline struct {
	c        *cell
	canvas   js.Value
	frames   *jsx.Frames
	kind     view.LaneKind
	from, to float64 // the window, in virtual ns; to 0: the whole run
	end      float64 // of the run so far
	over     bool    // that is all of it
	run      int     // whose it is
	width    float64 // of the track
	ratio    float64 // pixels of the device in one of CSS
	drawn    [2]int  // size of the canvas
	rows     []view.PackedLane
	first    int // lane shown at the top
	total    int
	names    string // of the lanes, as they are in the document
	now      float64
	hand     hand
	tiles    tiles
	marks    marks
	finder   finder
	settle   int    // counts changes of the window
	settling bool   // a timer waits until there are none
	said     string // what is shown, in words
}

func newTimeline(c *cell) *timeline {
	t := &timeline{c: c, canvas: c.parts["canvas"], ratio: 1}
	t.frames = jsx.NewFrames(t.frame)
	t.tiles.t, t.marks.t, t.finder.t = t, t, t
	track := c.parts["track"]
	jsx.OnResize(track, func(w float64) {
		if w != t.width {
			t.width = w
			t.draw()
		}
	})
	t.hear(track)
	t.finder.hear()
	jsx.On(c.parts["lanetable"], "toggle", func(js.Value) { t.describe() })
	return t
}

// window is the time shown.
func (t *timeline) window() (from, to float64) {
	if t.to == 0 {
		return 0, max(t.end, 1)
	}
	return t.from, t.to
}

// label is the width that the names of the lanes have.
func (t *timeline) label() float64 {
	letters := 0
	for i := range t.rows {
		letters = max(letters, len(t.rows[i].Name))
	}
	return max(labelLeast, labelLetter*float64(letters)+8)
}

// plot is the width that time has.
func (t *timeline) plot() float64 { return max(1, t.width-t.label()) }

// x is where an instant is drawn; at is its inverse.
func (t *timeline) x(ns float64) float64 {
	from, to := t.window()
	return t.label() + (ns-from)/(to-from)*t.plot()
}

func (t *timeline) at(x float64) float64 {
	from, to := t.window()
	return from + (x-t.label())/t.plot()*(to-from)
}

// most is how many lanes are shown at a time.
func (t *timeline) most() int {
	if t.width < small {
		return fewLanes
	}
	return maxLanes
}

// measures are those of the tiles.
func (t *timeline) measures() raster.Measures {
	return raster.Measures{
		Width: tileWidth, Lane: int(math.Round(laneHeight * t.ratio)), Gap: int(math.Round(laneGap * t.ratio)),
		Unit: max(1, int(math.Round(t.ratio))),
	}
}

// pitch is from one lane to the next, in CSS pixels.
func (t *timeline) pitch() float64 {
	m := t.measures()
	return float64(m.Lane+m.Gap) / t.ratio
}

// grown is told that the run has got on.
func (t *timeline) grown(p view.Progress) {
	if t.run != t.c.runSeq {
		t.run, t.to, t.first = t.c.runSeq, 0, 0
		t.forget()
	}
	t.end, t.over = float64(p.Time), p.Ended != "" || !t.c.running
	for _, act := range []string{"zoomIn", "zoomOut", "zoomFit", "arrows", "findNext", "findBack"} {
		t.c.enable(act, true)
	}
	t.c.parts["find"].Set("disabled", false)
	t.moved()
}

// blank shows that nothing has run.
func (t *timeline) blank() {
	t.end, t.to, t.first = 0, 0, 0
	t.forget()
	for _, act := range []string{"zoomIn", "zoomOut", "zoomFit", "arrows", "findNext", "findBack"} {
		t.c.enable(act, false)
	}
	t.c.parts["find"].Set("disabled", true)
	t.c.parts["head"].Set("hidden", true)
	t.draw()
	t.tell()
}

// forget gives up what was known of a run, or of other lanes.
func (t *timeline) forget() {
	t.rows, t.total = nil, 0
	t.tiles.clear()
	t.marks.clear()
	t.finder.clear()
}

// suits takes lanes that the era has: without Ps, threads.
func (t *timeline) suits(hasP bool) {
	jsx.One(t.c.el, `[data-act="laneP"]`).Set("disabled", !hasP)
	if !hasP && t.kind == view.LaneP {
		t.act("laneM")
	}
}

var laneActs = map[string]view.LaneKind{
	"laneP": view.LaneP, "laneM": view.LaneM, "laneG": view.LaneG, "laneCore": view.LaneCore, "laneProcess": view.LaneProcess,
}

func (t *timeline) act(name string) {
	switch name {
	case "zoomIn":
		t.zoom(2, t.middle())
	case "zoomOut":
		t.zoom(0.5, t.middle())
	case "zoomFit":
		t.to = 0
		t.moved()
	case "lanesUp":
		t.page(-t.most())
	case "lanesDown":
		t.page(t.most())
	case "arrows":
		t.marks.toggle()
	case "findNext", "findBack":
		t.finder.search(name == "findBack")
	default:
		t.show(laneActs[name])
	}
}

// show shows lanes of another kind.
func (t *timeline) show(kind view.LaneKind) {
	if kind == t.kind {
		return
	}
	t.kind, t.first, t.rows, t.total = kind, 0, nil, 0
	for act, k := range laneActs {
		jsx.Attr(jsx.One(t.c.el, `[data-act="`+act+`"]`), "aria-pressed", strconv.FormatBool(k == kind))
	}
	t.moved()
}

// page shows other lanes, if there are more than fit.
func (t *timeline) page(by int) { t.top(t.first + by) }

// top puts a lane at the top, or as near to it as it can be.
func (t *timeline) top(lane int) {
	if first := max(0, min(lane, t.total-t.most())); first != t.first {
		t.first, t.rows = first, nil
		t.moved()
	}
}

// reveal shows a lane that is not to be seen.
func (t *timeline) reveal(lane int) {
	if lane >= 0 && (lane < t.first || lane >= t.first+t.most()) {
		t.total = max(t.total, lane+1)
		t.top(lane - t.most()/2)
	}
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

// draw has the timeline drawn anew, once, before the next repaint.
func (t *timeline) draw() {
	if t.width > 0 {
		t.frames.Start()
	}
}

// moved is told that the window, or what is in it, is another. The details follow
// when it has stood still for a moment.
func (t *timeline) moved() {
	t.draw()
	t.settle++
	if !t.settling {
		t.settling = true
		t.await(t.settle)
	}
}

// await waits until the window has been the same for a moment.
func (t *timeline) await(settle int) {
	jsx.After(settleMillis, func() {
		if settle != t.settle {
			t.await(t.settle)
			return
		}
		t.settling = false
		t.marks.ask()
		t.describe()
	})
}

// playhead marks an instant; a window that does not have it follows.
func (t *timeline) playhead(now int64) {
	t.now = float64(now)
	if from, to := t.window(); t.to != 0 && !t.hand.busy() && (t.now < from || t.now > to) {
		t.place(t.now-(to-from)/2, to-from)
		t.moved()
	}
	t.placeHead()
	if t.c.parts["lanetable"].Get("open").Bool() {
		t.moved() // what is at the playhead is written down
	}
}

func (t *timeline) placeHead() {
	head := t.c.parts["head"]
	x := t.x(t.now)
	hidden := t.end == 0 || x < t.label()-1 || x > t.width+1
	head.Set("hidden", hidden)
	if !hidden {
		head.Get("style").Set("transform", "translateX("+px(x)+")")
	}
}

// taken is told of lanes that an answer has.
func (t *timeline) taken(p *view.Packed) {
	if len(p.Lanes) >= len(t.rows) {
		t.rows = p.Lanes
	}
	t.total = max(t.total, p.Total)
	t.tell()
}

// tell writes the names of the lanes and what is shown.
func (t *timeline) tell() {
	if names := paint.Names(t.kind, t.rows); names != t.names {
		t.names = names
		el := t.c.parts["names"]
		jsx.HTML(el, names)
		style := el.Get("style")
		style.Call("setProperty", "--pitch", px(t.pitch()))
		style.Set("width", px(t.label()-2))
		if first := jsx.One(el, "button"); !first.IsNull() {
			first.Set("tabIndex", 0)
		}
	}
	t.c.parts["pages"].Set("hidden", t.total <= t.most())
	t.say()
}

// say says how much is shown.
func (t *timeline) say() {
	if text := t.shown(); text != t.said {
		t.said = text
		jsx.Text(t.c.parts["span"], text)
	}
}

// shown is how much is shown, in words.
func (t *timeline) shown() string {
	if t.end == 0 {
		return ""
	}
	from, to := t.window()
	text := view.Duration(int64(math.Round(to-from))) + phrase.LanesShown
	if t.total > len(t.rows) && len(t.rows) > 0 {
		text += " · " + t.rows[0].Name + phrase.UpTo + t.rows[len(t.rows)-1].Name + phrase.OfTotal + view.Count(int64(t.total)) + phrase.LanesCounted
	}
	return text
}
