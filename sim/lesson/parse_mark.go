//go:build !js

package lesson

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"

	"gopark/sim/formula"
)

// mark reads a link with a title.
func (p *parsing) mark(n *ast.Link) {
	line, column := p.position(n.Pos())
	report := func(format string, args ...any) {
		p.problems = append(p.problems, Problem{p.file, line, column, fmt.Sprintf(format, args...)})
	}
	id, ok := strings.CutPrefix(string(n.Destination), "#cell-")
	if !ok {
		report(`a link with a title is a claim or a step about a cell: [five threads](#cell-NAME "max(threads)")`)
		return
	}
	m := &Mark{Cell: id, Text: plainText(n, p.source), Line: line}
	cell := p.lesson.CellByID(id)
	if cell == nil {
		report("no cell above has id=%s", id)
		return
	}
	title, settings, _ := strings.Cut(plainString(n.Title), " @ ")
	m.Settings = cell.Settings.over(p.settings(settings, report))
	title = strings.TrimSpace(title)
	parse, source := formula.Parse, title
	switch until, isUntil := strings.CutPrefix(title, "until "); {
	case title == "run":
		m.Run = true
	case isUntil:
		m.Until, parse, source = until, formula.ParseTruth, until
	default:
		m.Formula = title
	}
	if !m.Run {
		if _, err := parse(source); err != nil {
			report("%s: %v", source, err)
			return
		}
	}
	p.lesson.Marks = append(p.lesson.Marks, m)
	class := "claim"
	if m.Step() {
		class = "step"
	}
	n.Title = nil
	n.SetAttributeString("class", []byte(class))
	n.SetAttributeString("data-mark", []byte(rawJSON(m)))
}

// settings reads "era=go1.4 procs=2".
func (p *parsing) settings(words string, report func(string, ...any)) Settings {
	_, flags, attrs, err := parseInfo("- " + words)
	if err != nil || len(flags) > 0 {
		report("behind @ stand settings, such as era=go1.4 procs=2")
	}
	f := &fence{attrs: attrs}
	return f.values(settingAttrs, func(_ int, format string, args ...any) { report(format, args...) }).Settings
}

// check says what is wrong with what the mark says of a run; "" if nothing.
func (m *Mark) check(run *formula.Run) string {
	if m.Run {
		return ""
	}
	source := m.Formula + m.Until
	f, err := formula.Parse(source)
	if err != nil {
		return err.Error()
	}
	if m.Until != "" {
		if n, err := f.First(run, 0); err != nil || n < 0 {
			return fmt.Sprintf("with %s it never comes to that: %s", m.Settings.Words(), source)
		}
		return ""
	}
	result, err := f.Eval(run)
	if err != nil {
		return err.Error()
	}
	return m.agree(result)
}

// agree compares a claim's words with its formula's value.
func (m *Mark) agree(result *formula.Result) string {
	v := result.Values[0]
	switch v.Type {
	case formula.Truth:
		if !v.Holds() {
			return fmt.Sprintf("with %s this is not true: %s%s", m.Settings.Words(), m.Formula, because(result))
		}
	case formula.Text:
		if !sameWords(v.Text, m.Text) {
			return fmt.Sprintf("with %s %s is %q, and not %q", m.Settings.Words(), m.Formula, v.Text, m.Text)
		}
	default:
		switch a, ok := AmountOf(m.Text); {
		case !ok:
			return fmt.Sprintf("%q has no number, and %s is one", m.Text, m.Formula)
		case !a.Is(v.Num):
			return fmt.Sprintf("with %s %s is %d, and not %d", m.Settings.Words(), m.Formula, v.Num, a.Num)
		}
	}
	return ""
}

func because(result *formula.Result) string {
	var was []string
	for _, w := range result.Why(0) {
		if !w.Holds && w.Was != "" {
			was = append(was, w.Was)
		}
	}
	if len(was) == 0 {
		return ""
	}
	return ": " + strings.Join(was, "; ")
}
