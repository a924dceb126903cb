//go:build !js

package lesson

import (
	"fmt"
	"strings"

	"gopark/sim/formula"
)

// exercise tries an exercise: every solution has to do, and neither the cell's
// own program nor any wrong attempt may.
func (c *checking) exercise(cell *Cell, e *Exercise) {
	if len(e.Solutions) == 0 {
		c.report(e.Line, "the exercise %s has no solution: ```go solution exercise=%s", e.ID, e.ID)
	}
	if len(e.Attempts) == 0 {
		c.report(e.Line, "the exercise %s has no wrong attempt: ```go attempt exercise=%s", e.ID, e.ID)
	}
	for _, t := range e.Solutions {
		if v := c.try(cell, e, t); v != nil && !v.Done {
			c.report(t.Line, "the solution doesn't do: %s", v.missing())
		}
	}
	original := &Try{Settings: cell.Settings, Source: cell.Source, Line: cell.Line}
	for _, t := range append([]*Try{original}, e.Attempts...) {
		if v := c.try(cell, e, t); v != nil && v.Done {
			c.report(t.Line, "this does what the exercise %s asks for, and should not", e.ID)
		}
	}
}

// try judges a program; nil if it doesn't compile, which is reported.
func (c *checking) try(cell *Cell, e *Exercise, t *Try) *Verdict {
	handed := *cell
	handed.Source, handed.Line = t.Source, t.Line
	all := e.Settings(t.Settings)
	var runs []*formula.Run
	for _, s := range all {
		rec := c.run(t.Line, &handed, s.Config())
		if rec == nil {
			return nil
		}
		runs = append(runs, Run(rec, s.Era, t.Source))
	}
	v, err := e.Judge(runs, all)
	if err != nil {
		c.report(e.Line, "%v", err)
		return nil
	}
	return v
}

// missing lists the goals that do not hold.
func (v *Verdict) missing() string {
	var all []string
	for _, j := range v.Goals {
		if !j.Holds {
			all = append(all, fmt.Sprintf("%s (%s)", j.Label, j.Was))
		}
	}
	return strings.Join(all, ", ")
}

// mark checks a claim or a step of the text.
func (c *checking) mark(cell *Cell, m *Mark) {
	key := runKey{m.Cell, m.Settings}
	run := c.runs[key]
	if run == nil {
		rec := c.run(m.Line, cell, m.Settings.Config())
		if rec == nil {
			return
		}
		run = Run(rec, m.Era, cell.Source)
		c.runs[key] = run
	}
	if problem := m.check(run); problem != "" {
		c.report(m.Line, "%s", problem)
	}
}
