package sched

import (
	"fmt"
	"slices"
	"testing"

	"gopark/sim/state"
	"gopark/sim/task/tasktest"
	"gopark/sim/trace"
)

// The same seed gives the same log, and a snapshot in the middle brings back
// everything: run on, restore, run on, and the second half is the same.
func TestSnapshot(t *testing.T) {
	for seed := range int64(600) {
		script := tasktest.Random(uint64(seed))
		era, c := randomConfig(seed)
		s, _, log := start(t, era, script, c)
		finish(t, s)
		want := log.String()

		s, r, log := start(t, era, script, c)
		n := 1 + int(seed*37%int64(1+log.Len()+200))
		for range n {
			s.Step()
		}
		snap, mid, runner := s.Snapshot(), log.Len(), r.Clone()
		finish(t, s)
		if got := log.String(); got != want {
			t.Fatalf("seed %d: two runs differ\n%s", seed, firstDifference(got, want))
		}
		s.Restore(snap)
		r.Set(runner)
		var first []trace.Event
		for i := mid; i < log.Len(); i++ {
			first = append(first, log.At(i))
		}
		end := log.Len()
		finish(t, s)
		for i, e := range first {
			if end+i >= log.Len() || log.At(end+i) != e {
				t.Fatalf("seed %d: after the snapshot at event %d, event %d differs", seed, mid, mid+i)
			}
		}
		if log.Len() != end+len(first) {
			t.Fatalf("seed %d: %d events after the restore, want %d", seed, log.Len()-end, len(first))
		}
	}
}

func firstDifference(a, b string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			lo := max(0, i-400)
			return fmt.Sprintf("...%s\nagainst\n...%s", a[lo:min(len(a), i+200)], b[lo:min(len(b), i+200)])
		}
	}
	return "one is longer"
}

// What the scheduler reports is what a fold of its log says, at every instant.
func TestFillAgreesWithLog(t *testing.T) {
	for seed := range int64(400) {
		script := tasktest.Random(uint64(seed))
		era, c := randomConfig(seed)
		s, _, log := start(t, era, script, c)
		f := trace.NewFold(rules(t, era))
		for n := 0; ; {
			for ; n < log.Len(); n++ {
				if err := f.Apply(log.At(n)); err != nil {
					t.Fatal(err)
				}
			}
			var st state.State
			s.Fill(&st)
			if diff := compare(&st, f); diff != "" {
				t.Fatalf("seed %d, %s %+v, after %d events: %s\n%s\n%s", seed, era, c, n, diff, script, tail(log))
			}
			if !s.Step() {
				break
			}
		}
		for f.Events < log.Len() { // a last process ends, and its goroutine before it
			if err := f.Apply(log.At(f.Events)); err != nil {
				t.Fatal(err)
			}
		}
		alive := 0
		e, _ := Lookup(era)
		var st state.State
		s.Fill(&st)
		for i := range f.Gs {
			if g := &f.Gs[i]; g.Status != trace.GNone && g.Status != trace.GDead && (!st.Gs[i].System || e.VM.CountsSystem) {
				alive++
			}
		}
		if want := alive; s.NumGoroutine() != want {
			t.Fatalf("seed %d: NumGoroutine is %d, log says %d", seed, s.NumGoroutine(), want)
		}
	}
}

