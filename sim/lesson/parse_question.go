//go:build !js

package lesson

import (
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"gopark/sim/formula"
)

func (p *parsing) question(n ast.Node, f *fence, v fenceValues, report func(int, string, ...any)) {
	c := p.cellOf(f, v, report)
	q := &Question{
		ID: v.id, Cell: v.cell, Settings: c.Settings.over(v.Settings), Kind: v.kind, Seeds: v.seeds,
		Who: v.who, When: v.when, Nth: v.nth, P: v.p, Line: f.line,
	}
	body := p.formulas(f, map[string]func(string){
		"ask": func(s string) { q.Ask = s },
		"at":  func(s string) { q.At = s },
	})
	if q.ID == "" {
		q.ID = fmt.Sprintf("%s-%s", q.Cell, q.Kind)
	}
	q.Text, q.Options = splitOptions(body)
	if msg := q.validate(); msg != "" {
		report(0, "%s", msg)
	}
	if slices.ContainsFunc(p.lesson.Questions, func(o *Question) bool { return o.ID == q.ID }) {
		report(0, "a second question with id=%s", q.ID)
	}
	p.lesson.Questions = append(p.lesson.Questions, q)
	p.lesson.fences[n] = q
}

// validate says what is wrong with q, or nothing.
func (q *Question) validate() string {
	names := q.Who != "" || q.When != "" || q.Nth != 0
	varies := slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == Varies })
	switch {
	case q.Kind == "":
		return "```predict needs a kind: " + kindWords
	case q.Text == "":
		return "the question is missing: write it in the fence, before the options"
	case len(q.Options) == 1:
		return "one option is no choice: write two or more, or none to let the reader type"
	case q.Kind == AskNext && q.At == "" && (q.Who == "" || q.When == ""):
		return "kind=next needs an instant: who=main when=blocks, or a line at: and a formula"
	case q.Kind == AskNext && q.At != "" && names:
		return "the instant is named twice: by who and when, and by the formula behind at:"
	case q.Kind != AskNext && (names || q.P != 0):
		return "who, when, nth and p belong to kind=next"
	case (q.Kind == AskValue) != (q.Ask != ""):
		return "kind=value goes with a line ask: and the formula that is asked for"
	case q.At != "" && q.Kind != AskNext && q.Kind != AskValue:
		return "at: belongs to kind=next and kind=value"
	case q.Kind == AskOrder && len(q.Options) == 0:
		return "kind=order needs the lines that are to be put in order, as options"
	case varies && q.Seeds == 0:
		return "the option varies needs seeds=…: one run can't vary"
	}
	for i, o := range q.Options {
		if slices.ContainsFunc(q.Options[:i], func(p Option) bool { return sameWords(p.Value, o.Value) }) {
			return fmt.Sprintf("the option %q is there twice", o.Value)
		}
		if q.Kind == AskNext && o.Value != Varies && !isGoroutine(o.Value) {
			return fmt.Sprintf("the option %q is not a goroutine: want G and its number", o.Value)
		}
	}
	return ""
}

// splitOptions divides the body of a question into its text and the options,
// which are list items: "- value" or "- value | label".
func splitOptions(body string) (text string, options []Option) {
	var lines []string
	for line := range strings.Lines(body) {
		item, isItem := strings.CutPrefix(line, "- ")
		if !isItem {
			lines = append(lines, line)
			continue
		}
		value, label, labelled := strings.Cut(item, "|")
		o := Option{strings.TrimSpace(value), strings.TrimSpace(label)}
		if !labelled {
			o.Label = o.Value
		}
		options = append(options, o)
	}
	return strings.TrimSpace(strings.Join(lines, "")), options
}

// formulas takes the lines "key: formula" out of a body and hands each formula to
// the function of its key; an at or a goal must be true or false.
func (p *parsing) formulas(f *fence, keys map[string]func(string)) (rest string) {
	var lines []string
	number := f.line
	for line := range strings.Lines(f.body) {
		number++
		key, value, found := strings.Cut(line, ": ")
		set := keys[key]
		if !found || set == nil {
			lines = append(lines, line)
			continue
		}
		value = strings.TrimSpace(value)
		p.formula(number, len(key)+2, key, value)
		set(value)
	}
	return strings.Join(lines, "")
}

// formula reports what is wrong with the formula in front of a label.
func (p *parsing) formula(line, column int, key, value string) {
	source, _, _ := strings.Cut(value, " | ")
	parse := formula.ParseTruth
	if key == "ask" {
		parse = formula.Parse
	}
	if _, err := parse(source); err != nil {
		e := err.(*formula.Error)
		p.problems = append(p.problems, Problem{p.file, line, column + e.Column, e.Message})
	}
}
