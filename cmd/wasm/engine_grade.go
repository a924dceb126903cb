//go:build js

package main

import (
	"gopark/sim"
	"gopark/sim/lesson"
)

// sourceName is what the reader's file is called in positions and tracebacks.
const sourceName = "main.go"

// grade grades an answer against recordings of the cell's own program.
func (en *engine) grade(req Request) (*lesson.Result, error) {
	var recs []sim.Recording
	for _, config := range req.Question.Configs() {
		rec, diagnostics, err := en.library.record(req.Source, config)
		if err != nil {
			return nil, err
		}
		if len(diagnostics) > 0 {
			return &lesson.Result{Sentence: "The program does not compile: " + diagnostics[0].Message}, nil
		}
		en.runOut(rec)
		recs = append(recs, rec)
	}
	r := lesson.GradeAll(recs, req.Question, req.Answer)
	return &r, nil
}

// runOut runs a recording to its end. Messages wait in the inbox meanwhile,
// and the page hears that the engine lives.
func (en *engine) runOut(rec sim.Recording) {
	for !rec.Advance(200_000, sliceEvents) {
		send(Reply{})
		en.yielder.Yield()
	}
}
