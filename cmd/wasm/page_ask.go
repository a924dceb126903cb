//go:build js

package main

import (
	"strconv"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
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
	answers  js.Value
	passed   bool   // answered or put off: the player does not stop for it
	seen     int    // after how many events its answer can be seen; 0: at the end, or nobody knows
	chosen   int    // the option that was chosen last …
	fate     string // … and its class: what became of it; "": none was
}

func newAsk(p *thePage, el js.Value) *ask {
	a := &ask{page: p, el: el}
	if err := plainjson.Unmarshal(jsx.GetAttr(el, "data-ask"), &a.question); err != nil {
		panic("page: data-ask: " + err.Error()) // the build wrote it
	}
	if list := jsx.One(el, ".ask-options"); !list.IsNull() {
		jsx.Remove(list)
	}
	a.answers = jsx.Div(el, "answers")
	jsx.Attr(jsx.One(el, ".ask-text"), "tabindex", "-1")
	a.closed()
	a.verdict = jsx.Div(el, "verdict")
	jsx.Attr(a.verdict, "role", "status")
	jsx.On(el, "click", func(e js.Value) { a.click(e.Get("target")) })
	jsx.On(el, "keydown", func(e js.Value) {
		if _, typing := jsx.Closest(e.Get("target"), "input"); typing && e.Get("key").String() == "Enter" {
			a.answer(a.typed(), -1)
		}
	})
	return a
}

// closed offers what can be answered where the question stands in the text.
func (a *ask) closed() {
	jsx.Toggle(a.el, "onboard", false)
	jsx.HTML(a.answers, paint.Answers(a.question))
	if a.fate != "" {
		a.press(a.chosen, a.fate)
	}
	a.drag()
}

// opened shows the question beside the board.
func (a *ask) opened() {
	jsx.Toggle(a.el, "onboard", true)
	jsx.HTML(a.answers, paint.Gate(a.question, nil))
	jsx.Text(a.verdict, "")
	a.drag()
}

// offer lists what there is on the board to point at.
func (a *ask) offer(targets []paint.Option) {
	if a.question.Points() != "" {
		jsx.HTML(a.answers, paint.Gate(a.question, targets))
	}
}

// pick takes what was pointed at on the board for the answer.
func (a *ask) pick(value string) {
	for _, radio := range jsx.All(a.answers, `input[type="radio"]`) {
		radio.Set("checked", radio.Get("value").String() == value)
	}
	a.answer(value, -1)
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
	} else if _, ok := jsx.Closest(target, "[data-stop]"); ok {
		a.gates().lead(a)
	} else if _, ok := jsx.Closest(target, "[data-later]"); ok {
		a.passed = true
		a.gates().close()
	}
}

// gates are those of the cell that the question is about. The build sees to it
// that there is one.
func (a *ask) gates() *gates { return a.page.cell(a.question.Cell).gates }

// typed is the answer that stands there, typed or put in order.
func (a *ask) typed() string {
	if a.question.Points() != "" {
		if radio := jsx.One(a.el, "input:checked"); !radio.IsNull() {
			return radio.Get("value").String()
		}
		return ""
	}
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
			jsx.Text(a.verdict, jsx.One(li, "samp").Get("textContent").String()+phrase.NowLine+strconv.Itoa(i+1))
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
	if c == nil {
		return
	}
	if strings.TrimSpace(value) == "" {
		jsx.Text(a.verdict, phrase.ChooseOrWriteAnAnswerFirst)
		return
	}
	a.press(chosen, "")
	jsx.Text(a.verdict, phrase.TheSimulatorRunsTheProgram)
	req := Request{Op: Grade, Source: c.original, Question: &a.question, Answer: value}
	a.page.client.ask(req, func(r *Reply) {
		switch {
		case !r.Last:
		case r.Error != "":
			jsx.Text(a.verdict, r.Error)
		case r.Result == nil:
			jsx.Text(a.verdict, phrase.TheProgramDoesNotCompile)
		default:
			jsx.HTML(a.verdict, paint.Verdict(r.Result))
			a.chosen, a.fate = chosen, map[bool]string{true: "right", false: "wrong"}[r.Result.Right]
			a.press(chosen, a.fate)
			a.page.remember(a.el, value)
			a.passed, a.seen = true, r.Result.Event
			if g := c.gates; g.open != nil && g.open.ask == a {
				g.marks(value, r.Result)
				g.shut(false)
			}
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
	a.passed = true
	for i, o := range a.question.Options {
		if o.Value == value {
			a.press(i, "")
		}
	}
	if field := jsx.One(a.el, "textarea, input"); !field.IsNull() {
		field.Set("value", value)
	}
	jsx.Text(a.verdict, phrase.YouHaveAnsweredThis)
}

// watch runs the cell that the question is about, and stops at its instant.
func (a *ask) watch() {
	c := a.page.cell(a.question.Cell)
	if c == nil {
		return
	}
	q := &a.question
	if g := c.gates; g.open != nil && g.open.ask == a {
		g.onward(a.seen)
		return
	}
	if !q.Stops() {
		c.lead(q.Settings, nil)
		return
	}
	c.lead(q.Settings, func() { c.goWhere(Request{Question: q}, nil) })
}
