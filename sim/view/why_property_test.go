package view

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gopark/sim"
	"gopark/sim/sched"
	"gopark/sim/state"
	"gopark/sim/task"
	"gopark/sim/trace"
)

// programs are those of the tests for looking back, and some of the oracle's in
// which goroutines wait for each other in every way.
func programs(t *testing.T) map[string]string {
	t.Helper()
	list := map[string]string{}
	seek, _ := filepath.Glob("../testdata/seek/*.go")
	oracle, _ := filepath.Glob("../testdata/oracle/*.go")
	want := map[string]bool{"100-goroutine-leak-profile.go": true, "103-dining-deadlock.go": true, "17-lockosthread-exit-kills-thread.go": true}
	for _, name := range append(seek, oracle...) {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if b := filepath.Base(name); len(src) < 6000 && (want[b] || filepath.Dir(name) == "../testdata/seek") {
			list[b] = string(src)
		}
	}
	if len(list) < 3 {
		t.Fatal("only", len(list), "programs")
	}
	return list
}

// What was said must hold in the rest of the run: a goroutine that never runs
// again does not, one that waits for ever stays, and every object opens.
func TestNeverIsTrue(t *testing.T) {
	nevers := 0
	for name, source := range programs(t) {
		for i, era := range sched.Eras {
			if testing.Short() && i%4 != 0 {
				continue
			}
			t.Run(name+"/"+era.Name, func(t *testing.T) {
				s := real(t, source, sim.Config{Era: era.Name, Procs: 2, Cores: 2, Seed: 3})
				total := s.fold.Len()
				for k := range 60 {
					n := total * (k + 1) / 60
					for _, g := range s.state(n).Gs[:min(20, len(s.state(n).Gs))] {
						if g.ID == 0 {
							continue
						}
						w := s.Why(n, Ref{RefG, g.ID})
						if w == nil || len(w.Steps) == 0 {
							t.Fatalf("event %d: no answer for G%d", n, g.ID)
						}
						if w.Verdict == VerdictNever && g.Status != Dead {
							nevers++
							if later := runsAgain(s, g.ID, n); later > 0 {
								t.Errorf("event %d: G%d %s, but runs at event %d:\n%v", n, g.ID, w.Verdict, later, w.Steps)
							}
						}
						if k%5 == 4 {
							openOne(t, s, n, Ref{RefG, g.ID})
						}
					}
					if k%5 == 4 {
						openAll(t, s, n)
					}
				}
			})
		}
	}
	if nevers < 10 {
		t.Errorf("only %d goroutines were said to wait for ever", nevers)
	}
}

// runsAgain is the first event after n at which goroutine goid is made ready.
func runsAgain(s *Session, goid int64, n int) int {
	for k := s.Follow(goid, n, false); k > 0; k = s.Follow(goid, k, false) {
		switch s.rec.Log().At(k - 1).Kind {
		case trace.GoUnblock, trace.GoStart:
			return k
		}
	}
	return 0
}

func openAll(t *testing.T, s *Session, n int) {
	t.Helper()
	st := s.state(n)
	refs := machinery(st)
	if st.GC.Phase != "" {
		refs = append(refs, Ref{RefGC, 0})
	}
	for _, ref := range refs {
		openOne(t, s, n, ref)
		if ref.Kind == RefM || ref.Kind == RefP {
			if w := s.Why(n, ref); w == nil || len(w.Steps) == 0 {
				t.Errorf("event %d: no answer for %v", n, ref)
			}
		}
	}
	if l := s.Lens(n); l.Total != lensTotal(l) {
		t.Errorf("event %d: the piles hold %d of %d goroutines", n, lensTotal(l), l.Total)
	}
}

// machinery are the threads, Ps, cores and objects of a state.
func machinery(st *state.State) (refs []Ref) {
	for i := range st.Threads {
		refs = append(refs, Ref{RefM, int64(i)})
	}
	for i := range st.Ps {
		refs = append(refs, Ref{RefP, int64(i)})
	}
	for i := range st.Cores {
		refs = append(refs, Ref{RefCore, int64(i)})
	}
	for i := range st.Objects {
		refs = append(refs, Ref{RefAt, int64(st.Objects[i].Addr)})
	}
	return refs
}

func openOne(t *testing.T, s *Session, n int, ref Ref) {
	t.Helper()
	o := s.Object(n, ref)
	if o == nil {
		t.Fatalf("event %d: %v can't be opened", n, ref)
	}
	for _, f := range o.Fields {
		if f.Name == "" || f.Value == "" || f.Says == "" {
			t.Errorf("event %d: %v has the field %+v", n, ref, f)
		}
	}
}

func lensTotal(l *Lens) (n int) {
	for _, p := range l.Piles {
		n += p.Count
		if p.Count != p.Row.Len() {
			return -1
		}
	}
	return n
}

