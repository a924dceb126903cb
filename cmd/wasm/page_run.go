//go:build js

package main

import (
	"strconv"
	"unicode/utf16"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// run runs the program from its start.
func (c *cell) run() {
	c.leaveTrace()
	c.page.client.drop(c.runSeq)
	c.player.rewound()
	c.card.close()
	c.keepVersion()
	c.source = c.editor.text
	c.gates.begins()
	c.player.follows = !c.gates.holds
	if s := c.settings(); s != c.tallOf {
		c.tall, c.tallOf = 0, s
		c.parts["board"].Get("style").Set("minHeight", "")
	}
	c.frame, c.progress, c.running, c.then = nil, view.Progress{}, true, nil
	c.enable("stop", true)
	c.el.Get("classList").Call("add", "busy", "ran")
	c.editor.wrong(nil)
	c.runSeq = c.page.client.ask(Request{
		Op: Run, Cell: c.info.ID, Source: c.source, Settings: c.settings(), Tidy: c.source != c.original,
	}, c.told)
	c.waitAWhile(c.runSeq)
}

// waitAWhile says that something goes on if nothing is to be seen soon: the
// first program waits for the standard library.
func (c *cell) waitAWhile(run int) {
	jsx.After(patience, func() {
		if c.runSeq == run && c.running && c.frame == nil {
			jsx.HTML(c.parts["output"], `<p class="soft">`+phrase.TheSimulatorReadsTheProgramIn+`</p>`)
		}
	})
}

// patience is after how many milliseconds a reader wants to know.
const patience = 300

// told takes in how far the run has got.
func (c *cell) told(r *Reply) {
	switch {
	case r.Error != "":
		c.over()
		c.fail(r.Error)
		return
	case len(r.Diagnostics) > 0:
		c.over()
		c.showDiagnostics(r.Diagnostics)
		return
	case r.Text != "":
		c.tidied(r.Text)
		return
	case r.Progress == nil:
		return
	}
	c.progress = *r.Progress
	if r.Stopped && c.progress.Ended == "" {
		c.progress.Ended = phrase.StoppedByYouAt + view.Duration(c.progress.Time)
	}
	if r.Last {
		c.over()
	}
	c.player.grown(c.progress.Events)
	c.timeline.grown(c.progress)
	if r.Last {
		c.say(phrase.TheRunEnded + c.progress.Ended)
		c.reachGoal()
		if c.then != nil {
			c.then()
		}
		c.gates.ran()
	}
}

// tidied is told what runs in the place of what the reader wrote: the same,
// with its imports mended and as gofmt writes it.
func (c *cell) tidied(text string) {
	switch {
	case c.editor.text != c.source: // the reader has gone on writing
	case c.linked:
		c.editor.show(text)
	default:
		c.editor.set(text)
	}
	c.source = text
}

// over makes the controls show that nothing runs.
func (c *cell) over() {
	c.running = false
	c.enable("stop", false)
	c.el.Get("classList").Call("remove", "busy")
}

func (c *cell) stop() {
	if !c.running {
		return
	}
	c.page.client.drop(c.runSeq)
	c.page.client.ask(Request{Op: Stop, Cell: c.info.ID}, c.told)
}

// lost is told when the engine and all its runs are gone.
func (c *cell) lost() {
	if c.frame != nil || c.running {
		c.over()
		c.player.off()
		c.card.close()
		c.gates.close()
		c.frame = nil
	}
}

func (c *cell) fail(message string) {
	jsx.HTML(c.parts["output"], `<p class="end bad" role="alert"></p>`)
	jsx.Text(jsx.One(c.parts["output"], "p"), message)
}

// showDiagnostics lists what is wrong, in the output and in the program.
func (c *cell) showDiagnostics(list []sim.Diagnostic) {
	jsx.HTML(c.parts["output"], paint.Diagnostics(list))
	c.editor.wrong(list)
	c.blank(phrase.TheProgramDoesNotCompileSo)
	c.say(phrase.TheProgramDoesNotCompileLine + strconv.Itoa(list[0].Line) + ": " + list[0].Message)
}

// blank takes everything of an earlier run away.
func (c *cell) blank(why string) {
	c.player.off()
	c.card.close()
	c.xray.blank()
	c.el.Get("classList").Call("remove", "ran")
	c.showIdle()
	c.editor.marks(nil)
	jsx.HTML(c.parts["say"], "<span>"+why+"</span>")
	jsx.HTML(c.parts["log"], paint.Log(nil))
	jsx.HTML(c.parts["clock"], "")
	jsx.Attr(c.parts["time"], "max", "0")
	c.parts["time"].Set("value", 0)
	jsx.Text(c.parts["stackTitle"], phrase.Stack)
	for _, el := range jsx.All(c.el, `[data-part="gname"]`) {
		jsx.Text(el, "G")
	}
	c.timeline.blank()
}

// format is gofmt.
func (c *cell) format() {
	source := c.editor.text
	c.page.client.ask(Request{Op: Format, Source: source}, func(r *Reply) {
		switch {
		case len(r.Diagnostics) > 0:
			c.showDiagnostics(r.Diagnostics)
		case r.Error == "" && c.editor.text == source:
			c.editor.set(r.Text)
			c.say("formatted")
		}
	})
}

// An undo is what Reset threw away.
type undo struct {
	text     string
	settings lesson.Settings
}

// reset brings the lesson's program and settings back.
func (c *cell) reset() { c.replace(c.original, c.info.Settings, phrase.TheOriginalIsBack) }

// replace shows another program and says so. What it replaces can be had back.
func (c *cell) replace(text string, s lesson.Settings, says string) {
	c.edited()
	c.keepVersion()
	undo := &undo{c.editor.text, c.settings()}
	c.setSettings(s)
	c.editor.set(text)
	c.touched()
	c.undo = undo
	c.note(says, offer{"undo", phrase.Undo})
}

func (c *cell) undoReset() {
	if c.undo == nil {
		return
	}
	c.editor.set(c.undo.text)
	c.setSettings(c.undo.settings)
	c.undo = nil
	c.note("")
	c.touched()
}

// defaults are the lesson's settings as the controls would say them.
func (c *cell) defaults() lesson.Settings {
	s := c.info.Settings
	s.Seed = max(1, s.Seed)
	return s
}

// column16 turns a column that counts bytes from 1 into one that counts
// UTF-16 units from 0, as the browser does.
func column16(line string, column int) int {
	if column < 1 {
		return 0
	}
	return len(utf16.Encode([]rune(line[:min(column-1, len(line))])))
}
