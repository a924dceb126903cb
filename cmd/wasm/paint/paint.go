// Package paint turns views into HTML. It knows the names of the style
// sheet's classes and of the attributes that the page listens to; it knows no
// document, so all of it is text that a test can read. Everything that comes
// from a program is escaped here.
//
//	data-g   goid of a goroutine: choosing it opens it and shows its stack
//	data-o   kind and number of another object: choosing it opens it
//	data-k   key of something that moves: it is animated from place to place
//	data-n   event number: choosing it goes there
//	data-w   key of a word: choosing it explains the word
package paint

import (
	"strconv"
	"strings"

	"gopark/sim/lesson"
	"gopark/sim/view"
)

// A page is HTML being written.
type page struct {
	strings.Builder
	keyed map[string]bool // keys given out: each once
}

func (p *page) w(parts ...string) {
	for _, s := range parts {
		p.WriteString(s)
	}
}

func esc(s string) string { return lesson.Escape(s) }

// ColourStyle is the style attribute's value that gives an element the colour
// of the rank-th goroutine.
func ColourStyle(rank int) string {
	c := view.ColourOf(rank)
	return "--l:" + num(c.L) + ";--ch:" + num(c.C) + ";--h:" + num(c.H)
}

func num(f float64) string { return strconv.FormatFloat(f, 'g', 4, 64) }

var stateClass = map[string]string{
	view.Running: "run", view.Runnable: "able", view.Waiting: "wait", view.Syscall: "sys", view.Dead: "dead",
}

// pill writes a goroutine. place tells pills of one goroutine apart; "" means
// that this one does not move.
func (p *page) pill(g view.Pill, place string) {
	class := "g " + stateClass[g.State]
	if g.Changed {
		class += " moved"
	}
	name := g.Name()
	if g.Value != "" {
		name += " " + g.Value // as it is seen, for whoever says it to the computer
	}
	label := name + ", " + g.Note
	p.w(`<button type="button" tabindex="-1" class="`, class, `" style="`, ColourStyle(g.Rank), `" data-g="`, view.Plain(g.ID), `"`)
	if key := "g" + view.Plain(g.ID); place != "" && !p.keyed[key] {
		p.keyed[key] = true
		p.w(` data-k="`, key, `"`)
	}
	p.w(` aria-label="`, esc(label), `" title="`, esc(label), `">`, g.Name())
	if g.Value != "" {
		p.w(` <span class="val">`, esc(g.Value), `</span>`)
	}
	p.w(`</button>`)
}

// row writes a queue, head first.
func (p *page) row(r view.Row, place string) {
	for _, g := range r.Pills {
		p.pill(g, place)
	}
	if r.More > 0 {
		p.w(`<span class="more">+`, view.Count(int64(r.More)), `</span>`)
	}
}

// Sentence is a sentence with its goroutines in their colours and its words
// explained. link makes the words something to choose.
func Sentence(s view.Sentence, link bool) string {
	var p page
	p.sentence(s, link)
	return p.String()
}

func (p *page) sentence(s view.Sentence, link bool) {
	for _, part := range s.Parts {
		switch {
		case part.Goid != 0:
			p.w(`<b class="ref" style="`, ColourStyle(part.Rank), `">`, esc(part.Text), `</b>`)
		case part.Name:
			p.w(`<b class="mp">`, esc(part.Text), `</b>`)
		case part.Word != "" && link:
			p.w(`<button type="button" class="word" data-w="`, esc(part.Word), `">`, esc(part.Text), `</button>`)
		default:
			p.w(esc(part.Text))
		}
	}
}
