//go:build js

package main

import (
	"gopark/sim/view"
	"gopark/sim/witness"
)

// openTrace shows a trace as if it were the cell's run.
func (en *engine) openTrace(req Request) {
	en.drop(req.Cell)
	rec, err := witness.Open(req.Bytes)
	if err != nil {
		send(Reply{Seq: req.Seq, Last: true, Error: err.Error()})
		return
	}
	en.forget()
	en.sessions[req.Cell] = &session{
		Session: view.NewSession(rec, ""), seq: req.Seq, steps: firstSteps, used: en.clock, running: true,
	}
}

// broken is why the trace that the session shows can't be read on.
func (s *session) broken() error {
	if rec, ok := s.Recording().(*witness.Recording); ok {
		return rec.Err()
	}
	return nil
}