// Asking changes nothing: what is seen afterwards is what was seen before.
func TestAskingChangesNothing(t *testing.T) {
	for name, source := range programs(t) {
		s := real(t, source, sim.Config{Procs: 2, Cores: 2, Seed: 3})
		n := s.fold.Len() / 2
		before := fmt.Sprintf("%+v", *s.rec.At(n + 5))
		for i := range s.state(n).Gs {
			if id := s.state(n).Gs[i].ID; id != 0 {
				s.Why(n, Ref{RefG, id})
				s.XRay(n, id)
			}
		}
		again := NewSession(s.rec, "main.go")
		again.Advance(0, 0)
		if after := fmt.Sprintf("%+v", *s.rec.At(n + 5)); after != before {
			t.Errorf("%s: event %d was\n%.2000s\nand is\n%.2000s", name, n+5, before, after)
		}
	}
}

// Who holds a lock is who locked it last: a program of which that is known.
func TestHolders(t *testing.T) {
	s := real(t, `package main

import ("sync"; "runtime")

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 5 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 3 {
				mu.Lock()
				runtime.Gosched()
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
}
`, sim.Config{Procs: 2, Cores: 2})
	checked := 0
	for n := 1; n <= s.fold.Len(); n++ {
		e := s.rec.Log().At(n - 1)
		if e.Kind != trace.GoStop || trace.Why(e.A) != trace.WhyGosched {
			continue
		}
		goid, _ := s.fold.Goid(n - 1) // it yields, and holds the lock
		o := &opener{s: s, n: n, st: s.state(n), b: newBuilder(s.fold.Names, nil, s.state(n))}
		for i := range o.st.Objects {
			if x := &o.st.Objects[i]; x.Kind == "mutex" {
				checked++
				if who, _, ok := o.holder(x); !ok || who.ID != goid {
					t.Errorf("event %d: the lock is held by %s (known: %v), want G%d", n, who.Text, ok, goid)
				}
			}
		}
	}
	if checked < 5 {
		t.Errorf("only %d instants were looked at", checked)
	}
}

func TestSteps(t *testing.T) {
	s := real(t, `package main

func main() {
	c := make(chan int)
	x := 1
	go func() {
		y := x + 1
		c <- y
		c <- y + 1
		close(c)
	}()
	x = <-c
	x += <-c
	<-c
	println(x)
}
`, sim.Config{Procs: 1, Cores: 1})
	line := func(n int, goid int64) int32 {
		st := s.state(n)
		return st.Gs[find(st, goid)].Line
	}
	start := s.fold.created(6)
	n, _ := s.Step(StepQuery{Kind: StepBlocks, From: start, Goid: 1})
	if e := s.rec.Log().At(n - 1); e.Kind != trace.GoBlock || task.Reason(e.A) != task.ChanReceive || line(n, 1) != 12 {
		t.Errorf("G1 blocks at event %d, line %d", n, line(n, 1))
	}
	m, _ := s.Step(StepQuery{Kind: StepRuns, From: n, Goid: 6})
	if m <= n || line(m, 6) != 6 && line(m, 6) != 7 {
		t.Errorf("G6 runs at event %d, line %d", m, line(m, 6))
	}
	if back, _ := s.Step(StepQuery{Kind: StepRuns, From: m, Goid: 1, Back: true}); back >= start || back == 0 {
		t.Errorf("before, G1 began to run at event %d", back)
	}
	if end, _ := s.Step(StepQuery{Kind: StepEnds, From: m, Goid: 6}); s.rec.Log().At(end-1).Kind != trace.GoDestroy {
		t.Errorf("G6 ends at event %d", end)
	}
	if d, _ := s.Step(StepQuery{Kind: StepDecision, From: n}); !decisions[s.rec.Log().At(d-1).Kind] {
		t.Errorf("event %d is no decision", d)
	}
	if e, _ := s.Step(StepQuery{Kind: StepEvent, From: 5, Back: true}); e != 4 {
		t.Errorf("an event before 5 is %d", e)
	}
	b, ok := s.Step(StepQuery{Kind: StepBreak, From: start, Lines: []int32{13}})
	if !ok || b == 0 || line(b, 1) != 13 {
		t.Errorf("the breakpoint is met at event %d", b)
	}
	if back, _ := s.Step(StepQuery{Kind: StepBreak, From: s.fold.Len(), Lines: []int32{13}, Back: true}); back == 0 || line(back, 1) != 13 {
		t.Errorf("from the end, the breakpoint is met at event %d", back)
	}
	l, _ := s.Step(StepQuery{Kind: StepLine, From: n, Goid: 1})
	if l == 0 || line(l, 1) == line(n, 1) {
		t.Errorf("G1 comes to another line at event %d", l)
	}
	if v, ok := s.Value(b, 1, 13, "x"); !ok || v.Value != "2" || v.Func != "main.main" {
		t.Errorf("x in G1 is %+v, %v", v, ok)
	}
	if _, ok := s.Value(b, 1, 13, "nothing"); ok {
		t.Error("a variable that is not there has a value")
	}
}
