package view

import (
	"gopark/sim"
	"gopark/sim/state"
)

// A Session shows one recording.
type Session struct {
	rec  sim.Recording
	file string // of the reader's source, without folders
	fold Fold

	stats []sim.Stat // once the run has ended
	// The last states asked for, since stepping needs each twice.
	kept [2]keptState
}

type keptState struct {
	n     int
	state *state.State
}

// NewSession shows rec, whose source file is called file.
func NewSession(rec sim.Recording, file string) *Session {
	s := &Session{rec: rec, file: base(file)}
	s.fold.told, _ = rec.(Told)
	return s
}

// Recording is what the session shows.
func (s *Session) Recording() sim.Recording { return s.rec }

// inspector is the recording if it answers what takes some work.
func (s *Session) inspector() (sim.Inspector, bool) {
	i, ok := s.rec.(sim.Inspector)
	return i, ok
}

// Advance runs the recording on, within the bounds of sim.Recording's Advance.
func (s *Session) Advance(steps uint64, events int) (ended bool) {
	ended = s.rec.Advance(steps, events)
	s.fold.meet()
	s.fold.Read(s.rec.Log())
	s.fold.End = max(s.fold.End, s.rec.Now())
	return ended
}

// A Progress says how far a run has got.
type Progress struct {
	Events int        `json:"events"`
	Time   int64      `json:"time"` // how far it has got: a loop that logs nothing takes time, too
	Ended  string     `json:"ended,omitempty"`
	Code   int        `json:"code,omitempty"`
	Stats  []sim.Stat `json:"stats,omitempty"`
}

// Progress says how far the run has got.
func (s *Session) Progress() Progress {
	why, code := s.rec.Ended()
	p := Progress{Events: s.fold.Len(), Time: s.fold.End, Ended: why, Code: code}
	if why != "" && s.stats == nil {
		s.stats = s.rec.Stats() // which counts all events
	}
	p.Stats = s.stats
	return p
}

// A Frame is all there is to draw of one instant, but for the timeline, which
// does not change from one instant to the next.
type Frame struct {
	Event  int      `json:"n"`     // events so far
	Total  int      `json:"total"` // in the log
	Time   int64    `json:"time"`
	End    int64    `json:"end"`
	Say    Sentence `json:"say"`
	Board  *Board   `json:"board"`
	Stack  *Stack   `json:"stack,omitempty"`
	Marks  []Mark   `json:"marks,omitempty"`
	Output []Chunk  `json:"output,omitempty"`
	Cut    int      `json:"cut,omitempty"`  // bytes of output left out before that
	Chosen int64    `json:"chosen"`         // goid whose stack it is
	Boot   bool     `json:"boot,omitempty"` // the runtime still starts: the board is that of its end
}

// Frame is the instant after n events; of a crowd, without what has changed. The
// stack is that of goroutine goid; 0 means the one that the last event is about.
// Past the end it is the end. After the last event the time is that to which the run
// has got: nothing has changed until then.
func (s *Session) Frame(n int, goid int64) *Frame { return s.frame(n, goid, false) }

// QuickFrame is Frame without what has changed, for a run that hurries by.
func (s *Session) QuickFrame(n int, goid int64) *Frame { return s.frame(n, goid, true) }

func (s *Session) frame(n int, goid int64, quick bool) *Frame {
	n = max(0, min(n, s.fold.Len()))
	now, stack := s.instant(n, goid)
	var before *state.State
	if n > 0 && !quick && !s.Crowded() {
		before = s.state(n - 1) // the recording has seen it on the way
	}
	b := newBuilder(s.fold.Names, before, now)
	f := &Frame{
		Event: n, Total: s.fold.Len(), Time: now.Time, End: s.fold.End,
		Board: b.board(), Marks: b.marks(s.file), Boot: now.Event > n,
	}
	if !now.Traced {
		f.Board.Counts.ended(s.fold.made(max(n, now.Event)))
	}
	if !quick {
		s.looks(f.Board, n, now)
	}
	if n > 0 {
		f.Say = s.Sentence(n)
		f.Say.Parts = append(f.Say.Parts, s.detail(n, now)...)
		if n == s.fold.Len() && !quick {
			f.Say.Parts = append(f.Say.Parts, s.since(now)...)
		}
		f.Time = max(f.Time, s.rec.Log().At(n-1).Time)
	}
	written := n
	if n == s.fold.Len() {
		written++ // at the end, all of it
	}
	f.Output, f.Cut = OutputUpTo(s.rec.Output(), written)
	if g := s.choose(now, n, goid); g >= 0 {
		f.Chosen = now.Gs[g].ID
		f.Stack = NewStack(s.fold.Names, now, g, stack)
	}
	return f
}

