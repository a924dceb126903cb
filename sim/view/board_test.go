package view

import (
	"encoding/json"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/trace"
)

// crowd is a machine with n goroutines, a quarter each running or runnable on
// P0, in the global queue, waiting at a channel, and asleep.
func crowd(n int) *state.State {
	s := &state.State{
		HasP: true, Cores: []state.Core{{Thread: 0}}, Sched: state.Sched{TickCheck: 61},
		Threads: []state.Thread{{Name: "M0", Doing: state.DoingRun}},
		Ps:      []state.P{{Status: "running", Next: -1}},
		Objects: []state.Object{{Addr: 0xc000, Kind: "chan", Name: "jobs", Type: "chan int", Cap: 2, Buffer: []string{"1", "2"}}},
	}
	for i := range int32(n) {
		g := state.G{ID: int64(i + 1), Status: Runnable, Thread: -1, P: -1}
		switch {
		case i == 0:
			g.Status = Running
		case i%4 == 0:
			s.Ps[0].Queue = append(s.Ps[0].Queue, i)
		case i%4 == 1:
			s.Sched.Queue = append(s.Sched.Queue, i)
		case i%4 == 2:
			g.Status, g.Reason = Waiting, "chan send"
			s.Objects[0].Send = append(s.Objects[0].Send, state.Waiter{G: i, Value: "3"})
		default:
			g.Status, g.Reason = Waiting, "sleep"
		}
		s.Gs = append(s.Gs, g)
	}
	return s
}

func TestACrowdIsPilesAndCounts(t *testing.T) {
	b := NewBoard(Names{}, nil, crowd(100_000))
	data, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 20_000 {
		t.Errorf("the board of 100,000 goroutines takes %d bytes", len(data))
	}
	if n := b.Cores[0].M.P.Queue.Len(); n != 24_999 {
		t.Errorf("P0's queue has %d, want 24,999", n)
	}
	if n := b.Waiting[0].Send.Len(); n != 25_000 {
		t.Errorf("the channel has %d senders, want 25,000", n)
	}
	if want := (Counts{Running: 1, Runnable: 49_999, Waiting: 50_000}); b.Counts != want {
		t.Errorf("counts are %+v, want %+v", b.Counts, want)
	}
}

// TestOnlyWhatChangedIsMarked moves one goroutine from the head of a queue onto
// its thread: the others have moved up, but nothing happened to them.
func TestOnlyWhatChangedIsMarked(t *testing.T) {
	before := &state.State{HasP: true,
		Cores:   []state.Core{{Thread: 0}},
		Threads: []state.Thread{{Name: "M0", Doing: state.DoingLook, G: -1}},
		Ps:      []state.P{{Status: "running", Next: -1, Queue: []int32{0, 1, 2}}},
		Gs:      []state.G{{ID: 1, Status: Runnable}, {ID: 2, Status: Runnable}, {ID: 3, Status: Runnable}},
	}
	now := *before
	now.Gs = append([]state.G(nil), before.Gs...)
	now.Gs[0].Status = Running
	now.Threads = []state.Thread{{Name: "M0", Doing: state.DoingRun, G: 0}}
	now.Ps = []state.P{{Status: "running", Next: -1, Queue: []int32{1, 2}}}
	b := NewBoard(Names{}, before, &now)
	m := b.Cores[0].M
	if !m.G.Changed || !m.Changed {
		t.Error("the goroutine that started, or its thread, is not marked")
	}
	for _, p := range m.P.Queue.Pills {
		if p.Changed {
			t.Errorf("%s only moved up, and is marked", p.Name())
		}
	}
	if m.P.Changed {
		t.Error("P0 is marked, and nothing happened to it")
	}
}

