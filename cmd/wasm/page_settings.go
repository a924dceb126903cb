//go:build js

package main

import (
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
)

// plainKey is where the browser keeps that the reader wants no CodeMirror.
const plainKey = "gopark-plain-editor"

// vimKey is where it keeps that the reader wants vim's keys.
const vimKey = "gopark-vim"

// noKeysKey is where it keeps that the reader wants no shortcuts of a single key.
const noKeysKey = "gopark-no-keys"

// chosen reports whether the reader has switched something on.
func chosen(key string) bool { return jsx.Stored(key) != "" }

// showSettings puts the reader's settings into the page's head: they need
// scripts, so they are not in the lesson's HTML.
func (p *thePage) showSettings() {
	box := jsx.Document.Call("createElement", "details")
	box.Set("className", "settings")
	jsx.HTML(box, paint.Settings(chosen(plainKey), chosen(vimKey), chosen(noKeysKey), chosen(tablesKey)))
	jsx.One(jsx.Document, "header.site").Call("append", box)
	showOffline(box)
	said := jsx.One(box, `[data-work="said"]`)
	jsx.On(jsx.One(box, `[data-work="export"]`), "click", func(js.Value) {
		go func() { jsx.Text(said, p.drafts.export()) }()
	})
	jsx.On(box, "change", func(e js.Value) {
		if files := e.Get("target").Get("files"); files.Truthy() {
			go func() {
				jsx.Text(said, p.drafts.bring(files.Index(0)))
				e.Get("target").Set("value", "")
			}()
			return
		}
		if jsx.Data(e.Get("target"), "offline") != "" {
			return
		}
		on := ""
		if e.Get("target").Get("checked").Bool() {
			on = "1"
		}
		jsx.Store(e.Get("target").Get("name").String(), on)
		for _, c := range p.cells {
			c.editor.close()
			c.showTables(chosen(tablesKey))
		}
	})
	keys := jsx.Document.Call("getElementById", "keys")
	jsx.On(jsx.One(box, `[data-act="keys"]`), "click", func(js.Value) { keys.Call("showModal") })
	jsx.On(jsx.Document, "keydown", func(e js.Value) {
		_, writing := jsx.Closest(e.Get("target"), "input, textarea, select, [contenteditable], dialog")
		if e.Get("key").String() == "?" && !writing && !chosen(noKeysKey) {
			e.Call("preventDefault")
			keys.Call("showModal")
		}
	})
	jsx.On(box, "keydown", func(e js.Value) {
		if e.Get("key").String() == "Escape" {
			box.Set("open", false)
			jsx.One(box, "summary").Call("focus")
		}
	})
}
