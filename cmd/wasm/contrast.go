package main

import (
	"math"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
)

// A parting says where runs side by side part.
type parting struct {
	same       []int64 // for each run, up to when it is like the first, or the first like all; MaxInt64: to its end
	run, event int     // the first event that differs; event 0: none does
	logs       bool    // it is the logs that were held against one another, line by line, and not what happens to goroutines
}

// parted says where runs under these settings part. The logs of one era on one
// machine can be held against one another line by line; of others only what happens
// to the program's own goroutines can, since times and threads differ anyway.
func (c *Contrast) parted(settings []lesson.Settings) parting {
	p := parting{same: make([]int64, len(settings))}
	for i := range p.same {
		p.same[i] = math.MaxInt64
	}
	first := int64(math.MaxInt64)
	for i, part := range c.Comparison.Parts {
		split, says := part.Order, c.Says[4*i+2:]
		if a, b := settings[part.A], settings[part.B]; a.Era == b.Era && a.Procs == b.Procs && a.Cores == b.Cores {
			split, says, p.logs = part.Log, c.Says[4*i:], true
		}
		if split.Equal() {
			continue
		}
		p.same[part.A], p.same[part.B] = min(p.same[part.A], says[0].Time), min(p.same[part.B], says[1].Time)
		if split.A != "" && says[0].Time < first {
			first, p.run, p.event = says[0].Time, part.A, split.AtA
		}
		if split.B != "" && says[1].Time < first {
			first, p.run, p.event = says[1].Time, part.B, split.AtB
		}
	}
	return p
}

// says is what the strips' bands are. prints says that the outputs differ.
func (p parting) says(prints bool) string {
	what := phrase.InWhatHappensToThePrograms
	if p.logs {
		what = phrase.EventByEvent
	}
	switch {
	case p.event > 0:
		return phrase.WhatEachCoreDidTheBand + what + phrase.TheLineIsTheFirstDifference
	case prints:
		return phrase.WhatEachCoreDidTheseRuns + what + ". Yet what they print is not the same."
	}
	return phrase.WhatEachCoreDidTheseRuns + what + "."
}
