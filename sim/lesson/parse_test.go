//go:build !js

package lesson_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopark/sim/formula"
	"gopark/sim/lesson"
)

const goodCell = "# Title\n\nFirst *words* of it.\n\n```go cell id=a title=\"A cell\" era=go1.26 procs=1 cores=2 seed=3\npackage main\n\nfunc main() {}\n```\n"

func TestParse(t *testing.T) {
	l, problems := lesson.Parse("lessons/07-it.md", []byte(goodCell))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	c := l.Cells[0]
	want := lesson.Settings{Era: "go1.26", Procs: 1, Cores: 2, Seed: 3}
	if l.Name != "07-it" || l.Title != "Title" || l.Summary != "First words of it." {
		t.Errorf("name %q, title %q, summary %q", l.Name, l.Title, l.Summary)
	}
	if c.ID != "a" || c.Title != "A cell" || c.Settings != want || c.Line != 6 || c.Source != "package main\n\nfunc main() {}\n" {
		t.Errorf("cell %+v", c)
	}
}

func TestQuestion(t *testing.T) {
	l, problems := lesson.Parse("x.md", []byte(goodCell+"\n```predict cell=a kind=first procs=2 seeds=4\nWhat *is* it?\n\n- one two | label\n- varies\n```\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	q := l.Questions[0]
	if q.ID != "a-first" || q.Text != "What *is* it?" || q.Procs != 2 || q.Era != "go1.26" || len(q.Options) != 2 {
		t.Errorf("question %+v", q)
	}
	if q.Options[0] != (lesson.Option{Value: "one two", Label: "label"}) {
		t.Errorf("option %+v", q.Options[0])
	}
	configs := q.Configs()
	if len(configs) != 4 || configs[0].Seed != 3 || configs[3].Seed != 6 || configs[0].Procs != 2 {
		t.Errorf("configs %+v", configs)
	}
}

// TestProblems says for each mistake where it is found and how it is called.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ name, add, want string }{
		{"no info", "```\nx\n```\n", `:11:\d+: a fence says what it holds`},
		{"unknown fence", "```prediction\nx\n```\n", ":11:4: unknown fence ```prediction"},
		{"unknown attribute", "```output cell=a core=2\nx\n```\n", `:11:18: unknown attribute core: want one of cell, era`},
		{"twice", "```output cell=a cell=a\nx\n```\n", `:11:18: attribute cell is there twice`},
		{"bad number", "```output cell=a procs=none\nx\n```\n", `:11:18: procs="none": want a whole number from 1 to 64`},
		{"bad seed", "```output cell=a seed=0\nx\n```\n", `want a whole number from 1`},
		{"open quote", "```go cell id=b title=\"oh\nx\n```\n", `:11:4: a quote is not closed`},
		{"no cell", "```output cell=b\nx\n```\n", `no cell above has id=b`},
		{"second id", "```go cell id=a title=x\nx\n```\n", `a second cell with id=a`},
		{"no title", "```go cell id=b\nx\n```\n", `a cell needs a title`},
		{"bad id", "```go cell id=B title=x\nx\n```\n", `lower-case letters`},
		{"long", "```go cell id=b title=x\n" + strings.Repeat("\n", 31) + "```\n", `has 31 lines; at most 30`},
		{"attributes of plain", "```go id=b\nx\n```\n", "```go has no attributes"},
		{"no kind", "```predict cell=a\nx\n```\n", `needs a kind`},
		{"bad kind", "```predict cell=a kind=guess\nx\n```\n", `want output, first, order, next, place, value or differ`},
		{"no question", "```predict cell=a kind=first\n- a\n- b\n```\n", `the question is missing`},
		{"one option", "```predict cell=a kind=first\nx\n- a\n```\n", `one option is no choice`},
		{"no instant", "```predict cell=a kind=next\nx\n```\n", `needs an instant`},
		{"stray instant", "```predict cell=a kind=first who=main\nx\n```\n", `who belongs to kind=next and kind=place`},
		{"bad who", "```predict cell=a kind=next who=me when=ends\nx\n```\n", `want main or a goroutine`},
		{"bad when", "```predict cell=a kind=next who=main when=now\nx\n```\n", `want blocks, yields or ends`},
		{"not a goroutine", "```predict cell=a kind=next who=main when=ends\nx\n- one\n- G2\n```\n", `not a goroutine`},
		{"same option", "```predict cell=a kind=first\nx\n- a  b\n- a b\n```\n", `there twice`},
		{"one run can't vary", "```predict cell=a kind=first\nx\n- a\n- varies\n```\n", `needs seeds`},
		{"same question", "```predict cell=a kind=first\nx\n```\n\n```predict cell=a kind=first\nx\n```\n", `:15:4: a second question with id=a-first`},
		{"value of what", "```predict cell=a kind=value\nx\n```\n", `goes with a line ask:`},
		{"bad formula", "```predict cell=a kind=value\nask: max(thread)\nx\n```\n", `:12:10: want thread\(g\)`},
		{"not a condition", "```predict cell=a kind=next\nat: threads\nx\n```\n", `:12:5: this is a number: compare it`},
		{"two instants", "```predict cell=a kind=next who=main when=ends\nat: threads > 1\nx\n```\n", `named twice`},
		{"when of a value", "```predict cell=a kind=first when=ends\nx\n```\n", `when, nth and p belong to kind=next`},
		{"then of nothing", "```predict cell=a kind=value\nask: threads\nthen: end\nx\n```\n", `with a line at: from which it counts`},
		{"bad then", "```predict cell=a kind=value\nask: threads\nat: threads > 1\nthen: threads\nx\n```\n", `:14:7: this is a number: compare it`},
		{"bad pick", "```predict cell=a kind=value pick=q\nask: threads\nat: threads > 1\nx\n```\n", `want g for a goroutine`},
		{"pick when", "```predict cell=a kind=value pick=m\nask: threads\nx\n```\n", `pick needs a line at:`},
		{"pick what", "```predict cell=a kind=first pick=m\nx\n```\n", `pick belongs to kind=value`},
		{"place of whom", "```predict cell=a kind=place\nat: threads > 1\nx\n```\n", `kind=place needs who=`},
		{"differs from what", "```predict cell=a kind=differ\nx\n- time\n- output\n```\n", `kind=differ goes with against=`},
		{"differs at once", "```predict cell=a kind=differ against=go1.4\nat: threads > 1\nx\n- time\n- output\n```\n", `it has no at:`},
		{"bad option", "```predict cell=a kind=differ against=go1.4\nx\n- time | when\n- threds | how many\n```\n", `:14:3: column 1: there is no threds|:14:3: there is no threds`},
		{"nothing to order", "```predict cell=a kind=order\nx\n```\n", `needs the lines`},
		{"no goal", "```exercise id=e cell=a\nx\n```\n", `has no goal`},
		{"bad goal", "```exercise id=e cell=a\nx\ngoal: max(threads) | many\n```\n", `:13:7: this is a number`},
		{"no exercise", "```go solution exercise=e\nx\n```\n", `no exercise above has id=e`},
		{"claim about nothing", "[x](#part \"threads\")\n", `a claim or a step about a cell`},
		{"claim about no cell", "[x](#cell-b \"threads\")\n", `no cell above has id=b`},
		{"bad claim", "[5](#cell-a \"max(threds)\")\n", `:11:1: max\(threds\): column 5: there is no threds: did you mean threads`},
		{"bad setting", "[5](#cell-a \"threads @ core=2\")\n", `:11:1: unknown attribute core`},
		{"second title", "# Again\n", `:11:1: a second title`},
		{"html", "x <br> y\n", `:11:3: HTML is not shown`},
		{"html block", "<div>\nx\n</div>\n", `:11:1: HTML is not shown`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := lesson.Parse("lessons/x.md", []byte(goodCell+"\n"+c.add))
			if len(problems) != 1 || !regexp.MustCompile(c.want).MatchString(problems[0].String()) {
				t.Errorf("problems %v, want one like %s", problems, c.want)
			}
		})
	}
}

