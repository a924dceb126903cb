//go:build js

package main

import (
	"cmp"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/plainjson"
	"gopark/sim/lesson"
)

// An example is a program of the playground that its cell does not show.
type example struct {
	info     lesson.Cell
	original string
	about    string // HTML
}

// exampleKey is where the browser keeps which example was chosen.
const exampleKey = "gopark-example"

// takeExamples makes one cell of the playground's examples, and keeps the
// others for its menu.
func (p *thePage) takeExamples() {
	box := jsx.Document.Call("getElementById", "examples")
	if box.IsNull() {
		return
	}
	sections := jsx.All(box, "section[data-cell]")
	chosen := jsx.Stored(exampleKey)
	shown := js.Null()
	for _, el := range sections {
		e := exampleOf(el)
		p.examples = append(p.examples, e)
		if shown.IsNull() || e.info.ID == chosen {
			shown = el
		}
	}
	p.about = jsx.Document.Call("createElement", "p")
	p.about.Set("className", "about")
	jsx.HTML(p.about, exampleOf(shown).about)
	box.Call("before", p.about, shown)
	jsx.Remove(box)
}

func exampleOf(el js.Value) example {
	var e example
	if err := plainjson.Unmarshal(jsx.GetAttr(el, "data-cell"), &e.info); err != nil {
		panic("page: data-cell: " + err.Error()) // the build wrote it
	}
	e.original = jsx.One(el, "pre code").Get("textContent").String()
	if about := el.Get("previousElementSibling"); !about.IsNull() && about.Get("tagName").String() == "P" {
		e.about = about.Get("innerHTML").String()
	}
	return e
}

// exampleOptions are the menu.
func (p *thePage) exampleOptions() []paint.Option {
	var list []paint.Option
	for _, e := range p.examples {
		list = append(list, paint.Option{Value: e.info.ID, Label: e.info.Title})
	}
	return list
}

// find is the cell of an id. The playground's one becomes it, if it can.
func (p *thePage) find(id string) *cell {
	if c := p.cell(id); c != nil {
		return c
	}
	for _, e := range p.examples {
		if e.info.ID == id {
			p.cells[0].become(e)
			jsx.HTML(p.about, e.about)
			return p.cells[0]
		}
	}
	return nil
}

// choose shows another example, with the reader's draft of it.
func (p *thePage) choose(id string) {
	if c := p.find(id); c != nil {
		jsx.Store(exampleKey, id)
		forgetLink()
		c.bringBack()
	}
}

// become makes the cell another program's.
func (c *cell) become(e example) {
	if c.running {
		c.page.client.ask(Request{Op: Stop, Cell: c.info.ID}, func(*Reply) {})
	}
	c.leaveTrace()
	c.page.client.drop(c.runSeq)
	c.over()
	c.info, c.original, c.source = e.info, e.original, ""
	c.info.Era = cmp.Or(c.info.Era, today())
	c.frame, c.runSeq, c.goid, c.undo, c.old, c.linked, c.goal = nil, 0, 0, nil, nil, false, goal{}
	c.parts["example"].Set("value", e.info.ID)
	jsx.Text(jsx.One(c.el, ".cell-title"), e.info.Title)
	jsx.Attr(c.el, "aria-label", e.info.Title)
	c.editor.close()
	c.editor.show(c.original)
	c.editor.edits = 0
	c.setSettings(c.info.Settings)
	c.enable("reset", false)
	c.note("")
	jsx.HTML(c.parts["output"], `<p class="soft">`+phrase.WhatTheProgramPrintsComesHere+`</p>`)
	c.blank(phrase.PressRunTheProgramRunsTo)
	c.fillSheet()
}
