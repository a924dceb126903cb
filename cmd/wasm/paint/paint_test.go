package paint

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/compare"
	"gopark/sim/lesson"
	"gopark/sim/state"
	"gopark/sim/view"
)

// hostile is what a program may call itself, print or hold.
const hostile = `<script>alert("x")</script>&'`

// balanced checks that every element that is opened is closed, in order.
func balanced(t *testing.T, what, s string) {
	t.Helper()
	void := map[string]bool{"input": true, "path": true, "br": true}
	var open []string
	for _, m := range regexp.MustCompile(`<(/?)([a-z0-9]+)[^>]*?(/?)>`).FindAllStringSubmatch(s, -1) {
		switch {
		case m[3] == "/" || void[m[2]]:
		case m[1] == "":
			open = append(open, m[2])
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Fatalf("%s: </%s> closes %v in\n%s", what, m[2], open, s)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%s: %v are left open in\n%s", what, open, s)
	}
}

func hostileState() *state.State {
	return &state.State{
		HasP:    true,
		Cores:   []state.Core{{Thread: 0}, {ID: 1, Thread: -1}},
		Threads: []state.Thread{{Name: hostile, Doing: state.DoingRun, Detail: hostile}, {ID: 1, Name: "M1", Doing: state.DoingIdle, G: -1, P: -1, Core: -1}},
		Ps:      []state.P{{Status: "running", Next: 1, Queue: []int32{2}}, {ID: 1, Status: "idle", Next: -1}},
		Gs: []state.G{
			{ID: 1, Status: view.Running, Func: hostile, File: "main.go", Line: 2, Entry: hostile},
			{ID: 2, Status: view.Runnable}, {ID: 3, Status: view.Runnable},
			{ID: 4, Status: view.Waiting, Reason: hostile}, {ID: 5, Status: view.Dead},
		},
		Sched:   state.Sched{Free: []int32{4}, TickCheck: 61},
		Objects: []state.Object{{Kind: "chan", Name: hostile, Type: hostile, Cap: 2, Buffer: []string{hostile}, Send: []state.Waiter{{G: 3, Value: hostile}}}},
	}
}

func hostileObject() *view.Object {
	return &view.Object{
		Title: hostile, Says: hostile,
		Fields: []view.Field{{Name: hostile, Value: hostile, Unit: hostile, Says: hostile, Source: hostile,
			Links: []*view.Link{{Ref: view.Ref{Kind: view.RefG, ID: 1}, Text: hostile, Rank: 0}}}},
		Buffer: []view.Slot{{Value: hostile, Used: true, Marks: hostile}, {}},
		Queues: []view.Wait{{Name: hostile, Says: hostile}},
		Search: []view.SearchStep{{Place: hostile, Func: hostile, Found: hostile}},
	}
}

// everything is each painter's work on hostile values.
func everything() map[string]string {
	s := hostileState()
	board := view.NewBoard(view.Names{}, nil, s)
	stack := &state.Stack{Size: 2048, Used: 64, Guard: 928, Frames: []state.Frame{
		{Func: hostile, File: hostile, Line: 3, Bytes: 64, Vars: []state.Var{{Name: hostile, Type: hostile, Value: hostile}}}}}
	say := view.Sentence{Event: 1, Parts: []view.Part{{Text: hostile}, {Text: hostile, Goid: 7}, {Text: hostile, Word: hostile}, {Text: hostile, Name: true}}}
	question := lesson.Question{Options: []lesson.Option{{Value: hostile, Label: hostile}}}
	marks := view.NewMarks(view.Names{}, nil, s, "main.go")
	tags := ""
	for _, m := range Marks(marks) {
		tags += m.HTML
	}
	return map[string]string{
		"board": Board(board), "table": Table(board), "idle": Board(view.Idle("", 2, 2)),
		"stack": Stack(view.NewStack(view.Names{}, s, 0, stack)), "no stack": Stack(nil),
		"xray": XRay(&view.XRay{
			Stack:  *view.NewStack(view.Names{}, s, 0, stack),
			Check:  &view.Check{Says: hostile, SP: "0x1", At: "0x2", Guard: 928, Small: 128},
			Pieces: []state.Piece{{Size: 1024}, {From: 1000, Size: 1024, Func: hostile}}, Splits: 3,
			Changed: &view.Growth{Kind: hostile, Says: hostile, Now: true, From: 1024, To: 2048, Old: []view.StackFrame{{Func: hostile}}},
			Saves:   []view.Save{{Kind: hostile, Says: hostile, Bytes: 8, Words: []view.SaveWord{{Name: hostile, Bytes: 8}}}},
		}), "no xray": XRay(nil),
		"compare": CompareFrame() + CompareSetup([]lesson.Settings{{Era: hostile}, {}, {}}, []Option{{hostile, hostile}}, 4),
		"fork":    ForkSetup(lesson.Settings{Era: hostile}, lesson.Settings{Era: hostile}, 1, 2, ForkEra, []Option{{hostile, hostile}}, ""), "fork program": ForkSetup(lesson.Settings{}, lesson.Settings{}, 1, 2, ForkProgram, nil, "</textarea>"+hostile),
		"rivals": Rivals([]Rival{{lesson.Settings{Era: hostile}, hostile}, {}}, hostile), "rival": RivalBoard(&view.Frame{Board: board, Say: say}, hostile),
		"strip": Strip{Lanes: []view.Lane{{Name: hostile, Tiles: []view.Tile{{T1: 5, Kind: view.SpanRun, Rank: 0}}}}, To: 9, End: 9, Same: 3, Title: hostile}.HTML(),
		"contrast": Contrast(&compare.Comparison{
			Runs: []string{hostile, hostile}, Outputs: []compare.Output{{Runs: []int{0}, Text: hostile, Ended: hostile}},
			Parts: []compare.Parting{{B: 1}}, Rows: []compare.Row{{Name: hostile, Doc: hostile, Cells: []compare.Cell{{Why: hostile}, {Value: 1, Known: true}}}},
		}, []Split{{compare.Split{A: hostile, B: hostile}, say, say}, {}}),
		"sentence": Sentence(say, true), "log": Log([]view.Sentence{say}),
		"output":      Output([]view.Chunk{{FD: 1, Text: hostile}, {FD: 2, Text: hostile}}, 10, hostile, 2),
		"diagnostics": Diagnostics([]sim.Diagnostic{{Line: 1, Column: 2, Message: hostile}}),
		"program":     Program("package main\n\nvar s = `"+hostile+"\nmore`\n/* "+hostile+"\n*/\n", marks), "tags": tags,
		"cell":  Cell(lesson.Cell{Title: hostile, Settings: lesson.Settings{Era: hostile}}, []Option{{hostile, hostile}}),
		"sheet": Sheet(hostile, hostile, "", []Version{{hostile, hostile}}), "no link": Sheet("", "", hostile, nil),
		"answers": Answers(question), "verdict": Verdict(&lesson.Result{Sentence: hostile}),
		"gate":   Gate(question, nil),
		"points": Gate(lesson.Question{ID: hostile, Kind: lesson.AskPlace}, []Option{{hostile, hostile}}),
		"order":  Answers(lesson.Question{Kind: lesson.AskOrder, Options: question.Options}),
		"goal":   Goal(lesson.Judged{Was: hostile}), "judged": Judged(&lesson.Verdict{Sentence: hostile}),
		"card":  Card(hostileObject(), &view.Why{Steps: []view.Step{{Pieces: []view.Piece{{Text: hostile}, {Text: hostile, Ref: &view.Ref{Kind: view.RefM}}}}}}, true),
		"names": Names(view.LaneM, []view.PackedLane{{Name: hostile}}), "lanes": Lanes(view.Query{To: 9}, "1 ns", []view.Lane{{Name: hostile}}, []view.Lane{{Name: hostile, Tiles: make([]view.Tile, 99)}}, []view.Band{{Kind: view.BandRegion, Name: hostile}}, 1),
		"word": Word(view.Word{Key: hostile, Says: hostile, Func: hostile, File: hostile}),
	}
}

func TestNothingEscapesFromAProgram(t *testing.T) {
	for name, s := range everything() {
		if strings.Contains(s, "<script") || strings.Contains(s, `alert("x")`) {
			t.Errorf("%s lets markup through:\n%s", name, s)
		}
		balanced(t, name, s)
	}
}

// TestProgramIsTheSource takes the markup off again.
func TestProgramIsTheSource(t *testing.T) {
	source := "package main\n\n/* a\n b */\nvar s = `x\n\ty`\n\nfunc main() {\n\tprintln(s)\n}\n"
	for _, marks := range [][]view.Mark{nil, {{Line: 9, Row: view.Row{Pills: []view.Pill{{ID: 7, State: view.Running}}}}}} {
		s := regexp.MustCompile(`<span class="tags".*?</span></span>`).ReplaceAllString(Program(source, marks), "")
		s = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, ""))
		if s != source {
			t.Errorf("got %q, want %q", s, source)
		}
	}
}

