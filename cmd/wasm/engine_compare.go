//go:build js

package main

import (
	"slices"
	"strconv"
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim"
	"gopark/sim/compare"
	"gopark/sim/machine"
	"gopark/sim/sched"
	"gopark/sim/trace/stacks"
	"gopark/sim/view"
)

// How many runs are side by side at most, and how many events each may have.
const (
	maxRivals   = 4
	rivalEvents = 400_000
)

// rivalCell is the name of the i-th of them. No lesson's cell has it.
func rivalCell(i int) string { return rivalPrefix + strconv.Itoa(i) }

const rivalPrefix = "compare:"

// What one of several runs side by side may take: together as much as one run.
const (
	rivalHistory = sim.DefaultHistory / maxRivals
	stackChunk   = 20_000 // events looked at for stacks before messages are let in
)

// isRival reports whether a cell's name is that of a run side by side with others.
func isRival(cell string) bool { return strings.HasPrefix(cell, rivalPrefix) }

// configOf is how a request wants its program to be run.
func configOf(req Request) sim.Config {
	cfg := req.Settings.Config()
	if isRival(req.Cell) {
		cfg.History, cfg.Reseed = rivalHistory, req.Reseed
	}
	return cfg
}

// rivals are the sessions that a request names; if one is gone, the reply says so.
func (en *engine) rivals(req Request, reply *Reply) (list []*session) {
	if req.Rivals == nil {
		return nil
	}
	for _, cell := range req.Rivals.Cells {
		s := en.sessions[cell]
		if s == nil {
			reply.Error = phrase.OneOfTheseRunsIsGone
			return nil
		}
		s.used = en.clock
		list = append(list, s)
	}
	return list
}

// together shows several runs at one instant of virtual time.
func (en *engine) together(req Request, reply *Reply) {
	list := en.rivals(req, reply)
	if len(list) == 0 {
		return
	}
	var l view.Lockstep
	for _, s := range list {
		l = append(l, s.Session)
	}
	q := req.Rivals
	stand := &Stand{At: q.At, Moved: true}
	switch {
	case q.Kind != "":
		for range max(1, q.Count) {
			next, ok := l.Step(stand.At, q.Kind, q.Back)
			stand.Moved = ok
			if !ok {
				break
			}
			stand.At = next
		}
	case q.Event > 0:
		stand.At = l.To(q.Run, q.Event)
	default:
		stand.At = l.At(q.Time)
	}
	stand.Time = max(l.Now(stand.At), q.Time)
	for i, s := range list {
		look := s.Frame
		if req.Quick {
			look = s.QuickFrame
		}
		f := look(stand.At[i], 0)
		f.Stack, f.Marks, f.Output = nil, nil, nil // not shown
		stand.Frames = append(stand.Frames, f)
	}
	reply.Stand = stand
}

// contrast says what several runs differ in.
func (en *engine) contrast(req Request, reply *Reply) {
	list := en.rivals(req, reply)
	if len(list) < 2 {
		return
	}
	var runs []compare.Run
	for i, s := range list {
		era, _ := sched.Lookup(s.era) // the run has found it
		table, ok := en.stacks(s.Recording())
		if !ok {
			return
		}
		runs = append(runs, compare.Run{Name: req.Rivals.Names[i], Rec: s.Recording(), Stacks: table,
			Saves: compare.Saves{Call: era.CallSave, Signal: era.SignalSave, Thread: machine.ThreadSave}})
	}
	c := &Contrast{Comparison: *compare.New(runs, func() { send(Reply{}) })}
	for i := range c.Comparison.Outputs {
		if o := &c.Comparison.Outputs[i]; o.Ended == "" {
			o.Ended = phrase.StoppedByYou
		}
	}
	for _, p := range c.Comparison.Parts {
		a, b := list[p.A], list[p.B]
		c.Says = append(c.Says, a.Sentence(p.Log.AtA), b.Sentence(p.Log.AtB), a.Sentence(p.Order.AtA), b.Sentence(p.Order.AtB))
	}
	reply.Contrast = c
}

// stacks are the stacks at a run's events. ok is false if nobody wants them any more.
func (en *engine) stacks(rec sim.Recording) (table *stacks.Table, ok bool) {
	table = &stacks.Table{}
	log := rec.Log()
	for from := 0; from <= log.Len(); from += stackChunk {
		rec.(sim.Inspector).Visit(from, min(log.Len(), from+stackChunk-1), func(n int, l sim.Looker) { table.Look(log, n, l) })
		send(Reply{})
		en.yielder.Yield()
		if slices.ContainsFunc(en.inbox, func(r Request) bool { return r.Op == Release }) {
			return nil, false
		}
	}
	return table, true
}

// forgetRivals forgets runs side by side.
func (en *engine) forgetRivals() {
	for i := range maxRivals {
		en.drop(rivalCell(i))
	}
}
