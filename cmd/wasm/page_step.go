//go:build js

package main

import (
	"strconv"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// stepTo goes to the next instant of the kind that the reader chose, or to the
// one before.
func (p *player) stepTo(back bool) {
	p.pause()
	goid := p.c.frame.Chosen
	q := view.StepQuery{Kind: view.StepKind(p.c.parts["stepKind"].Get("value").String()), From: p.want, Goid: goid, Back: back}
	if q.Kind == view.StepBreak {
		q.Goid, q.Lines = 0, p.c.editor.stops()
		switch {
		case len(q.Lines) == 0:
			p.missed(phrase.SetABreakpointFirstChooseA)
			return
		case p.c.editor.text != p.c.source:
			p.missed(phrase.TheProgramIsNotTheOne)
			return
		}
	}
	p.c.page.client.ask(Request{Op: StepTo, Cell: p.c.info.ID, Step: &q}, func(r *Reply) {
		switch {
		case r.N > 0:
			p.missed("")
			if q.Kind == view.StepBreak {
				p.c.goid = 0 // whoever comes there
			} else if q.Kind != view.StepDecision {
				p.c.goid = goid
			}
			p.step(r.N)
		case r.Stopped:
			p.missed(phrase.NoneInThe20000Events)
		case back:
			p.missed(phrase.NoneBeforeThisInstant)
		default:
			p.missed(phrase.NoneAfterThisInstant)
		}
	})
}

// missed says why a step leads nowhere.
func (p *player) missed(text string) {
	jsx.Text(p.c.parts["stepSays"], text)
	p.c.say(text)
}

// gutterWidth is how wide the line numbers of a program are that is not being edited.
const gutterWidth = 41.0

// lineAt is the line that a pointer is on in a program that is not being
// edited; gutter says that it is on the line's number.
func (ed *editor) lineAt(e js.Value) (line int, gutter bool) {
	under, ok := jsx.Closest(e.Get("target"), ".line")
	if !ok {
		return 0, false
	}
	for i, el := range jsx.All(ed.box, ".line") {
		if el.Equal(under) {
			line = i + 1
		}
	}
	return line, e.Get("clientX").Float()-jsx.RectOf(under).X < gutterWidth
}

// toggle sets a breakpoint, or takes it away.
func (ed *editor) toggle(line int) {
	ed.breaks[int32(line)] = !ed.breaks[int32(line)]
	ed.paint()
	ed.broken(phrase.BreakpointOnLine + strconv.Itoa(line))
}

// broken is told that a breakpoint was set or taken away.
func (ed *editor) broken(what string) {
	ed.c.parts["stepKind"].Set("value", string(view.StepBreak))
	ed.c.say(what)
}

// stops are the lines with a breakpoint, in no order.
func (ed *editor) stops() (lines []int32) {
	if !ed.code.IsNull() {
		list := ed.code.Call("stops")
		ed.breaks = map[int32]bool{}
		for i := range list.Length() {
			ed.breaks[int32(list.Index(i).Int())] = true
		}
	}
	for line, on := range ed.breaks {
		if on {
			lines = append(lines, line)
		}
	}
	return lines
}

// value finds what a variable holds, at this instant, in the goroutine chosen.
func (ed *editor) value(line int, name string, found func(text string)) {
	f := ed.c.frame
	if f == nil || ed.text != ed.c.source || name == "" {
		found("")
		return
	}
	ed.c.page.client.ask(Request{Op: ValueOf, Cell: ed.c.info.ID, N: f.Event, Goid: f.Chosen, Line: int32(line), Answer: name}, func(r *Reply) {
		found(r.Text)
	})
}

// over hears that the mouse is over a program that is not being edited: a
// variable's value becomes its line's tooltip.
func (ed *editor) over(e js.Value) {
	line, gutter := ed.lineAt(e)
	if !ed.plain() || line == 0 || gutter {
		return
	}
	el := e.Get("target")
	name := jsx.Global.Get("gopark").Call("wordAt", e.Get("clientX"), e.Get("clientY")).String()
	ed.value(line, name, func(text string) { el.Set("title", text) })
}
