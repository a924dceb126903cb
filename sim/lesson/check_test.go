//go:build !js

package lesson_test

import (
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/lesson"
)

// check parses goodCell with more text and checks it against a simulator that
// always prints the same.
func check(t *testing.T, add, printed string) []lesson.Problem {
	t.Helper()
	l, problems := lesson.Parse("x.md", []byte(goodCell+"\n"+add))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	_, problems = l.Check("x.md", func(*lesson.Cell, sim.Config) (sim.Recording, []sim.Diagnostic) {
		return prints(printed), nil
	})
	return problems
}

func TestCheck(t *testing.T) {
	for _, c := range []struct{ name, add, want string }{
		{"true", "```output cell=a\none two\n```\n", ""},
		{"false", "```output cell=a procs=2\ntwo one\n```\n", "x.md:11:1: with Go 1.26, GOMAXPROCS=2, 2 cores, seed 3 the cell a prints"},
		{"a right option", "```predict cell=a kind=first\nx\n- one\n- two\n```\n", ""},
		{"no right option", "```predict cell=a kind=first\nx\n- two\n- three\n```\n", "x.md:11:1: no option is right: Not this time. It prints “one two” first."},
		{"all options right", "```predict cell=a kind=first\nx\n- one\n- one two\n```\n", "every option is right"},
		{"no instant", "```predict cell=a kind=next who=main when=ends\nx\n```\n", "the question has no answer"},
	} {
		problems := check(t, c.add, "one two")
		switch {
		case c.want == "" && len(problems) > 0:
			t.Errorf("%s: %v", c.name, problems)
		case c.want != "" && (len(problems) != 1 || !strings.Contains(problems[0].String(), c.want)):
			t.Errorf("%s: %v, want %s", c.name, problems, c.want)
		}
	}
}

// TestCheckDiagnostics: a mistake in a program is at its line of the lesson.
func TestCheckDiagnostics(t *testing.T) {
	l, _ := lesson.Parse("x.md", []byte(goodCell))
	_, problems := l.Check("x.md", func(*lesson.Cell, sim.Config) (sim.Recording, []sim.Diagnostic) {
		return nil, []sim.Diagnostic{{Line: 3, Column: 6, Message: "oh"}}
	})
	if len(problems) != 1 || problems[0].String() != "x.md:8:6: oh" {
		t.Errorf("%v", problems)
	}
}
