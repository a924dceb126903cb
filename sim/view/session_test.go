package view

import (
	"reflect"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

// TestAStepAtATimeIsTheSame reads a run in pieces and at once.
func TestAStepAtATimeIsTheSame(t *testing.T) {
	all, bit := whole(newFake(5)), NewSession(newFake(5), "main.go")
	for n := 1; ; n++ {
		ended := bit.Advance(0, 1)
		if p := bit.Progress(); p.Events != n || (p.Ended != "") != ended {
			t.Fatalf("after %d events the progress is %+v", n, p)
		}
		if got, want := bit.Frame(n, 0), all.Frame(n, 0); !reflect.DeepEqual(got.Board, want.Board) || !reflect.DeepEqual(got.Say, want.Say) {
			t.Fatalf("event %d: read in pieces %+v, at once %+v", n, got, want)
		}
		if ended {
			return
		}
	}
}

func TestFramesDependOnTheInstantOnly(t *testing.T) {
	s := whole(newFake(5))
	want := s.Frame(12, 0)
	for _, n := range []int{0, 20, 12, 13, 12, 11, 12} {
		if got := s.Frame(n, 0); n == 12 && !reflect.DeepEqual(got, want) {
			t.Errorf("frame 12 differs after looking elsewhere")
		}
	}
	if f := s.Frame(1<<30, 0); f.Event != s.fold.Len() {
		t.Errorf("past the end is event %d, want the last", f.Event)
	}
	if f := s.Frame(-5, 0); f.Event != 0 {
		t.Errorf("before the start is event %d, want 0", f.Event)
	}
}

func TestTheChosenGoroutineStays(t *testing.T) {
	s := whole(newFake(5))
	for n := 20; n < s.fold.Len(); n++ {
		if f := s.Frame(n, 7); f.Chosen != 7 || f.Stack.Of.ID != 7 {
			t.Fatalf("event %d shows G%d, want G7", n, f.Chosen)
		}
	}
	if f := s.Frame(20, 4242); f.Stack != nil || f.Chosen != 0 {
		t.Errorf("a goroutine that never was has a stack: %+v", f.Stack)
	}
}

func TestFollowAGoroutine(t *testing.T) {
	s := whole(newFake(2))
	var there []int
	for n := s.Follow(8, 0, false); n != 0; n = s.Follow(8, n, false) {
		there = append(there, n)
		if goid, _ := s.fold.Goid(n - 1); goid != 8 {
			t.Errorf("event %d is about G%d", n, goid)
		}
	}
	for i := len(there) - 1; i > 0; i-- {
		if n := s.Follow(8, there[i], true); n != there[i-1] {
			t.Errorf("before event %d comes %d, want %d", there[i], n, there[i-1])
		}
	}
	if len(there) < 3 || s.Follow(8, there[0], true) != 0 {
		t.Errorf("G8's events are %v", there)
	}
}

func TestEventAtATime(t *testing.T) {
	s := whole(newFake(3))
	for n := 1; n < s.fold.Len(); n++ {
		at := s.rec.Log().At(n - 1).Time
		if got := s.EventAt(at); s.rec.Log().At(got-1).Time != at || (got < s.fold.Len() && s.rec.Log().At(got).Time == at) {
			t.Errorf("at %d ns %d events had happened", at, got)
		}
	}
}

// A loop that calls nobody takes time after the last event: the end is where the run
// has got to, and says who runs.
func TestTheEndIsAsFarAsTheRunHasGot(t *testing.T) {
	const alone = "package main\n\nfunc main() {\n\tfor {\n\t}\n}\n"
	const beside = "package main\n\nfunc main() {\n\tgo func() {\n\t\tfor {\n\t\t}\n\t}()\n\tfor {\n\t}\n}\n"
	for _, test := range []struct {
		source, era string
		cores       int
		want        string
	}{
		{alone, "go1.13", 1, ", while G1 ran on."},
		{alone, "go1.26", 1, ", while G1 ran on."},
		{beside, "go1.13", 2, ", while G1 and G5 ran on."},
		{beside, "go1.13", 1, ", while G1 ran on."},
	} {
		prog, diagnostics, err := host.Load("main.go", test.source)
		if err != nil || len(diagnostics) > 0 {
			t.Fatal(err, diagnostics)
		}
		rec, err := prog.Record(sim.Config{Era: test.era, Cores: test.cores, Procs: test.cores, Seed: 1, Limits: sim.Limits{Time: 50e6}})
		if err != nil {
			t.Fatal(err)
		}
		s := NewSession(rec, "main.go")
		s.Advance(0, 0)
		n := s.Progress().Events
		last := rec.Log().At(n - 1).Time
		f := s.Frame(n, 0)
		if last > 45e6 {
			t.Errorf("%s: the last event is at %s, so that this tests nothing", test.era, Duration(last))
		}
		if f.Time < 50e6 || f.End != f.Time || s.Progress().Time != f.Time {
			t.Errorf("%s: at the end it is %d of %d ns, and the run has got to %d", test.era, f.Time, f.End, s.Progress().Time)
		}
		if say := f.Say.String(); !strings.HasSuffix(say, test.want) {
			t.Errorf("%s: the end says %q, want %q at its end", test.era, say, test.want)
		}
		if f := s.Frame(n-1, 0); f.Time > last {
			t.Errorf("%s: before the last event it is %d ns, and the event comes at %d", test.era, f.Time, last)
		}
		lanes, _ := s.Lanes(Query{Kind: LaneG, To: 1 << 40, Width: 1 << 20, Max: 1})
		if spans := lanes[0].Spans(1000); spans[len(spans)-1].T1 != f.End || spans[len(spans)-1].Kind != SpanRun {
			t.Errorf("%s: the lane of main ends with %+v, want it to run until %d", test.era, spans[len(spans)-1], f.End)
		}
	}
}
