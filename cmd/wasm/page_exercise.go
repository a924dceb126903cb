//go:build js

package main

import (
	"strconv"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/plainjson"
	"gopark/sim/lesson"
)

// An exercise asks the reader for a program; the engine judges it.
type exercise struct {
	page    *thePage
	el      js.Value
	info    lesson.Exercise
	verdict js.Value
	button  js.Value
	busy    bool
}

func newExercise(p *thePage, el js.Value) *exercise {
	x := &exercise{page: p, el: el}
	if err := plainjson.Unmarshal(jsx.GetAttr(el, "data-exercise"), &x.info); err != nil {
		panic("page: data-exercise: " + err.Error()) // the build wrote it
	}
	jsx.One(el, ".exercise-goals").Call("insertAdjacentHTML", "afterend", paint.Check)
	x.verdict, x.button = jsx.One(el, ".verdict"), jsx.One(el, "[data-check]")
	jsx.On(el, "click", func(e js.Value) {
		if _, ok := jsx.Closest(e.Get("target"), "[data-check]"); ok {
			x.check()
		} else if _, ok := jsx.Closest(e.Get("target"), "[data-watch]"); ok {
			if c := p.cell(x.info.Cell); c != nil {
				c.lead(c.settings(), nil)
			}
		}
	})
	x.hints()
	x.solution()
	return x
}

// hints lets each hint be opened once the one before it has been.
func (x *exercise) hints() {
	all := jsx.All(x.el, ".hint")
	for i, hint := range all[:max(0, len(all)-1)] {
		next := all[i+1]
		next.Set("hidden", true)
		jsx.On(hint, "toggle", func(js.Value) { next.Set("hidden", false) })
	}
}

// solution gives the solution a button that puts it into the editor.
func (x *exercise) solution() {
	for _, s := range jsx.All(jsx.Document, `.solution[data-exercise="`+x.info.ID+`"]`) {
		s.Call("insertAdjacentHTML", "beforeend", paint.PutIn)
		jsx.On(jsx.One(s, "button"), "click", func(js.Value) {
			var settings lesson.Settings
			c := x.page.cell(x.info.Cell)
			if c == nil || plainjson.Unmarshal(jsx.GetAttr(s, "data-settings"), &settings) != nil {
				return
			}
			c.replace(jsx.One(s, "code").Get("textContent").String(), settings, phrase.ThisIsTheSolution)
			c.intoView()
		})
	}
}

// check has the cell's program judged, or ends that.
func (x *exercise) check() {
	c := x.page.cell(x.info.Cell)
	if c == nil {
		return
	}
	if x.busy {
		x.page.client.ask(Request{Op: Abort}, func(*Reply) {})
		return
	}
	x.setBusy(true)
	jsx.Text(x.verdict, phrase.TheSimulatorRunsYourProgram)
	source := c.editor.text
	c.keepVersion()
	req := Request{Op: Judge, Source: source, Settings: c.settings(), Exercise: &x.info}
	x.page.client.ask(req, func(r *Reply) {
		if !r.Last {
			return
		}
		x.setBusy(false)
		switch {
		case r.Error != "":
			jsx.Text(x.verdict, r.Error)
		case len(r.Diagnostics) > 0:
			d := r.Diagnostics[0]
			x.judged(&lesson.Verdict{Sentence: phrase.ItDoesNotCompileLine + strconv.Itoa(d.Line) + ": " + d.Message})
		default:
			x.judged(r.Verdict)
			if r.Verdict.Done {
				x.page.remember(x.el, source)
			}
		}
	})
}

func (x *exercise) setBusy(on bool) {
	x.busy = on
	label := phrase.CheckMyProgram
	if on {
		label = phrase.Stop
	}
	jsx.Text(x.button, label)
}

// judged shows a verdict, and each goal's part of it.
func (x *exercise) judged(v *lesson.Verdict) {
	jsx.HTML(x.verdict, paint.Judged(v))
	for i, li := range jsx.All(x.el, ".exercise-goals > li") {
		for _, old := range jsx.All(li, "small") {
			jsx.Remove(old)
		}
		li.Set("className", "")
		if i < len(v.Goals) {
			li.Set("className", map[bool]string{true: "right", false: "wrong"}[v.Goals[i].Holds])
			li.Call("insertAdjacentHTML", "beforeend", paint.Goal(v.Goals[i]))
		}
	}
}

// isDone shows that the reader has done it before.
func (x *exercise) isDone() {
	jsx.Toggle(x.el, "done", true)
	jsx.Text(x.verdict, phrase.YouHaveDoneThis)
}
