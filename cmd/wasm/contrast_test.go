package main

import (
	"math"
	"strings"
	"testing"

	"gopark/sim/compare"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// TestParted: runs of one machine part where their logs do, others where something
// else happens to their goroutines; of three runs, the first difference counts.
func TestParted(t *testing.T) {
	at := func(time int64) view.Sentence { return view.Sentence{Time: time} }
	part := func(b int) compare.Parting {
		return compare.Parting{B: b, Log: compare.Split{A: "x", B: "y", AtA: 5, AtB: 6}, Order: compare.Split{A: "x", B: "", AtA: 50, AtB: 60}}
	}
	old, new := lesson.Settings{Era: "go1.4", Procs: 1, Cores: 1}, lesson.Settings{Era: "go1.26", Procs: 1, Cores: 1}
	c := &Contrast{
		Comparison: compare.Comparison{Parts: []compare.Parting{part(1), part(2)}},
		Says:       []view.Sentence{at(10), at(9), at(100), at(90), at(12), at(13), at(80), at(70)},
	}
	p := c.parted([]lesson.Settings{new, new, old})
	if p.run != 1 || p.event != 6 || !p.logs || p.same[0] != 10 || p.same[1] != 9 || p.same[2] != 70 {
		t.Errorf("%+v", p)
	}
	// Where only one log goes on, its event is the difference.
	c.Comparison.Parts = c.Comparison.Parts[1:]
	c.Says = c.Says[4:]
	p = c.parted([]lesson.Settings{new, {}, old})
	if p.run != 0 || p.event != 50 || p.logs || p.same[1] != math.MaxInt64 {
		t.Errorf("%+v", p)
	}
	if s := p.says(false); !strings.Contains(s, "whenever and wherever; the line is the first difference") {
		t.Error(s)
	}
	c.Comparison.Parts[0].Order = compare.Split{Same: 3}
	if p = c.parted([]lesson.Settings{new, {}, old}); p.event != 0 || !strings.Contains(p.says(true), "alike to their end") || !strings.Contains(p.says(true), "print is not the same") {
		t.Errorf("%+v %s", p, p.says(true))
	}
}
