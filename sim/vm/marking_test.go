package vm_test

import (
	"fmt"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/trace"
)

// churn is what the collector is watched with: two goroutines that keep a tree
// each and make garbage, and one that only computes.
const churn = `package main

import "sync"

type tree struct{ l, r *tree }

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{}
	}
	return &tree{grow(depth - 1), grow(depth - 1)}
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	return 1 + t.l.count() + t.r.count()
}

func main() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			keep := grow(12)
			for range 120 {
				if n := grow(9).count() + keep.count(); n != 1<<10-1+1<<13-1 {
					panic(n)
				}
			}
		})
	}
	wg.Go(func() {
		n := 0
		for i := range 3_000_000 {
			n += i
		}
	})
	wg.Wait()
	println("done")
}
`

func recordText(t *testing.T, text string, cfg sim.Config) sim.Recording {
	t.Helper()
	program, diagnostics, err := sim.Load(openLibrary(t), []sim.File{{Name: "main.go", Text: []byte(text)}})
	if err != nil || len(diagnostics) > 0 {
		t.Fatal(err, diagnostics)
	}
	rec, err := program.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	return rec
}

// TestMarkingBeside runs a program that makes garbage with several numbers of
// Ps: collections follow one another, none begins while another marks, and the
// world stands still for moments only.
func TestMarkingBeside(t *testing.T) {
	for _, era := range []string{"go1.5", "go1.14", "go1.26"} {
		for _, procs := range []int{1, 2, 4, 6} {
			t.Run(fmt.Sprintf("%s/%d", era, procs), func(t *testing.T) {
				rec := recordText(t, churn, sim.Config{Seed: 1, Era: era, Procs: procs, Cores: 6, Env: map[string]string{"GOGC": "20"}})
				if out := output(rec); out != "done\nexit status 0\n" {
					t.Fatalf("the program prints %q", out)
				}
				checkMarking(t, rec.Log())
			})
		}
	}
}

func checkMarking(t *testing.T, log *trace.Log) {
	t.Helper()
	begins, ends := 0, 0
	marking := false
	var stopped, longest int64
	for i := range log.Len() {
		switch e := log.At(i); e.Kind {
		case trace.GCMarkBegin:
			begins, marking = begins+1, true
		case trace.GCMarkEnd:
			ends, marking = ends+1, false
		case trace.STWBegin:
			stopped = e.Time
		case trace.STWEnd:
			longest = max(longest, e.Time-stopped)
		case trace.GCBegin:
			if marking {
				t.Errorf("event %d: a collection begins while another marks", i)
			}
		}
	}
	if begins < 2 || ends < begins-1 {
		t.Errorf("marking began %d times and ended %d times", begins, ends)
	}
	if longest > 12_000_000 { // a goroutine that can't be preempted may hold it up for a slice
		t.Errorf("the world stood still for %d ns", longest)
	}
}

// TestMarkersShare: with four Ps and work for all, one P is the collector's
// while it marks, and not more than one.
func TestMarkersShare(t *testing.T) {
	text := strings.Replace(churn, "wg.Go(func() {\n\t\tn := 0", "for range 4 {\n\t\t\twg.Go(func() {\n\t\tn := 0", 1)
	text = strings.Replace(text, "n += i\n\t\t}\n\t})", "n += i\n\t\t}\n\t})\n\t}", 1)
	rec := recordText(t, text, sim.Config{Seed: 1, Procs: 4, Cores: 4, Env: map[string]string{"GOGC": "20"}})
	log := rec.Log()
	most, marking := 0, false
	for i := range log.Len() {
		switch log.At(i).Kind {
		case trace.GCMarkBegin:
			marking = true
		case trace.GCMarkEnd:
			if most != 1 {
				t.Errorf("%d workers ran at once, want 1", most)
			}
			return
		}
		if marking {
			most = max(most, workers(rec.At(i)))
		}
	}
	t.Error("nothing was marked to the end")
}

// workers counts the goroutines that mark at this instant.
func workers(st *state.State) (n int) {
	for _, g := range st.Gs {
		if g.Entry == "runtime.gcBgMarkWorker" && g.Status == "running" {
			n++
		}
	}
	return n
}

// TestForcedByTime: the runtime starts a collection when the last is two minutes ago.
func TestForcedByTime(t *testing.T) {
	rec := record(t, openLibrary(t), "testdata/beside/forced.go", sim.Config{Seed: 1, Limits: sim.Limits{Time: 1e13}})
	if got, want := output(rec), "0\n0\n1\n2\nexit status 0\n"; got != want {
		t.Errorf("go run ./cmd/gopark run sim/vm/testdata/beside/forced.go prints %q, want %q", got, want)
	}
}

// TestCollectorIsDeterministic: looking back into a collection shows what was seen before.
func TestCollectorIsDeterministic(t *testing.T) {
	rec := recordText(t, churn, sim.Config{Seed: 5, Procs: 2, Env: map[string]string{"GOGC": "20"}})
	n := rec.Log().Len()
	again := recordText(t, churn, sim.Config{Seed: 5, Procs: 2, Env: map[string]string{"GOGC": "20"}})
	for k := n - 1; k >= 0; k -= n/25 + 1 {
		if a, b := stacks(rec, k), stacks(again, k); a != b {
			t.Fatalf("after event %d\n%s\nwant\n%s", k, b, a)
		}
	}
}
