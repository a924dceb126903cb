package witness_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	exp "golang.org/x/exp/trace"

	"gopark/sim"
	"gopark/sim/state"
	"gopark/sim/trace"
	"gopark/sim/view"
	"gopark/sim/witness"
)

func record(t testing.TB, name string) []byte {
	t.Helper()
	cmd := exec.Command("go", "run", "../trace/realtrace/testdata/programs/"+name+".go")
	cmd.Env = append(os.Environ(), "GOMAXPROCS=3")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd.Args, err)
	}
	return out
}

func open(t testing.TB, data []byte) (*witness.Recording, *view.Session) {
	t.Helper()
	rec, err := witness.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	s := view.NewSession(rec, "")
	for !s.Advance(0, 1000) {
	}
	if rec.Err() != nil {
		t.Fatal(rec.Err())
	}
	return rec, s
}

// eventsOfGo are the events of a trace by Go's reader, each with the time since the first.
func eventsOfGo(t *testing.T, data []byte) iter.Seq2[int64, exp.Event] {
	return func(yield func(int64, exp.Event) bool) {
		t.Helper()
		r, err := exp.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for start := int64(-1); ; {
			e, err := r.ReadEvent()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if e.Kind() == exp.EventSync {
				continue
			}
			if start < 0 {
				start = int64(e.Time())
			}
			if !yield(int64(e.Time())-start, e) {
				return
			}
		}
	}
}

