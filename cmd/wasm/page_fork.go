//go:build js

package main

import (
	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/share"
	"gopark/sim"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// A fork is the instant of a run at which one thing is to be another.
type fork struct {
	event    int
	time     int64
	settings lesson.Settings // of the run
	to       lesson.Settings // what the fields offer
	change   string          // one of paint's Fork constants
	source   string          // the program as the reader has changed it
	says     string          // what the changed run is
}

// newFork is a fork of the run that a cell shows, into a link's run if there is one.
func newFork(c *cell, linked *share.Link) *fork {
	f := &fork{event: c.frame.Event, time: c.frame.Time, settings: c.tallOf, to: c.tallOf, change: paint.ForkSeed, source: c.source}
	f.to.Seed++
	if linked != nil {
		f.to = beside(f.to, linked.Beside[0])
		switch {
		case linked.Changed != "":
			f.change, f.source = paint.ForkProgram, linked.Changed
		case f.to.Era != f.settings.Era:
			f.change = paint.ForkEra
		case f.to.Procs != f.settings.Procs:
			f.change = paint.ForkProcs
		case f.to.Cores != f.settings.Cores:
			f.change = paint.ForkCores
		}
	}
	return f
}

// forked are the original and the changed run.
func (k *comparing) forked() []rival {
	f := k.fork
	original := rival{Rival: paint.Rival{Settings: f.settings, Says: phrase.ForkOriginal}, source: k.source}
	other := rival{Rival: paint.Rival{Settings: f.settings}, source: k.source}
	asked := k.fields(k.get("cmpBody"), f.to)
	f.to = asked
	at := phrase.BothAreShownAsTheyStand
	switch f.change {
	case paint.ForkEra:
		other.Era = asked.Era
		f.says = phrase.ARunFromTheBeginningUnder + lesson.EraTitle(asked.Era) + at
	case paint.ForkProcs:
		other.Procs = asked.Procs
		f.says = phrase.ARunFromTheBeginningWith + at
	case paint.ForkCores:
		other.Cores = asked.Cores
		f.says = phrase.ARunFromTheBeginningOn + at
	case paint.ForkProgram:
		f.source = jsx.One(k.el, `[data-f="source"]`).Get("value").String()
		other.source = f.source
		other.Says = phrase.ForkChangedProgram
		f.says = phrase.TheChangedProgramRunFromIts + at
	default:
		other.reseed = sim.Reseed{Event: max(1, f.event), Seed: asked.Seed}
		other.Says = phrase.SeedNumber + view.Count(int64(asked.Seed)) + phrase.AfterEvent + view.Count(int64(f.event))
		f.says = phrase.TheSameRunUpToEvent + view.Count(int64(f.event)) + phrase.CommaAt + view.Duration(f.time) +
			phrase.FromThereOnItDrawsAll + view.Count(int64(asked.Seed)) + "."
	}
	return []rival{original, other}
}
