//go:build js

package main

import (
	"cmp"
	"strconv"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/internal/plainjson"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// A cell is a program with its player.
type cell struct {
	// Fixed.
	page     *thePage
	info     lesson.Cell
	el       js.Value
	parts    map[string]js.Value // by data-part
	original string
	editor   *editor
	player   *player
	timeline *timeline
	card     *card
	gates    *gates
	lens     *lens
	xray     *xray

	// The run.
	runSeq   int    // of the Run request, 0: never run
	source   string // that was run
	running  bool
	progress view.Progress
	frame    *view.Frame
	goid     int64  // the goroutine chosen, 0: whoever the last event is about
	undo     *undo  // what Reset threw away
	linked   bool   // what is shown came with a link: the reader's draft is another
	quiet    bool   // what changes now, the reader does not change
	goal     goal   // where to go when the run is over
	then     func() // what to do then, nil: nothing
	old      []oldDraft
	shown    *view.Board
	traced   bool            // what is shown is a trace of a real program
	led      bool            // a link has led here: the next instant that is drawn is scrolled to
	tall     int             // pixels: the most that the board has taken …
	tallOf   lesson.Settings // … under these settings
}

// newCell makes the section el, as the lesson's HTML has it, a living cell.
func newCell(p *thePage, el js.Value) *cell {
	c := &cell{page: p, el: el, parts: map[string]js.Value{}}
	if err := plainjson.Unmarshal(jsx.GetAttr(el, "data-cell"), &c.info); err != nil {
		panic("page: data-cell: " + err.Error()) // the build wrote it
	}
	c.info.Era = cmp.Or(c.info.Era, today())
	if program := jsx.One(el, "pre code"); !program.IsNull() {
		c.original = program.Get("textContent").String()
	}
	recorded := jsx.All(el, "details.recorded")
	jsx.HTML(el, paint.Cell(c.info, p.exampleOptions()))
	jsx.Toggle(el, "live", true)
	for _, part := range jsx.All(c.el, "[data-part]") {
		if name := jsx.Data(part, "part"); c.parts[name].IsUndefined() {
			c.parts[name] = part
		}
	}
	c.editor = newEditor(c)
	c.player = newPlayer(c)
	c.timeline = newTimeline(c)
	c.card = newCard(c)
	c.gates = &gates{c: c}
	c.lens = newLens(c)
	c.xray = newXRay(c)
	c.keepRecorded(recorded)
	c.showTables(chosen(tablesKey))
	c.showIdle()
	c.listen(el)
	return c
}

// listen hears everything that happens in the cell, in one place.
func (c *cell) listen(el js.Value) {
	jsx.On(el, "click", func(e js.Value) { c.click(e.Get("target")) })
	jsx.On(el, "input", func(e js.Value) { c.input(e.Get("target")) })
	jsx.On(c.parts["table2"], "toggle", func(js.Value) {
		if c.shown != nil {
			jsx.HTML(jsx.One(c.parts["table2"], "table"), paint.Table(c.shown))
		}
	})
	jsx.On(el, "change", func(e js.Value) { c.changed(e.Get("target")) })
	jsx.On(c.el, "keydown", c.key)
	if len(c.page.examples) > 0 {
		c.takeTraces()
	}
}

func (c *cell) click(target js.Value) {
	if b, ok := jsx.Closest(target, "[data-act]"); ok {
		c.act(jsx.Data(b, "act"))
		return
	}
	if c.gates.points(target) {
		return
	}
	if b, ok := jsx.Closest(target, objects); ok {
		c.card.choose(b)
		return
	}
	if b, ok := jsx.Closest(target, "[data-version]"); ok {
		n, _ := strconv.Atoi(jsx.Data(b, "version"))
		c.showVersion(n)
		return
	}
	if b, ok := jsx.Closest(target, "[data-n]"); ok {
		n, _ := strconv.Atoi(jsx.Data(b, "n"))
		c.player.seek(n)
		return
	}
	if b, ok := jsx.Closest(target, "[data-line]"); ok {
		line, _ := strconv.Atoi(jsx.Data(b, "line"))
		column, _ := strconv.Atoi(jsx.Data(b, "col"))
		c.editor.goTo(line, column)
		return
	}
	if el, ok := tileObject(target); ok {
		c.card.choose(el)
	}
}

// act does what a control says; every control comes through here.
func (c *cell) act(name string) {
	switch name {
	case "run":
		c.run()
	case "stop":
		c.stop()
	case "reset":
		c.reset()
	case "undo":
		c.undoReset()
	case "own":
		c.setSettings(c.info.Settings)
		c.note("")
	case "oldShow", "oldForget":
		c.answerOld(name == "oldShow")
	case "format":
		c.format()
	case "traceClose":
		c.closeTrace()
	case "share", "copyLink", "copySnippet", "mine":
		c.share(name)
	case "cardBack":
		c.card.back()
	case "cardClose":
		c.card.close()
	case "compare", "fork":
		c.page.comparing().open(c, name == "fork", nil)
	case "edit":
		c.editor.goTo(1, 1)
	case "laneP", "laneM", "laneG", "laneCore", "laneProcess", "zoomIn", "zoomOut", "zoomFit", "lanesUp", "lanesDown", "arrows", "findNext", "findBack":
		c.timeline.act(name)
	default:
		if strings.HasPrefix(name, "get") {
			c.share(name)
			return
		}
		c.player.act(name)
	}
}

func (c *cell) input(target js.Value) {
	switch jsx.Data(target, "part") {
	case "time":
		n, _ := strconv.Atoi(target.Get("value").String())
		c.player.seek(n)
	case "speed":
		c.player.setSpeed()
	}
}

func (c *cell) changed(target js.Value) {
	switch jsx.Data(target, "part") {
	case "example":
		c.page.choose(target.Get("value").String())
	case "era", "procs", "cores", "seed":
		c.edited()
		c.touched()
		if c.frame == nil {
			c.showIdle()
		}
	}
}

// key hears the keys that mean the same anywhere in the cell, and the arrows
// that walk over the board.
func (c *cell) key(e js.Value) {
	key := e.Get("key").String()
	if key == "Enter" && (e.Get("shiftKey").Bool() || e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool()) {
		e.Call("preventDefault")
		c.run()
		return
	}
	if key == "Escape" && !e.Get("defaultPrevented").Bool() {
		c.card.close()
		return
	}
	if within, ok := jsx.Closest(e.Get("target"), ".picture, .names"); ok && strings.HasPrefix(key, "Arrow") {
		e.Call("preventDefault")
		walk(within, e.Get("target"), key == "ArrowRight" || key == "ArrowDown")
	}
}

// walk moves the focus from one object of a picture to its neighbour.
func walk(within, from js.Value, forward bool) {
	pills := jsx.All(within, objects)
	for i, p := range pills {
		if !p.Equal(from) {
			continue
		}
		if forward {
			i++
		} else {
			i--
		}
		if i >= 0 && i < len(pills) {
			pills[i].Call("focus")
		}
	}
}

// settings are what the controls say.
func (c *cell) settings() lesson.Settings {
	value := func(part string) string { return c.parts[part].Get("value").String() }
	procs, _ := strconv.Atoi(value("procs"))
	cores, _ := strconv.Atoi(value("cores"))
	seed, err := strconv.ParseUint(strings.TrimSpace(value("seed")), 10, 64)
	if err != nil || seed == 0 {
		seed = 1
		c.parts["seed"].Set("value", "1")
	}
	return lesson.Settings{Era: value("era"), Procs: procs, Cores: cores, Seed: seed, Limit: c.info.Limit}
}

// setSettings makes the controls say s.
func (c *cell) setSettings(s lesson.Settings) {
	c.parts["era"].Set("value", cmp.Or(s.Era, today()))
	choose(c.parts["procs"], strconv.Itoa(s.Procs))
	choose(c.parts["cores"], strconv.Itoa(s.Cores))
	c.parts["seed"].Set("value", strconv.FormatUint(max(1, s.Seed), 10))
}

// choose chooses a value, which a link may have though the page does not offer it.
func choose(list js.Value, value string) {
	if list.Set("value", value); list.Get("value").String() != value {
		list.Call("insertAdjacentHTML", "beforeend", paint.Options(nil, value))
	}
}

// today is the era of whoever chooses none.
func today() string {
	all := eras()
	return all[len(all)-1].Name
}

// offer fills the select of eras.
func (c *cell) offer(eras []Era) {
	var options []paint.Option
	for _, e := range eras {
		options = append(options, paint.Option{Value: e.Name, Label: e.Title})
	}
	jsx.HTML(c.parts["era"], paint.Options(options, c.parts["era"].Get("value").String()))
}

// enable switches a control on or off.
func (c *cell) enable(act string, on bool) {
	jsx.One(c.el, `[data-act="`+act+`"]`).Set("disabled", !on)
}

// An offer is a button beside a note.
type offer struct{ act, label string }

// note says something about the program, and what can be done; "" is nothing.
func (c *cell) note(text string, offers ...offer) {
	n := c.parts["note"]
	n.Set("hidden", text == "")
	n.Set("textContent", text)
	for _, o := range offers {
		b := jsx.Document.Call("createElement", "button")
		b.Set("type", "button")
		b.Set("textContent", o.label)
		jsx.Attr(b, "data-act", o.act)
		n.Call("append", " ", b)
	}
}

// say tells people who can't see what changed.
func (c *cell) say(text string) { jsx.Text(c.parts["status"], text) }
