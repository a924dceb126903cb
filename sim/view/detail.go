package view

import (
	"gopark/sim/state"
	"gopark/sim/trace"
	"gopark/sim/view/phrase"
)

// detail says of the n-th event what the log does not have but the state does:
// what a new goroutine will run, at what one waits.
func (s *Session) detail(n int, now *state.State) []Part {
	e := s.rec.Log().At(n - 1)
	switch e.Kind {
	case trace.GoCreate:
		about, _ := s.fold.Goid(n - 1)
		if g := find(now, about); g >= 0 && now.Gs[g].Entry != "" {
			return []Part{{Text: " " + phrase.Fill(phrase.ItWillRun, now.Gs[g].Entry)}}
		}
	case trace.GoBlock:
		for i := range now.Objects {
			if o := &now.Objects[i]; o.Addr == uint64(e.B) && o.Addr != 0 && o.Name != "" {
				says := phrase.ItWaitsAtNamed
				if o.Kind == "fd" {
					says = phrase.ItWaitsAt
				}
				return []Part{{Text: " " + phrase.Fill(says, objectName(o), o.Type)}}
			}
		}
	}
	return nil
}

// since says who has run on after the last event, if time has passed: a loop that calls
// nobody is heard of no more.
func (s *Session) since(now *state.State) []Part {
	last := s.rec.Log().At(s.fold.Len() - 1).Time
	t := teller{fold: &s.fold}
	before := " That was at " + Duration(last) + ". Nothing has happened since, for " + Duration(now.Time-last) + ", while "
	for i := range now.Gs {
		if now.Gs[i].Status == Running && now.Time > last {
			t.text(before)
			t.goroutine(now.Gs[i].ID)
			before = " and "
		}
	}
	if len(t.parts) > 0 {
		t.text(" ran on.")
	}
	return t.parts
}
