package sched

import (
	"testing"

	"gopark/sim/task"
	"gopark/sim/trace"
)

// events runs a script and gives its log, checked.
func events(t *testing.T, script string, c Config) []trace.Event {
	t.Helper()
	s, _, log := start(t, "go1.26", script, c)
	finish(t, s)
	if err := trace.Check(log, trace.Rules{Ring: 256}); err != nil {
		t.Fatal(err)
	}
	var all []trace.Event
	for i := range log.Len() {
		all = append(all, log.At(i))
	}
	return all
}

func count(all []trace.Event, k trace.Kind) int {
	n := 0
	for _, e := range all {
		if e.Kind == k {
			n++
		}
	}
	return n
}

// Programs 16 and 17: a locked goroutine keeps its thread, nobody else runs
// there, and the thread ends with it.
func TestLockedThread(t *testing.T) {
	all := events(t, "1: spawn 2, spawn 3..5, wait 4\n2: lock, run 100, yield, sleep 2ms, yield, run 100, done\n3..5: run 500us, yield, yield, sleep 3ms, done",
		Config{Cores: 2, Procs: 2, OSLinked: true})
	thread, ended := int32(-1), false
	for _, e := range all {
		switch {
		case e.Kind == trace.GoLock:
			thread = e.M
		case e.Kind == trace.GoStart && thread >= 0 && (e.M == thread) != (e.G == 2):
			t.Errorf("task %d runs on thread %d; task 2 is locked to thread %d", e.G, e.M, thread)
		case e.Kind == trace.ThreadDestroy && e.M == thread:
			ended = true
		}
	}
	if thread < 0 || !ended && thread != 0 {
		t.Errorf("the locked goroutine's thread %d outlived it", thread)
	}
}

// Program 18: a P is taken from a system call by sysmon's next rounds if there is
// work for it, and not for 10 ms if there is none and others idle.
func TestRetake(t *testing.T) {
	for _, c := range []struct {
		script   string
		min, max int64
	}{
		{"1: spawn 2, syscall 5ms, wait 1\n2: run 10, done", 1, 200_000},
		{"1: run 30us, syscall 30ms", 10_000_000, 20_100_000},
	} {
		procs := 1
		if c.min > 1e6 {
			procs = 2
		}
		var began int64
		taken := false
		for _, e := range events(t, c.script, Config{Cores: 2, Procs: procs, OSLinked: true}) {
			switch e.Kind {
			case trace.GoSyscallBegin:
				began = e.Time
			case trace.ProcSteal:
				taken = true
				if d := e.Time - began; d < c.min || d > c.max {
					t.Errorf("%s\nthe P was taken after %d ns, want %d to %d", c.script, d, c.min, c.max)
				}
			}
		}
		if !taken {
			t.Errorf("%s\nthe P was never taken", c.script)
		}
	}
}

// Sysmon, asleep since no P ran, looks as soon as a system call wakes it, and again one
// nap later: so the P is gone after 20 µs, as late as the kernel's clock is.
func TestSysmonWakesToLook(t *testing.T) {
	for _, era := range []string{"go1.2", "go1.13", "go1.26"} {
		s, _, log := start(t, era, "1: syscall 100, poll 5ms, spawn 2, syscall 5ms, wait 1\n2: run 10, done", Config{Cores: 2, Procs: 1})
		g := s.(*gmp)
		deep := false
		for s.Step() {
			deep = deep || g.monSleep == monDeep
		}
		if !deep {
			t.Fatalf("%s: sysmon has never slept deeply\n%s", era, log)
		}
		k := g.mach.Costs
		nap := g.era.SysmonMin + k.TimerSlack
		var began int64
		for i := range log.Len() {
			switch e := log.At(i); e.Kind {
			case trace.GoSyscallBegin:
				began = e.Time
			case trace.ProcSteal:
				if d := e.Time - began; d < nap || d > nap+k.Wake+k.WakeLatency {
					t.Errorf("%s: the P was taken after %d ns, want %d and what waking takes\n%s", era, d, nap, log)
				}
				began = -1
			}
		}
		if began >= 0 {
			t.Errorf("%s: the P was never taken\n%s", era, log)
		}
	}
}

