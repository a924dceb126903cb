//go:build !js

package lesson

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// What a lesson of ten minutes may be at most, and what makes a sentence hard to
// read.
const (
	minCells, maxCells = 2, 4
	maxSentence        = 40 // words
	maxParagraph       = 120
	maxHeading         = 60 // characters
)

// sections are the headings that every lesson ends with, in this order.
var sections = []string{"What differs in other eras", "In the real runtime", "Now you"}

// Lint says where a lesson's prose breaks the rules of the manual: its shape, its
// headings, the length of what is to be read, words that nobody has explained.
func (l *Lesson) Lint(file string, g *Glossary) []Problem {
	n := &linting{lesson: l, file: file, glossary: g, bold: map[string]bool{}, used: map[string]bool{}}
	n.shape()
	n.headings()
	n.prose()
	n.firstUses()
	return n.problems
}

type linting struct {
	lesson   *Lesson
	file     string
	glossary *Glossary
	problems []Problem
	bold     map[string]bool // words that the lesson introduces itself, in small letters
	used     map[string]bool // words that were complained of
}

func (n *linting) report(node ast.Node, format string, args ...any) {
	line := 1
	if node != nil {
		line += strings.Count(string(n.lesson.source[:max(0, node.Pos())]), "\n")
	}
	n.problems = append(n.problems, Problem{n.file, line, 1, fmt.Sprintf(format, args...)})
}

// shape is what a lesson has to have, and in which order.
func (n *linting) shape() {
	l := n.lesson
	if c := len(l.Cells); c < minCells || c > maxCells {
		n.report(nil, "there are %d cells: %d to %d make a lesson of ten minutes", c, minCells, maxCells)
	}
	if len(l.Exercises) == 0 {
		n.report(nil, "there is no exercise: every lesson has the reader change or build something")
	}
	if len(l.Marks) == 0 {
		n.report(nil, "there is no claim and no step: numbers are checked, and a reader is led to what to look at")
	}
	if !slices.ContainsFunc(l.Questions, func(q *Question) bool { return q.At != "" }) {
		n.report(nil, "no question stops the run: to ask while it stands still helps most (a line at:)")
	}
	asked, heading := false, false
	var late ast.Node
	for c := l.doc.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok && h.Level > 1 {
			heading = true
			if plainText(h, l.source) == sections[len(sections)-1] {
				late = h
			}
		}
		switch l.fences[c].(type) {
		case *Question:
			asked = asked || !heading
		case *Exercise:
			if late == nil {
				n.report(c, "an exercise before %q: a lesson ends on a change or a construction", sections[len(sections)-1])
			}
		}
	}
	if !asked {
		n.report(nil, "nothing is asked before the first section: a lesson begins with a program and a prediction")
	}
}

// headings have a length and an order, and end with the sections of every lesson.
func (n *linting) headings() {
	level, at := 1, 0
	var seen []string
	for c := n.lesson.doc.FirstChild(); c != nil; c = c.NextSibling() {
		h, ok := c.(*ast.Heading)
		if !ok || h.Level == 1 {
			continue
		}
		words := plainText(h, n.lesson.source)
		switch {
		case h.Level > level+1:
			n.report(h, "the heading %q is of level %d below one of level %d", words, h.Level, level)
		case utf8.RuneCountInString(words) > maxHeading:
			n.report(h, "the heading %q is longer than %d characters", words, maxHeading)
		case strings.HasSuffix(words, "."):
			n.report(h, "the heading %q ends with a full stop", words)
		case slices.Contains(seen, words):
			n.report(h, "a second heading %q", words)
		}
		level, seen = h.Level, append(seen, words)
		if at < len(sections) && words == sections[at] {
			at++
		} else if at > 0 && h.Level == 2 {
			n.report(h, "the section %q stands among the last ones, which are: %s", words, strings.Join(sections, ", "))
		}
	}
	if at < len(sections) {
		n.report(nil, "there is no section %q, or not where it belongs: other eras, the real runtime, and last the exercise", sections[at])
	}
}

