//go:build js

package main

import (
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim"
	"gopark/sim/view"
)

// lintDelay is how many milliseconds after the last key the program is checked.
const lintDelay = 300

// An editor is a cell's program: a highlighted text until it is first touched,
// then CodeMirror, or a plain text area if that can't be loaded.
type editor struct {
	c      *cell
	text   string
	box    js.Value
	code   js.Value // CodeMirror's bridge, null before
	area   js.Value // the text area, null unless it had to be
	coming bool     // the bridge is being loaded
	shown  []view.Mark
	edits  int            // counts changes
	breaks map[int32]bool // breakpoints by line, while the bridge is not there
}

func newEditor(c *cell) *editor {
	ed := &editor{c: c, text: c.original, box: c.parts["program"], breaks: map[int32]bool{}, code: js.Null(), area: js.Null()}
	ed.paint()
	jsx.On(ed.box, "pointerdown", func(e js.Value) {
		if !ed.plain() {
			return
		}
		if line, gutter := ed.lineAt(e); gutter && !ed.coming {
			ed.toggle(line)
			return
		}
		ed.open(e.Get("clientX").Float(), e.Get("clientY").Float())
	})
	jsx.OnPassive(ed.box, "mouseover", ed.over)
	return ed
}

// plain reports whether the program is still only text.
func (ed *editor) plain() bool { return ed.code.IsNull() && ed.area.IsNull() }

func (ed *editor) paint() {
	jsx.HTML(ed.box, `<pre><code>`+paint.Program(ed.text, ed.shown)+`</code></pre>`)
	lines := jsx.All(ed.box, ".line")
	for _, n := range ed.stops() {
		if int(n) <= len(lines) {
			jsx.Toggle(lines[n-1], "stop", true)
		}
	}
}

// open loads the editor and puts the cursor where the reader pointed.
func (ed *editor) open(x, y float64) {
	if ed.coming {
		return
	}
	ed.coming = true
	if chosen(plainKey) {
		jsx.One(ed.c.el, `[data-act="edit"]`).Set("hidden", true)
		jsx.HTML(ed.box, "")
		ed.openArea()
		return
	}
	go func() {
		loader := jsx.Global.Get("gopark")
		module, err := jsx.Await(loader.Call("loadEditor", chosen(vimKey)))
		jsx.One(ed.c.el, `[data-act="edit"]`).Set("hidden", true)
		jsx.HTML(ed.box, "")
		stops := []any{}
		for _, n := range ed.stops() {
			stops = append(stops, n)
		}
		if err != nil {
			ed.openArea()
			return
		}
		ed.code = module.Call("create", ed.box, map[string]any{
			"doc": ed.text, "label": "Program " + ed.c.info.Title,
			"changed": jsx.Func(func(v js.Value) { ed.changed(v.String()) }),
			"stops":   stops, "stopped": jsx.Func(func(v js.Value) { ed.broken(v.String()) }),
			"ask": js.FuncOf(ed.ask), "docs": loader.Get("docs"),
		})
		ed.marks(ed.shown)
		if x >= 0 {
			ed.code.Call("goXY", x, y)
		} else {
			ed.code.Call("go", 1, 0)
		}
		ed.lint()
	}()
}

// close goes back to text that is only shown, until it is touched again.
func (ed *editor) close() {
	if ed.plain() {
		return
	}
	ed.stops() // keeps them
	ed.code, ed.area, ed.coming = js.Null(), js.Null(), false
	jsx.One(ed.c.el, `[data-act="edit"]`).Set("hidden", false)
	ed.paint()
}

// openArea is the editor for when there is no CodeMirror, or it is not wanted.
func (ed *editor) openArea() {
	ed.area = jsx.Document.Call("createElement", "textarea")
	ed.area.Set("value", ed.text)
	ed.area.Set("rows", strings.Count(ed.text, "\n")+2)
	ed.area.Set("spellcheck", false)
	jsx.Attr(ed.area, "aria-label", phrase.ProgramNamed+ed.c.info.Title)
	jsx.On(ed.area, "input", func(js.Value) { ed.changed(ed.area.Get("value").String()) })
	ed.box.Call("append", ed.area)
	ed.area.Call("focus")
}

