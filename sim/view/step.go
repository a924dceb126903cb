package view

import (
	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/trace"
)

// A StepKind says how far a step goes.
type StepKind string

// The kinds of steps. All of them go to an instant after an event: what happens
// between two events has no instant of its own.
const (
	StepEvent    StepKind = "event"
	StepDecision StepKind = "decision" // the scheduler chooses who runs, or who gets a P
	StepLine     StepKind = "line"     // the goroutine is on another line of the reader's
	StepRuns     StepKind = "runs"     // the goroutine begins to run
	StepBlocks   StepKind = "blocks"   // it begins to wait
	StepEnds     StepKind = "ends"
	StepBreak    StepKind = "break" // a goroutine, or the one given, comes to one of the lines
)

// A StepQuery is a step to be made.
type StepQuery struct {
	Kind  StepKind `json:"kind"`
	From  int      `json:"from"` // log's length at the instant it starts from
	Goid  int64    `json:"goid,omitempty"`
	Back  bool     `json:"back,omitempty"`
	Lines []int32  `json:"lines,omitempty"` // of breakpoints
}

// decisions are the events in which the scheduler decides.
var decisions = [trace.NumKinds]bool{
	trace.GoStart: true, trace.GoPreempt: true, trace.GoHand: true, trace.GoHandLocked: true, trace.ProcHand: true, trace.ProcSteal: true,
	trace.GlobalTake: true, trace.Steal: true, trace.StealNext: true, trace.RunqOverflow: true, trace.SpinBegin: true,
}

// stepBound is how many events a step by line looks at before it gives up: each
// of them has to be run.
const stepBound = 20_000

// stepChunk is how many it runs at a time when it goes back.
const stepChunk = 256

// Step is the instant that q leads to, or 0 if there is none. looked is false if
// it gave up before the end, or before the start, of the run.
func (s *Session) Step(q StepQuery) (n int, looked bool) {
	q.From = max(0, min(q.From, s.fold.Len()))
	match := func(i int, e trace.Event) bool { return true }
	switch q.Kind {
	case StepEvent:
	case StepDecision:
		match = func(_ int, e trace.Event) bool { return decisions[e.Kind] }
	case StepLine, StepBreak:
		return s.stepLine(q)
	case StepRuns, StepBlocks, StepEnds:
		want := trace.GoDestroy
		if q.Kind == StepRuns {
			want = trace.GoStart
		} else if q.Kind == StepBlocks {
			want = trace.GoBlock
		}
		for n = s.Follow(q.Goid, q.From, q.Back); n > 0; n = s.Follow(q.Goid, n, q.Back) {
			if s.rec.Log().At(n-1).Kind == want {
				return n, true
			}
		}
		return 0, true
	default:
		return 0, true
	}
	log := s.rec.Log()
	if q.Back {
		for n = q.From - 1; n > 0; n-- {
			if match(n, log.At(n-1)) {
				return n, true
			}
		}
		return 0, true
	}
	for n = q.From + 1; n <= s.fold.Len(); n++ {
		if match(n, log.At(n-1)) {
			return n, true
		}
	}
	return 0, true
}

// stepLine looks for an instant at which a goroutine is on another line, or on
// one with a breakpoint to which it has just come.
func (s *Session) stepLine(q StepQuery) (n int, looked bool) {
	insp, ok := s.inspector()
	if !ok {
		return 0, true
	}
	t := &tracker{s: s, q: q, was: map[int64]int32{}}
	if !q.Back {
		t.begin(q.From)
		end := min(s.fold.Len(), q.From+stepBound)
		for from := q.From; from < end && n == 0; from += stepChunk {
			insp.Visit(from, min(end, from+stepChunk), func(k int, l sim.Looker) {
				if t.look(k, l) && k > q.From && n == 0 {
					n = k
				}
			})
		}
		return n, n > 0 || end == s.fold.Len()
	}
	start := max(0, q.From-stepBound)
	for to := q.From; to > start && n == 0; to -= stepChunk {
		from := max(start, to-stepChunk)
		t.begin(from)
		insp.Visit(from, to, func(k int, l sim.Looker) {
			if t.look(k, l) && k < q.From && k > from {
				n = k
			}
		})
	}
	return n, n > 0 || start == 0
}

// A tracker notes on which lines goroutines are.
type tracker struct {
	s   *Session
	q   StepQuery
	was map[int64]int32
}

// begin notes where goroutines are after n events.
func (t *tracker) begin(n int) {
	clear(t.was)
	st := t.s.state(n)
	for i := range st.Gs {
		if g := &st.Gs[i]; g.Status != Dead && base(g.File) == t.s.file {
			t.was[g.ID] = g.Line
		}
	}
}

// look reports whether after event k the goroutine that it is about, or that did
// it, has come to a line that counts.
func (t *tracker) look(k int, l sim.Looker) (hit bool) {
	if k == 0 {
		return false
	}
	about, actor := t.s.fold.Goid(k - 1)
	e := t.s.rec.Log().At(k - 1)
	if about != 0 && (t.q.Goid == 0 || t.q.Goid == about) {
		hit = t.at(about, lineIn(l.Calls(e.G, lineDepth), t.s.file))
	}
	if actor != 0 && actor != about && (t.q.Goid == 0 || t.q.Goid == actor) {
		if g, ok := t.s.fold.taskOf(actor, k-1); ok {
			hit = t.at(actor, lineIn(l.Calls(g, lineDepth), t.s.file)) || hit
		}
	}
	return hit
}

// lineDepth is how many calls are looked through for one of the reader's.
const lineDepth = 64

func (t *tracker) at(goid int64, line int32) bool {
	was, known := t.was[goid]
	t.was[goid] = line
	if line == 0 || known && was == line {
		return false
	}
	if t.q.Kind == StepLine {
		return known
	}
	for _, b := range t.q.Lines {
		if b == line {
			return true
		}
	}
	return false
}

// lineIn is the line of the innermost call that is in file, 0 if none is.
func lineIn(calls []state.Frame, file string) int32 {
	for i := range calls {
		if f := &calls[i]; f.User && base(f.File) == file {
			return f.Line
		}
	}
	return 0
}

// A Value is a variable at an instant, and whose it is.
type Value struct {
	state.Var
	Func  string `json:"func,omitempty"` // whose variable it is; "": a package's
	Depth int    `json:"depth"`          // calls further in
}

// Value is what the variable called name, written on a line of the reader's file,
// holds in goroutine goid after n events: that of the innermost call of the
// function which that line is in. ok is false if there is none, or it has no
// value there.
func (s *Session) Value(n int, goid int64, line int32, name string) (v Value, ok bool) {
	n = max(0, min(n, s.fold.Len()))
	g := find(s.state(n), goid)
	if g >= 0 {
		if stack := s.rec.Stack(n, g); stack != nil {
			if v, ok = valueIn(stack, s.file, line, name); ok {
				return v, true
			}
		}
	}
	insp, can := s.inspector()
	if !can {
		return v, false
	}
	for _, x := range insp.Globals(n) {
		if x.Name == name {
			return Value{Var: x}, true
		}
	}
	return v, false
}

func valueIn(stack *state.Stack, file string, line int32, name string) (Value, bool) {
	for i := range stack.Frames {
		f := &stack.Frames[i]
		if !f.User || base(f.File) != file || line < f.From || line > f.To {
			continue
		}
		for k := len(f.Vars) - 1; k >= 0; k-- { // the innermost scope last
			if f.Vars[k].Name == name {
				return Value{Var: f.Vars[k], Func: f.Func, Depth: i}, true
			}
		}
	}
	return Value{}, false
}
