//go:build js

package main

import (
	"encoding/json"
	"strconv"

	"honnef.co/go/js/dom/v2"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/sim/lesson"
)

// An ask is a question that the reader answers before watching. The engine
// grades it; no answer is in the page.
type ask struct {
	page     *thePage
	el       dom.Element
	question lesson.Question
	verdict  dom.Element
}

func newAsk(p *thePage, el dom.Element) *ask {
	a := &ask{page: p, el: el}
	if err := json.Unmarshal([]byte(el.GetAttribute("data-ask")), &a.question); err != nil {
		panic("page: data-ask: " + err.Error()) // the build wrote it
	}
	if list := el.QuerySelector(".ask-options"); list != nil {
		list.Remove()
	}
	form := p.doc.CreateElement("div")
	form.Class().Add("answers")
	form.SetInnerHTML(paint.Answers(a.question))
	el.AppendChild(form)
	a.verdict = p.doc.CreateElement("div")
	a.verdict.Class().Add("verdict")
	a.verdict.SetAttribute("role", "status")
	el.AppendChild(a.verdict)
	el.AddEventListener("click", false, func(e dom.Event) {
		target := e.Target().Underlying()
		if b, ok := jsx.Closest(target, "[data-answer]"); ok {
			i, _ := strconv.Atoi(jsx.Data(b, "answer"))
			a.answer(a.question.Options[i].Value, i)
		} else if _, ok := jsx.Closest(target, "[data-check]"); ok {
			a.answer(jsx.One(el.Underlying(), "textarea").Get("value").String(), -1)
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
	for i, b := range a.el.QuerySelectorAll("[data-answer]") {
		b.SetAttribute("aria-pressed", strconv.FormatBool(i == chosen))
		b.Class().Remove("right")
		b.Class().Remove("wrong")
	}
	a.verdict.SetTextContent("The simulator runs the program …")
	req := Request{Op: Grade, Source: c.original, Question: &a.question, Answer: value}
	a.page.client.ask(req, func(r *Reply) {
		if r.Error != "" {
			a.verdict.SetTextContent(r.Error)
			return
		}
		a.verdict.SetInnerHTML(paint.Verdict(r.Result))
		for i, b := range a.el.QuerySelectorAll("[data-answer]") {
			if i == chosen {
				b.Class().SetString(map[bool]string{true: "right", false: "wrong"}[r.Result.Right])
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
