//go:build js

package main

import (
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// A finder is the field in which events are looked for.
type finder struct {
	t    *timeline
	seq  int    // of the search that goes on: an older one is not heard any more
	text string // what is looked for
}

func (f *finder) clear() { *f = finder{t: f.t, seq: f.seq + 1} }

func (f *finder) hear() {
	jsx.On(f.t.c.parts["find"], "keydown", func(e js.Value) {
		switch e.Get("key").String() {
		case "Enter": // with Shift it would run the program
			e.Call("preventDefault")
			e.Call("stopPropagation")
			f.search(e.Get("shiftKey").Bool())
		case "Escape":
			e.Call("preventDefault")
			f.say("")
			f.t.c.parts["track"].Call("focus")
		}
	})
}

func (f *finder) say(text string) { jsx.Text(f.t.c.parts["found"], text) }

// search goes to the next event, or the one before, that the field means, from where
// the player goes: that may not be drawn yet.
func (f *finder) search(back bool) {
	text := f.t.c.parts["find"].Get("value").String()
	if f.t.c.frame == nil || text == "" {
		f.t.c.parts["find"].Call("focus")
		return
	}
	f.seq++
	f.text = text
	f.step(f.seq, f.t.c.player.want, back, false)
}

// step looks on from event n; around says that the search has begun anew at the
// other end.
func (f *finder) step(seq, n int, back, around bool) {
	t := f.t
	req := Request{Op: Seek, Cell: t.c.info.ID, Answer: f.text, N: n, Back: back, Query: view.Query{Kind: t.kind}}
	t.c.page.client.ask(req, func(r *Reply) {
		switch {
		case seq != f.seq:
		case r.Error != "":
			f.say(r.Error)
		case r.Stopped:
			f.say(phrase.LookingAtEvent + view.Count(int64(r.N)) + phrase.OfTotal + view.Count(int64(t.c.progress.Events)))
			f.step(seq, r.N, back, around)
		case r.N > 0:
			f.found(r, around)
		case around:
			f.say(phrase.NoEventOfThisRunIs + f.text + "”.")
		case back:
			f.step(seq, t.c.progress.Events+1, true, true)
		default:
			f.step(seq, 0, false, true)
		}
	})
}

// found goes to an event and says what it is.
func (f *finder) found(r *Reply, around bool) {
	t := f.t
	says := phrase.EventHeading + view.Count(int64(r.N))
	if len(r.Log) > 0 {
		says += phrase.AtTime + view.Duration(r.Log[0].Time) + ": " + r.Log[0].String()
	}
	if around {
		says += phrase.TheSearchBeganAnewAtThe
	}
	t.reveal(r.Total)
	t.c.player.seek(r.N)
	f.say(says)
}