// prose is what is read: paragraphs, list items and cells of tables.
func (n *linting) prose() {
	// The walker never fails: the functions return no error.
	_ = ast.Walk(n.lesson.doc, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if e, ok := c.(*ast.Emphasis); ok && entering {
			n.bold[strings.ToLower(plainText(e, n.lesson.source))] = true
		}
		return ast.WalkContinue, nil
	})
	_ = ast.Walk(n.lesson.doc, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c.Kind() {
		case ast.KindParagraph, ast.KindTextBlock:
			n.paragraph(c)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

var sentenceEnd = regexp.MustCompile(`[.!?:;]["”)’]*(\s|$)`)

func (n *linting) paragraph(c ast.Node) {
	text := proseText(c, n.lesson.source)
	if words := len(strings.Fields(text)); words > maxParagraph {
		n.report(c, "a paragraph of %d words: more than %d are a wall", words, maxParagraph)
	}
	for _, s := range sentenceEnd.Split(text, -1) {
		if words := strings.Fields(s); len(words) > maxSentence {
			n.report(c, "a sentence of %d words: more than %d can't be read at once: %s …", len(words), maxSentence, strings.Join(words[:6], " "))
		}
	}
	if strings.Contains(text, "](") {
		n.report(c, "a link that is none: a quote or a parenthesis of it does not close")
	}
	n.terms(c, text)
}

// proseText is a block's text without code, which stands for itself.
func proseText(c ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(c, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.CodeSpan:
			b.WriteString("code")
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			b.Write(c.Segment.Value(source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.WriteString(plainString(c.Value))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// jargon are words of the field that a reader with basic Go need not know. Where
// one is used the glossary has it, or the lesson says what it is where it
// introduces it in bold or italics. Words in capitals are jargon, too.
var jargon = regexp.MustCompile(`(?i:\b(?:mutex|semaphore|futex|epoll|netpoll(?:er)?|spin(?:s|ning)|preempt(?:ed|ion|s)?|syscall|system call|run queue|runnext|ring|kernel|register|netpoll|sysmon|park(?:s|ed|ing)?|steal(?:s|ing)?|hand ?off|sudog|write barrier|safe point|prologue|hot split|cache line|address space|context switch|page table|file descriptor|scheduler|closure|deadlock|starvation|barging|stop-the-world|round robin)\b)|\b[A-Z]{2,}[A-Z0-9]*\b`)

// everyday are words in capitals that need no explanation: units and names that
// say what they are.
var everyday = []string{"KB", "MB", "GB", "TCP", "HTTP", "OK", "AND", "CPU", "HTML"}

// terms finds jargon that is explained nowhere.
func (n *linting) terms(c ast.Node, text string) {
	for _, word := range jargon.FindAllString(text, -1) {
		key := strings.ToLower(word)
		if n.used[key] || slices.Contains(everyday, word) || n.explained(key) {
			continue
		}
		n.used[key] = true
		n.report(c, "the word %q is explained nowhere: neither here, in bold or italics, nor in the glossary", word)
	}
}

// firstUses finds terms of the glossary that stand in links alone: the build can't
// link them to their explanation there.
func (n *linting) firstUses() {
	for _, t := range n.glossary.Terms {
		var hidden ast.Node
		_ = ast.Walk(n.lesson.doc, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
			switch c := c.(type) {
			case *ast.Heading, *ast.CodeSpan, *ast.FencedCodeBlock, *ast.AutoLink:
				return ast.WalkSkipChildren, nil
			case *ast.Link:
				if _, _, ok := t.in([]byte(plainText(c, n.lesson.source))); ok && entering && hidden == nil {
					hidden = c
				}
				return ast.WalkSkipChildren, nil
			case *ast.Text:
				if _, _, ok := t.in(c.Segment.Value(n.lesson.source)); ok {
					hidden = nil
					return ast.WalkStop, nil
				}
			}
			return ast.WalkContinue, nil
		})
		if hidden != nil {
			n.report(hidden, "the term %q stands in links alone, where it can't be explained: use it in the text, too", t.Word)
		}
	}
}

// explained reports whether the glossary has a word, or a form of it, or the
// lesson introduces it.
func (n *linting) explained(key string) bool {
	stem := func(s string) string {
		for _, end := range []string{"ning", "ing", "ed", "s"} {
			if rest, ok := strings.CutSuffix(s, end); ok && len(rest) > 2 {
				return rest
			}
		}
		return s
	}
	for _, t := range n.glossary.Terms {
		for part := range strings.SplitSeq(strings.ToLower(t.Word), ", ") {
			if stem(part) == stem(key) {
				return true
			}
		}
	}
	for b := range n.bold {
		if strings.Contains(b, stem(key)) {
			return true
		}
	}
	return false
}