// TestEachThingMovesOnce checks that what is animated is on the board once.
func TestEachThingMovesOnce(t *testing.T) {
	s := hostileState()
	s.Objects = append(s.Objects, state.Object{Kind: "chan", Recv: []state.Waiter{{G: 3, Select: true}}})
	seen := map[string]int{}
	for _, m := range regexp.MustCompile(`data-k="([^"]*)"`).FindAllStringSubmatch(Board(view.NewBoard(view.Names{}, nil, s)), -1) {
		if seen[m[1]]++; seen[m[1]] > 1 {
			t.Errorf("%s is there twice", m[1])
		}
	}
	for _, want := range []string{"g1", "g4", "m0", "P0", "P1"} {
		if seen[want] == 0 {
			t.Errorf("%s can't be seen to move; there are %v", want, seen)
		}
	}
}

// TestAccessibleNames lists what tests, readers' tools and lessons rely on.
func TestAccessibleNames(t *testing.T) {
	cell := Cell(lesson.Cell{Title: "A title"}, nil)
	for _, name := range []string{
		"Run", "Stop", "Reset", "Play", "Next event", "Previous event", "Start", "End", "Time", "Speed",
		"Era", "GOMAXPROCS", "Cores", "Program", "Board", "Timeline", "Stack", "Output", "Log",
	} {
		if n := strings.Count(cell, `aria-label="`+name+`"`); n != 1 {
			t.Errorf("%d elements are called %q, want 1", n, name)
		}
	}
}

