package lesson

import (
	"fmt"
	"strconv"
	"strings"

	"gopark/sim/formula"
)

// A Mark is a link of the text to a cell, whose title says what the link is for:
//
//	[42 threads](#cell-files "max(threads)")                       a claim: the number is the formula's value
//	[it never yields](#cell-loop "count(GoStop) == 0")             a claim: the formula holds
//	[step until G7 waits](#cell-a 'until status(G7) == "waiting"') a step: it leads the player there
//	[run it under Go 1.4](#cell-a "run @ era=go1.4")               a step: it runs the cell so
//
// Behind " @ " stand settings other than the cell's.
type Mark struct {
	Cell string `json:"cell"`
	Settings
	Until   string `json:"until,omitempty"` // a formula: to the first instant at which it holds
	Run     bool   `json:"run,omitempty"`
	Formula string `json:"formula,omitempty"` // a claim's
	Text    string `json:"-"`                 // of the link
	Line    int    `json:"-"`
}

// Step reports whether the mark drives the player; otherwise it is a claim.
func (m *Mark) Step() bool { return m.Run || m.Until != "" }

// Seek is the number of events after which what a step leads to holds for the
// first time; -1: in this run it never does.
func (m *Mark) Seek(run *formula.Run) int {
	f, err := formula.ParseTruth(m.Until)
	if err != nil {
		return -1
	}
	n, err := f.First(run, 0)
	if err != nil {
		return -1
	}
	return n
}

// Proof says what a claim's formula comes to in a run, as the end of a sentence
// that begins with the formula: in the unit of the claim's words, if they have one.
func (m *Mark) Proof(run *formula.Run, words string) string {
	f, err := formula.Parse(m.Formula)
	if err != nil {
		return ": " + err.Error()
	}
	result, err := f.Eval(run)
	if err != nil {
		return ": " + err.Error()
	}
	v := result.Values[0]
	says := v.String()
	if a, ok := AmountOf(words); ok && a.unit != "" && v.Type == formula.Number {
		says = strconv.FormatFloat(float64(v.Num)/units[a.unit], 'f', -1, 64) + " " + spelled(a.unit)
	}
	says = fmt.Sprintf("is %s under %s", says, m.Settings.Words())
	var was []string
	for _, w := range result.Why(0) {
		if w.Was != "" {
			was = append(was, w.Was)
		}
	}
	if len(was) > 0 {
		says += ": " + strings.Join(was, "; ")
	}
	return says + "."
}

// spelled is one of units as people write it.
func spelled(unit string) string {
	if strings.HasSuffix(unit, "b") {
		return strings.ToUpper(unit)
	}
	return unit
}