// TestStatesAreGos: at instants all over a real trace, forward and back, every
// goroutine is as Go's own reader says.
func TestStatesAreGos(t *testing.T) {
	for _, name := range []string{"channels", "crowd"} {
		data := record(t, name)
		rec, _ := open(t, data)
		type instant struct {
			at  int64
			all map[int64]string
		}
		var instants []instant
		now, n := map[int64]string{}, 0
		for at, e := range eventsOfGo(t, data) {
			n++
			if e.Kind() == exp.EventStateTransition && e.StateTransition().Resource.Kind == exp.ResourceGoroutine {
				st := e.StateTransition()
				_, to := st.Goroutine()
				now[int64(st.Resource.Goroutine())] = strings.ToLower(to.String())
			}
			if n%977 == 0 && n > 500 {
				all := map[int64]string{}
				for id, s := range now {
					if s != "notexist" {
						all[id] = s
					}
				}
				instants = append(instants, instant{at, all})
			}
		}
		looked := 0
		for i := range instants {
			x := instants[i*7%len(instants)] // to and fro
			k := 0
			for log := rec.Log(); k < log.Len() && log.Time(k) <= x.at; k++ {
			}
			got := map[int64]string{}
			for _, g := range rec.At(k).Gs {
				if g.Status != "dead" {
					got[g.ID] = g.Status
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(x.all) {
				t.Fatalf("%s at %d ns: got\n%v\nGo says\n%v", name, x.at, got, x.all)
			}
			looked++
		}
		t.Logf("%s: %d instants of %d events", name, looked, n)
	}
}

// TestNothingIsInvented: whatever a trace can't know is said to be unknown, on
// the board, in sentences, in what is opened, and of stacks.
func TestNothingIsInvented(t *testing.T) {
	for _, name := range []string{"crowd", "channels"} {
		t.Run(name, func(t *testing.T) { invented(t, record(t, name)) })
	}
}

func invented(t *testing.T, data []byte) {
	rec, s := open(t, data)
	var _ sim.Recording = rec
	for n := 0; n < rec.Log().Len(); n += 1 + rec.Log().Len()/150 {
		f := s.Frame(n, 0)
		if !f.Board.Traced || f.Board.HasQ || f.Board.Global.Len() > 0 || f.Board.Free.Len() > 0 || len(f.Board.Timers) > 0 {
			t.Fatalf("after %d events the board has what nobody told: %+v", n, f.Board)
		}
		if gc := f.Board.GC; gc != nil && gc.Phase != state.GCMark {
			t.Fatalf("after %d events the collector is %q, of which no trace tells", n, gc.Phase)
		}
		for _, c := range f.Board.Cores {
			if c.ID >= 0 || !c.M.P.Unknown || c.M.P.Next != nil || c.M.P.Queue.Len() > 0 || c.M.P.Check != "" {
				t.Fatalf("after %d events: %+v", n, c)
			}
		}
		if f.Stack != nil && (!f.Stack.Unknown || f.Stack.Size != 0) {
			t.Fatalf("after %d events: %+v", n, f.Stack)
		}
		for _, word := range []string{"queue", "runnext", "core", "free list", "in hand", "time slice"} {
			if strings.Contains(f.Say.String(), word) {
				t.Fatalf("event %d says %q, which no trace tells", n, f.Say)
			}
		}
		for _, ref := range []view.Ref{{Kind: view.RefG, ID: f.Chosen}, {Kind: view.RefP, ID: 0}, {Kind: view.RefM, ID: 0}, {Kind: view.RefSched}, {Kind: view.RefGC}} {
			s.Object(n, ref)
			s.Why(n, ref)
		}
	}
	words := ""
	for _, l := range s.Frame(rec.Log().Len()/2, 0).Board.Table() {
		words += l.Place + ": " + l.What + "\n"
	}
	for _, want := range []string{"on some core: ", "runnext and queue unknown", "runnable, in some queue: ", "unknown: in which queue"} {
		if !strings.Contains(words, want) {
			t.Errorf("the table of the board has no %q:\n%s", want, words)
		}
	}
	lanes, total := s.Lanes(view.Query{Kind: view.LaneP, To: s.Progress().Time, Width: 500, Max: 10})
	if total == 0 || !slices.ContainsFunc(lanes, func(l view.Lane) bool { return len(l.Tiles) > 0 }) {
		t.Errorf("%d lanes, %v", total, lanes)
	}
}

// TestBadTraces: one that breaks off later says so, and does not hang.
func TestBadTraces(t *testing.T) {
	data := record(t, "short")
	for cut := 16; cut < len(data); cut += 37 {
		rec, err := witness.Open(data[:cut])
		if err != nil {
			continue
		}
		s := view.NewSession(rec, "")
		for !s.Advance(0, 100) {
		}
		if rec.Err() == nil {
			t.Errorf("the first %d bytes of %d are a whole trace?", cut, len(data))
		}
		if n := rec.Log().Len(); n > 0 {
			s.Frame(n, 0)
		}
	}
}

// FuzzWitness: whatever the bytes, every instant can be looked at.
func FuzzWitness(f *testing.F) {
	f.Add(record(f, "short"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rec, err := witness.Open(data)
		if err != nil {
			return
		}
		s := view.NewSession(rec, "")
		for !s.Advance(0, 1000) {
		}
		for n := 0; n <= rec.Log().Len(); n += 1 + rec.Log().Len()/20 {
			fr := s.Frame(n, 0)
			s.Object(n, view.Ref{Kind: view.RefG, ID: fr.Chosen})
			s.Why(n, view.Ref{Kind: view.RefG, ID: fr.Chosen})
			fr.Board.Table()
		}
		for k := range view.NumLaneKinds {
			s.Lanes(view.Query{Kind: k, To: s.Progress().Time, Width: 100, Max: 10})
		}
	})
}

// TestNotes: what a real program says of itself with runtime/trace is in the log, in
// the order in which it said so, by who said it.
func TestNotes(t *testing.T) {
	rec, s := open(t, record(t, "notes"))
	var got []string
	said := map[string]int64{}
	log := rec.Log()
	for i := range log.Len() {
		switch log.At(i).Kind {
		case trace.UserTaskBegin, trace.UserTaskEnd, trace.UserRegionBegin, trace.UserRegionEnd, trace.UserLog:
			text := s.Sentence(i + 1).String()
			about, _ := s.Fold().Goid(i)
			_, rest, _ := strings.Cut(text, " ")
			got = append(got, rest)
			said[rest] = about
			if st := rec.At(i + 1); st.Gs[log.At(i).G].ID != about || st.Gs[log.At(i).G].Status != "running" {
				t.Errorf("%s: G%d does not run then", text, about)
			}
		}
	}
	want := []string{
		"begins the task “request” (1).",
		"logs “order”: “espresso” in the task “request” (1).",
		"begins the task “grind” (2).",
		"begins the region “beans” in the task “grind” (2).",
		"begins the region “weigh” in the task “grind” (2).",
		"logs “9 g” in the task “grind” (2).",
		"ends the region “weigh” in the task “grind” (2).",
		"ends the region “beans” in the task “grind” (2).",
		"ends the task “grind” (2).",
		"begins the region “alone”.",
		"ends the region “alone”.",
		"ends the task “request” (1).",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the program says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if said[want[0]] != 1 || said[want[2]] == 1 {
		t.Errorf("G%d begins the request, and G%d the grinding; the first is main", said[want[0]], said[want[2]])
	}
	for _, typed := range []string{"region", "UserLog", "task", "espresso", "G1 Espresso"} {
		x, ok := s.Fold().Finder(typed)
		if !ok {
			t.Errorf("%q finds nothing", typed)
			continue
		}
		if n, _ := s.Fold().Find(x, 0, false, log.Len()+1); n == 0 || !strings.HasPrefix(log.At(n-1).Kind.String(), "User") {
			t.Errorf("%q finds event %d", typed, n)
		}
	}
	x, _ := s.Fold().Finder("sync") // why the real runtime says that main waits
	if n, _ := s.Fold().Find(x, 0, false, log.Len()+1); n == 0 || log.At(n-1).Kind != trace.GoBlock {
		t.Errorf("no event is a wait for a WaitGroup")
	}
}