// Program 79: short system calls keep their P; nobody else gets to run.
func TestShortSyscallsKeepP(t *testing.T) {
	all := events(t, "1: spawn 2, syscall 100, syscall 100, syscall 100, syscall 3us, syscall 100\n2: run 10", Config{Cores: 1, Procs: 1})
	if n := count(all, trace.GoSyscallEnd); n != 5 {
		t.Errorf("%d system calls ended with the P, want 5", n)
	}
	for _, e := range all {
		if e.Kind == trace.GoStart && e.G == 2 {
			t.Error("task 2 ran")
		}
	}
}

// Without asynchronous preemption a goroutine stops at calls only.
func TestPreemptAtCalls(t *testing.T) {
	script := "1: spawn 2, run 50ms, check, run 5ms, wait 1\n2: run 10, done"
	for _, off := range []bool{false, true} {
		at := int64(-1)
		for _, e := range events(t, script, Config{Cores: 1, Procs: 1, AsyncPreemptOff: off}) {
			if e.Kind == trace.GoStop && at < 0 {
				at = e.Time
			}
		}
		if off && (at < 50e6 || at > 51e6) || !off && (at < 10e6 || at > 20e6) {
			t.Errorf("asyncpreemptoff %v: first stop at %d ns", off, at)
		}
	}
}

// A chain of goroutines in runnext shares one time slice: its end comes 10 to
// 20 ms after its beginning although each runs for 1 ms only (program 10).
func TestInheritedSlice(t *testing.T) {
	all := events(t, "1: spawn 4, spawn 2, wait 3\n2: run 1ms, spawn 3, done\n3: run 40ms, done\n4: run 10, done", Config{Cores: 1, Procs: 1})
	for _, e := range all {
		if e.Kind == trace.GoStop && trace.Why(e.A) == trace.WhyPreempted {
			if e.Time < 10e6 || e.Time > 20e6 {
				t.Errorf("the chain was stopped at %d ns, want 10 to 20 ms", e.Time)
			}
			return
		}
	}
	t.Error("the chain was never stopped")
}

// The thief of a runnext naps first; a goroutine that is readied by one that
// then blocks runs where it was readied.
func TestRunnextIsStolenLate(t *testing.T) {
	all := events(t, "1: spawn 2, run 100us, wait 1\n2: run 10, done", Config{Cores: 2, Procs: 2})
	var before trace.Event
	for _, e := range all {
		if e.Kind == trace.StealNext {
			if d := e.Time - before.Time; d < 3000 {
				t.Errorf("the nap lasted %d ns, want 3000 or more", d)
			}
			return
		}
		if e.M != 0 {
			before = e
		}
	}
	t.Error("nobody stole from runnext")
}

// Every row is complete: a test of the table.
func TestEras(t *testing.T) {
	seen := map[string]bool{}
	for i := range Eras {
		e := &Eras[i]
		if e.Name == "" || e.Doc == "" || e.Structure == nil || e.MaxThreads == 0 || seen[e.Name] {
			t.Errorf("row %d is incomplete or its name %q is used twice", i, e.Name)
		}
		seen[e.Name] = true
		if got, ok := Lookup(e.Name); !ok || got != e {
			t.Errorf("Lookup(%q) finds another row", e.Name)
		}
		goid := int64(1)
		for _, g := range e.SystemTasks(true, 2) {
			if g.Goid == 0 && g.Func != "" { // starts with the first timer
				continue
			}
			goid++
			if g.Goid != goid || g.Func == "" || g.Reason == task.NoReason {
				t.Errorf("%s: system goroutine %+v, want goid %d", e.Name, g, goid)
			}
		}
	}
	if last := &Eras[len(Eras)-1]; last.VM != task.Today {
		t.Errorf("the changes up to %s lead to the rules %+v, want today's %+v", last.Name, last.VM, task.Today)
	}
	if _, ok := Lookup("go1.99"); ok {
		t.Error("there is an era go1.99")
	}
}

func TestWalkVisitsAll(t *testing.T) {
	for n := uint32(1); n < 40; n++ {
		for r := range uint32(50) {
			seen := make([]bool, n)
			for w := newWalk(n, r*2654435761); !w.done(); w.advance() {
				if seen[w.pos] {
					t.Fatalf("n %d, r %d: %d is visited twice", n, r, w.pos)
				}
				seen[w.pos] = true
			}
		}
	}
}
