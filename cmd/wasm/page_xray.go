//go:build js

package main

import (
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// An xray looks into the stack that a cell shows, while it is open.
type xray struct {
	c     *cell
	el    js.Value
	goid  int64 // whose stack was shown last …
	grown int   // … and how often it had been copied
	busy  bool
}

func newXRay(c *cell) *xray {
	x := &xray{c: c, el: c.parts["xray"]}
	x.blank()
	jsx.On(x.el, "toggle", func(js.Value) {
		if c.frame != nil {
			x.ask(c.frame)
		}
	})
	return x
}

// blank says that there is nothing to look into.
func (x *xray) blank() {
	x.goid, x.grown = 0, 0
	x.says(phrase.TheNextCallsCheckHowThe, false)
	jsx.HTML(x.c.parts["xrayBody"], `<p class="soft">`+phrase.RunTheProgramFirst+`</p>`)
}

// says is one line about the stack, for those who have not opened it.
func (x *xray) says(text string, now bool) {
	jsx.Text(x.c.parts["xrayNow"], text)
	jsx.Toggle(x.el, "now", now)
}

// shows is told that another instant is shown.
func (x *xray) shows(f *view.Frame) {
	switch s := f.Stack; {
	case s != nil && s.Unknown:
		x.goid = 0
		x.says(phrase.ATraceTellsNoMoreThan, false)
	case s == nil || s.Size == 0:
		x.goid = 0
		x.says(phrase.NoStackAtThisInstant, false)
	default:
		moved := x.goid == f.Chosen && s.Grown > x.grown
		x.goid, x.grown = f.Chosen, s.Grown
		if moved {
			x.says(phrase.TheStackHasJustBeenCopied, true)
		} else {
			x.says(phrase.TheNextCallsCheckHowThe, false)
		}
	}
	x.ask(f)
}

// ask asks for what is shown, if somebody sees it. While an answer is on its way,
// only the newest wish counts.
func (x *xray) ask(f *view.Frame) {
	if !x.el.Get("open").Bool() || x.c.player.hasty() || x.busy {
		return
	}
	x.busy = true
	goid, run := f.Chosen, x.c.runSeq
	x.c.page.client.ask(Request{Op: XRay, Cell: x.c.info.ID, N: f.Event, Goid: goid}, func(r *Reply) {
		x.busy = false
		now := x.c.frame
		if now == nil || run != x.c.runSeq || r.Error != "" {
			return
		}
		if now.Event != f.Event || now.Chosen != goid {
			x.ask(now)
			return
		}
		focused := x.el.Call("contains", jsx.Document.Get("activeElement")).Bool()
		jsx.HTML(x.c.parts["xrayBody"], paint.XRay(r.XRay))
		if focused {
			jsx.One(x.el, "summary").Call("focus", map[string]any{"preventScroll": true})
		}
	})
}
