//go:build !js

package lesson_test

import (
	"strings"
	"testing"

	"gopark/sim/lesson"
)

// plainLesson breaks no rule.
const plainLesson = "# T\n\nA goroutine waits. Does it?\n\n```go cell id=a title=x\npackage main\n\nfunc main() {}\n```\n\n" +
	"```predict cell=a kind=output\nat: threads > 0\nWhat?\n```\n\nIt takes [a thread](#cell-a \"max(threads) > 0\").\n\n## Two of them\n\n" +
	"```go cell id=b title=y\npackage main\n\nfunc main() {}\n```\n\n" +
	"## What differs in other eras\n\nNothing.\n\n## In the real runtime\n\nThe same.\n\n## Now you\n\n" +
	"```exercise id=e cell=a\nDo it.\n\ngoal: threads > 1 | many\n```\n\n" +
	"```go solution exercise=e\npackage main\n```\n\n```go attempt exercise=e\npackage main\n```\n"

const glossaryOfTwo = "# Words\n\n## ring\n\nA queue of 256 places.\n\n## run queue\n\nA queue.\n"

// TestLint breaks each rule once, and hears of that and of nothing else.
func TestLint(t *testing.T) {
	g, problems := lesson.ParseGlossary("g.md", []byte(glossaryOfTwo))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	words := func(n int, between string) string { return strings.TrimSpace(strings.Repeat("word"+between+" ", n)) }
	for _, c := range []struct{ name, old, new, want string }{
		{"nothing", "", "", ""},
		{"one cell", "```go cell id=b title=y\npackage main\n\nfunc main() {}\n```\n", "", "x.md:1:1: there are 1 cells"},
		{"five cells", "## Two of them\n", "## Two of them\n\n" + cellsNamed("c", "d", "e"), "there are 5 cells"},
		{"no exercise", "```exercise id=e cell=a\nDo it.\n\ngoal: threads > 1 | many\n```\n\n```go solution exercise=e\npackage main\n```\n\n```go attempt exercise=e\npackage main\n```\n", "Go on.\n", "there is no exercise"},
		{"no claim", `[a thread](#cell-a "max(threads) > 0")`, "a thread", "there is no claim and no step"},
		{"late question", "```predict cell=a kind=output\nat: threads > 0\nWhat?\n```\n\nIt takes [a thread](#cell-a \"max(threads) > 0\").\n\n## Two of them\n", "It takes [a thread](#cell-a \"max(threads) > 0\").\n\n## Two of them\n\n```predict cell=a kind=output\nat: threads > 0\nWhat?\n```\n", "nothing is asked before the first section"},
		{"no instant", "at: threads > 0\n", "", "no question stops the run"},
		{"exercise too early", "## Now you\n\n```exercise id=e cell=a\nDo it.\n\ngoal: threads > 1 | many\n```\n", "```exercise id=e cell=a\nDo it.\n\ngoal: threads > 1 | many\n```\n\n## Now you\n", `x.md:34:1: an exercise before "Now you"`},
		{"no eras", "## What differs in other eras\n\nNothing.\n\n", "", `there is no section "What differs in other eras"`},
		{"stray section", "## Now you\n", "## And more\n\nMore.\n\n## Now you\n", `the section "And more" stands among the last ones`},
		{"deep heading", "## Two of them\n", "#### Two of them\n", `the heading "Two of them" is of level 4 below one of level 1`},
		{"long heading", "## Two of them\n", "## " + words(20, "") + "\n", "is longer than 60 characters"},
		{"sentence of a heading", "## Two of them\n", "## Two of them.\n", "ends with a full stop"},
		{"heading twice", "## Two of them\n", "## Two of them\n\n## Two of them\n", `a second heading "Two of them"`},
		{"wall", "Nothing.\n", words(130, ".") + "\n", "a paragraph of 130 words"},
		{"long sentence", "Nothing.\n", words(50, "") + ".\n", "a sentence of 50 words"},
		{"long sentence in a list", "Nothing.\n", "- One.\n- " + words(50, "") + ".\n", "a sentence of 50 words"},
		{"undefined", "Nothing.\n", "It waits on a futex.\n", `the word "futex" is explained nowhere`},
		{"undefined capitals", "Nothing.\n", "It sends SIGFOO.\n", `the word "SIGFOO" is explained nowhere`},
		{"defined here", "Nothing.\n", "It waits on a *futex*, a word in memory. A futex is cheap.\n", ""},
		{"defined in the glossary", "Nothing.\n", "There are two rings and 8 KB of run queues.\n", ""},
		{"code speaks for itself", "Nothing.\n", "It calls `futex`, and sends `SIGFOO`.\n", ""},
		{"broken link", "Nothing.\n", "It [takes](#cell-a 'threads > 0).\n", "a link that is none"},
		{"hidden term", "Nothing.\n", "It is [in the ring](other.md).\n", `the term "ring" stands in links alone`},
	} {
		if !strings.Contains(plainLesson, c.old) {
			t.Fatalf("%s: the lesson has no %q", c.name, c.old)
		}
		l, problems := lesson.Parse("x.md", []byte(strings.Replace(plainLesson, c.old, c.new, 1)))
		if len(problems) > 0 {
			t.Fatal(c.name, problems)
		}
		problems = l.Lint("x.md", g)
		switch {
		case c.want == "" && len(problems) > 0:
			t.Errorf("%s: %v", c.name, problems)
		case c.want != "" && (len(problems) != 1 || !strings.Contains(problems[0].String(), c.want)):
			t.Errorf("%s: %v, want one with %s", c.name, problems, c.want)
		}
	}
}

func cellsNamed(ids ...string) string {
	var b strings.Builder
	for _, id := range ids {
		b.WriteString("```go cell id=" + id + " title=z\npackage main\n\nfunc main() {}\n```\n\n")
	}
	return b.String()
}
