package view

import (
	"reflect"
	"testing"
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
