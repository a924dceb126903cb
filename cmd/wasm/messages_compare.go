package main

import (
	"gopark/sim/compare"
	"gopark/sim/view"
)

// The operations on several runs side by side, which the engine has under the
// names of rivalCell.
const (
	Together Op = "together" // where Rivals stand after a step, or at a time; Stand
	Compare  Op = "compare"  // what Rivals, which have ended, differ in; Contrast
	Release  Op = "release"  // forget Rivals
)

// Rivals are runs side by side, and where to go with them: by Kind from At, else to
// the event Event of run Run, else to Time.
type Rivals struct {
	Cells []string      `json:"cells"`
	Names []string      `json:"names,omitempty"`
	At    []int         `json:"at,omitempty"`
	Kind  view.StepKind `json:"kind,omitempty"`
	Count int           `json:"count,omitempty"` // steps
	Back  bool          `json:"back,omitempty"`
	Run   int           `json:"run,omitempty"`
	Event int           `json:"event,omitempty"`
	Time  int64         `json:"time,omitempty"`
}

// A Stand is where rivals stand at one instant of virtual time.
type Stand struct {
	At     []int         `json:"at"`
	Time   int64         `json:"time"`
	Moved  bool          `json:"moved"` // there was a step to make
	Frames []*view.Frame `json:"frames"`
}

// A Contrast is what rivals differ in. Says has, for each of the comparison's parts,
// the first events that differ: of the logs in its first run and in its second,
// then of what happens to goroutines.
type Contrast struct {
	Comparison compare.Comparison `json:"comparison"`
	Says       []view.Sentence    `json:"says"`
}
