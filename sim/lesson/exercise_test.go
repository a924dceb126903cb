//go:build !js

package lesson_test

import (
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/lesson"
)

const twoChannels = "# T\n\n```go cell id=a title=x era=go1.26 procs=1 cores=2 seed=1\n" + `package main

func main() {
	c := make(chan int)
	go func() { c <- 1 }()
	println(<-c)
}
` + "```\n\n"

const exercise = "```exercise id=e cell=a eras=\"go1.4 go1.26\"\nDo it.\n\n" +
	"goal: errors == \"1\\n2\\n\" | two lines\ngoal: makes(\"chan\") == 1 && same(errors) | one channel, whatever the era\n\n- Look.\n- Look *again*.\n```\n\n"

const solved = "```go solution exercise=e\n" + `package main

func main() {
	c := make(chan int)
	go func() { c <- 1; c <- 2 }()
	println(<-c)
	println(<-c)
}
` + "```\n\n"

const failed = "```go attempt exercise=e\n" + `package main

func main() {
	c, d := make(chan int), make(chan int)
	go func() { c <- 1; d <- 2 }()
	println(<-c)
	println(<-d)
}
` + "```\n\n"

func simulate(t *testing.T) lesson.Record {
	return func(c *lesson.Cell, cfg sim.Config) (sim.Recording, []sim.Diagnostic) {
		prog, diagnostics, err := host.Load("main.go", c.Source)
		if err != nil {
			t.Fatal(err)
		}
		if prog == nil {
			return nil, diagnostics
		}
		rec, err := prog.Record(cfg)
		if err != nil {
			t.Fatal(err)
		}
		return rec, nil
	}
}

// TestCheckExercise: a solution has to do, an attempt and the cell must not.
func TestCheckExercise(t *testing.T) {
	asSolution := strings.NewReplacer("attempt", "solution")
	asAttempt := strings.NewReplacer("solution", "attempt")
	for _, c := range []struct{ name, text, want string }{
		{"good", exercise + solved + failed, ""},
		{"no solution", exercise + failed, "x.md:13:1: the exercise e has no solution"},
		{"no attempt", exercise + solved, "x.md:13:1: the exercise e has no wrong attempt"},
		{"a solution that fails", exercise + solved + failed + asSolution.Replace(failed), `the solution doesn't do: one channel, whatever the era (Go 1.4, GOMAXPROCS=1, 2 cores, seed 1: makes("chan") was 2)`},
		{"an attempt that succeeds", exercise + solved + failed + asAttempt.Replace(solved), "this does what the exercise e asks for"},
		{"a solved cell", strings.NewReplacer(`"1\n2\n"`, `"1\n"`).Replace(exercise) + "```go solution exercise=e\n" + strings.Split(twoChannels, "\n")[3] + "\n\nfunc main() { make(chan int, 1) <- 1; println(1) }\n```\n" + failed,
			"this does what the exercise e asks for"},
	} {
		l, problems := lesson.Parse("x.md", []byte(twoChannels+c.text))
		if len(problems) > 0 {
			t.Fatal(c.name, problems)
		}
		_, problems = l.Check("x.md", simulate(t))
		if c.want == "" && len(problems) > 0 || c.want != "" && (len(problems) != 1 || !strings.Contains(problems[0].String(), c.want)) {
			t.Errorf("%s: %v\nwant %s", c.name, problems, c.want)
		}
	}
}

// TestCheckMarks: what the text claims is compared, where a step leads is tried.
func TestCheckMarks(t *testing.T) {
	for text, want := range map[string]string{
		`[two goroutines](#cell-a "max(goroutines)")`:                      "",
		`[three goroutines](#cell-a "max(goroutines)")`:                    "max(goroutines) is 2, and not 3",
		`[goroutines](#cell-a "max(goroutines)")`:                          `"goroutines" has no number`,
		`[it parks](#cell-a 'ever(reason(main) == "chan receive")')`:       "",
		`[it spins](#cell-a "count(SpinBegin) > 1000")`:                    "this is not true: count(SpinBegin) > 1000: count(SpinBegin) was ",
		`[go1.4](#cell-a "era @ era=go1.4")`:                               "",
		`[1.26](#cell-a "era")`:                                            `era is "go1.26", and not "1.26"`,
		`[on](#cell-a 'until status(main) == "waiting"')`:                  "",
		`[on](#cell-a 'until reason(main) == "select" @ procs=3')`:         `GOMAXPROCS=3, 2 cores, seed 1 it never comes to that: reason(main) == "select"`,
		`[again](#cell-a "run @ era=threads")`:                             "",
		"[*within* a **millisecond**: 1 ms](#cell-a \"time / ms + 1*ms\")": "",
	} {
		l, problems := lesson.Parse("x.md", []byte(twoChannels+text+"\n"))
		if len(problems) > 0 {
			t.Fatal(text, problems)
		}
		_, problems = l.Check("x.md", simulate(t))
		if want == "" && len(problems) > 0 || want != "" && (len(problems) != 1 || !strings.Contains(problems[0].String(), want)) {
			t.Errorf("%s: %v\nwant %s", text, problems, want)
		}
	}
}

