//go:build js

package main

import (
	"math"
	"strconv"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/sim/view"
)

// draw shows an instant. calm means that the eye can follow: moves are
// animated and the sentence is spoken.
func (c *cell) draw(r *Reply, calm bool) {
	f := r.Frame
	c.frame = f
	now := f.Event == c.progress.Events
	jsx.HTML(c.parts["say"], c.sentence(f))
	c.drawBoard(f.Board, calm && !c.page.still)
	c.drawStack(f)
	c.editor.marks(f.Marks)
	ended, code := "", 0
	if now {
		ended, code = c.progress.Ended, c.progress.Code
		if strings.Contains(c.source, "os.Stdin") || strings.Contains(c.source, "fmt.Scan") {
			ended += " · standard input is empty here: whoever reads it finds its end"
		}
	}
	jsx.HTML(c.parts["output"], paint.Output(f.Output, f.Cut, ended, code))
	c.parts["output"].Set("scrollTop", math.MaxInt32)
	if calm || now || !c.player.playing {
		jsx.HTML(c.parts["log"], paint.Log(r.Log))
		c.parts["log"].Set("scrollTop", math.MaxInt32)
	}
	c.clock(f)
	c.card.shows(f.Event)
	c.gates.shows(f.Event)
	c.lens.shows(r)
	c.xray.shows(f)
	c.timeline.suits(f.Board.HasP)
	c.timeline.playhead(f.Time)
	c.enable("fork", !c.traced)
	c.enable("stepBack", f.Event > 0)
	c.enable("stepOn", !now)
	c.enable("back", f.Event > 0)
	c.enable("start", f.Event > 0)
	c.enable("next", !now || c.player.fresh)
	c.enable("end", !now)
	if calm {
		c.say(f.Say.String())
	}
	if c.led && !c.running { // what stands above may have become taller or smaller
		c.led = false
		c.intoView()
	}
}

// sentence says what has just happened.
func (c *cell) sentence(f *view.Frame) string {
	if f.Event == 0 {
		return "Nothing has happened yet. The first event is the start of the computer."
	}
	s := paint.Sentence(f.Say, true)
	if f.Boot {
		s += `<span class="hint">The runtime still starts; the board shows the computer as it is when that is done.</span>`
	}
	if c.player.fresh {
		s += `<span class="hint">Play and Next event now start at main. Previous event goes back from here.</span>`
	}
	return "<span>" + s + "</span>"
}

// drawBoard replaces the board, lets what has moved be seen to move, and keeps
// the focus where it was.
func (c *cell) drawBoard(b *view.Board, animate bool) {
	board := c.parts["board"]
	var focused view.Ref
	if el := jsx.Document.Get("activeElement"); board.Call("contains", el).Bool() {
		focused = refOf(el)
	}
	var was map[string]jsx.Rect
	if animate {
		was = places(board)
	}
	jsx.HTML(board, paint.Board(b))
	if table := c.parts["table2"]; table.Get("open").Bool() {
		jsx.HTML(jsx.One(table, "table"), paint.Table(b))
	}
	c.shown = b
	c.selectable(focused)
	// What grew stays as large as it is, so that nothing below it jumps.
	if h := board.Get("scrollHeight").Int(); h > c.tall {
		c.tall = h
		board.Get("style").Set("minHeight", strconv.Itoa(h)+"px")
	}
	if !animate {
		return
	}
	for _, el := range jsx.All(board, "[data-k]") {
		from, ok := was[jsx.Data(el, "k")]
		if !ok {
			continue
		}
		to := jsx.RectOf(el)
		if dx, dy := from.X-to.X, from.Y-to.Y; math.Abs(dx)+math.Abs(dy) > 2 {
			jsx.Slide(el, dx, dy, slideMillis)
		}
	}
}

// places are where the things that move are now.
func places(board js.Value) map[string]jsx.Rect {
	at := map[string]jsx.Rect{}
	for _, el := range jsx.All(board, "[data-k]") {
		at[jsx.Data(el, "k")] = jsx.RectOf(el)
	}
	return at
}

// selectable makes one object of the board a stop of the Tab key, the chosen
// goroutine if it is there, and gives what had the focus it back.
func (c *cell) selectable(focused view.Ref) {
	var chosen view.Ref
	if c.frame != nil {
		chosen = view.Ref{Kind: view.RefG, ID: c.frame.Chosen}
	}
	stop, held := js.Null(), false
	for _, el := range jsx.All(c.parts["board"], objects) {
		ref := refOf(el)
		if ref == chosen {
			jsx.Attr(el, "aria-pressed", strconv.FormatBool(c.goid != 0))
			jsx.Toggle(el, "chosen", true)
		}
		if stop.IsNull() || !held && (ref == chosen || ref == focused) {
			stop, held = el, ref == focused
		}
	}
	if stop.IsNull() {
		return
	}
	stop.Set("tabIndex", 0)
	if held {
		stop.Call("focus", map[string]any{"preventScroll": true})
	}
}

// drawStack draws the stack of the goroutine that is chosen, and names it.
func (c *cell) drawStack(f *view.Frame) {
	if f.Stack == nil && c.goid != 0 {
		jsx.HTML(c.parts["stack"], paint.NoStack(c.goid))
	} else {
		jsx.HTML(c.parts["stack"], paint.Stack(f.Stack))
	}
	name := "Stack"
	g := "G" + view.Plain(f.Chosen)
	if f.Stack != nil {
		name = "Stack of " + f.Stack.Of.Name()
		if f.Stack.Entry != "" {
			name += " · " + f.Stack.Entry
		}
	}
	jsx.Text(c.parts["stackTitle"], name)
	for _, el := range jsx.All(c.el, `[data-part="gname"]`) {
		jsx.Text(el, g)
	}
	jsx.Attr(jsx.One(c.el, `[data-act="gback"]`), "aria-label", "Follow "+g+" back")
	jsx.Attr(jsx.One(c.el, `[data-act="gnext"]`), "aria-label", "Follow "+g+" forward")
	c.enable("gback", f.Stack != nil)
	c.enable("gnext", f.Stack != nil)
}

// clock shows the virtual time.
func (c *cell) clock(f *view.Frame) {
	end := max(c.progress.Time, f.Time)
	jsx.HTML(c.parts["clock"], `<b>`+view.Duration(f.Time)+`</b> of `+view.Duration(end)+
		` <span class="ev">event `+view.Count(int64(f.Event))+` of `+view.Count(int64(c.progress.Events))+`</span>`)
	slider := c.parts["time"]
	slider.Set("value", f.Event)
	jsx.Attr(slider, "aria-valuetext", view.Duration(f.Time)+", event "+view.Count(int64(f.Event))+" of "+view.Count(int64(c.progress.Events)))
}

// showIdle shows the computer before anything has run.
func (c *cell) showIdle() {
	s := c.settings()
	jsx.HTML(c.parts["say"], "<span>Press <b>Run</b>. The program runs to its end in virtual time; then step through it, forward and back.</span>")
	c.drawBoard(view.Idle(s.Era, s.Procs, s.Cores), false)
	jsx.HTML(c.parts["stack"], paint.Stack(nil))
	c.lens.hide()
}
