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
		Who: v.who, When: v.when, Nth: v.nth, P: v.p, Pick: v.pick, Against: v.against, Line: f.line,
	}
	body := p.formulas(f, map[string]func(string){
		"ask":  func(s string) { q.Ask = s },
		"at":   func(s string) { q.At = s },
		"then": func(s string) { q.Then = s },
	})
	if q.ID == "" {
		q.ID = fmt.Sprintf("%s-%s", q.Cell, q.Kind)
	}
	q.Text, q.Options = splitOptions(body)
	if q.Kind == AskDiffer {
		p.optionFormulas(f)
	}
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
	varies := slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == Varies })
	switch {
	case q.Kind == "":
		return "```predict needs a kind: " + kindWords
	case q.Text == "":
		return "the question is missing: write it in the fence, before the options"
	case len(q.Options) == 1:
		return "one option is no choice: write two or more, or none to let the reader answer on the board, or type"
	case varies && q.Seeds == 0:
		return "the option varies needs seeds=…: one run can't vary"
	}
	if msg := q.validateInstant(); msg != "" {
		return msg
	}
	if msg := q.validateKind(); msg != "" {
		return msg
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

// validateInstant says what is wrong with the instant that q is about.
func (q *Question) validateInstant() string {
	happens := q.When != "" || q.Nth != 0
	switch {
	case q.Kind == AskNext && q.At == "" && (q.Who == "" || q.When == ""):
		return "kind=next needs an instant: who=main when=blocks, or a line at: and a formula"
	case q.Kind == AskNext && q.At != "" && (happens || q.Who != ""):
		return "the instant is named twice: by who and when, and by the formula behind at:"
	case q.Kind != AskNext && (happens || q.P != 0):
		return "when, nth and p belong to kind=next"
	case q.At != "" && q.Kind == AskDiffer:
		return "kind=differ compares whole runs: it has no at:"
	case q.Then != "" && (q.Kind != AskValue || q.At == ""):
		return "then: belongs to kind=value with a line at: from which it counts"
	}
	return ""
}

// validateKind says what is wrong with what q's kind needs.
func (q *Question) validateKind() string {
	switch {
	case q.Who != "" && q.Kind != AskNext && q.Kind != AskPlace:
		return "who belongs to kind=next and kind=place"
	case (q.Kind == AskValue) != (q.Ask != ""):
		return "kind=value goes with a line ask: and the formula that is asked for"
	case q.Kind == AskOrder && len(q.Options) == 0:
		return "kind=order needs the lines that are to be put in order, as options"
	case q.Kind == AskPlace && (q.Who == "" || q.At == "" || len(q.Options) > 0):
		return "kind=place needs who=… and a line at:, and no options: it is answered on the board"
	case q.Pick != "" && (q.Kind != AskValue || len(q.Options) > 0):
		return "pick belongs to kind=value without options"
	case q.Pick != "" && q.At == "":
		return "pick needs a line at:, where the board stands still"
	case (q.Kind == AskDiffer) != (q.Against != ""):
		return "kind=differ goes with against=… and another era"
	case q.Kind == AskDiffer && (len(q.Options) == 0 || q.Seeds != 0):
		return "kind=differ needs formulas to choose from, as options, and no seeds"
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
		value, label, labelled := strings.Cut(item, " | ") // not the bars of a formula's ||
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
		if key != "then" || value != ThenEnd {
			p.formula(number, len(key)+2, key, value)
		}
		set(value)
	}
	return strings.Join(lines, "")
}

// optionFormulas checks the options that are formulas.
func (p *parsing) optionFormulas(f *fence) {
	number := f.line
	for line := range strings.Lines(f.body) {
		number++
		if item, ok := strings.CutPrefix(strings.TrimSpace(line), "- "); ok {
			p.formula(number, 2, "ask", item)
		}
	}
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
