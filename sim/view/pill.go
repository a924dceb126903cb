package view

import (
	"strconv"

	"gopark/sim/state"
	"gopark/sim/view/phrase"
)

// States of a goroutine, which decide how its pill is filled: solid, outline,
// dotted, dashed, faded.
const (
	Running  = "running"
	Runnable = "runnable"
	Waiting  = "waiting"
	Syscall  = "syscall"
	Dead     = "dead"
)

// A Pill is a goroutine as it appears in one place of the board.
type Pill struct {
	G       int32  `json:"g"`  // index into State.Gs
	ID      int64  `json:"id"` // goid
	Rank    int    `json:"k"`  // of its Colour; -1: the runtime's
	State   string `json:"s"`
	Note    string `json:"n,omitempty"` // for people who can't see the place: what it does and where
	Value   string `json:"v,omitempty"` // that it sends, in a wait queue
	Changed bool   `json:"c,omitempty"` // it is in another place or state than one event ago
}

// Name is the goroutine's name on the page: G7.
func (p Pill) Name() string { return "G" + strconv.FormatInt(p.ID, 10) }

// A Row is a queue or a pile, head first, with at most so many pills; More
// says how many were left out, and Changed how many of all are new here.
type Row struct {
	Pills []Pill `json:"pills,omitempty"`
	More  int    `json:"more,omitempty"`
}

// Len is the true length of the queue.
func (r Row) Len() int { return len(r.Pills) + r.More }

// How many pills are drawn before the rest becomes a number.
const (
	ringPills   = 16
	globalPills = 16
	freePills   = 8
	waitPills   = 10
)

// A builder makes the parts of one board.
type builder struct {
	names Names
	now   *state.State
	diff  *diff
}

func newBuilder(names Names, before, now *state.State) *builder {
	return &builder{names, now, newDiff(before, now)}
}

// pill is the pill of goroutine g, or nil if there is none.
func (b *builder) pill(g int32) *Pill {
	if g < 0 || int(g) >= len(b.now.Gs) {
		return nil
	}
	s := &b.now.Gs[g]
	return &Pill{
		G: g, ID: s.ID, Rank: b.names.Rank(s.ID, s.System), State: s.Status,
		Note: note(s, b.now.Time), Changed: b.diff.goroutine(g),
	}
}

// row draws the first max of gs.
func (b *builder) row(gs []int32, max int) Row {
	var r Row
	for i, g := range gs {
		if i == max {
			r.More = len(gs) - max
			break
		}
		if p := b.pill(g); p != nil {
			r.Pills = append(r.Pills, *p)
		}
	}
	return r
}

// note says in words what a goroutine does: "waiting, chan receive, for 3.2 µs,
// in main.worker, line 12".
func note(g *state.G, now int64) string {
	s := g.Status
	if g.Status == Waiting && g.Reason != "" {
		s = phrase.Fill(phrase.JoinedByComma, s, g.Reason)
	}
	if g.Status != Dead && now > g.Since {
		s = phrase.Fill(phrase.For, s, Duration(now-g.Since))
	}
	switch {
	case g.Status == Dead:
	case g.Func != "" && g.Line > 0:
		s = phrase.Fill(phrase.InLine, s, g.Func, strconv.Itoa(int(g.Line)))
	case g.Entry != "":
		s = phrase.Fill(phrase.In, s, g.Entry)
	}
	if g.System {
		s = phrase.Fill(phrase.AGoroutineOfTheRuntimes, s)
	}
	if g.Locked {
		s = phrase.Fill(phrase.LockedToItsThread, s)
	}
	return s
}
