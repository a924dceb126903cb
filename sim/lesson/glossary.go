//go:build !js

package lesson

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A Term is a word that the glossary explains.
type Term struct {
	Word string // as its heading has it
	ID   string // of the heading
	Says string // the first paragraph below it, as plain text
	Line int
}

// A Glossary is a parsed glossary: a title, and for each term a heading of level
// two with one paragraph or more below it.
type Glossary struct {
	Title string
	Terms []Term

	source []byte
	doc    ast.Node
}

// ParseGlossary reads a glossary and says what is wrong with it.
func ParseGlossary(file string, source []byte) (*Glossary, []Problem) {
	g := &Glossary{source: source, doc: parseMarkdown(source)}
	var problems []Problem
	report := func(line int, format string, args ...any) {
		problems = append(problems, Problem{file, line, 1, fmt.Sprintf(format, args...)})
	}
	for n := g.doc.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok {
			continue
		}
		line := 1 + bytes.Count(source[:h.Lines().At(0).Start], []byte("\n"))
		words := plainText(h, source)
		if h.Level == 1 {
			g.Title = words
			continue
		}
		id, _ := h.AttributeString("id")
		t := Term{Word: words, ID: string(id.([]byte)), Line: line}
		if p, ok := h.NextSibling().(*ast.Paragraph); ok {
			t.Says = strings.TrimSpace(plainText(p, source))
		}
		if t.Says == "" {
			report(line, "the term %s is not explained: a paragraph belongs below it", words)
		}
		if slices.ContainsFunc(g.Terms, func(o Term) bool { return strings.EqualFold(o.Word, words) }) {
			report(line, "the term %s is there twice", words)
		}
		g.Terms = append(g.Terms, t)
	}
	if g.Title == "" {
		report(1, "a glossary begins with its title: # and some words")
	}
	return g, problems
}

// HTML renders the glossary.
func (g *Glossary) HTML() (string, error) {
	var b bytes.Buffer
	err := markdown().Renderer().Render(&b, g.source, g.doc)
	return b.String(), err
}

// Explain links each of the glossary's terms, where it first stands in the
// lesson's text, to its explanation, which comes along for hovering.
func (l *Lesson) Explain(g *Glossary) {
	for _, t := range g.byLength() {
		l.link(t)
	}
}

// byLength has long terms first, so that "run queue" is not taken for "queue".
func (g *Glossary) byLength() []Term {
	terms := slices.Clone(g.Terms)
	slices.SortStableFunc(terms, func(a, b Term) int { return len(b.Word) - len(a.Word) })
	return terms
}

func (l *Lesson) link(t Term) {
	_ = ast.Walk(l.doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Heading, *ast.Link, *ast.CodeSpan, *ast.FencedCodeBlock, *ast.AutoLink:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if !entering {
				break
			}
			if from, to, ok := t.in(n.Segment.Value(l.source)); ok {
				t.split(n, from, to)
				return ast.WalkStop, nil
			}
		}
		return ast.WalkContinue, nil
	})
}

// in finds the term in a text, as a word of its own, singular or plural. Capitals
// count if the term has any: P is not p.
func (t Term) in(text []byte) (from, to int, ok bool) {
	lower, word := string(text), t.Word
	if strings.ToLower(word) == word {
		lower = strings.ToLower(lower)
	}
	if len(lower) != len(text) {
		return 0, 0, false // a letter whose small form is longer
	}
	for at := 0; ; {
		i := strings.Index(lower[at:], word)
		if i < 0 {
			return 0, 0, false
		}
		from, to = at+i, at+i+len(word)
		if strings.HasPrefix(lower[to:], "s") {
			to++
		}
		before, _ := utf8.DecodeLastRuneInString(lower[:from])
		after, _ := utf8.DecodeRuneInString(lower[to:])
		if !inWord(before) && !inWord(after) {
			return from, to, true
		}
		at += i + 1
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// split makes a link of a part of a text node.
func (t Term) split(n *ast.Text, from, to int) {
	s, parent := n.Segment, n.Parent()
	link := ast.NewLink()
	link.Destination = []byte("../../glossary/#" + t.ID)
	link.SetAttributeString("class", []byte("term"))
	link.SetAttributeString("data-says", []byte(t.Says))
	link.AppendChild(link, ast.NewTextSegment(text.NewSegment(s.Start+from, s.Start+to)))
	parent.InsertBefore(parent, n, ast.NewTextSegment(text.NewSegment(s.Start, s.Start+from)))
	parent.InsertBefore(parent, n, link)
	n.Segment = text.NewSegment(s.Start+to, s.Stop)
}
