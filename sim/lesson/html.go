//go:build !js

package lesson

// The HTML of a lesson. It is complete without scripts; a page that has them
// takes over the elements below and finds everything in them. The names are a
// contract between this file, the style sheet and the page:
//
//	<section class="cell" id="cell-ID" aria-label="TITLE" data-cell='{"id":…,"title":…,"era":…,"procs":…,"cores":…,"seed":…}'>
//	  <h2 class="cell-title">TITLE</h2>
//	  <pre class="program" tabindex="0"><code>…</code></pre>          textContent is the source, byte for byte
//	  <p class="settings">Go 1.26, GOMAXPROCS=1, …</p>
//	  <details class="recorded"><summary>…</summary><pre><samp>…</samp></pre></details>
//	  <details class="recorded"><summary>…</summary>…</details>    a picture of the last instant
//	</section>
//
//	<div class="ask" id="ask-ID" role="group" aria-label="Prediction" data-ask='{"id":…,"cell":…,"era":…,"kind":…,"options":[{"value":…,"label":…}]…}'>
//	  <div class="ask-text">…</div>
//	  <ul class="ask-options"><li>…</li></ul>            none if the reader types the answer, or points at it on the board
//	  <noscript>…</noscript>                             the answer, for readers without scripts
//	</div>
//
//	<div class="exercise" id="exercise-ID" role="group" aria-label="Exercise" data-exercise='{"id":…,"cell":…,"goals":[{"formula":…,"label":…}]…}'>
//	  <div class="exercise-text">…</div>
//	  <ul class="exercise-goals"><li>…</li></ul>
//	  <details class="hint"><summary>Hint 1 of 2</summary>…</details>
//	</div>
//	<details class="solution" data-exercise="ID" data-settings='{"era":…}'><summary>A solution</summary><pre class="program" tabindex="0">…</pre><p class="settings">…</p></details>
//
//	<a class="claim" href="#cell-ID" data-mark='{"cell":…,"formula":…}'>42 threads</a>
//	<a class="step" href="#cell-ID" data-mark='{"cell":…,"until":…}'>step until G7 waits</a>
//
//	<figure class="prints"><figcaption>…</figcaption><pre><samp>…</samp></pre></figure>
//
//	<a class="term" href="../../glossary/#ID" data-says="WHAT IT IS">runnext</a>
//
// data-cell is a Cell, data-ask a Question, data-exercise an Exercise,
// data-settings are Settings and data-mark is a Mark, as JSON. A setting that is
// absent or 0 is the era's or the machine's default. Highlighted source has
// spans of the classes kw, st, nu and cm; see Highlight. Headings have ids.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// Recorded is what the simulator found when the page was made.
type Recorded struct {
	Output map[string]string   // what a cell printed, by its id
	Answer map[string][]string // the right answers of a question, by its id
	// Picture is HTML that shows how a cell's run ends, by its id.
	Picture map[string]string
}

// HTML renders the lesson, from its title on. What recorded lacks is left out.
func (l *Lesson) HTML(recorded Recorded) (string, error) {
	md := markdown()
	md.Renderer().AddOptions(renderer.WithNodeRenderers(
		util.Prioritized(&fenceRenderer{lesson: l, recorded: recorded}, 1))) // before goldmark's own, at 1000
	var b bytes.Buffer
	err := md.Renderer().Render(&b, l.source, l.doc)
	return b.String(), err
}

// fenceRenderer renders fences by what they mean.
type fenceRenderer struct {
	lesson   *Lesson
	recorded Recorded
}

// RegisterFuncs implements goldmark's renderer.NodeRenderer.
func (r *fenceRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, r.fence)
}

func (r *fenceRenderer) fence(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	var s string
	switch f := r.lesson.fences[n].(type) {
	case *Cell:
		s = r.cell(f)
	case *Question:
		s = r.question(f)
	case *Output:
		s = prints(f.Settings.Words()+" prints", f.Text)
	case *Exercise:
		s = f.html()
	case solution:
		s = f.html()
	case attempt:
	default:
		s = plainCode(n.(*ast.FencedCodeBlock), source)
	}
	_, err := w.WriteString(s)
	return ast.WalkSkipChildren, err
}

func plainCode(n *ast.FencedCodeBlock, source []byte) string {
	text := string(n.Lines().Value(source))
	if string(n.Language(source)) == "go" {
		return "<pre><code>" + Highlight(text) + "</code></pre>\n"
	}
	return "<pre><code>" + html.EscapeString(text) + "</code></pre>\n"
}

func (r *fenceRenderer) cell(c *Cell) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<section class=\"cell\" id=\"cell-%s\" aria-label=\"%s\" data-cell=\"%s\">\n",
		c.ID, html.EscapeString(c.Title), jsonAttr(c))
	fmt.Fprintf(&b, "<h2 class=\"cell-title\">%s</h2>\n", html.EscapeString(c.Title))
	fmt.Fprintf(&b, "<pre class=\"program\" tabindex=\"0\"><code>%s</code></pre>\n", Highlight(c.Source))
	fmt.Fprintf(&b, "<p class=\"settings\">%s</p>\n", html.EscapeString(c.Settings.Words()))
	if out, ok := r.recorded.Output[c.ID]; ok {
		fmt.Fprintf(&b, "<details class=\"recorded\"><summary>What it prints</summary><pre><samp>%s</samp></pre></details>\n",
			html.EscapeString(out))
	}
	if picture := r.recorded.Picture[c.ID]; picture != "" {
		fmt.Fprintf(&b, "<details class=\"recorded\"><summary>How it ends</summary>%s</details>\n", picture)
	}
	b.WriteString("</section>\n")
	return b.String()
}

func (r *fenceRenderer) question(q *Question) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<div class=\"ask\" id=\"ask-%s\" role=\"group\" aria-label=\"Prediction\" data-ask=\"%s\">\n", q.ID, jsonAttr(q))
	fmt.Fprintf(&b, "<div class=\"ask-text\">%s</div>\n", inlineHTML(q.Text))
	if len(q.Options) > 0 {
		b.WriteString("<ul class=\"ask-options\">")
		for _, o := range q.Options {
			fmt.Fprintf(&b, "<li>%s</li>", html.EscapeString(o.Label))
		}
		b.WriteString("</ul>\n")
	}
	if answers := r.recorded.Answer[q.ID]; len(answers) > 0 {
		fmt.Fprintf(&b, "<noscript><details class=\"ask-answer\"><summary>The simulator's answer</summary><p>%s</p></details></noscript>\n",
			html.EscapeString(q.labels(answers)))
	}
	b.WriteString("</div>\n")
	return b.String()
}

func prints(caption, text string) string {
	return fmt.Sprintf("<figure class=\"prints\"><figcaption>%s</figcaption><pre><samp>%s</samp></pre></figure>\n",
		html.EscapeString(caption), html.EscapeString(text))
}

// inlineHTML renders the text of a question. It has no cells of its own.
func inlineHTML(text string) string {
	var b bytes.Buffer
	if err := markdown().Convert([]byte(text), &b); err != nil {
		return html.EscapeString(text) // a Buffer never fails to be written
	}
	return strings.TrimSpace(b.String())
}

func jsonAttr(v any) string { return html.EscapeString(rawJSON(v)) }

func rawJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("lesson: " + err.Error()) // plain structs of strings and numbers
	}
	return string(b)
}