func TestWaitersAreGroupedByWhatTheyWaitFor(t *testing.T) {
	s := crowd(9)
	s.Gs = append(s.Gs, state.G{ID: 99, Status: Waiting, Reason: "GC worker (idle)", System: true})
	s.Timers = []state.Timer{{When: 500, G: 3}, {When: 300, G: 7}}
	b := NewBoard(Names{}, nil, s)
	var got []string
	for _, g := range b.Waiting {
		got = append(got, g.words()+" "+g.When)
	}
	want := "chan jobs (chan int), buffer 2 of 2 [1 2]: senders G3 with 3 G7 with 3 \n" +
		"sleep: G4 G8 next wakes in 300 ns\n" +
		"the runtime's own: G99 "
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// A place for a goroutine that there has never been is none that has ended.
func TestCountsGoroutinesThatWere(t *testing.T) {
	b := NewBoard(Names{}, nil, &state.State{Gs: []state.G{{ID: 1, Status: Running}, {}, {ID: 3, Status: Dead}}})
	if want := (Counts{Running: 1, Dead: 1}); b.Counts != want {
		t.Errorf("got %+v, want %+v", b.Counts, want)
	}
}

// Where each goroutine is a thread, the bill is one of threads; processes have none.
func TestBillWithoutG(t *testing.T) {
	st := &state.State{Gs: []state.G{{ID: 1, Status: Running, StackSize: 8 << 20}}}
	st.Rules.ThreadTouched, st.Rules.ThreadBytes = 8531, 8359403
	if b := bill(st); len(b.Goroutines) != 0 || b.Resident != 8531 || b.Virtual != 8359403 {
		t.Errorf("threads: %+v", b)
	}
	st.Rules.Sources.G = "runtime2.go"
	if b := bill(st); b.GoBytes != 8<<20 {
		t.Errorf("goroutines: %+v", b)
	}
	st.Procs = make([]state.Process, 1)
	if b := bill(st); len(b.Goroutines)+len(b.Threads) != 0 {
		t.Errorf("processes: %+v", b)
	}
}

func TestMarksNameTheRunningGoroutineFirst(t *testing.T) {
	s := &state.State{Gs: []state.G{
		{ID: 1, Status: Waiting, File: "/x/main.go", Line: 4},
		{ID: 2, Status: Running, File: "/x/main.go", Line: 4},
		{ID: 3, Status: Runnable, File: "fmt/print.go", Line: 2},
		{ID: 4, Status: Dead, File: "/x/main.go", Line: 4},
	}}
	marks := NewMarks(Names{}, nil, s, "main.go")
	if len(marks) != 1 || marks[0].Line != 4 || marks[0].Row.words() != "G2 G1" {
		t.Errorf("got %+v, want line 4 with G2 G1", marks)
	}
}

func TestOutputUpToAnInstant(t *testing.T) {
	all := []sim.Output{{Event: 3, FD: 1, Text: "a"}, {Event: 3, FD: 1, Text: "b"}, {Event: 5, FD: 2, Text: "c"}, {Event: 9, FD: 1, Text: "d"}}
	chunks, cut := OutputUpTo(all, 6)
	if len(chunks) != 2 || chunks[0] != (Chunk{1, "ab"}) || chunks[1] != (Chunk{2, "c"}) || cut != 0 {
		t.Errorf("got %+v, %d cut", chunks, cut)
	}
	if chunks, _ := OutputUpTo(all, 3); len(chunks) != 0 {
		t.Errorf("before anything was written there is %+v", chunks)
	}
	long := []sim.Output{{Text: strings.Repeat("x", 60<<10)}, {Text: strings.Repeat("y", 60<<10)}}
	if chunks, cut := OutputUpTo(long, 1); cut != 60<<10 || len(chunks) != 1 || chunks[0].Text[0] != 'y' {
		t.Errorf("of 120 KiB, %d bytes are cut", cut)
	}
}

func TestDeepStackKeepsBothEnds(t *testing.T) {
	st := &state.Stack{Size: 1 << 20, Guard: 928}
	for i := range 1000 {
		st.Frames = append(st.Frames, state.Frame{Func: "main.f", Line: int32(1000 - i), Bytes: 100})
		st.Used += 100
	}
	s := &state.State{Gs: []state.G{{ID: 1, Status: Running}}}
	v := NewStack(Names{}, s, 0, st)
	if len(v.Frames) != 2*framesShown || v.More != 1000-2*framesShown {
		t.Fatalf("%d frames and %d more", len(v.Frames), v.More)
	}
	top, bottom := v.Frames[0], v.Frames[len(v.Frames)-1]
	if top.Line != 1000 || top.From != 99_900 || bottom.Line != 1 || bottom.From != 0 {
		t.Errorf("the ends are %+v and %+v", top, bottom)
	}
}

func TestIdleBoard(t *testing.T) {
	for era, want := range map[string]struct {
		ps    int
		queue bool
	}{"": {4, true}, "go1.4": {1, true}, "go1.0": {0, true}, "threads": {0, false}, "processes": {0, false}} {
		b := Idle(era, 0, 4)
		if len(b.Cores) != 4 || len(b.Idle) != want.ps || b.HasQ != want.queue {
			t.Errorf("%q: %d cores, %d Ps, a queue of goroutines: %v; want 4 and %v", era, len(b.Cores), len(b.Idle), b.HasQ, want)
		}
	}
}

// A thread that is a process says how much memory it has, and how much of it no
// other has.
func TestBoardOfProcesses(t *testing.T) {
	st := &state.State{
		Cores:   []state.Core{{Thread: 0}},
		Threads: []state.Thread{{Name: "pid 1000", Doing: state.DoingRun, P: -1}, {ID: 1, Name: "pid 1001", G: 1, P: -1, Core: -1}},
		Gs:      []state.G{{Task: 0, ID: 1, Status: Running}, {Task: 3, ID: 2, Status: Waiting, Thread: 1}},
		Procs:   []state.Process{{PID: 1000, Task: 0, Pages: 256, Shared: 192}, {PID: 1001, Task: 3, Pages: 512}},
	}
	b := NewBoard(Names{}, nil, st)
	if got, want := b.Cores[0].M.Detail, "memory 1 MiB, its own 256 KiB"; got != want {
		t.Errorf("process 1000 says %q, want %q", got, want)
	}
	if got, want := b.Off[0].Detail, "memory 2 MiB, its own 2 MiB"; got != want {
		t.Errorf("process 1001 says %q, want %q", got, want)
	}
}

// Who has ended is counted although the runtime gives its structure to the next.
func TestCountsAllThatHaveEnded(t *testing.T) {
	const program = `package main

func main() {
	done := make(chan bool)
	for range 30 {
		go func() { done <- true }()
		<-done
	}
}
`
	for _, era := range []string{"threads", "processes", "go1.0", "go1.26"} {
		s := real(t, program, sim.Config{Era: era, Seed: 1})
		ended := 0
		for n := 0; n <= s.fold.Len(); n++ {
			if n > 0 && s.rec.Log().At(n-1).Kind == trace.GoDestroy {
				ended++
			}
			if n%29 != 0 && n != s.fold.Len() {
				continue
			}
			if c := s.Frame(n, 0).Board.Counts; c.Dead != ended {
				t.Fatalf("%s: after %d events %d have ended, and the board counts %+v", era, n, ended, c)
			}
		}
		if ended < 29 {
			t.Errorf("%s: %d have ended, want 30, or the last is late", era, ended)
		}
	}
}
