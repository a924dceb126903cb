//go:build js

package main

import (
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
)

// plainKey is where the browser keeps that the reader wants no CodeMirror.
const plainKey = "gopark-plain-editor"

// plainEditor reports whether programs are edited in a plain text area.
func plainEditor() bool { return jsx.Stored(plainKey) != "" }

// showSettings puts the reader's settings into the page's head: they need
// scripts, so they are not in the lesson's HTML.
func (p *thePage) showSettings() {
	box := jsx.Document.Call("createElement", "details")
	box.Set("className", "settings")
	jsx.HTML(box, paint.Settings(plainEditor()))
	jsx.One(jsx.Document, "header.site").Call("append", box)
	said := jsx.One(box, `[data-work="said"]`)
	jsx.On(jsx.One(box, `[data-work="export"]`), "click", func(js.Value) {
		go func() { jsx.Text(said, p.drafts.export()) }()
	})
	jsx.On(box, "change", func(e js.Value) {
		on := ""
		if files := e.Get("target").Get("files"); files.Truthy() {
			go func() {
				jsx.Text(said, p.drafts.bring(files.Index(0)))
				e.Get("target").Set("value", "")
			}()
			return
		}
		if e.Get("target").Get("checked").Bool() {
			on = "1"
		}
		jsx.Store(plainKey, on)
		for _, c := range p.cells {
			c.editor.close()
		}
	})
	jsx.On(box, "keydown", func(e js.Value) {
		if e.Get("key").String() == "Escape" {
			box.Set("open", false)
			jsx.One(box, "summary").Call("focus")
		}
	})
}
