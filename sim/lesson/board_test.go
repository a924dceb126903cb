//go:build !js

package lesson_test

import (
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/lesson"
)

// five starts five goroutines and waits: the last is in runnext, the others in
// the ring. One more waits for nobody.
const five = `package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	go func() { <-make(chan int) }()
	time.Sleep(time.Millisecond)
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Go(func() { fmt.Println("goroutine", i) })
	}
	wg.Wait()
}
`

// asked parses a question about a program and records what it needs.
func asked(t *testing.T, program, predict string) (*lesson.Question, []sim.Recording) {
	t.Helper()
	source := "# T\n\n```go cell id=a title=x era=go1.26 procs=1 cores=2 seed=1\n" + program + "```\n\n```predict " + predict + "```\n"
	l, problems := lesson.Parse("x.md", []byte(source))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	q := l.Questions[0]
	var recs []sim.Recording
	for _, cfg := range q.Configs() {
		rec, diagnostics := simulate(t)(l.Cells[0], cfg)
		if rec == nil {
			t.Fatal(diagnostics)
		}
		recs = append(recs, rec)
	}
	return q, recs
}

// TestOtherwise: a right answer is right, and a wrong one is told what would have
// had to be otherwise, from the run.
func TestOtherwise(t *testing.T) {
	const waits = "at: goroutines == 7\n"
	for _, c := range []struct{ name, predict, answer, says string }{
		{"next, right", "cell=a kind=next\n" + waits + "Who?\n", "G12", "Right. G12 runs next: it was in P0's runnext."},
		{"in the ring", "cell=a kind=next\n" + waits + "Who?\n", "G9", "Not this time. G12 runs next: it was in P0's runnext. G9 is number 2 in P0’s queue; for it to run next, G12 and G8 before it would have had to be gone: stolen by another P."},
		{"at the head", "cell=a kind=next\n" + waits + "Who?\n", "G8", "for it to run next, G12 before it would have had to be gone"},
		{"waits for ever", "cell=a kind=next\n" + waits + "Who?\n", "G7", "G7 waits (chan receive): it would have had to be made runnable first, and in this run nobody does that any more."},
		{"runs", "cell=a kind=next\n" + waits + "Who?\n", "G1", "G1 runs at this instant"},
		{"not yet", "cell=a kind=next\nat: goroutines == 4\nWho?\n", "G11", "G11 does not exist yet: it is created "},
		{"nobody", "cell=a kind=next\n" + waits + "Who?\n", "G99", "There is no G99 in this run."},
		{"was kicked", "cell=a kind=next\nat: next(0) == G8\nWho?\n", "G8", "G8 was to be next, and did not stay so: a younger one took its place in runnext."},

		{"place, right", "cell=a kind=place who=G12\nat: goroutines == 6\nWhere?\n", "P0.next", "Right. G12 is created on P0, and goes into P0’s runnext."},
		{"ring", "cell=a kind=place who=G12\nat: goroutines == 6\nWhere?\n", "P0.ring", "It comes into P0’s queue only when a younger one takes its place in runnext."},
		{"global", "cell=a kind=place who=G12\nat: goroutines == 6\nWhere?\n", "global", "For the global queue it would have had to step aside or be interrupted"},

		{"printed next", "cell=a kind=first\n" + waits + "What?\n", "goroutine 4", "Right. It prints “goroutine 4” next."},
		{"printed later", "cell=a kind=first\n" + waits + "What?\n", "goroutine 1", "“goroutine 1” is printed by G9, 2 lines later; for it to come here, G9 would have had to run before G12."},
		{"never printed", "cell=a kind=first\n" + waits + "What?\n", "goroutine 7", "“goroutine 7” would have had to be printed here, and from here on it never is."},

		{"counted from at", "id=c cell=a kind=value\nask: count(GoCreate)\n" + waits + "then: end\nHow many more?\n", "0", "Right."},
		{"a thread", "id=c cell=a kind=value pick=m\nask: thread(main)\n" + waits + "Which?\n", "M99", "Not this time. It is M0. In this run it never is M99."},
		{"was before", "id=c cell=a kind=value\nask: goroutines\n" + waits + "How many?\n", "3", "Not this time. goroutines is 7. It was 3 at "},
		{"comes later", "id=c cell=a kind=value\nask: goroutines\nat: goroutines == 4\nHow many?\n", "6", "It is 6 only from "},
		{"not true", "id=c cell=a kind=value\nask: ring(0) > 9\n" + waits + "Many?\n", "yes", "For the other answer this would have had to be otherwise: ring(0) was 3."},

		{"differs", "cell=a kind=differ against=go1.4\nWhat?\n- output | the order\n- procs | the Ps\n", "output", "Right. With Go 1.26: goroutine 4 goroutine 0 goroutine 1 goroutine 2 goroutine 3; with Go 1.4: goroutine 0 goroutine 1"},
		{"differs not", "cell=a kind=differ against=go1.4\nWhat?\n- output | the order\n- procs | the Ps\n", "procs", "Not this time. With Go 1.26 and with Go 1.4 it is the same: 1. What differs: the order."},
		{"an option with bars", "cell=a kind=differ against=go1.4\nWhat?\n- output | the order\n- procs == 1 || cores == 9 | one of them\n", "procs == 1 || cores == 9", "Not this time. With Go 1.26 and with Go 1.4 it is the same: yes. What differs: the order."},
	} {
		program := five
		if strings.Contains(c.predict, "go1.4") {
			program = strings.Replace(strings.Replace(five, "wg.Go(func() {", "wg.Add(1)\n\t\tgo func() {\n\t\tdefer wg.Done()\n", 1), ") })\n\t}\n\twg", ") }()\n\t}\n\twg", 1)
		}
		q, recs := asked(t, program, c.predict)
		r := lesson.GradeAll(recs, q, c.answer)
		if r.Right != strings.HasPrefix(c.says, "Right.") || !strings.Contains(r.Sentence, c.says) {
			t.Errorf("%s: %v %s\nwant %s", c.name, r.Right, r.Sentence, c.says)
		}
	}
}

// TestSeen: the answer can be seen after Event events, and not before the
// instant at which it is asked for.
func TestSeen(t *testing.T) {
	for _, predict := range []string{
		"cell=a kind=next\nat: goroutines == 7\nWho?\n",
		"cell=a kind=first\nat: goroutines == 7\nWhat?\n",
		"cell=a kind=place who=G12\nat: goroutines == 6\nWhere?\n",
	} {
		q, recs := asked(t, five, predict)
		r := lesson.GradeAll(recs, q, "") // runs it to its end
		if n, _ := q.Instant(recs[0]); n < 0 || r.Event <= n {
			t.Errorf("%s: asked after %d events, seen after %d", predict, n, r.Event)
		}
	}
}

// TestUnseen: a goroutine that does not exist yet can't be pointed at.
func TestUnseen(t *testing.T) {
	source := "# T\n\n```go cell id=a title=x era=go1.26 procs=1 cores=2 seed=1\n" + five + "```\n\n```predict cell=a kind=next\nat: goroutines == 3\nWho?\n```\n"
	l, problems := lesson.Parse("x.md", []byte(source))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	_, problems = l.Check("x.md", simulate(t))
	if len(problems) != 1 || !strings.Contains(problems[0].Message, "the right answer is G12, which is not on the board at that instant") {
		t.Error(problems)
	}
}
