//go:build !js

package lesson

import (
	"fmt"
	"slices"
	"strings"

	"gopark/sim"
	"gopark/sim/formula"
	"gopark/sim/state"
)

// Record records a cell's program under a configuration, to its end or to a
// limit.
type Record func(c *Cell, cfg sim.Config) (sim.Recording, []sim.Diagnostic)

// Check runs everything that a lesson says and reports what is not true: cells
// that don't compile, outputs that differ, questions without a right or
// without a wrong option. It returns what it recorded on the way.
func (l *Lesson) Check(file string, record Record) (Recorded, []Problem) {
	c := &checking{file: file, record: record, runs: map[runKey]*formula.Run{}, recorded: Recorded{
		Output: map[string]string{},
		Answer: map[string][]string{},
	}}
	for _, cell := range l.Cells {
		c.cell(cell)
	}
	for _, o := range l.Outputs {
		c.output(o)
	}
	for _, q := range l.Questions {
		c.question(l.CellByID(q.Cell), q)
	}
	for _, e := range l.Exercises {
		c.exercise(l.CellByID(e.Cell), e)
	}
	for _, m := range l.Marks {
		c.mark(l.CellByID(m.Cell), m)
	}
	return c.recorded, c.problems
}

// checking is the state of one Check.
type checking struct {
	file     string
	record   Record
	recorded Recorded
	problems []Problem
	runs     map[runKey]*formula.Run
}

// A runKey names a run that several claims are about.
type runKey struct {
	cell string
	Settings
}

func (c *checking) report(line int, format string, args ...any) {
	c.problems = append(c.problems, Problem{c.file, line, 1, fmt.Sprintf(format, args...)})
}

// run records a program to its end; nil if it doesn't compile.
func (c *checking) run(line int, cell *Cell, cfg sim.Config) sim.Recording {
	rec, diagnostics := c.record(cell, cfg)
	for _, d := range diagnostics {
		c.problems = append(c.problems, Problem{c.file, cell.Line + d.Line - 1, d.Column, d.Message})
	}
	if rec == nil {
		if len(diagnostics) == 0 {
			c.report(line, "the cell %s can't be recorded", cell.ID)
		}
		return nil
	}
	rec.Advance(0, 0)
	return rec
}

func (c *checking) cell(cell *Cell) {
	rec := c.run(cell.Line, cell, cell.Settings.Config())
	if rec != nil {
		c.recorded.Output[cell.ID] = everything(rec)
	}
}

func (c *checking) output(o *Output) {
	rec := c.run(o.Line, o.Cell, o.Settings.Config())
	if rec == nil {
		return
	}
	if got := everything(rec); strings.TrimRight(got, "\n") != strings.TrimRight(o.Text, "\n") {
		c.report(o.Line, "with %s the cell %s prints\n%s\nand not\n%s", o.Settings.Words(), o.Cell.ID, got, o.Text)
	}
}

func (c *checking) question(cell *Cell, q *Question) {
	var recs []sim.Recording
	for _, cfg := range q.Configs() {
		rec := c.run(q.Line, cell, cfg)
		if rec == nil {
			return
		}
		recs = append(recs, rec)
	}
	result := GradeAll(recs, q, "")
	c.recorded.Answer[q.ID] = result.Truth
	if len(result.Truth) == 0 {
		c.report(q.Line, "the question has no answer: %s", result.Sentence)
		return
	}
	if q.Kind == AskOrder {
		c.order(q, result.Truth)
		return
	}
	if missing := q.unseen(recs[0], result.Truth[0]); missing != "" {
		c.report(q.Line, "%s", missing)
	}
	right := 0
	for _, o := range q.Options {
		if GradeAll(recs, q, o.Value).Right {
			right++
		}
	}
	switch {
	case len(q.Options) == 0:
	case right == 0:
		c.report(q.Line, "no option is right: %s", result.Sentence)
	case right == len(q.Options):
		c.report(q.Line, "every option is right")
	}
}

// unseen says that the right answer is not on the board at the instant at which
// the reader is to point at it; "" if it is.
func (q *Question) unseen(rec sim.Recording, truth string) string {
	if q.Points() != ThingG && q.Points() != ThingM {
		return ""
	}
	n, _ := q.Instant(rec)
	s := rec.At(n)
	number := strings.TrimLeft(truth, "GM")
	found := named(s, "G"+number) != nil
	if q.Points() == ThingM {
		found = slices.ContainsFunc(s.Threads, func(t state.Thread) bool { return fmt.Sprint(t.ID) == number })
	}
	if found {
		return ""
	}
	return "the right answer is " + strings.ToUpper(string(q.Points())) + number + ", which is not on the board at that instant"
}

// order checks that the lines to be put in order are those that are printed.
func (c *checking) order(q *Question, truth []string) {
	var lines []string
	for _, o := range q.Options {
		lines = append(lines, o.Value)
	}
	slices.Sort(lines)
	for _, t := range truth {
		printed := strings.Split(strings.TrimRight(t, "\n"), "\n")
		slices.Sort(printed)
		if t != Varies && !slices.EqualFunc(lines, printed, sameWords) {
			c.report(q.Line, "the lines to put in order are %q, and printed are %q", lines, printed)
		}
	}
}

// everything is what a program wrote to standard output and standard error,
// in order.
func everything(rec sim.Recording) string {
	var b strings.Builder
	for _, o := range rec.Output() {
		b.WriteString(o.Text)
	}
	return b.String()
}