func compare(st *state.State, f *trace.Fold) string {
	for i, c := range f.Cores {
		if st.Cores[i].Thread != c {
			return fmt.Sprintf("core %d: thread %d, log says %d", i, st.Cores[i].Thread, c)
		}
	}
	if !slices.Equal(st.Kernel, f.Kernel) {
		return fmt.Sprintf("kernel queue %v, log says %v", st.Kernel, f.Kernel)
	}
	for i := range f.Threads {
		x, y := &st.Threads[i], &f.Threads[i]
		if x.P != y.P || x.Spinning != y.Spinning && y.P >= 0 || x.Core != y.Core {
			return fmt.Sprintf("thread %d: %+v, log says %+v", i, *x, *y)
		}
		if f.HasP && (x.G != int32(y.G) || x.LockedG != int32(y.LockedG)) {
			return fmt.Sprintf("thread %d: %+v, log says %+v", i, *x, *y)
		}
	}
	for i := range st.Ps {
		x, y := &st.Ps[i], &f.Ps[i]
		if x.Next != int32(y.Next) || len(x.Queue) != len(y.Ring) {
			return fmt.Sprintf("P%d: %+v, log says %+v", i, *x, *y)
		}
		for j := range x.Queue {
			if x.Queue[j] != int32(y.Ring[j]) {
				return fmt.Sprintf("P%d: %+v, log says %+v", i, *x, *y)
			}
		}
	}
	if len(st.Sched.Queue) != len(f.Global) {
		return fmt.Sprintf("global queue %v, log says %v", st.Sched.Queue, f.Global)
	}
	for j, id := range f.Global {
		if st.Sched.Queue[j] != int32(id) {
			return fmt.Sprintf("global queue %v, log says %v", st.Sched.Queue, f.Global)
		}
	}
	idle := slices.Clone(st.Sched.IdleP)
	slices.Reverse(idle)
	if !slices.Equal(idle, f.IdleP) {
		return fmt.Sprintf("idle Ps %v, log says %v", idle, f.IdleP)
	}
	for i := range f.Gs {
		x, y := &st.Gs[i], &f.Gs[i]
		if x.Status != y.Status.String() || x.ID != y.Goid && y.Goid != 0 || f.HasP && x.Thread != y.M {
			return fmt.Sprintf("goroutine %d: %+v, log says %+v", i, *x, *y)
		}
		if y.Status == trace.GWaiting && (x.Since != y.Since || x.Object != uint64(y.Object)) {
			return fmt.Sprintf("goroutine %d: %+v, log says %+v", i, *x, *y)
		}
	}
	return ""
}

// How long the pieces are in which a task runs is the host's affair: on one
// core it never shows in the log.
func TestSlicesDontShow(t *testing.T) {
	for seed := range int64(300) {
		script := tasktest.Random(uint64(seed))
		era, c := randomConfig(seed)
		c.Cores = 1
		s, _, log := start(t, era, script, c)
		finish(t, s)
		c.MaxSlice = 700 + seed
		small, _, smallLog := start(t, era, script, c)
		finish(t, small)
		if a, b := log.String(), smallLog.String(); a != b {
			t.Fatalf("seed %d: MaxSlice %d shows\n%s\n%s", seed, c.MaxSlice, script, firstDifference(a, b))
		}
	}
}

// Every kind of event that a scheduler makes is made in some test under Check.
func TestEveryKindHappens(t *testing.T) {
	seen := map[trace.Kind]bool{
		trace.Nothing: true, trace.StackGrow: true, trace.StackShrink: true, trace.StackLink: true, trace.StackUnlink: true, // the machine's own
		trace.Reseed:      true,                                               // no scheduler logs it: package sim does
		trace.GCMarkBegin: true, trace.GCMarkEnd: true, trace.RunqFlush: true, // need its workers: vm/marking_test.go
	}
	add := func(era string, log *trace.Log) {
		if err := trace.Check(log, rules(t, era)); err != nil {
			t.Fatal(err)
		}
		for i := range log.Len() {
			seen[log.At(i).Kind] = true
		}
	}
	for seed := range int64(3000) {
		_, log := runRandom(t, seed)
		era, _ := randomConfig(seed)
		add(era, log)
	}
	for _, c := range []struct{ era, script string }{
		{"go1.26", "1: spawn 2..700, run 3ms, wait 699\n2..700: run 100us, yield, done"},
		{"go1.26", "1: spawn 2..10100, park\n2..10100: syscall 9000ms"},
		{"go1.26", "1: crash 2"},
		{"processes", "1: spawn 2, sleep 1ms, reap 1001\n2: fault 3, quit 0"},
	} {
		s, _, log := start(t, c.era, c.script, Config{Cores: 4})
		finish(t, s)
		add(c.era, log)
	}
	for k := range trace.NumKinds {
		if !seen[k] && unmissed[k] != ofTraces {
			t.Errorf("no %s in any log", k)
		}
	}
}