func TestUnlistedChoicesAreKept(t *testing.T) {
	if s := Options(counts("auto", 1, 2), "7"); !strings.Contains(s, `<option value="7" selected>`) {
		t.Errorf("a lesson's 7 is not among %s", s)
	}
}

// TestPosterIsAPicture: nothing in it can be reached, and it has a name.
func TestPosterIsAPicture(t *testing.T) {
	f := &view.Frame{
		Board: view.NewBoard(view.Names{}, nil, hostileState()),
		Say:   view.Sentence{Parts: []view.Part{{Text: "<b> & \"so on\"", Word: "park"}}},
	}
	s := Poster("package main\n", f)
	balanced(t, "poster", s)
	for _, s := range []string{s, Final(f)} {
		balanced(t, "picture", s)
		if !strings.Contains(s, ` role="img" aria-label="One instant`) || !strings.Contains(s, " inert>") || strings.Contains(s, "data-") || strings.Contains(s, "tabindex") {
			t.Errorf("not a picture: %s", s)
		}
	}
}

// TestVariablesHaveTheirOwnRow: names and values are not squeezed in beside a frame.
func TestVariablesHaveTheirOwnRow(t *testing.T) {
	s := Stack(&view.Stack{Size: 2048, Used: 64, Frames: []view.StackFrame{
		{Func: "main.main", Line: 3, Bytes: 56, User: true, Vars: []state.Var{{Name: "wg", Type: "sync.WaitGroup", Value: "counter 3, 1 waiting"}}},
		{Func: "runtime.main", Bytes: 8, Place: "Gopark’s own"},
	}})
	balanced(t, "stack", s)
	if n := strings.Count(s, `<tr class="vars">`); n != 1 || !strings.Contains(s, "wg = <b>counter 3, 1 waiting</b>") {
		t.Errorf("%d rows of variables in %s", n, s)
	}
}

// TestLimitOnPage: a page has no flags, so it names none.
func TestLimitOnPage(t *testing.T) {
	out := Output(nil, 0, "It ran for 1 ms, which is the limit (-limit-time). Raise it.", 124)
	if !strings.Contains(out, "which is the limit. Raise it.") {
		t.Errorf("the page says %s", out)
	}
}
