package lessons_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gopark/lessons"
	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/lesson"
)

// TestNames: a file that doesn't look like a lesson would be left out silently.
func TestNames(t *testing.T) {
	for _, name := range names(t) {
		if !regexp.MustCompile(`^\d\d-[a-z0-9-]+\.md$`).MatchString(name) {
			t.Errorf("%s: want NN-name.md", name)
		}
	}
}

func names(t *testing.T) []string {
	t.Helper()
	all, err := fs.Glob(lessons.Files, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range all {
		if name != "README.md" && name != "glossary.md" && name != playground {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		t.Fatal("no lessons")
	}
	return names
}

func parse(t *testing.T, name string) *lesson.Lesson {
	t.Helper()
	source, err := lessons.Files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	l, problems := lesson.Parse("lessons/"+name, source)
	for _, p := range problems {
		t.Error(p)
	}
	if len(problems) > 0 {
		t.FailNow()
	}
	return l
}

// playground is the page of example programs; it is not a lesson.
const playground = "playground.md"

// TestPlayground: every example prints here what real Go prints, at any number
// of processors.
func TestPlayground(t *testing.T) {
	for _, c := range parse(t, playground).Cells {
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			want := realGo(t, compiled(t, c), "4")
			for procs := range 5 { // 0: the machine's choice
				cfg := c.Config()
				cfg.Procs = procs
				rec, diagnostics := record(c, cfg)
				if rec == nil {
					t.Fatal(diagnostics)
				}
				rec.Advance(0, 0)
				if got := lesson.Printed(rec); got != want {
					t.Errorf("with GOMAXPROCS=%d the simulator prints\n%s\nreal Go prints\n%s", procs, got, want)
				}
			}
		})
	}
}

// TestProse holds lessons to the rules of their manual, and links to files that
// are there.
func TestProse(t *testing.T) {
	g := glossary(t)
	for _, name := range names(t) {
		l := parse(t, name)
		for _, p := range l.Lint("lessons/"+name, g) {
			t.Error(p)
		}
		for _, link := range l.Links {
			if _, err := fs.Stat(lessons.Files, link.Name+".md"); err != nil {
				t.Errorf("lessons/%s:%d: no lesson %s.md to link to", name, link.Line, link.Name)
			}
		}
	}
}

func glossary(t *testing.T) *lesson.Glossary {
	t.Helper()
	source, err := lessons.Files.ReadFile("glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	g, problems := lesson.ParseGlossary("lessons/glossary.md", source)
	for _, p := range problems {
		t.Error(p)
	}
	return g
}

// TestGlossary: the glossary is in order, and every lesson's words are linked to it.
func TestGlossary(t *testing.T) {
	g := glossary(t)
	if !slices.IsSortedFunc(g.Terms, func(a, b lesson.Term) int { return strings.Compare(strings.ToLower(a.Word), strings.ToLower(b.Word)) }) {
		t.Error("the terms of lessons/glossary.md are not in alphabetical order")
	}
	for _, name := range names(t) {
		l := parse(t, name)
		l.Explain(g)
		html, err := l.HTML(lesson.Recorded{})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(html, `class="term"`) {
			t.Errorf("%s has none of the glossary's words", name)
		}
	}
}

// TestTrue runs every cell of every lesson, and checks every output and every
// question.
func TestTrue(t *testing.T) {
	for _, name := range names(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := parse(t, name)
			_, problems := l.Check("lessons/"+name, record)
			for _, p := range problems {
				t.Error(p)
			}
		})
	}
}

// TestManual runs the manual's examples: what they say has to be true as well.
func TestManual(t *testing.T) {
	manual, err := lessons.Files.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	l, problems := lesson.Parse("lessons/README.md", lesson.Examples(manual))
	for _, p := range problems {
		t.Error(p)
	}
	_, problems = l.Check("the manual's examples", record)
	for _, p := range problems {
		t.Error(p)
	}
}

func record(c *lesson.Cell, cfg sim.Config) (sim.Recording, []sim.Diagnostic) {
	prog, diagnostics, err := host.Load("main.go", c.Source)
	if err == nil && prog != nil {
		var rec sim.Recording
		if rec, err = prog.Record(cfg); err == nil {
			return rec, nil
		}
	}
	if err != nil {
		diagnostics = append(diagnostics, sim.Diagnostic{Line: 1, Column: 1, Message: err.Error()})
	}
	return nil, diagnostics
}

// tries is how often real Go may print something else: on a busy computer a
// goroutine is now and then interrupted where it otherwise never is, and who sleeps
// for microseconds wakes in another order four times out of five.
const tries = 100

// TestRealGo runs the cells that fix an order, GOMAXPROCS=1 on the era of the
// toolchain at hand, with the real go command, and compares.
func TestRealGo(t *testing.T) {
	version := regexp.MustCompile(`^go\d+\.\d+`).FindString(runtime.Version())
	ran := 0
	for _, name := range names(t) {
		l := parse(t, name)
		for _, c := range l.Cells {
			if c.Procs != 1 || c.Era != version || c.Unreal || c.Limit > 0 { // with a limit it may never end
				continue
			}
			ran++
			t.Run(l.Name+"/"+c.ID, func(t *testing.T) {
				rec, diagnostics := record(c, c.Settings.Config())
				if rec == nil {
					t.Fatal(diagnostics)
				}
				rec.Advance(0, 0)
				got, seen := lesson.Printed(rec), map[string]bool{}
				binary := compiled(t, c)
				for range tries {
					want := realGo(t, binary, "1")
					if got == want {
						return
					}
					seen[want] = true
				}
				t.Errorf("the simulator prints\n%s\nreal Go never does, in %d runs:\n%q", got, tries, slices.Sorted(maps.Keys(seen)))
			})
		}
	}
	if ran == 0 {
		t.Errorf("no cell runs on %s with GOMAXPROCS=1", version)
	}
}

// realGo is what a program prints to standard output.
func realGo(t *testing.T, binary, procs string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary)
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+procs)
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) { // a deadlock is an exit code, too
		t.Fatal(err)
	}
	return string(out)
}

// compiled is the cell's program, compiled by the toolchain.
func compiled(t *testing.T, c *lesson.Cell) string {
	t.Helper()
	dir := t.TempDir()
	file, binary := filepath.Join(dir, "main.go"), filepath.Join(dir, "main")
	if err := os.WriteFile(file, []byte(c.Source), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", binary, file).CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}
