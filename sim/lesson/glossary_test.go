//go:build !js

package lesson_test

import (
	"strings"
	"testing"

	"gopark/sim/lesson"
)

const glossary = "# Words\n\n## queue\n\nWho comes first *leaves* first.\n\n## run queue\n\nOf those that can run.\n\nMore of it.\n"

func TestExplain(t *testing.T) {
	g, problems := lesson.ParseGlossary("glossary.md", []byte(glossary))
	if len(problems) > 0 || g.Title != "Words" || len(g.Terms) != 2 || g.Terms[0].Says != "Who comes first leaves first." {
		t.Fatal(problems, g)
	}
	l, problems := lesson.Parse("x.md", []byte(goodCell+"\n## A queue\n\nThe `queue` of queueing. Run queues are queues, and a queue\nis a run queue.\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l.Explain(g)
	html, err := l.HTML(lesson.Recorded{})
	if err != nil {
		t.Fatal(err)
	}
	const want = `<p>The <code>queue</code> of queueing. <a href="../../glossary/#run-queue" class="term" data-says="Of those that can run.">Run queues</a>` +
		` are <a href="../../glossary/#queue" class="term" data-says="Who comes first leaves first.">queues</a>, and a queue` + "\nis a run queue.</p>"
	if !strings.Contains(html, want) {
		t.Errorf("no\n%s\nin\n%s", want, html)
	}
}

func TestGlossaryProblems(t *testing.T) {
	_, problems := lesson.ParseGlossary("g.md", []byte("## a\n\nx\n\n## b\n\n## A\n\nx\n"))
	want := []string{"g.md:5:1: the term b is not explained", "g.md:7:1: the term A is there twice", "g.md:1:1: a glossary begins with its title"}
	if len(problems) != len(want) {
		t.Fatal(problems)
	}
	for i, p := range problems {
		if !strings.HasPrefix(p.String(), want[i]) {
			t.Errorf("%v, want %s", p, want[i])
		}
	}
}
