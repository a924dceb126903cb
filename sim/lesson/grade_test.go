package lesson_test

import (
	"slices"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/lesson"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// fake is a recording made up by a test: what it printed, and its states.
type fake struct {
	output []sim.Output
	states []*state.State // states[n] is At(n); len(states) == Log().Len()+1
}

func prints(text ...string) *fake {
	f := &fake{states: []*state.State{{}}}
	for _, s := range text {
		f.output = append(f.output, sim.Output{FD: 1, Text: s})
	}
	return f
}

func (f *fake) Advance(uint64, int) bool      { return true }
func (f *fake) Now() task.Time                { return f.states[len(f.states)-1].Time }
func (f *fake) Output() []sim.Output          { return f.output }
func (f *fake) At(n int) *state.State         { return f.states[n] }
func (f *fake) Stack(int, int32) *state.Stack { return &state.Stack{} }
func (f *fake) Ended() (why string, code int) { return "main returned", 0 }
func (f *fake) Stats() []sim.Stat             { return nil }
func (f *fake) Log() *trace.Log {
	var l trace.Log
	for range f.states[1:] {
		l.Add(trace.Event{})
	}
	return &l
}

var _ sim.Recording = (*fake)(nil)

func TestGradeOutput(t *testing.T) {
	rec := prints("4\n0 1", "\n2\n")
	for _, c := range []struct {
		kind   lesson.Kind
		answer string
		right  bool
		says   string
	}{
		{lesson.AskOutput, "4 0 1 2", true, "Right. It prints 4 0 1 2."},
		{lesson.AskOutput, "0 1 2 4", false, "Not this time. It prints 4 0 1 2."},
		{lesson.AskOutput, "4 0", false, "Not this time."},
		{lesson.AskOutput, "", false, "Not this time."},
		{lesson.AskFirst, "4", true, "Right. It prints “4” first."},
		{lesson.AskFirst, "4 0", true, "Right."},
		{lesson.AskFirst, "0", false, "Not this time. It prints “4” first."},
		{lesson.AskFirst, "", false, "Not this time."},
		{lesson.AskFirst, "4 0 1 2 3", false, "Not this time."},
	} {
		q := &lesson.Question{Kind: c.kind}
		r := lesson.Grade(rec, q, c.answer)
		if r.Right != c.right || !strings.HasPrefix(r.Sentence, c.says) {
			t.Errorf("%s %q: %v %q, want %v %q", c.kind, c.answer, r.Right, r.Sentence, c.right, c.says)
		}
	}
}

func TestGradeNothingPrinted(t *testing.T) {
	r := lesson.Grade(prints(), &lesson.Question{Kind: lesson.AskOutput}, "")
	if r.Right || !strings.Contains(r.Sentence, "printed nothing") {
		t.Errorf("%+v", r)
	}
}

func TestGradeSeveralSeeds(t *testing.T) {
	recs := []sim.Recording{prints("a b"), prints("b a"), prints("a  b\n")}
	q := &lesson.Question{Kind: lesson.AskOutput, Seeds: 3}
	for answer, right := range map[string]bool{"a b": true, "b a": true, "varies": true, "a a": false} {
		r := lesson.GradeAll(recs, q, answer)
		if r.Right != right || !slices.Equal(r.Truth, []string{"a b", "b a", "varies"}) {
			t.Errorf("%q: %+v", answer, r)
		}
		if !strings.Contains(r.Sentence, "2 different answers: a b; b a.") {
			t.Errorf("%q: sentence %q", answer, r.Sentence)
		}
	}
	if lesson.GradeAll([]sim.Recording{prints("a"), prints("a")}, q, "varies").Right {
		t.Error("varies is right though nothing varied")
	}
}

// board makes a state of one P: who runs (a goroutine's number, 0: nobody),
// who is in runnext, in the ring and in the global queue. G1 waits unless it
// is somewhere.
func board(run, next int, ring, global []int) *state.State {
	s := &state.State{HasP: true, Ps: []state.P{{Thread: 0, Next: int32(next) - 1}}}
	for id := 1; id <= 5; id++ {
		s.Gs = append(s.Gs, state.G{Task: task.ID(id + 100), ID: int64(id), Status: "waiting", P: -1, Thread: -1})
	}
	if run > 0 {
		s.Gs[run-1].Status, s.Gs[run-1].P = "running", 0
	}
	runnable := func(id int) int32 { s.Gs[id-1].Status = "runnable"; return int32(id - 1) }
	if next > 0 {
		runnable(next)
	}
	for _, id := range ring {
		s.Ps[0].Queue = append(s.Ps[0].Queue, runnable(id))
	}
	for _, id := range global {
		s.Sched.Queue = append(s.Sched.Queue, runnable(id))
	}
	return s
}

func TestGradeNext(t *testing.T) {
	rec := &fake{states: []*state.State{
		board(1, 0, nil, nil),
		board(1, 3, []int{2}, nil),
		board(0, 3, []int{2}, nil), // G1 blocks
		board(0, 0, []int{2}, nil), // G3 is out of runnext and not yet running
		board(3, 0, []int{2}, nil),
		board(0, 1, []int{2}, nil), // G3 blocks
		board(1, 0, []int{2}, nil),
		board(0, 0, []int{2}, []int{1}), // G1 yields
		board(2, 0, nil, []int{1}),
		board(0, 0, nil, []int{1}), // G2 blocks
		board(1, 0, nil, nil),
		board(0, 0, nil, nil), // G1 blocks, for the second time
	}}
	for _, c := range []struct {
		who   string
		when  lesson.When
		nth   int
		truth string
		says  string
	}{
		{"main", lesson.Blocks, 0, "G3", "G3 runs next: it was in P0's runnext."},
		{"G3", lesson.Blocks, 1, "G1", "G1 runs next: it was in P0's runnext."},
		{"G1", lesson.Yields, 1, "G2", "G2 runs next: it was number 1 in P0's queue."},
		{"G2", lesson.Blocks, 1, "G1", "G1 runs next: it was number 1 in the global queue."},
		{"main", lesson.Blocks, 2, "", "nothing runs any more"},
		{"main", lesson.Blocks, 3, "", "In this run main never blocks."},
		{"G4", lesson.Ends, 1, "", "In this run G4 never ends."},
	} {
		q := &lesson.Question{Kind: lesson.AskNext, Who: c.who, When: c.when, Nth: c.nth}
		r := lesson.Grade(rec, q, c.truth)
		if !strings.Contains(r.Sentence, c.says) || r.Right != (c.truth != "") {
			t.Errorf("%s %s %d: %+v, want %q", c.who, c.when, c.nth, r, c.says)
		}
		if r := lesson.Grade(rec, q, "G5"); r.Right {
			t.Errorf("%s %s: G5 is right", c.who, c.when)
		}
	}
}