func TestNoTitleNoCell(t *testing.T) {
	_, problems := lesson.Parse("x.md", []byte("Words.\n"))
	if len(problems) != 2 || !strings.Contains(problems[0].Message, "title") || !strings.Contains(problems[1].Message, "cell") {
		t.Errorf("%v", problems)
	}
}

// TestManual parses every example of lessons/README.md, and looks in it for
// every fence and every attribute there is.
func TestManual(t *testing.T) {
	manual, err := os.ReadFile(filepath.FromSlash("../../lessons/README.md"))
	if err != nil {
		t.Fatal(err)
	}
	source := string(lesson.Examples(manual))
	l, problems := lesson.Parse("lessons/README.md", []byte(source))
	for _, p := range problems {
		t.Errorf("%v in the examples:\n%s", p, source)
	}
	if len(l.Cells) == 0 || len(l.Questions) == 0 || len(l.Outputs) == 0 || len(l.Exercises) == 0 || len(l.Marks) < 5 {
		t.Errorf("the manual shows %d cells, %d questions, %d outputs, %d exercises, %d claims and steps",
			len(l.Cells), len(l.Questions), len(l.Outputs), len(l.Exercises), len(l.Marks))
	}
	if !strings.Contains(string(manual), formula.Manual()) {
		t.Errorf("the manual's table of formulas is to be\n%s", formula.Manual())
	}
	for fence, attributes := range lesson.FenceAttributes() {
		if !strings.Contains(source, "```"+fence) {
			t.Errorf("the manual has no example of ```%s", fence)
		}
		for _, a := range attributes {
			if !strings.Contains(string(manual), "`"+a+"`") {
				t.Errorf("the manual does not mention the attribute %s of ```%s", a, fence)
			}
		}
	}
}

func TestLinks(t *testing.T) {
	l, problems := lesson.Parse("x.md", []byte(goodCell+"\nSee [it](02-it.md#part) and [that](https://go.dev/a.md).\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(l.Links) != 1 || l.Links[0] != (lesson.Link{Name: "02-it", Line: 11}) {
		t.Errorf("links %+v", l.Links)
	}
	html, err := l.HTML(lesson.Recorded{})
	if err != nil || !strings.Contains(html, `href="../02-it/#part"`) || !strings.Contains(html, `href="https://go.dev/a.md"`) {
		t.Errorf("%v\n%s", err, html)
	}
}
