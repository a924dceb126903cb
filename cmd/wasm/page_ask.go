//go:build js

package main

import (
	"strconv"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/wire"
	"gopark/sim/lesson"
)

// An ask is a question that the reader answers before watching. The engine
// grades it; no answer is in the page.
type ask struct {
	page     *thePage
	el       js.Value
	question lesson.Question
	verdict  js.Value
}

func newAsk(p *thePage, el js.Value) *ask {
	a := &ask{page: p, el: el}
	if err := wire.Unmarshal([]byte(jsx.GetAttr(el, "data-ask")), &a.question); err != nil {
		panic("page: data-ask: " + err.Error()) // the build wrote it
	}
	if list := jsx.One(el, ".ask-options"); !list.IsNull() {
		jsx.Remove(list)
	}
	jsx.HTML(jsx.Div(el, "answers"), paint.Answers(a.question))
	a.verdict = jsx.Div(el, "verdict")
	jsx.Attr(a.verdict, "role", "status")
	jsx.On(el, "click", func(e js.Value) {
		target := e.Get("target")
		if b, ok := jsx.Closest(target, "[data-answer]"); ok {
			i, _ := strconv.Atoi(jsx.Data(b, "answer"))
			a.answer(a.question.Options[i].Value, i)
		} else if _, ok := jsx.Closest(target, "[data-check]"); ok {
			a.answer(jsx.One(el, "textarea").Get("value").String(), -1)
		} else if _, ok := jsx.Closest(target, "[data-watch]"); ok {
			a.watch()
		}
	})
	return a
}

// answer has an answer graded against the cell's own program.
func (a *ask) answer(value string, chosen int) {
	c := a.page.cell(a.question.Cell)
	if c == nil {
		return
	}
	for i, b := range jsx.All(a.el, "[data-answer]") {
		jsx.Attr(b, "aria-pressed", strconv.FormatBool(i == chosen))
		jsx.Toggle(b, "right", false)
		jsx.Toggle(b, "wrong", false)
	}
	jsx.Text(a.verdict, "The simulator runs the program …")
	req := Request{Op: Grade, Source: c.original, Question: &a.question, Answer: value}
	a.page.client.ask(req, func(r *Reply) {
		if r.Error != "" {
			jsx.Text(a.verdict, r.Error)
			return
		}
		jsx.HTML(a.verdict, paint.Verdict(r.Result))
		for i, b := range jsx.All(a.el, "[data-answer]") {
			if i == chosen {
				b.Set("className", map[bool]string{true: "right", false: "wrong"}[r.Result.Right])
			}
		}
	})
}

// watch runs the cell that the question is about.
func (a *ask) watch() {
	if c := a.page.cell(a.question.Cell); c != nil {
		c.el.Call("scrollIntoView", map[string]any{"block": "start", "behavior": map[bool]string{true: "auto", false: "smooth"}[a.page.still]})
		c.run()
	}
}
