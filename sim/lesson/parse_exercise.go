//go:build !js

package lesson

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

func (p *parsing) exercise(n ast.Node, f *fence, v fenceValues, report func(int, string, ...any)) {
	p.cellOf(f, v, report)
	e := &Exercise{ID: v.id, Cell: v.cell, Eras: v.eras, Seeds: v.seeds, Line: f.line}
	body := p.formulas(f, map[string]func(string){"goal": func(s string) { e.Goals = append(e.Goals, newGoal(s)) }})
	var hints []Option
	e.Text, hints = splitOptions(body)
	for _, h := range hints {
		e.Hints = append(e.Hints, h.Value)
	}
	switch {
	case e.ID == "":
		report(0, "an exercise needs an id: ```exercise id=five-threads cell=…")
	case p.lesson.exerciseByID(e.ID) != nil:
		report(0, "a second exercise with id=%s", e.ID)
	case e.Text == "":
		report(0, "the exercise says nothing: write what is to be done, before the goals")
	case len(e.Goals) == 0:
		report(0, "the exercise has no goal: write a line such as goal: max(threads) >= 5 | five threads exist")
	}
	p.lesson.Exercises = append(p.lesson.Exercises, e)
	p.lesson.fences[n] = e
}

// newGoal is "formula" or "formula | label". A formula has || with no spaces of
// its own in between, so the bar can't be mistaken.
func newGoal(s string) Goal {
	source, label, labelled := strings.Cut(s, " | ")
	g := Goal{Formula: strings.TrimSpace(source), Label: strings.TrimSpace(label)}
	if !labelled {
		g.Label = g.Formula
	}
	return g
}

// try reads a solution or a wrong attempt.
func (p *parsing) try(n ast.Node, f *fence, v fenceValues, report func(int, string, ...any)) {
	e := p.lesson.exerciseByID(v.exercise)
	if e == nil {
		report(0, "no exercise above has id=%s", v.exercise)
		return
	}
	t := &Try{Source: f.body, Line: f.line + 1}
	if c := p.lesson.CellByID(e.Cell); c != nil {
		t.Settings = c.Settings.over(v.Settings)
	}
	if lines := strings.Count(f.body, "\n"); lines > maxTryLines {
		report(0, "the program has %d lines; a solution has at most %d", lines, maxTryLines)
	}
	if f.flags[0] == "solution" {
		e.Solutions = append(e.Solutions, t)
		p.lesson.fences[n] = solution{e, t}
		return
	}
	e.Attempts = append(e.Attempts, t)
	p.lesson.fences[n] = attempt{}
}

// maxTryLines is how long a solution may be.
const maxTryLines = 45

// A solution is a Try that a page shows when the reader asks for it.
type solution struct {
	exercise *Exercise
	try      *Try
}

// An attempt is there for the check alone.
type attempt struct{}
