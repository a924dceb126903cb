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
	var ran []int64
	for i := range now.Gs {
		if now.Gs[i].Status == Running && now.Time > last {
			ran = append(ran, now.Gs[i].ID)
		}
	}
	if len(ran) == 0 {
		return nil
	}
	t := teller{fold: &s.fold}
	for sentence := phrase.NothingHasHappenedSince; sentence != ""; {
		text, hole, rest := phrase.Cut(sentence)
		t.text(text)
		switch hole {
		case 1:
			t.text(Duration(last))
		case 2:
			t.text(Duration(now.Time - last))
		case 3:
			t.goroutines(ran)
		}
		sentence = rest
	}
	return t.parts
}

// goroutines names several.
func (t *teller) goroutines(goids []int64) {
	for i, id := range goids {
		if i > 0 {
			t.text(phrase.And)
		}
		t.goroutine(id)
	}
}
