//go:build js

package main

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
)

// Gates are the instants of a cell's run at which the player stops and asks. The
// question comes up beside the board, from where it stands in the text, and goes
// back there when it is answered or put off.
type gates struct {
	c     *cell
	led   bool // the next run is the text's wish, which wants to show something
	holds bool // the end of the run isn't shown: the first question is being looked for
	all   []gate
	open  *gate    // that is being asked
	home  js.Value // where its question stands in the text
	ready bool     // the instant is on the board
}

// A gate is a question and after how many events it is asked.
type gate struct {
	ask *ask
	n   int
}

// begins is told that the program runs anew.
func (g *gates) begins() {
	g.close()
	g.all = nil
	g.holds = !g.led && g.c.goal.event == 0 && len(g.unanswered()) > 0
	g.led = false
}

// unanswered are the questions that stop the run of what the cell holds now.
func (g *gates) unanswered() (asks []*ask) {
	c := g.c
	for _, a := range c.page.asks {
		if a.question.Cell == c.info.ID && a.question.Stops() && !a.passed && c.source == c.original && c.sameAs(a.question.Settings) {
			asks = append(asks, a)
		}
	}
	return asks
}

// sameAs reports whether the controls say s.
func (c *cell) sameAs(s lesson.Settings) bool {
	now := c.settings()
	return s.Era == now.Era && s.Procs == now.Procs && s.Cores == now.Cores && max(1, s.Seed) == now.Seed
}

// ran is told that the run has ended: now the questions' instants can be found.
func (g *gates) ran() {
	asks := g.unanswered()
	missing, run := len(asks), g.c.runSeq
	for _, a := range asks {
		q := a.question
		g.c.page.client.ask(Request{Op: Find, Cell: g.c.info.ID, Question: &q}, func(r *Reply) {
			if run != g.c.runSeq {
				return
			}
			if missing--; r.N > 0 {
				g.all = append(g.all, gate{a, r.N})
			}
			if missing == 0 {
				g.found()
			}
		})
	}
	if missing == 0 {
		g.found()
	}
}

// found asks the first question, or shows the end if there is none.
func (g *gates) found() {
	sort.SliceStable(g.all, func(i, j int) bool { return g.all[i].n < g.all[j].n })
	held := g.holds
	g.holds = false
	switch {
	case !held:
	case len(g.all) > 0:
		g.stop(g.all[0])
	default:
		g.c.player.fresh = true
		g.c.player.show(g.c.progress.Events)
	}
}

// passes stops a player that goes from one instant to a later one at the first
// question between them, and reports whether there is one.
func (g *gates) passes(from, to int) bool {
	for _, at := range g.all {
		if !at.ask.passed && at.n > from && at.n <= to {
			g.stop(at)
			return true
		}
	}
	return false
}

// stop goes to a question's instant and asks it.
func (g *gates) stop(at gate) {
	if g.open != nil {
		g.close()
	}
	c := g.c
	g.open = &at
	g.home = jsx.Document.Call("createElement", "p")
	g.home.Set("className", "asked soft")
	jsx.Text(g.home, phrase.ThisQuestionIsBeingAskedOn+c.info.Title+"”.")
	at.ask.el.Call("before", g.home)
	c.parts["board"].Call("before", at.ask.el)
	at.ask.opened()
	g.shut(true)
	c.player.seek(at.n)
	c.intoView()
	jsx.One(at.ask.el, ".ask-text").Call("focus", map[string]any{"preventScroll": true})
}

// shut takes away, or gives back, what would tell how it goes on.
func (g *gates) shut(on bool) {
	jsx.Toggle(g.c.el, "asking", on)
	for _, part := range []string{".transport", ".timeline"} {
		if on {
			jsx.Attr(jsx.One(g.c.el, part), "inert", "")
		} else {
			jsx.One(g.c.el, part).Call("removeAttribute", "inert")
		}
	}
}

// close puts the question back into the text.
func (g *gates) close() {
	if g.open == nil {
		return
	}
	a := g.open.ask
	g.open, g.ready = nil, false
	g.home.Call("replaceWith", a.el)
	a.closed()
	g.shut(false)
	g.marks("", nil)
}

// shows is told that an instant is drawn.
func (g *gates) shows(n int) {
	switch {
	case g.open == nil:
	case n != g.open.n:
		if g.ready {
			g.close() // the reader has gone elsewhere
		}
	case !g.ready:
		g.ready = true
		g.open.ask.offer(g.targets())
	}
	if g.open != nil {
		g.marks("", nil)
	}
}

