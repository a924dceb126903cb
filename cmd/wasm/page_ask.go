//go:build js

package main

import (
	"strconv"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/internal/plainjson"
	"gopark/sim/lesson"
)

// An ask is a question that the reader answers before watching. The engine
// grades it; no answer is in the page.
type ask struct {
	page     *thePage
	el       js.Value
	question lesson.Question
	verdict  js.Value
	carried  js.Value // the line that the reader drags
}

func newAsk(p *thePage, el js.Value) *ask {
	a := &ask{page: p, el: el}
	if err := plainjson.Unmarshal(jsx.GetAttr(el, "data-ask"), &a.question); err != nil {
		panic("page: data-ask: " + err.Error()) // the build wrote it
	}
	if list := jsx.One(el, ".ask-options"); !list.IsNull() {
		jsx.Remove(list)
	}
	jsx.HTML(jsx.Div(el, "answers"), paint.Answers(a.question))
	a.verdict = jsx.Div(el, "verdict")
	jsx.Attr(a.verdict, "role", "status")
	jsx.On(el, "click", func(e js.Value) { a.click(e.Get("target")) })
	jsx.On(el, "keydown", func(e js.Value) {
		if _, typing := jsx.Closest(e.Get("target"), "input"); typing && e.Get("key").String() == "Enter" {
			a.answer(a.typed(), -1)
		}
	})
	a.drag()
	return a
}

func (a *ask) click(target js.Value) {
	if b, ok := jsx.Closest(target, "[data-answer]"); ok {
		i, _ := strconv.Atoi(jsx.Data(b, "answer"))
		a.answer(a.question.Options[i].Value, i)
	} else if b, ok := jsx.Closest(target, "[data-move]"); ok {
		a.move(b)
	} else if _, ok := jsx.Closest(target, "[data-check]"); ok {
		a.answer(a.typed(), -1)
	} else if _, ok := jsx.Closest(target, "[data-watch]"); ok {
		a.watch()
	}
}

// typed is the answer that stands there, typed or put in order.
func (a *ask) typed() string {
	if field := jsx.One(a.el, "textarea, input"); !field.IsNull() {
		return field.Get("value").String()
	}
	var lines []string
	for _, li := range jsx.All(a.el, "[data-option]") {
		i, _ := strconv.Atoi(jsx.Data(li, "option"))
		lines = append(lines, a.question.Options[i].Value)
	}
	return strings.Join(lines, "\n")
}

// move moves the line of a button, which keeps the focus.
func (a *ask) move(button js.Value) {
	li, _ := jsx.Closest(button, "[data-option]")
	if jsx.Data(button, "move") == "up" {
		if other := li.Get("previousElementSibling"); !other.IsNull() {
			other.Call("before", li)
		}
	} else if other := li.Get("nextElementSibling"); !other.IsNull() {
		other.Call("after", li)
	}
	button.Call("focus")
	for i, l := range jsx.All(a.el, "[data-option]") {
		if l.Equal(li) {
			jsx.Text(a.verdict, jsx.One(li, "samp").Get("textContent").String()+": now line "+strconv.Itoa(i+1))
		}
	}
}

// drag lets lines be carried to another place by their grips.
func (a *ask) drag() {
	list := jsx.One(a.el, ".order")
	if list.IsNull() {
		return
	}
	a.carried = js.Null()
	jsx.On(list, "pointerdown", func(e js.Value) {
		if grip, ok := jsx.Closest(e.Get("target"), ".grip"); ok {
			e.Call("preventDefault")
			a.carried, _ = jsx.Closest(grip, "li")
			jsx.Toggle(a.carried, "carried", true)
			list.Call("setPointerCapture", e.Get("pointerId"))
		}
	})
	jsx.On(list, "pointermove", func(e js.Value) {
		if a.carried.IsNull() {
			return
		}
		y := e.Get("clientY").Float()
		for _, li := range jsx.All(list, "li") {
			at := jsx.RectOf(li)
			if li.Equal(a.carried) || y < at.Y || y > at.Y+at.H {
				continue
			}
			if y < at.Y+at.H/2 {
				li.Call("before", a.carried)
			} else {
				li.Call("after", a.carried)
			}
			return
		}
	})
	for _, end := range []string{"pointerup", "pointercancel"} {
		jsx.On(list, end, func(js.Value) {
			if !a.carried.IsNull() {
				jsx.Toggle(a.carried, "carried", false)
				a.carried = js.Null()
			}
		})
	}
}

// answer has an answer graded against the cell's own program.
func (a *ask) answer(value string, chosen int) {
	c := a.page.cell(a.question.Cell)
	if c == nil || strings.TrimSpace(value) == "" {
		return
	}
	a.press(chosen, "")
	jsx.Text(a.verdict, "The simulator runs the program …")
	req := Request{Op: Grade, Source: c.original, Question: &a.question, Answer: value}
	a.page.client.ask(req, func(r *Reply) {
		switch {
		case !r.Last:
		case r.Error != "":
			jsx.Text(a.verdict, r.Error)
		case r.Result == nil:
			jsx.Text(a.verdict, "The program does not compile.")
		default:
			jsx.HTML(a.verdict, paint.Verdict(r.Result))
			a.press(chosen, map[bool]string{true: "right", false: "wrong"}[r.Result.Right])
			a.page.remember(a.el, value)
		}
	})
}

// press shows which option is chosen; class says what has become of it.
func (a *ask) press(chosen int, class string) {
	for i, b := range jsx.All(a.el, "[data-answer]") {
		jsx.Attr(b, "aria-pressed", strconv.FormatBool(i == chosen))
		b.Set("className", "")
		if i == chosen {
			b.Set("className", class)
		}
	}
}

// answered shows what the reader has answered before.
func (a *ask) answered(value string) {
	jsx.Toggle(a.el, "done", true)
	for i, o := range a.question.Options {
		if o.Value == value {
			a.press(i, "")
		}
	}
	if field := jsx.One(a.el, "textarea, input"); !field.IsNull() {
		field.Set("value", value)
	}
	jsx.Text(a.verdict, "You have answered this.")
}

// watch runs the cell that the question is about, and stops at its instant.
func (a *ask) watch() {
	c := a.page.cell(a.question.Cell)
	if c == nil {
		return
	}
	q := &a.question
	if q.At == "" && q.Kind != lesson.AskNext {
		c.lead(q.Settings, nil)
		return
	}
	c.lead(q.Settings, func() { c.goWhere(Request{Question: q}, nil) })
}