// instant is the state after n events and the stack of the goroutine that choose
// finds in it.
func (s *Session) instant(n int, goid int64) (now *state.State, stack *state.Stack) {
	choose := func(st *state.State) int32 { return s.choose(st, n, goid) }
	if i, ok := s.inspector(); ok && s.known(n) == nil {
		now, stack = i.Instant(n, choose)
		return s.late(n, s.keep(n, now)), stack
	}
	now = s.state(n)
	if g := choose(now); g >= 0 {
		stack = s.rec.Stack(n, g)
	}
	return now, stack
}

// Crowded reports whether there are so many goroutines that to look at them takes
// longer than to let them run on.
func (s *Session) Crowded() bool { return s.Goroutines() >= many }

// Goroutines is how many there have been at once at most, ended ones that are kept included.
func (s *Session) Goroutines() int { return len(s.fold.now) }

// many goroutines are a crowd: each takes microseconds to look at.
const many = sim.Throng

// choose is the index of the goroutine to show the stack of: goid if it still
// is there, else the one of the last event, else main.
func (s *Session) choose(now *state.State, n int, goid int64) int32 {
	if g := find(now, goid); g >= 0 || goid != 0 {
		return g
	}
	if n > 0 {
		about, actor := s.fold.Goid(n - 1)
		if g := find(now, about); g >= 0 && now.Gs[g].Status != Dead {
			return g
		}
		if g := find(now, actor); g >= 0 && now.Gs[g].Status != Dead {
			return g
		}
	}
	return find(now, 1)
}

func find(s *state.State, goid int64) int32 {
	if goid == 0 {
		return -1
	}
	for i := range s.Gs {
		if s.Gs[i].ID == goid {
			return int32(i)
		}
	}
	return -1
}

func (s *Session) state(n int) *state.State {
	st := s.known(n)
	if st == nil {
		st = s.keep(n, s.rec.At(n))
	}
	return s.late(n, st)
}

// late is st, the state after n events, at the time to which it lasts if none comes any more.
func (s *Session) late(n int, st *state.State) *state.State {
	if n < s.fold.Len() || st.Time >= s.fold.End {
		return st
	}
	c := *st
	c.Time = s.fold.End
	return &c
}

// known is the state after n events if it was asked for just before, else nil.
func (s *Session) known(n int) *state.State {
	for _, k := range s.kept {
		if k.state != nil && k.n == n {
			return k.state
		}
	}
	return nil
}

// keep lays over a state what only the log says, and keeps it.
func (s *Session) keep(n int, now *state.State) *state.State {
	now.GC.Phase = s.fold.phase(n, now.GC.Phase)
	for i := range now.Threads {
		s.fold.NameThread(now.Threads[i].ID, now.Threads[i].Name)
	}
	s.kept[0], s.kept[1] = s.kept[1], keptState{n, now}
	return now
}

// Sentence says the n-th event, counted from 1.
func (s *Session) Sentence(n int) Sentence { return s.fold.Sentence(s.rec.Log(), n-1) }

// Sentences are those of the events from to to, counted from 1, both included.
func (s *Session) Sentences(from, to int) []Sentence {
	var list []Sentence
	for n := max(1, from); n <= min(to, s.fold.Len()); n++ {
		list = append(list, s.Sentence(n))
	}
	return list
}

// Lanes answers a query of the timeline.
func (s *Session) Lanes(q Query) (lanes []Lane, total int) {
	return s.fold.Lanes(q)
}

// Fold is what the session knows of the log: for questions about stretches of time.
func (s *Session) Fold() *Fold { return &s.fold }

// EventAt is how many events had happened by time at.
func (s *Session) EventAt(at int64) int { return s.fold.EventAt(at) }

// Follow is the next event after n that is about goroutine goid, or the one
// before if back; 0 if there is none.
func (s *Session) Follow(goid int64, n int, back bool) int {
	if back {
		return s.fold.Previous(goid, n)
	}
	return s.fold.Next(goid, n)
}
