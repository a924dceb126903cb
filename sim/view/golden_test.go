package view

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata anew: go test ./sim/view -run Golden -update")

// TestGoldenRun has every instant of a small run in words: what has happened
// and where everything is.
func TestGoldenRun(t *testing.T) {
	s := whole(newFake(3))
	var b strings.Builder
	for n := 0; n <= s.fold.Len(); n++ {
		f := s.Frame(n, 0)
		fmt.Fprintf(&b, "-- %d at %s --\n", n, Duration(f.Time))
		if n > 0 {
			fmt.Fprintf(&b, "%s\n", f.Say)
		}
		for _, l := range f.Board.Table() {
			fmt.Fprintf(&b, "  %-16s %s\n", l.Place, l.What)
		}
		for _, m := range f.Marks {
			fmt.Fprintf(&b, "  line %-11d %s\n", m.Line, m.Row.words())
		}
		if f.Stack != nil {
			fmt.Fprintf(&b, "  %-16s %s: %s\n", "stack", f.Stack.Of.Name(), f.Stack.Words)
		}
		for _, c := range f.Output {
			fmt.Fprintf(&b, "  %-16s %q\n", "output", c.Text)
		}
	}
	golden(t, "runnext.txt", b.String())
}

// TestGoldenLanes has the lanes of the same run.
func TestGoldenLanes(t *testing.T) {
	s := whole(newFake(3))
	var b strings.Builder
	for _, kind := range []LaneKind{LaneP, LaneM, LaneG} {
		lanes, total := s.Lanes(Query{Kind: kind, To: 1 << 40, Width: 1 << 20, Max: 100})
		fmt.Fprintf(&b, "%d lanes\n", total)
		for _, l := range lanes {
			for _, k := range l.Spans(100) {
				fmt.Fprintf(&b, "%-4s %6d %6d %s", l.Name, k.T0, k.T1, SpanNames[k.Kind])
				if k.Goid != 0 {
					fmt.Fprintf(&b, " G%d", k.Goid)
				}
				b.WriteByte('\n')
			}
		}
	}
	golden(t, "lanes.txt", b.String())
}

func whole(f *fake) *Session {
	s := NewSession(f, "main.go")
	s.Advance(0, 0)
	return s
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			t.Fatalf("%s:%d: got %q, want %q (if it is meant: go test ./sim/view -run Golden -update)", path, i+1, g[i], append(w, "")[min(i, len(w))])
		}
	}
	t.Fatalf("%s has %d lines more than there should be", path, len(w)-len(g))
}
