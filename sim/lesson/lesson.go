// Package lesson knows what a lesson is: Markdown text with programs to run
// and questions about them. It parses one, says where a mistake is, renders it
// as HTML that stands without scripts, and grades a reader's answer against a
// recording. It doesn't know how a program is run or what a page looks like.
//
//	lesson.Parse (goldmark) ──► Lesson: prose, cells, questions, outputs
//	Lesson + recordings     ──► Check: is everything it says true?
//	Exercise + recordings   ──► Judge: does the run do what was asked?
//	Lesson + recordings     ──► HTML
//	Question + recording    ──► Grade: right or not, and the truth
//
// The format is described for authors in lessons/README.md. Answers are never
// written in a lesson; they are read from a recording.
//
// The page has the HTML and asks only for grades: in its build there is no
// parser, and so no goldmark.
package lesson

import (
	"gopark/sim"
	"gopark/sim/task"
)

// Settings say on what a program runs. A zero field leaves the choice to the
// era or the machine.
type Settings struct {
	Era   string `json:"era,omitempty"`
	Procs int    `json:"procs,omitempty"`
	Cores int    `json:"cores,omitempty"`
	Seed  uint64 `json:"seed,omitempty"`
	// Limit is the virtual time at which the run is cut off, for programs that never end.
	Limit task.Duration `json:"limit,omitempty"`
}

// Config is how to record a program under s.
func (s Settings) Config() sim.Config {
	limits := sim.DefaultLimits
	if s.Limit > 0 {
		limits.Time = s.Limit
	}
	return sim.Config{Era: s.Era, Procs: s.Procs, Cores: s.Cores, Seed: s.Seed, Limits: limits}
}

// over returns s with the fields that are set in t replaced.
func (s Settings) over(t Settings) Settings {
	if t.Era != "" {
		s.Era = t.Era
	}
	if t.Procs != 0 {
		s.Procs = t.Procs
	}
	if t.Cores != 0 {
		s.Cores = t.Cores
	}
	if t.Seed != 0 {
		s.Seed = t.Seed
	}
	if t.Limit != 0 {
		s.Limit = t.Limit
	}
	return s
}

// A Cell is a program that the reader may edit and run.
type Cell struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Settings
	Source string `json:"-"`
	Unreal bool   `json:"-"` // what it prints depends on time, so real Go may print something else
	Line   int    `json:"-"` // of the source's first line in the lesson's file
}

// Kind says what a question asks.
type Kind string

// The kinds of questions.
const (
	AskOutput Kind = "output" // what does the program print?
	AskFirst  Kind = "first"  // what does it print first?
	AskNext   Kind = "next"   // which goroutine runs next, at an instant?
	AskOrder  Kind = "order"  // in which order does it print the options?
	AskValue  Kind = "value"  // what is a formula's value, at an instant or at the end?
	AskPlace  Kind = "place"  // into which queue does a goroutine go, at an instant?
	AskDiffer Kind = "differ" // which of some formulas has another value in another era?
)

// When names the instant that a question of kind AskNext is about, by what
// happens to a goroutine.
type When string

// The instants.
const (
	Blocks When = "blocks" // it begins to wait, for whatever reason
	Yields When = "yields" // it was running and is runnable
	Ends   When = "ends"
)

// Thing is what a reader points at on the board to answer.
type Thing string

// The things. A goroutine is answered as G7, a thread as M2, a P as P0; a place
// as P0.next, P0.ring, global, or as none: the goroutine is in no queue.
const (
	ThingG     Thing = "g"
	ThingM     Thing = "m"
	ThingP     Thing = "p"
	ThingPlace Thing = "place"
)

// Varies is the value of the option "it differs from run to run".
const Varies = "varies"

// A Question is a prediction that the reader makes before watching.
type Question struct {
	ID   string `json:"id"`
	Cell string `json:"cell"`
	Settings
	Kind    Kind     `json:"kind"`
	Seeds   int      `json:"seeds,omitempty"`   // recordings wanted: seeds Seed … Seed+Seeds-1; 0: one
	Who     string   `json:"who,omitempty"`     // AskNext: the goroutine that …; AskPlace: the one that goes
	When    When     `json:"when,omitempty"`    // … does this …
	Nth     int      `json:"nth,omitempty"`     // … for the nth time; 0: the first
	Ask     string   `json:"ask,omitempty"`     // AskValue: the formula
	At      string   `json:"at,omitempty"`      // a formula; the instant is the first at which it holds; "": the end, or the start for what is printed
	Then    string   `json:"then,omitempty"`    // AskValue: a formula, or ThenEnd; Ask is looked at when it first holds after At, and counts from At on
	P       int      `json:"p,omitempty"`       // AskNext with At: on which P, or core
	Pick    Thing    `json:"pick,omitempty"`    // AskValue without options: Ask is the number of such a thing
	Against string   `json:"against,omitempty"` // AskDiffer: the other era
	Options []Option `json:"options,omitempty"`
	Text    string   `json:"-"` // Markdown
	Line    int      `json:"-"`
}

// ThenEnd is the end of the run, as a question's Then.
const ThenEnd = "end"

// Stops reports whether q is about an instant: a player can stop there and ask.
func (q *Question) Stops() bool { return q.At != "" || q.Kind == AskNext }

// Points is what the reader points at on the board to answer q; "" if the answer
// is chosen, put in order or typed.
func (q *Question) Points() Thing {
	switch {
	case len(q.Options) > 0:
		return ""
	case q.Kind == AskNext:
		return ThingG
	case q.Kind == AskPlace:
		return ThingPlace
	}
	return q.Pick
}

// An Option is one answer offered. Value is what is graded, Label what is
// shown; a question without options lets the reader type.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Configs are the recordings that grading q needs, in order.
func (q *Question) Configs() []sim.Config {
	var configs []sim.Config
	all := q.Settings.seeds(q.Seeds)
	if q.Kind == AskDiffer {
		all = append(all, q.Settings.over(Settings{Era: q.Against}))
	}
	for _, s := range all {
		configs = append(configs, s.Config())
	}
	return configs
}

// seeds is s with n seeds, from its own on; n = 0: its own alone.
func (s Settings) seeds(n int) []Settings {
	all := []Settings{s}
	for i := 1; i < n; i++ {
		s.Seed++
		all = append(all, s)
	}
	return all
}
