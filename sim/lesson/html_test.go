//go:build !js

package lesson_test

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"gopark/sim/lesson"
)

const page = "# Title\n\nWords.\n\n## A part\n\n```go cell id=a title=\"It's \\\"a\\\" <cell>\" procs=1\npackage main\n\nfunc main() { println(\"<b>\", 1) } // ünd\n```\n\n" +
	"```predict cell=a kind=first\nWhat is `x`?\n\n- <one> | the *one*\n- two\n```\n\n```output cell=a\n<one>\n```\n\n```go\nvar x int\n```\n\n[x](javascript:alert)\n\n## Teil\u00fcbung\n"

func TestHTML(t *testing.T) {
	l, problems := lesson.Parse("x.md", []byte(page))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got, err := l.HTML(lesson.Recorded{
		Output: map[string]string{"a": "<one>\n"},
		Answer: map[string][]string{"a-first": {"<one>"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<h1 id="title">Title</h1>`,
		`<h2 id="a-part">A part</h2>`,
		`<h2 id="teilübung">`,
		`<section class="cell" id="cell-a" aria-label="It&#39;s`,
		`<pre class="program" tabindex="0"><code><span class="kw">package</span> main`,
		`<span class="st">&#34;&lt;b&gt;&#34;</span>, <span class="nu">1</span>`,
		`<span class="cm">// ünd</span>`,
		`<details class="recorded"><summary>What it prints</summary><pre><samp>&lt;one&gt;`,
		`<p>What is <code>x</code>?</p>`,
		`<li>the *one*</li><li>two</li>`,
		`<noscript><details class="ask-answer"><summary>The simulator's answer</summary><p>the *one*</p>`,
		`<figcaption>Today’s Go, GOMAXPROCS=1 prints</figcaption><pre><samp>&lt;one&gt;`,
		`<code><span class="kw">var</span> x int`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(got, "javascript:") {
		t.Error("a javascript: link got through")
	}
	if t.Failed() {
		t.Log(got)
	}
}

// TestHTMLData: the page finds the cell and the question in the attributes, and
// the source, byte for byte, in the text.
func TestHTMLData(t *testing.T) {
	l, _ := lesson.Parse("x.md", []byte(page))
	got, err := l.HTML(lesson.Recorded{})
	if err != nil {
		t.Fatal(err)
	}
	var cell lesson.Cell
	var ask lesson.Question
	for attr, v := range map[string]any{"data-cell": &cell, "data-ask": &ask} {
		m := regexp.MustCompile(attr + `="([^"]*)"`).FindStringSubmatch(got)
		if err := json.Unmarshal([]byte(html.UnescapeString(m[1])), v); err != nil {
			t.Errorf("%s: %v", attr, err)
		}
	}
	if cell.ID != "a" || cell.Procs != 1 || ask.Cell != "a" || ask.Kind != lesson.AskFirst || len(ask.Options) != 2 {
		t.Errorf("cell %+v, question %+v", cell, ask)
	}
	code := regexp.MustCompile(`(?s)class="program" tabindex="0"><code>(.*?)</code>`).FindStringSubmatch(got)[1]
	text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(code, ""))
	if text != l.Cells[0].Source {
		t.Errorf("source\n%q\nwant\n%q", text, l.Cells[0].Source)
	}
}

// FuzzHighlight: highlighting never changes the text.
func FuzzHighlight(f *testing.F) {
	f.Add("package main // x\r\n/* \r */ `a\rb` 'x' \"&<\" 0x1 func")
	f.Add("\"open\n`")
	f.Add("/* open\r\n")
	f.Fuzz(func(t *testing.T, source string) {
		got := html.UnescapeString(regexp.MustCompile(`</?span[^>]*>`).ReplaceAllString(lesson.Highlight(source), ""))
		if want := html.UnescapeString(html.EscapeString(source)); got != want {
			t.Errorf("%q became %q", want, got)
		}
	})
}