// selectors find what is pointed at on the board.
var selectors = map[lesson.Thing]string{
	lesson.ThingG: "[data-g]", lesson.ThingM: "[data-o^='m:']", lesson.ThingP: "[data-o^='p:']", lesson.ThingPlace: "[data-q]",
}

// targets are what the open question can be answered with, in the board's order.
func (g *gates) targets() (targets []paint.Option) {
	kind := g.open.ask.question.Points()
	if kind == "" {
		return nil
	}
	seen := map[string]bool{}
	for _, el := range jsx.All(g.c.parts["board"], selectors[kind]) {
		o := paint.Option{Value: pointed(kind, el)}
		o.Label = o.Value
		switch kind {
		case lesson.ThingM:
			o.Label = el.Get("textContent").String()
		case lesson.ThingPlace:
			o.Label = lesson.PlaceWords(o.Value)
		}
		if !seen[o.Value] && !el.Get("classList").Call("contains", "dead").Bool() {
			seen[o.Value] = true
			targets = append(targets, o)
		}
	}
	return targets
}

// pointed is the answer that an element of the board stands for.
func pointed(kind lesson.Thing, el js.Value) string {
	if kind == lesson.ThingPlace {
		return jsx.Data(el, "q")
	}
	return strings.ToUpper(string(kind)) + strconv.FormatInt(refOf(el).ID, 10)
}

// points takes a click on the board as the answer, if one is wanted there. A
// click beside all that can be pointed at does nothing: a card would lie over the question.
func (g *gates) points(target js.Value) bool {
	if g.open == nil || !g.c.parts["board"].Call("contains", target).Bool() {
		return false
	}
	kind := g.open.ask.question.Points()
	if kind == "" {
		return false
	}
	el, ok := jsx.Closest(target, selectors[kind])
	if !ok {
		el, ok = tileObject(target)
		ok = ok && el.Call("matches", selectors[kind]).Bool()
	}
	if ok {
		g.open.ask.pick(pointed(kind, el))
	}
	return true
}

// marks shows on the board what can be pointed at, what was, and what is right.
func (g *gates) marks(chosen string, r *lesson.Result) {
	board := g.c.parts["board"]
	for _, el := range jsx.All(board, ".target") {
		el.Get("classList").Call("remove", "target", "right", "wrong", "truth")
	}
	if g.open == nil {
		return
	}
	kind := g.open.ask.question.Points()
	if kind == "" {
		return
	}
	for _, el := range jsx.All(board, selectors[kind]) {
		value := pointed(kind, el)
		jsx.Toggle(el, "target", true)
		if r == nil {
			continue
		}
		jsx.Toggle(el, "right", value == chosen && r.Right)
		jsx.Toggle(el, "wrong", value == chosen && !r.Right)
		jsx.Toggle(el, "truth", slices.ContainsFunc(r.Truth, func(t string) bool { return strings.TrimLeft(t, "GMP") == strings.TrimLeft(value, "GMP") }))
	}
}

// lead runs the cell as a question wants it, up to its instant, and asks it; if
// it has been answered it only shows the instant.
func (g *gates) lead(a *ask) {
	c := g.c
	if c.editor.text != c.original {
		c.intoView()
		c.note(phrase.TheQuestionIsAboutTheLessons, offer{"reset", phrase.BackToTheOriginal})
		return
	}
	q := a.question
	c.lead(q.Settings, func() {
		run := c.runSeq
		c.page.client.ask(Request{Op: Find, Cell: c.info.ID, Question: &q}, func(r *Reply) {
			if run == c.runSeq && r.N > 0 {
				g.stop(gate{a, r.N})
			}
		})
	})
}

// onward closes the open question and goes to where its answer can be seen.
func (g *gates) onward(event int) {
	if g.open == nil {
		return
	}
	n := g.open.n
	g.close()
	for _, at := range g.all {
		if at.n == n && !at.ask.passed {
			g.stop(at)
			return
		}
	}
	switch {
	case event > n+1:
		g.c.player.seek(event)
	case event > n:
		g.c.player.step(event)
	default:
		g.c.player.play()
	}
	jsx.One(g.c.el, `[data-act="next"]`).Call("focus", map[string]any{"preventScroll": true})
}
