package lesson

import (
	"fmt"
	"strings"

	"gopark/sim"
	"gopark/sim/formula"
)

// An Exercise asks the reader to change a cell's program, or the machine, until
// every goal holds of the run.
type Exercise struct {
	ID    string   `json:"id"`
	Cell  string   `json:"cell"`
	Eras  []string `json:"eras,omitempty"`  // it has to hold in each; none: in the one that the reader chose
	Seeds int      `json:"seeds,omitempty"` // and with so many seeds, from the reader's on; 0: one
	Goals []Goal   `json:"goals"`
	Hints []string `json:"hints,omitempty"` // Markdown, to be shown one after the other
	Text  string   `json:"-"`               // Markdown
	Line  int      `json:"-"`

	Solutions []*Try `json:"-"`
	Attempts  []*Try `json:"-"` // that must not do
}

// A Goal is a formula that has to hold, and how it is put to the reader.
type Goal struct {
	Formula string `json:"formula"`
	Label   string `json:"label"`
}

// A Try is a program that somebody might hand in.
type Try struct {
	Settings
	Source string
	Line   int // of the source's first line in the lesson's file
}

// Settings are the runs that a try is judged by, when the reader has chosen s.
func (e *Exercise) Settings(s Settings) []Settings {
	if len(e.Eras) == 0 {
		return s.seeds(e.Seeds)
	}
	var all []Settings
	for _, era := range e.Eras {
		s.Era = era
		all = append(all, s.seeds(e.Seeds)...)
	}
	return all
}

// A Verdict says how far a try got.
type Verdict struct {
	Done     bool
	Sentence string
	Goals    []Judged
}

// A Judged is a goal and what became of it.
type Judged struct {
	Label string
	Holds bool
	Was   string // what it was in the first run in which the goal failed, or in the first
}

// Judge holds an exercise's goals against the runs of a try, which have ended
// and are those of Settings, in order.
func (e *Exercise) Judge(runs []*formula.Run, of []Settings) (*Verdict, error) {
	v := &Verdict{Done: true}
	for _, g := range e.Goals {
		f, err := formula.ParseTruth(g.Formula)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g.Formula, err)
		}
		result, err := f.Eval(runs...)
		if err != nil {
			return nil, err
		}
		j := judged(g, result, of)
		v.Done = v.Done && j.Holds
		v.Goals = append(v.Goals, j)
	}
	v.Sentence = v.sentence()
	return v, nil
}

func judged(g Goal, result *formula.Result, of []Settings) Judged {
	j, at := Judged{Label: g.Label, Holds: true}, 0
	for i, value := range result.Values {
		if !value.Holds() {
			j.Holds, at = false, i
			break
		}
	}
	var was []string
	for _, w := range result.Why(at) {
		if w.Was != "" && w.Holds == j.Holds {
			was = append(was, w.Was)
		}
	}
	j.Was = strings.Join(was, "; ")
	if j.Was != "" && len(of) > 1 && !j.Holds {
		j.Was = of[at].Words() + ": " + j.Was
	}
	return j
}

func (v *Verdict) sentence() string {
	missing := 0
	for _, j := range v.Goals {
		if !j.Holds {
			missing++
		}
	}
	switch {
	case missing == 0:
		return "Done: the run does what was asked."
	case len(v.Goals) == 1:
		return "Not yet."
	case missing == 1:
		return "Not yet: one thing is missing."
	}
	return fmt.Sprintf("Not yet: %d of %d things are missing.", missing, len(v.Goals))
}

// Configs are the recordings that Judge needs, in order.
func (e *Exercise) Configs(s Settings) []sim.Config {
	var configs []sim.Config
	for _, s := range e.Settings(s) {
		configs = append(configs, s.Config())
	}
	return configs
}
