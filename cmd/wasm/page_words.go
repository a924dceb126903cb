//go:build js

package main

import (
	"strconv"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// wordful is what is explained: a word of the scheduler's in the player, or one
// of the glossary's in the text, whose explanation comes with it.
const wordful = "[data-w], a.term"

// words explains words where they are chosen: one small panel for the whole page.
type words struct {
	panel js.Value
	of    js.Value // the word that is explained, null: none
	hover bool     // it is explained because the mouse is over it
	moves int      // counts what the mouse went over
	// finger says that what was pressed last was pressed by a finger: it can't hover.
	finger bool
}

func newWords() *words {
	w := &words{panel: jsx.Document.Call("createElement", "div"), of: js.Null()}
	w.panel.Set("className", "explain")
	w.panel.Set("hidden", true)
	w.panel.Set("id", "explain")
	jsx.Attr(w.panel, "role", "note")
	jsx.Document.Get("body").Call("append", w.panel)
	jsx.On(jsx.Document, "pointerdown", func(e js.Value) { w.finger = e.Get("pointerType").String() == "touch" })
	jsx.On(jsx.Document, "click", func(e js.Value) {
		target := e.Get("target")
		if word, ok := jsx.Closest(target, wordful); ok {
			if jsx.Data(word, "w") == "" {
				if !w.finger || e.Get("detail").Int() == 0 { // no clicks: the keyboard
					return // the link leads to the glossary
				}
				e.Call("preventDefault") // the panel has the link
			} else if word.Equal(w.of) {
				w.hide()
				return
			}
			w.show(word)
			w.hover = false
			return
		}
		if _, inside := jsx.Closest(target, "#explain, a[data-mark]"); !inside {
			w.hide()
		}
	})
	jsx.On(jsx.Document, "focusin", func(e js.Value) {
		if word, ok := jsx.Closest(e.Get("target"), "a.term:focus-visible"); ok {
			w.show(word)
		} else if _, inside := jsx.Closest(e.Get("target"), "#explain"); !inside && !w.of.IsNull() && jsx.Data(w.of, "says") != "" {
			w.hide()
		}
	})
	jsx.On(jsx.Document, "pointerover", func(e js.Value) {
		if e.Get("pointerType").String() == "mouse" {
			w.over(e.Get("target"))
		}
	})
	jsx.On(jsx.Document, "keydown", func(e js.Value) {
		if e.Get("key").String() == "Escape" {
			w.hide()
		}
	})
	return w
}

// lingers is for how many milliseconds an explanation stays when the mouse
// leaves the word: enough to reach the link in it.
const lingers = 300

// over hears what the mouse is over.
func (w *words) over(target js.Value) {
	w.moves++
	if word, ok := jsx.Closest(target, wordful); ok {
		if !word.Equal(w.of) {
			w.show(word)
			w.hover = true
		}
		return
	}
	if _, inside := jsx.Closest(target, "#explain"); inside || !w.hover {
		return
	}
	moves := w.moves
	jsx.After(lingers, func() {
		if moves == w.moves && w.hover {
			w.hide()
		}
	})
}

func (w *words) show(word js.Value) {
	if says := jsx.Data(word, "says"); says != "" {
		w.say(word, `<span>`+lesson.Escape(says)+`</span> <a href="`+lesson.Escape(jsx.GetAttr(word, "href"))+`">`+phrase.InTheGlossary+`</a>`)
	} else if known, ok := view.WordFor(jsx.Data(word, "w")); ok {
		w.say(word, paint.Word(known))
	}
}

// say shows HTML in the panel, beside an element that it is about.
func (w *words) say(word js.Value, html string) {
	w.hide()
	w.of = word
	jsx.HTML(w.panel, html)
	w.panel.Set("hidden", false)
	jsx.Attr(word, "aria-describedby", "explain")
	at := jsx.RectOf(word)
	width := jsx.Global.Get("innerWidth").Float()
	x := max(8, min(at.X, width-jsx.RectOf(w.panel).W-8))
	style := w.panel.Get("style")
	style.Set("left", px(x+jsx.Global.Get("scrollX").Float()))
	style.Set("top", px(at.Y+at.H+6+jsx.Global.Get("scrollY").Float()))
}

func (w *words) hide() {
	if w.of.IsNull() {
		return
	}
	w.of.Call("removeAttribute", "aria-describedby")
	w.of, w.hover = js.Null(), false
	w.panel.Set("hidden", true)
}

func px(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) + "px" }