func TestExerciseHTML(t *testing.T) {
	l, problems := lesson.Parse("x.md", []byte(twoChannels+exercise+solved+failed+`[on](#cell-a 'until status(main) == "waiting"') and [two](#cell-a "max(goroutines)")`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	html, err := l.HTML(lesson.Recorded{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<div class="exercise" id="exercise-e" role="group" aria-label="Exercise" data-exercise="{&#34;id&#34;:&#34;e&#34;,&#34;cell&#34;:&#34;a&#34;,&#34;eras&#34;:[`,
		`<ul class="exercise-goals"><li><p>two lines</p></li>`,
		`<details class="hint"><summary>Hint 2 of 2</summary><p>Look <em>again</em>.</p></details>`,
		`<details class="solution" data-exercise="e" data-settings="{&#34;era&#34;:&#34;go1.26&#34;,&#34;procs&#34;:1,&#34;cores&#34;:2,&#34;seed&#34;:1}"><summary>A solution</summary><pre class="program" tabindex="0"><code><span class="kw">package</span>`,
		`<a href="#cell-a" class="step" data-mark="{&quot;cell&quot;:&quot;a&quot;`,
		`<a href="#cell-a" class="claim" data-mark="{`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in\n%s", want, html)
		}
	}
	if strings.Contains(html, "c, d") {
		t.Error("the wrong attempt is shown")
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[string]int64{
		"42 threads": 42, "about 1,000,000 of them": 1000000, "8 KB": 8192, "2KB": 2048, "(1.5 ms)": 1500000, "20 µs": 20000,
		"Five threads": 5, "no threads": 0, "2 seconds": 2e9, "it is -1": -1, "10 milliseconds.": 10e6, "twice": 2,
	} {
		if got, ok := lesson.AmountOf(text); !ok || got.Num != want {
			t.Errorf("%q is %d, %v, want %d", text, got.Num, ok, want)
		}
	}
	if n, ok := lesson.AmountOf("none of these words"); ok {
		t.Error(n)
	}
}

// TestRounded: a text with a unit is as exact as it is written.
func TestRounded(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int64
		is   bool
	}{
		{"12 ms", 12_008_492, true}, {"12 ms", 12_600_000, false}, {"1 ms", 1_400_000, false}, {"12.0 ms", 12_040_000, true},
		{"12.0 ms", 12_060_000, false}, {"8 KB", 8192, true}, {"2 KB", 2400, false}, {"12", 12, true}, {"12 threads", 13, false},
	} {
		if a, _ := lesson.AmountOf(c.text); a.Is(c.n) != c.is {
			t.Errorf("%q for %d: %v", c.text, c.n, a.Is(c.n))
		}
	}
}

// TestProof: a claim says its formula's value in the unit of its words, and what
// was compared.
func TestProof(t *testing.T) {
	l, problems := lesson.Parse("x.md", []byte(twoChannels))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	c := l.Cells[0]
	rec, diagnostics := simulate(t)(c, c.Config())
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	rec.Advance(0, 0)
	run := lesson.Run(rec, c.Era, c.Source)
	for _, p := range []struct{ formula, words, want string }{
		{"max(goroutines)", "two", "is 2 under Go 1.26, GOMAXPROCS=1, 2 cores, seed 1."},
		{"max(goroutines) * KB", "2 kb", "is 2 KB under Go 1.26, GOMAXPROCS=1, 2 cores, seed 1."},
		{"1500 * us", "1.5 ms", "is 1.5 ms under Go 1.26, GOMAXPROCS=1, 2 cores, seed 1."},
		{"max(goroutines) == 2", "it has two", "is true under Go 1.26, GOMAXPROCS=1, 2 cores, seed 1: max(goroutines) was 2."},
	} {
		m := &lesson.Mark{Settings: c.Settings, Formula: p.formula}
		if got := m.Proof(run, p.words); got != p.want {
			t.Errorf("%s: %s\nwant %s", p.formula, got, p.want)
		}
	}
	seek := func(until string) int { return (&lesson.Mark{Until: until}).Seek(run) }
	if n := seek(`status(main) == "waiting"`); n <= 0 || n >= rec.Log().Len() {
		t.Errorf("main waits after %d events", n)
	}
	if n := seek("goroutines == 9"); n != -1 {
		t.Errorf("what never is, is after %d events", n)
	}
}
