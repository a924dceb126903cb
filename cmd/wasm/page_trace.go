//go:build js

package main

import (
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/trace/realtrace"
	"gopark/sim/view"
)

// takeTraces makes the cell open execution traces of real programs, from its
// file button or dropped on it.
func (c *cell) takeTraces() {
	file := c.parts["trace"]
	jsx.On(file, "change", func(js.Value) {
		if list := file.Get("files"); list.Length() > 0 {
			go c.openTrace(list.Index(0))
		}
	})
	over := func(e js.Value) bool {
		return e.Get("dataTransfer").Truthy() && e.Get("dataTransfer").Get("types").Call("includes", "Files").Bool()
	}
	jsx.OnActive(c.el, "dragover", func(e js.Value) {
		if over(e) {
			e.Call("preventDefault")
			jsx.Toggle(c.el, "dropping", true)
		}
	})
	for _, event := range []string{"dragleave", "drop"} {
		jsx.On(c.el, event, func(js.Value) { jsx.Toggle(c.el, "dropping", false) })
	}
	jsx.OnActive(c.el, "drop", func(e js.Value) {
		if over(e) {
			e.Call("preventDefault")
			go c.openTrace(e.Get("dataTransfer").Get("files").Index(0))
		}
	})
}

// openTrace shows a file that the reader has chosen. It blocks.
func (c *cell) openTrace(file js.Value) {
	name := file.Get("name").String()
	defer c.parts["trace"].Set("value", "") // the same file may be chosen again
	if file.Get("size").Int() > realtrace.MaxSize {
		c.traceFailed(name, realtrace.ErrSize.Error())
		return
	}
	bytes, err := jsx.Await(file.Call("arrayBuffer"))
	if err != nil {
		c.traceFailed(name, phrase.TheBrowserCantReadThisFile+err.Error()+".")
		return
	}
	if c.running {
		c.page.client.ask(Request{Op: Stop, Cell: c.info.ID}, func(*Reply) {})
	}
	c.page.client.drop(c.runSeq)
	c.over()
	c.player.rewound()
	c.card.close()
	c.source, c.goid, c.goal, c.then = "", 0, goal{}, nil
	c.frame, c.progress, c.running, c.traced = nil, view.Progress{}, true, true
	c.enable("stop", true)
	c.enable("compare", false) // nothing but what happened can be known
	c.el.Get("classList").Call("add", "busy", "ran", "traced")
	c.editor.marks(nil)
	c.note("")
	told := c.parts["told"]
	jsx.HTML(told, paint.Told(name))
	told.Set("hidden", false)
	jsx.Text(jsx.One(c.el, ".cell-title"), name)
	c.say(phrase.Opening + name)
	c.runSeq = c.page.client.askWith(Request{Op: Trace, Cell: c.info.ID}, bytes, func(r *Reply) {
		if r.Error != "" {
			c.traceFailed(name, r.Error)
			return
		}
		c.told(r)
	})
}

// traceFailed says in a sentence why a file is not shown.
func (c *cell) traceFailed(name, why string) {
	c.closeTrace()
	c.note(name + ": " + why)
}

// closeTrace goes back to the program.
func (c *cell) closeTrace() {
	c.page.client.drop(c.runSeq)
	c.leaveTrace()
	c.over()
	c.frame, c.runSeq = nil, 0
	c.blank(phrase.PressRunTheProgramRunsTo)
}

// leaveTrace makes the cell a program's again.
func (c *cell) leaveTrace() {
	if c.traced {
		c.traced = false
		c.enable("compare", true)
		jsx.Toggle(c.el, "traced", false)
		c.parts["told"].Set("hidden", true)
		jsx.Text(jsx.One(c.el, ".cell-title"), c.info.Title)
	}
}
