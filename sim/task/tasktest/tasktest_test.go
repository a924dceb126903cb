package tasktest

import (
	"strings"
	"testing"

	"gopark/sim/task"
)

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "no tasks"},
		{"1 run 10", "no colon"},
		{"1: jump 3", `no operation "jump"`},
		{"1: run", "wants 1 arguments"},
		{"1: run x", "invalid syntax"},
		{"1: run -5", "negative"},
		{"# nothing\n1: spawn 9..2", "line 2: bad range"},
		{"1: timer 0 5", "wants 3 arguments"},
	} {
		if _, err := Parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %q", c.text, err, c.want)
		}
	}
}

// A run by hand: time passes or something happens, never both.
func TestRun(t *testing.T) {
	s, err := Parse("1: run 10, spawn 2, park chan_receive\n2: ready 1, syscall 5us")
	if err != nil {
		t.Fatal(err)
	}
	r, _ := NewRunner(s, nil)
	for i, c := range []struct {
		id     task.ID
		budget int64
		took   int64
		want   task.Kind
	}{
		{1, 4, 4, task.Nothing}, {1, 100, 6, task.Nothing}, {1, 100, 0, task.Spawn}, {1, 100, 0, task.Park},
		{2, 100, 0, task.Ready}, {2, 100, 0, task.Syscall}, {2, 100, 0, task.Exit}, {1, 100, 0, task.ExitProcess},
	} {
		took, req := r.Run(c.id, 0, c.budget, false)
		if took != c.took || req.Kind != c.want {
			t.Fatalf("step %d: took %d, %s; want %d, %s", i, took, req.Kind, c.took, c.want)
		}
	}
}

func TestReadyBeforePark(t *testing.T) {
	s, err := Parse("1: park\n2: ready 1")
	if err != nil {
		t.Fatal(err)
	}
	r, _ := NewRunner(s, nil)
	if _, req := r.Run(2, 0, 1, false); req.Kind != task.Exit {
		t.Errorf("ready of a task that hasn't parked: %s, want nothing but exit", req.Kind)
	}
	if _, req := r.Run(1, 0, 1, false); req.Kind != task.ExitProcess {
		t.Errorf("park after a ready: %s, want it void", req.Kind)
	}
}

func TestRandomScriptsParse(t *testing.T) {
	for seed := range uint64(3000) {
		if _, err := Parse(Random(seed)); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, Random(seed))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("1: run 10, spawn 2..4, again 3\n2..4: timer 1 5ms 2, park select_(no_cases) # end")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 1000 {
			Parse(text) // must not crash
		}
	})
}
