//go:build js

package main

import (
	"slices"

	"gopark/cmd/wasm/phrase"
	"gopark/sim"
	"gopark/sim/formula"
	"gopark/sim/lesson"
)

// sourceName is what the reader's file is called in positions and tracebacks.
const sourceName = "main.go"

// grade grades an answer against recordings of the cell's own program.
func (en *engine) grade(req Request, reply *Reply) {
	if recs := en.record(req.Source, req.Question.Configs(), reply); recs != nil {
		r := lesson.GradeAll(recs, req.Question, req.Answer)
		reply.Result = &r
	}
}

// judge holds the goals of an exercise against runs of what the reader hands in.
func (en *engine) judge(req Request, reply *Reply) {
	recs := en.record(req.Source, req.Exercise.Configs(req.Settings), reply)
	if recs == nil {
		return
	}
	defer releaseAll(recs)
	of := req.Exercise.Settings(req.Settings)
	var runs []*formula.Run
	for i, rec := range recs {
		runs = append(runs, lesson.Run(rec, of[i].Era, req.Source))
	}
	verdict, err := req.Exercise.Judge(runs, of)
	reply.Verdict = verdict
	if err != nil {
		reply.Error = err.Error()
	}
}

// prove says what a claim comes to.
func (en *engine) prove(req Request, reply *Reply) {
	if recs := en.record(req.Source, []sim.Config{req.Mark.Config()}, reply); recs != nil {
		defer releaseAll(recs)
		reply.Text = req.Mark.Proof(lesson.Run(recs[0], req.Mark.Era, req.Source), req.Answer)
	}
}

// find is the instant of a run that a step or a question is about.
func (s *session) find(req Request) int {
	if req.Mark != nil {
		return req.Mark.Seek(lesson.Run(s.Recording(), s.era, ""))
	}
	req.Question.Era = s.era
	n, _ := req.Question.Instant(s.Recording())
	return n
}

// record runs a program to its end under each of configs. If there is nothing to
// look at, the reply says why and there are no recordings.
func (en *engine) record(source string, configs []sim.Config, reply *Reply) (recs []sim.Recording) {
	for _, config := range configs {
		rec, diagnostics, err := en.library.record(source, config)
		if err != nil {
			reply.Error = err.Error()
			return nil
		}
		if len(diagnostics) > 0 {
			reply.Diagnostics = diagnostics
			return nil
		}
		if !en.runOut(rec) {
			reply.Error = phrase.StoppedBeforeTheEnd
			return nil
		}
		recs = append(recs, rec)
	}
	return recs
}

// runOut runs a recording to its end, which its limits bring about if nothing
// else does. Messages wait in the inbox meanwhile, and the page hears that the
// engine lives. It reports whether the page has let it come to the end.
func (en *engine) runOut(rec sim.Recording) bool {
	for !rec.Advance(200_000, sliceEvents) {
		send(Reply{})
		en.heap.tune()
		en.yielder.Yield()
		if slices.ContainsFunc(en.inbox, func(r Request) bool { return r.Op == Abort }) {
			return false
		}
	}
	return true
}

func releaseAll(recs []sim.Recording) {
	for _, rec := range recs {
		release(rec)
	}
}
