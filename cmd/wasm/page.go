//go:build js

package main

import (
	"runtime/debug"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
)

// A thePage is the document and what serves all of its cells.
type thePage struct {
	lesson string
	client *client
	drafts *drafts
	cells  []*cell
	asks   []*ask
	// exercises are what the page has of them, in order.
	exercises []*exercise
	// examples are the playground's programs; its one cell shows one of them.
	examples []example
	about    js.Value // what the example is about
	words    *words
	compare  *comparing // nil until it is first wanted
	still    bool       // the reader wants no motion
	dark     bool
}

// pageGarbage is the page's GOGC: a cycle of the collector takes longer than a
// frame, so they come late. The engine chooses its own.
const pageGarbage = 300

// runPage takes over the lesson that the document holds already.
func runPage() {
	debug.SetGCPercent(pageGarbage)
	p := &thePage{
		lesson: jsx.Global.Get("gopark").Get("lesson").String(),
		still:  jsx.Matches("(prefers-reduced-motion: reduce)"),
		dark:   jsx.Matches("(prefers-color-scheme: dark)"),
	}
	p.client = newClient(p.lost)
	p.words = newWords()
	p.drafts = newDrafts(p)
	p.takeExamples()
	for _, el := range jsx.All(jsx.Document, "section[data-cell]") {
		p.cells = append(p.cells, newCell(p, el))
	}
	for _, el := range jsx.All(jsx.Document, "[data-ask]") {
		p.asks = append(p.asks, newAsk(p, el))
	}
	for _, el := range jsx.All(jsx.Document, ".exercise[data-exercise]") {
		p.exercises = append(p.exercises, newExercise(p, el))
	}
	p.followMarks()
	p.toPaper()
	jsx.OnMedia("(prefers-reduced-motion: reduce)", func(on bool) { p.still = on })
	jsx.OnMedia("(prefers-color-scheme: dark)", func(on bool) {
		p.dark = on
		for _, c := range p.cells {
			c.timeline.recolour()
			c.lens.dots()
		}
	})
	p.client.ask(Request{Op: Hello}, func(r *Reply) {
		for _, c := range p.cells {
			c.offer(r.Eras)
		}
	})
	p.showSettings()
	jsx.On(jsx.Global, "hashchange", func(js.Value) { p.openLink() })
	p.drafts.restore()
	if len(p.cells) > 0 {
		p.client.ask(Request{Op: Warm, Source: p.cells[0].original}, func(*Reply) {})
	}
	jsx.Attr(jsx.Document.Get("documentElement"), "data-ready", "")
	select {}
}

// lost tells the cells that the engine has been started anew.
func (p *thePage) lost() {
	for _, c := range p.cells {
		c.lost()
	}
}

func (p *thePage) cell(id string) *cell {
	for _, c := range p.cells {
		if c.info.ID == id {
			return c
		}
	}
	return nil
}
