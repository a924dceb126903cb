package view

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gopark/sim"
	"gopark/sim/host"
)

// real runs source to its end, or for ten virtual seconds.
func real(t testing.TB, source string, cfg sim.Config) *Session {
	t.Helper()
	prog, diagnostics, err := host.Load("main.go", source)
	if err != nil || len(diagnostics) > 0 {
		t.Fatal(err, diagnostics)
	}
	cfg.Limits = sim.DefaultLimits
	rec, err := prog.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s := NewSession(rec, "main.go")
	s.Advance(0, 0)
	return s
}

// Questions about real programs in several eras. A file has the program, lines
// of questions, and what the answers were:
//
//	go1.26 procs=1 cores=1 at="end" why g7
//
// at is "end" or what a Finder understands, and #3 for the third such event.
func TestAnswersGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/answers/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no questions", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			source := string(a.Files[0].Data)
			runs := map[string]*Session{}
			var b strings.Builder
			for _, q := range strings.Split(strings.TrimSpace(string(a.Files[1].Data)), "\n") {
				answerTo(t, &b, source, q, runs)
			}
			if *update {
				a.Files = append(a.Files[:2], txtar.File{Name: "answers", Data: []byte(b.String())})
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 3 {
				t.Fatal("no answers: go test ./sim/view -run Golden -update")
			}
			got, want := strings.Split(b.String(), "\n"), strings.Split(string(a.Files[2].Data), "\n")
			for i := range got {
				if i >= len(want) || got[i] != want[i] {
					t.Fatalf("answer line %d: got %q, want %q (if it is meant: go test ./sim/view -run Golden -update)", i+1, got[i], append(want, "")[min(i, len(want))])
				}
			}
		})
	}
}

func answerTo(t *testing.T, b *strings.Builder, source, q string, runs map[string]*Session) {
	t.Helper()
	head, rest, _ := strings.Cut(q, ` at="`)
	at, ask, ok := strings.Cut(rest, `" `)
	if !ok {
		t.Fatalf("no question: %s", q)
	}
	s := runs[head]
	if s == nil {
		f := strings.Fields(head)
		cfg := sim.Config{Era: f[0]}
		for _, x := range f[1:] {
			name, value, _ := strings.Cut(x, "=")
			n, _ := strconv.Atoi(value)
			switch name {
			case "procs":
				cfg.Procs = n
			case "cores":
				cfg.Cores = n
			case "seed":
				cfg.Seed = uint64(n)
			}
		}
		s = real(t, source, cfg)
		runs[head] = s
	}
	n := instant(t, s, at)
	fmt.Fprintf(b, "== %s: event %d, %s\n", q, n, Duration(s.rec.Log().At(n-1).Time))
	what, name, _ := strings.Cut(ask, " ")
	ref := refOf(t, s, n, name)
	switch what {
	case "why":
		writeWhy(b, s.Why(n, ref))
	case "open":
		writeObject(b, s.Object(n, ref))
	case "xray":
		writeXRay(b, s.XRay(n, ref.ID))
	default:
		t.Fatalf("what is %q?", what)
	}
}

// instant is the event that at means.
func instant(t *testing.T, s *Session, at string) int {
	t.Helper()
	if at == "end" {
		return s.fold.Len()
	}
	text, nth, _ := strings.Cut(at, "#")
	k, _ := strconv.Atoi(nth)
	x, ok := s.fold.Finder(text)
	if !ok {
		t.Fatalf("%q means no event", at)
	}
	n, _ := s.fold.Find(x, 0, false, s.fold.Len())
	for i := 1; i < k && n > 0; i++ {
		n, _ = s.fold.Find(x, n, false, s.fold.Len())
	}
	if n == 0 {
		t.Fatalf("no event is %q; the log:\n%s", at, s.rec.Log())
	}
	return n
}

// refOf reads g7, m0, p1, sched, gc, core0, the name of a channel or a lock.
func refOf(t *testing.T, s *Session, n int, name string) Ref {
	t.Helper()
	for _, kind := range []RefKind{RefSched, RefGC, RefCore, RefTimer, RefG, RefM, RefP} {
		rest, ok := strings.CutPrefix(name, string(kind))
		if id, err := strconv.ParseInt(rest, 10, 64); ok && (err == nil || rest == "") {
			return Ref{kind, id}
		}
	}
	for _, x := range s.state(n).Objects {
		if x.Name == name {
			return Ref{RefAt, int64(x.Addr)}
		}
	}
	t.Fatalf("nothing is called %q", name)
	return Ref{}
}

func writeWhy(b *strings.Builder, w *Why) {
	if w == nil {
		b.WriteString("nothing\n")
		return
	}
	for _, s := range w.Steps {
		fmt.Fprintf(b, "%s%s\n", strings.Repeat("\t", s.Depth), s)
	}
	if len(w.Cycle) > 0 {
		b.WriteString("circle:")
		for _, l := range w.Cycle {
			b.WriteString(" " + l.Text)
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(b, "%s: %s\n", w.Title, w.Verdict)
}

func writeObject(b *strings.Builder, o *Object) {
	if o == nil {
		b.WriteString("nothing\n")
		return
	}
	fmt.Fprintf(b, "%s. %s\n", o.Title, o.Says)
	for _, f := range o.Fields {
		fmt.Fprintf(b, "  %-22s %s %s", f.Name, f.Value, f.Unit)
		for _, l := range f.Links {
			b.WriteString(" →" + l.Text)
		}
		if f.Source != "" {
			b.WriteString("   [" + f.Source + "]")
		}
		b.WriteString("\n")
	}
	for i, s := range o.Buffer {
		fmt.Fprintf(b, "  buffer %d: %q used=%v %s\n", i, s.Value, s.Used, s.Marks)
	}
	for _, q := range o.Queues {
		fmt.Fprintf(b, "  %s: %s\n", q.Name, q.Row.words())
	}
	for _, s := range o.Search {
		fmt.Fprintf(b, "  looks at %s: %s\n", s.Place, s.Found)
	}
}
