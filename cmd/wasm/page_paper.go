//go:build js

package main

import (
	"syscall/js"

	"gopark/cmd/wasm/jsx"
)

// tablesKey is where the browser keeps that the reader wants boards and
// timelines as tables too.
const tablesKey = "gopark-tables"

// toPaper makes the page fit to be printed: the editor draws only the lines that
// are to be seen, so it goes before the page is printed.
func (p *thePage) toPaper() {
	jsx.On(jsx.Global, "beforeprint", func(js.Value) {
		for _, c := range p.cells {
			c.editor.close()
		}
	})
}

// keepRecorded keeps what the lesson's HTML has of a cell's run, for paper and
// for as long as the reader has not run it.
func (c *cell) keepRecorded(recorded []js.Value) {
	if len(recorded) == 0 {
		return
	}
	box := jsx.Div(c.el, "onpaper")
	for _, el := range recorded {
		el.Set("open", true)
		box.Call("append", el)
	}
}

// showTables opens or closes what says every frame in words.
func (c *cell) showTables(on bool) {
	for _, part := range []string{"table2", "lanetable"} {
		if on != c.parts[part].Get("open").Bool() {
			c.parts[part].Set("open", on)
		}
	}
}

// tileObject finds what the area around target stands for.
func tileObject(target js.Value) (object js.Value, ok bool) {
	area, ok := jsx.Closest(target, "[data-tile]")
	if !ok {
		return area, false
	}
	ref := jsx.Data(area, "tile")
	for _, el := range jsx.All(area, "[data-o]") {
		if jsx.Data(el, "o") == ref {
			return el, true
		}
	}
	return area, false
}
