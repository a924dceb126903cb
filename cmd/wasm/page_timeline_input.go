//go:build js

package main

import (
	"math"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
)

// near is how far a pointer may move, in pixels, and still click.
const near = 4

// A hand is the pointers that are held down on the timeline: one moves the
// playhead or the window, two zoom.
type hand struct {
	down   map[int]float64 // x by pointer
	x, y   float64         // where the first went down
	from   float64         // the window's start then
	scrub  bool            // it has the playhead
	moved  bool
	apart  float64 // distance of two, when the second came
	span   float64 // the window's length then
	around float64 // the instant between them

	asked bool    // an instant that the playhead was moved to is asked for
	wish  float64 // the newest one, -1: none
	goid  int64   // to be chosen there
}

func (h *hand) busy() bool { return len(h.down) > 0 }

// hear listens to pointers, wheel and keys on the track.
func (t *timeline) hear(track js.Value) {
	t.hand = hand{down: map[int]float64{}, wish: -1}
	jsx.On(track, "pointerdown", t.press)
	jsx.On(track, "pointermove", t.drag)
	jsx.On(track, "pointerup", t.lift)
	jsx.On(track, "pointercancel", t.lift)
	jsx.On(track, "pointerleave", func(js.Value) { jsx.Text(t.c.parts["under"], "") })
	jsx.OnActive(track, "wheel", t.wheel)
	jsx.On(track, "keydown", t.key)
}

// local is where a pointer is inside the track.
func (t *timeline) local(e js.Value) (x, y float64) {
	r := jsx.RectOf(t.c.parts["track"])
	return e.Get("clientX").Float() - r.X, e.Get("clientY").Float() - r.Y
}

func (t *timeline) press(e js.Value) {
	if _, name := jsx.Closest(e.Get("target"), objects); name || t.end == 0 || e.Get("button").Int() > 0 {
		return
	}
	h := &t.hand
	x, y := t.local(e)
	h.down[e.Get("pointerId").Int()] = x
	t.c.parts["track"].Call("setPointerCapture", e.Get("pointerId"))
	from, to := t.window()
	if len(h.down) == 1 {
		h.x, h.y, h.from, h.moved = x, y, from, false
		h.scrub = y < axisHeight || math.Abs(x-t.x(t.now)) < 6 || t.to == 0
		return
	}
	a, b := h.two()
	h.apart, h.span, h.around, h.moved = max(20, b-a), to-from, t.at((a+b)/2), true
}

// two are the outermost pointers, from left to right.
func (h *hand) two() (a, b float64) {
	a, b = math.Inf(1), math.Inf(-1)
	for _, x := range h.down {
		a, b = min(a, x), max(b, x)
	}
	return a, b
}

func (t *timeline) drag(e js.Value) {
	h := &t.hand
	x, y := t.local(e)
	id := e.Get("pointerId").Int()
	if _, held := h.down[id]; !held {
		if e.Get("pointerType").String() == "mouse" {
			t.point(x, y)
		}
		return
	}
	h.down[id] = x
	if len(h.down) > 1 {
		a, b := h.two()
		t.pinch((a+b)/2, h.span*h.apart/max(20, b-a))
		return
	}
	if math.Abs(x-h.x) < near && !h.moved {
		return
	}
	h.moved = true
	if h.scrub {
		t.seekTo(t.at(min(max(x, t.label()), t.width)), 0)
		return
	}
	if t.to != 0 {
		span := t.to - t.from
		t.place(h.from-(x-h.x)/t.plot()*span, span)
		t.moved()
	}
}

// pinch makes the window as long as span, with the instant that the fingers hold
// where they are.
func (t *timeline) pinch(x, span float64) {
	span = max(minWindow, span)
	if span >= t.end {
		t.to = 0
	} else {
		t.place(t.hand.around-(x-t.label())/t.plot()*span, span)
	}
	t.moved()
}

func (t *timeline) lift(e js.Value) {
	h := &t.hand
	id := e.Get("pointerId").Int()
	if _, held := h.down[id]; !held {
		return
	}
	delete(h.down, id)
	if h.moved || e.Get("type").String() != "pointerup" {
		if from, _ := t.window(); len(h.down) == 1 { // the finger that stays goes on
			h.from = from
			for _, x := range h.down {
				h.x = x
			}
		}
		return
	}
	goid := int64(0)
	if row, at, ok := t.spot(h.x, h.y); ok {
		if k, ok := t.tiles.under(row, at); ok {
			goid = k.Goid()
		}
	}
	t.point(h.x, h.y)
	t.seekTo(t.at(max(h.x, t.label())), goid)
}

// seekTo goes to an instant, and chooses a goroutine if goid is not 0. While one is
// asked for, only the newest wish counts.
func (t *timeline) seekTo(at float64, goid int64) {
	h := &t.hand
	if t.c.frame == nil {
		return
	}
	h.wish, h.goid = max(0, at), goid
	if h.asked {
		return
	}
	h.asked = true
	t.c.player.pause()
	t.c.page.client.ask(Request{Op: At, Cell: t.c.info.ID, Time: int64(h.wish)}, func(r *Reply) {
		wish, goid := h.wish, h.goid
		h.asked, h.wish = false, -1
		if wish != at && wish >= 0 && !sameInstant(wish, at) {
			t.seekTo(wish, goid)
		}
		if r.Error != "" || t.c.frame == nil {
			return
		}
		if goid != 0 {
			t.c.goid = goid
		}
		t.c.player.seek(r.N)
	})
}

func sameInstant(a, b float64) bool { return math.Floor(a) == math.Floor(b) }

// wheel zooms with Control, which is also what pinching a touchpad says, and pans
// sideways; scrolling the page stays free.
func (t *timeline) wheel(e js.Value) {
	dx, dy := e.Get("deltaX").Float(), e.Get("deltaY").Float()
	if e.Get("deltaMode").Int() == 1 { // lines
		dx, dy = 16*dx, 16*dy
	}
	if e.Get("shiftKey").Bool() && dx == 0 {
		dx, dy = dy, 0
	}
	switch {
	case t.end == 0:
	case e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool():
		e.Call("preventDefault")
		x, _ := t.local(e)
		t.zoom(math.Pow(1.0025, -dy), t.at(max(x, t.label())))
	case math.Abs(dx) > math.Abs(dy) && t.to != 0:
		e.Call("preventDefault")
		t.pan(dx / t.plot())
	}
}

// trackKeys are what keys do in the lanes; those of a single letter can be
// switched off.
var trackKeys = map[string]string{
	"ArrowLeft": "back", "ArrowRight": "next", "Home": "start", "End": "end", "PageUp": "lanesUp", "PageDown": "lanesDown",
	"+": "zoomIn", "=": "zoomIn", "-": "zoomOut", "0": "zoomFit", "a": "arrows", "n": "findNext", "N": "findBack", "/": "find",
}

func (t *timeline) key(e js.Value) {
	if _, name := jsx.Closest(e.Get("target"), objects); name {
		return
	}
	key := e.Get("key").String()
	act, known := trackKeys[key]
	if !known || e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() || e.Get("altKey").Bool() {
		return
	}
	if strings.Contains("anN/", key) && chosen(noKeysKey) {
		return
	}
	e.Call("preventDefault")
	switch {
	case e.Get("shiftKey").Bool() && act == "back":
		t.pan(-0.2)
	case e.Get("shiftKey").Bool() && act == "next":
		t.pan(0.2)
	case act == "find":
		t.c.parts["find"].Call("focus")
	default:
		t.c.act(act)
	}
}
