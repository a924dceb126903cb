//go:build js

package main

import (
	"strconv"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// objects finds what can be opened.
const objects = "[data-g], [data-o]"

// A card is the one object of a cell's computer that is open.
type card struct {
	c     *cell
	el    js.Value
	trail []view.Ref // how it was come to; the last is open; empty: none is
	drawn int        // the instant it shows
	focus bool       // when it is drawn, it takes the focus
}

func newCard(c *cell) *card { return &card{c: c, el: c.parts["card"]} }

// refOf is what an element with data-g or data-o stands for.
func refOf(el js.Value) view.Ref {
	if g := jsx.Data(el, "g"); g != "" {
		id, _ := strconv.ParseInt(g, 10, 64)
		return view.Ref{Kind: view.RefG, ID: id}
	}
	kind, number, _ := strings.Cut(jsx.Data(el, "o"), ":")
	id, _ := strconv.ParseInt(number, 10, 64)
	return view.Ref{Kind: view.RefKind(kind), ID: id}
}

// choose opens what the reader chose. A goroutine's stack is shown from now on;
// choosing it again lets go of it.
func (k *card) choose(el js.Value) {
	if k.c.frame == nil {
		return
	}
	ref := refOf(el)
	again := len(k.trail) > 0 && k.trail[len(k.trail)-1] == ref
	switch inside := k.el.Call("contains", el).Bool(); {
	case again && inside:
		return
	case again:
		k.close()
	case inside:
		k.trail = append(k.trail, ref)
	default:
		for _, other := range k.c.page.cells {
			other.card.trail = nil
			other.card.el.Set("hidden", true)
		}
		k.trail = []view.Ref{ref}
	}
	if ref.Kind == view.RefG {
		k.c.goid = ref.ID
		if again {
			k.c.goid = 0
		}
		k.c.player.show(k.c.player.want)
	}
	k.open()
}

// back opens the object before.
func (k *card) back() {
	if len(k.trail) > 1 {
		k.trail = k.trail[:len(k.trail)-1]
		k.open()
	}
}

// close gives the focus back to where the card was opened from, or what is there now.
func (k *card) close() {
	if len(k.trail) == 0 {
		return
	}
	first := k.trail[0]
	k.trail = nil
	k.el.Set("hidden", true)
	for _, el := range jsx.All(k.c.el, objects) {
		if refOf(el) == first && !k.el.Call("contains", el).Bool() {
			el.Call("focus", map[string]any{"preventScroll": true})
			return
		}
	}
	if stop := jsx.One(k.c.parts["board"], `[tabindex="0"]`); !stop.IsNull() {
		stop.Call("focus", map[string]any{"preventScroll": true})
	}
}

// shows is told that another instant is shown.
func (k *card) shows(n int) {
	if len(k.trail) > 0 && n != k.drawn && !k.c.player.hasty() {
		k.focus = k.focus || k.el.Call("contains", jsx.Document.Get("activeElement")).Bool()
		k.ask()
	}
}

// open shows another object and takes the reader there.
func (k *card) open() {
	k.focus = true
	k.ask()
}

// ask asks for the object as it is now.
func (k *card) ask() {
	if len(k.trail) == 0 {
		return
	}
	ref, n := k.trail[len(k.trail)-1], k.c.frame.Event
	k.drawn = n
	k.c.page.client.ask(Request{Op: Open, Cell: k.c.info.ID, N: n, Ref: &ref}, func(r *Reply) {
		if len(k.trail) == 0 || k.trail[len(k.trail)-1] != ref || k.drawn != n {
			return
		}
		if r.Object == nil {
			r.Object = &view.Object{Title: phrase.NotThere, Says: phrase.AtThisInstantThereIsNo + r.Error}
		}
		k.draw(r)
	})
}

func (k *card) draw(r *Reply) {
	var open []string
	for _, el := range jsx.All(k.el, "details[open]") {
		open = append(open, jsx.Data(el, "f"))
	}
	jsx.HTML(k.el, paint.Card(r.Object, r.Why, len(k.trail) > 1))
	jsx.Attr(k.el, "aria-label", r.Object.Title)
	k.el.Set("hidden", false)
	for _, el := range jsx.All(k.el, "details") {
		for _, name := range open {
			if jsx.Data(el, "f") == name {
				el.Set("open", true)
			}
		}
	}
	if k.focus {
		k.focus = false
		k.el.Set("scrollTop", 0)
		jsx.One(k.el, "h3").Call("focus", map[string]any{"preventScroll": true})
	}
}