// changed hears that the reader typed.
func (ed *editor) changed(text string) {
	if text == ed.text {
		return
	}
	ed.text = text
	if !ed.c.quiet {
		ed.edits++
		ed.c.note("")
		ed.c.edited()
		ed.c.touched()
	}
	if len(ed.shown) > 0 && text != ed.c.source {
		ed.marks(nil)
	}
	ed.lint()
}

// lint checks the program when the reader has paused.
func (ed *editor) lint() {
	edits := ed.edits
	jsx.After(lintDelay, func() {
		if edits != ed.edits {
			return
		}
		ed.c.page.client.ask(Request{Op: Diagnose, Source: ed.text}, func(r *Reply) {
			if edits == ed.edits && r.Error == "" {
				ed.wrong(r.Diagnostics)
			}
		})
	})
}

// set replaces the text.
func (ed *editor) set(text string) {
	switch {
	case !ed.code.IsNull():
		ed.code.Call("set", text) // calls changed
	case !ed.area.IsNull():
		ed.area.Set("value", text)
	}
	if ed.text != text {
		ed.changed(text)
	}
	if ed.plain() {
		ed.paint()
	}
}

// show is set for what the reader did not write.
func (ed *editor) show(text string) {
	ed.c.quiet = true
	ed.set(text)
	ed.c.quiet = false
}

// wrong shows diagnostics at their places.
func (ed *editor) wrong(list []sim.Diagnostic) {
	if ed.code.IsNull() {
		return
	}
	lines := strings.Split(ed.text, "\n")
	line := func(n int) string {
		if n < 1 || n > len(lines) {
			return ""
		}
		return lines[n-1]
	}
	all := []any{}
	for _, d := range list {
		all = append(all, map[string]any{
			"line": d.Line, "column": column16(line(d.Line), d.Column), "message": d.Message,
			"endLine": d.EndLine, "endColumn": column16(line(d.EndLine), d.EndColumn),
		})
	}
	ed.code.Call("wrong", all)
}

// marks shows which goroutines are where, unless the text is no longer what ran.
func (ed *editor) marks(marks []view.Mark) {
	if ed.text != ed.c.source {
		marks = nil
	}
	ed.shown = marks
	switch {
	case !ed.code.IsNull():
		all := []any{}
		for _, m := range paint.Marks(marks) {
			all = append(all, map[string]any{"line": m.Line, "style": m.Style, "html": m.HTML})
		}
		ed.code.Call("marks", all)
	case ed.area.IsNull():
		ed.paint()
	}
	for _, m := range ed.shown {
		if m.Row.Pills[0].State == view.Running {
			ed.reveal(int(m.Line))
			return
		}
	}
}

// reveal scrolls a long program, and nothing else, so that a line can be seen;
// not while the reader is writing in it.
func (ed *editor) reveal(line int) {
	if ed.box.Call("contains", jsx.Document.Get("activeElement")).Bool() {
		return
	}
	height, tall, top := ed.box.Get("scrollHeight").Float(), ed.box.Get("clientHeight").Float(), ed.box.Get("scrollTop").Float()
	each := height / float64(strings.Count(ed.text, "\n")+1)
	if at := float64(line) * each; height > tall && (at-2*each < top || at+each > top+tall) {
		ed.box.Set("scrollTop", at-tall/2)
	}
}

// goTo moves the cursor to a line and a column that counts bytes from 1.
func (ed *editor) goTo(line, column int) {
	switch {
	case !ed.code.IsNull():
		lines := strings.Split(ed.text, "\n")
		if line >= 1 && line <= len(lines) {
			column = column16(lines[line-1], column)
		}
		ed.code.Call("go", line, column)
	case !ed.area.IsNull():
		ed.area.Call("focus")
	default:
		ed.open(-1, -1)
	}
}
