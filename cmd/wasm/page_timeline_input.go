//go:build js

package main

import (
	"math"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
)

// A drag is a pointer held down on the timeline.
type drag struct {
	on    bool
	x     float64 // where it started, in the track
	from  float64 // the window's start then
	moved bool
}

// hear listens to pointer, wheel and keys on the track.
func (t *timeline) hear(track js.Value) {
	jsx.On(track, "pointerdown", func(e js.Value) {
		if _, name := jsx.Closest(e.Get("target"), objects); name {
			return
		}
		from, _ := t.window()
		t.drag = drag{on: true, x: t.local(e), from: from}
		track.Call("setPointerCapture", e.Get("pointerId"))
	})
	jsx.On(track, "pointermove", func(e js.Value) {
		if t.drag.on {
			t.dragTo(t.local(e))
		}
	})
	jsx.On(track, "pointerup", func(e js.Value) {
		if t.drag.on && !t.drag.moved {
			t.seekTo(t.local(e))
		}
		t.drag.on = false
	})
	jsx.On(track, "pointercancel", func(js.Value) { t.drag.on = false })
	jsx.OnActive(track, "wheel", t.wheel)
	jsx.On(track, "keydown", t.key)
}

// local is where a pointer is inside the track.
func (t *timeline) local(e js.Value) float64 {
	return e.Get("clientX").Float() - jsx.RectOf(t.c.parts["track"]).X
}

// dragTo moves the window if only a part is shown, else the playhead.
func (t *timeline) dragTo(x float64) {
	if math.Abs(x-t.drag.x) < 4 && !t.drag.moved {
		return
	}
	t.drag.moved = true
	if t.to == 0 {
		t.seekTo(x)
		return
	}
	span := t.to - t.from
	t.place(t.drag.from-(x-t.drag.x)/t.plot()*span, span)
	t.moved()
}

func (t *timeline) seekTo(x float64) {
	if t.c.frame == nil {
		return
	}
	at := int64(math.Max(0, t.at(x)))
	t.c.player.pause()
	t.c.page.client.ask(Request{Op: At, Cell: t.c.info.ID, Time: at}, func(r *Reply) {
		t.c.player.seek(r.N)
	})
}

// wheel zooms with Control and pans sideways; scrolling the page stays free.
func (t *timeline) wheel(e js.Value) {
	dx, dy := e.Get("deltaX").Float(), e.Get("deltaY").Float()
	switch {
	case e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool():
		e.Call("preventDefault")
		t.zoom(math.Pow(1.0025, -dy), t.at(t.local(e)))
	case math.Abs(dx) > math.Abs(dy) && t.to != 0:
		e.Call("preventDefault")
		t.pan(dx / t.plot())
	}
}

func (t *timeline) key(e js.Value) {
	if _, name := jsx.Closest(e.Get("target"), objects); name {
		return
	}
	act := ""
	shift := e.Get("shiftKey").Bool()
	switch e.Get("key").String() {
	case "ArrowLeft":
		act = "back"
		if shift {
			t.pan(-0.2)
			act = "none"
		}
	case "ArrowRight":
		act = "next"
		if shift {
			t.pan(0.2)
			act = "none"
		}
	case "+", "=":
		act = "zoomIn"
	case "-":
		act = "zoomOut"
	case "0":
		act = "zoomFit"
	case "PageUp":
		act = "lanesUp"
	case "PageDown":
		act = "lanesDown"
	case "Home":
		act = "start"
	case "End":
		act = "end"
	}
	if act == "" || e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() || e.Get("altKey").Bool() {
		return
	}
	e.Call("preventDefault")
	if act != "none" {
		t.c.act(act)
	}
}
