package sim_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/sched"
	"gopark/sim/trace"
)

// record loads a program of testdata/seek and runs it to its end.
func record(t *testing.T, name string, cfg sim.Config) sim.Recording {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", "seek", name))
	if err != nil {
		t.Fatal(err)
	}
	p, diags, err := host.Load(name, string(src))
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	cfg.Limits = sim.DefaultLimits
	rec, err := p.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	return rec
}

func output(rec sim.Recording) string {
	var b strings.Builder
	for _, o := range rec.Output() {
		b.WriteString(o.Text)
	}
	return b.String()
}

// picture is all that can be seen of one instant, as text.
func picture(t *testing.T, rec sim.Recording, n int) string {
	t.Helper()
	st := rec.At(n)
	b, err := json.Marshal(st)
	if err != nil {
		t.Fatal(err)
	}
	for g := range st.Gs {
		s, err := json.Marshal(rec.Stack(n, int32(g)))
		if err != nil {
			t.Fatal(err)
		}
		b = append(append(b, '\n'), s...)
	}
	return string(b)
}

// A snapshot in the middle of everything, and what comes after it: however an
// instant is reached, forwards, backwards or by a jump, it looks the same, and
// the log that leads there is legal.
func TestSeek(t *testing.T) {
	for _, era := range sched.Eras {
		for _, cores := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s,%d", era.Name, cores), func(t *testing.T) { seek(t, everything(&era), era, cores) })
		}
	}
}

// The same with pipes, sockets and signals.
func TestSeekOnTheNetwork(t *testing.T) {
	for _, era := range sched.Eras {
		if era.VM.Forks {
			continue // the program's goroutines share a WaitGroup, and would hang
		}
		t.Run(era.Name, func(t *testing.T) { seek(t, "network.go", era, 3) })
	}
}

// everything is a program that has all that a snapshot in an era must bring back.
func everything(era *sched.Era) string {
	if era.VM.Forks { // a WaitGroup would hang
		return "processes.go"
	}
	return "everything.go"
}

// The same with bubbles of testing/synctest, which only the newest release has.
func TestSeekInBubbles(t *testing.T) {
	for _, cores := range []int{1, 3} {
		t.Run(fmt.Sprint(cores), func(t *testing.T) { seek(t, "bubbles.go", sched.Eras[len(sched.Eras)-1], cores) })
	}
}

func seek(t *testing.T, name string, era sched.Era, cores int) {
	cfg := sim.Config{Era: era.Name, Cores: cores, Procs: cores, Seed: 7}
	rec := record(t, name, cfg)
	if why, code := rec.Ended(); code != 0 {
		t.Fatalf("ended: %s\n%s", why, output(rec))
	}
	if err := trace.Check(rec.Log(), era.Rules()); err != nil {
		t.Fatal(err)
	}
	n := rec.Log().Len()
	step := max(1, n/12)
	forward := map[int]string{}
	for i := 0; i <= n; i += step {
		forward[i] = picture(t, rec, i)
	}
	other := record(t, name, cfg)
	if rec.Log().String() != other.Log().String() || output(rec) != output(other) {
		t.Fatal("two runs of one program with one seed differ")
	}
	for i := n / step * step; i >= 0; i -= step {
		if got := picture(t, other, i); got != forward[i] {
			t.Fatalf("event %d of %d looks different when reached from behind:\n%s\nforwards:\n%s", i, n, got, forward[i])
		}
	}
	for i, j := 0, n/step*step; i < j; i, j = i+step, j-step {
		if picture(t, other, j) != forward[j] || picture(t, other, i) != forward[i] {
			t.Fatalf("events %d and %d look different when jumped to", i, j)
		}
	}
}

// The first event that can be looked at is when main has just been made ready;
// times never go back.
func TestAtFollowsTheLog(t *testing.T) {
	rec := record(t, "everything.go", sim.Config{Procs: 1, Seed: 1})
	last := int64(0)
	for i := range rec.Log().Len() {
		st := rec.At(i + 1)
		if st.Time < last {
			t.Fatalf("event %d: time goes back from %d to %d", i+1, last, st.Time)
		}
		last = st.Time
	}
	if st := rec.At(rec.Log().Len()); st.Ended != "exit status 0" {
		t.Errorf("the last state says the run ended with %q", st.Ended)
	}
}

// The state between two turns says what the log up to there says.
func TestStatesAreFolds(t *testing.T) {
	for _, era := range sched.Eras {
		for _, cores := range []int{1, 3} {
			names := []string{everything(&era), "network.go"}
			if era.VM.Forks {
				names = names[:1]
			}
			for _, name := range names {
				rec := record(t, name, sim.Config{Era: era.Name, Cores: cores, Procs: cores, Seed: 5})
				if err := sim.CheckFolds(rec); err != nil {
					t.Errorf("%s, %s, %d cores: %v", name, era.Name, cores, err)
				}
			}
		}
	}
}
