//go:build js

package main

import (
	"cmp"
	"strconv"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/internal/plainjson"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// followMarks makes the text's steps drive the player, and its claims prove
// themselves.
func (p *thePage) followMarks() {
	jsx.On(jsx.Document, "click", func(e js.Value) {
		link, ok := jsx.Closest(e.Get("target"), "a[data-mark]")
		if !ok {
			return
		}
		m := new(lesson.Mark)
		if err := plainjson.Unmarshal(jsx.GetAttr(link, "data-mark"), m); err != nil {
			panic("page: data-mark: " + err.Error()) // the build wrote it
		}
		c := p.cell(m.Cell)
		if c == nil || e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() {
			return
		}
		e.Call("preventDefault")
		if m.Step() {
			p.step(c, m)
		} else {
			p.prove(c, m, link)
		}
	})
}

// step follows a step of the text.
func (p *thePage) step(c *cell, m *lesson.Mark) {
	p.words.hide()
	if m.Run {
		c.lead(m.Settings, nil)
		return
	}
	c.lead(m.Settings, func() { c.goWhere(Request{Mark: m}, func() { c.led = true }) })
}

// prove says in a note beside a claim what it comes to.
func (p *thePage) prove(c *cell, m *lesson.Mark, link js.Value) {
	p.words.say(link, `<p>The simulator runs it …</p>`)
	req := Request{Op: Prove, Source: c.original, Mark: m, Answer: link.Get("textContent").String()}
	p.client.ask(req, func(r *Reply) {
		if !r.Last || !link.Equal(p.words.of) {
			return
		}
		p.words.say(link, `<p><code>`+lesson.Escape(m.Formula)+`</code> `+lesson.Escape(cmp.Or(r.Error, r.Text))+
			`</p><button type="button">Run it so</button>`)
		jsx.On(jsx.One(p.words.panel, "button"), "click", func(js.Value) {
			p.words.hide()
			c.lead(m.Settings, nil)
		})
	})
}

// lead brings the cell into view, runs it under settings unless that is what
// it shows, and then does what follows.
func (c *cell) lead(s lesson.Settings, then func()) {
	c.intoView()
	c.led = true
	before := c.settings()
	c.setSettings(s)
	now := c.settings()
	if now != before {
		c.note("Set for this: "+now.Words()+".", offer{"own", "Back to this program’s own settings"})
	}
	if then != nil && c.frame != nil && !c.running && c.source == c.editor.text && c.tallOf == now {
		then()
		return
	}
	c.gates.led = true
	c.run()
	c.then = then
}

// intoView scrolls to the cell, or on a small screen to what is said of the instant,
// with the board below it.
func (c *cell) intoView() {
	el := c.el
	if jsx.Matches("(max-width: 900px)") {
		el = c.parts["say"]
	}
	el.Call("scrollIntoView", map[string]any{"block": "start", "behavior": map[bool]string{true: "auto", false: "smooth"}[c.page.still]})
}

// goWhere moves the player to the instant that a mark or a question is about.
func (c *cell) goWhere(find Request, arrived func()) {
	find.Op, find.Cell = Find, c.info.ID
	run := c.runSeq
	c.page.client.ask(find, func(r *Reply) {
		switch {
		case run != c.runSeq:
		case r.Error != "":
			c.fail(r.Error)
		case r.N < 0 && c.editor.text != c.original:
			c.note("In this run it never comes to that: you have changed the program.", offer{"reset", "Back to the original"})
		case r.N < 0:
			c.note("In this run it never comes to that.")
		default:
			c.player.seek(r.N)
			c.say("Event " + view.Count(int64(r.N)))
			if arrived != nil {
				arrived()
			}
		}
	})
}

// playFrom has a cell run by itself, from the instant that its attribute
// data-play names, a mark: the start page's does.
func (c *cell) playFrom(play string) {
	m := new(lesson.Mark)
	if err := plainjson.Unmarshal(play, m); err != nil {
		panic("page: data-play: " + err.Error()) // the build wrote it
	}
	c.run()
	c.then = func() {
		c.goWhere(Request{Mark: m}, func() {
			if !c.page.still {
				c.parts["speed"].Set("value", strconv.Itoa(calmPlay))
				c.player.setSpeed()
				c.player.play()
			}
		})
	}
}

// calmPlay is where the speed's slider stands for about one event a second.
const calmPlay = 3
