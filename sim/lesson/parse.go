//go:build !js

package lesson

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// markdown is the dialect: CommonMark, tables, strikethrough, headings with
// ids. Raw HTML is off, which is goldmark's default.
func markdown() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Typographer),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute()),
	)
}

// Parse reads a lesson. file is its path, for messages; the part between the
// last slash and .md is its name. It returns everything that is wrong, in the
// order of the file; the lesson is usable only if nothing is.
func Parse(file string, source []byte) (*Lesson, []Problem) {
	p := &parsing{file: file, source: source}
	name := file[strings.LastIndexByte(file, '/')+1:]
	p.lesson = &Lesson{
		Name:   strings.TrimSuffix(name, ".md"),
		source: source,
		fences: map[ast.Node]any{},
	}
	p.lesson.doc = parseMarkdown(source)
	p.walk()
	sort.SliceStable(p.problems, func(i, j int) bool { return p.problems[i].Line < p.problems[j].Line })
	return p.lesson, p.problems
}

func parseMarkdown(source []byte) ast.Node {
	ctx := parser.NewContext(parser.WithIDs(&headingIDs{used: map[string]bool{}}))
	return markdown().Parser().Parse(text.NewReader(source), parser.WithContext(ctx))
}

// parsing is the state of one Parse.
type parsing struct {
	file     string
	source   []byte
	lesson   *Lesson
	problems []Problem
}

// at reports a problem at a byte offset of the source.
func (p *parsing) at(offset int, format string, args ...any) {
	line, column := p.position(offset)
	p.problems = append(p.problems, Problem{p.file, line, column, fmt.Sprintf(format, args...)})
}

// position is the line and column, from 1, of a byte offset.
func (p *parsing) position(offset int) (line, column int) {
	offset = max(0, min(offset, len(p.source)))
	before := p.source[:offset]
	return 1 + bytes.Count(before, []byte("\n")), offset - bytes.LastIndexByte(before, '\n')
}

func (p *parsing) walk() {
	doc := p.lesson.doc
	if h, ok := doc.FirstChild().(*ast.Heading); !ok || h.Level != 1 {
		p.at(0, "a lesson begins with its title: # and some words")
	}
	// The walker never fails: walkNode returns no error.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			p.walkNode(n)
		}
		return ast.WalkContinue, nil
	})
	if len(p.lesson.Cells) == 0 {
		p.at(len(p.source), "a lesson has at least one cell: ```go cell id=… title=\"…\"")
	}
}

func (p *parsing) walkNode(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		if n.Level == 1 {
			p.title(n)
		}
	case *ast.Paragraph:
		if p.lesson.Summary == "" && n.Parent() == p.lesson.doc {
			p.lesson.Summary = plainText(n, p.source)
		}
	case *ast.HTMLBlock, *ast.RawHTML:
		p.at(n.Pos(), "HTML is not shown: use Markdown")
	case *ast.Link:
		p.link(n)
	case *ast.FencedCodeBlock:
		p.fence(n)
	}
}

func (p *parsing) title(h *ast.Heading) {
	if p.lesson.Title != "" {
		p.at(h.Pos(), "a second title: a lesson has one heading with a single #")
		return
	}
	p.lesson.Title = plainText(h, p.source)
}

// link turns a link to another lesson's file, which works where Markdown is
// shown as it is, into one to its page.
func (p *parsing) link(n *ast.Link) {
	if len(n.Title) > 0 {
		p.mark(n)
		return
	}
	path, fragment, _ := strings.Cut(string(n.Destination), "#")
	name, ok := strings.CutSuffix(path, ".md")
	if !ok || strings.Contains(name, "/") {
		return
	}
	line, _ := p.position(n.Pos())
	p.lesson.Links = append(p.lesson.Links, Link{name, line})
	page := "../" + name + "/"
	if fragment != "" {
		page += "#" + fragment
	}
	n.Destination = []byte(page)
}

// fence reads a fenced block and keeps what it means.
func (p *parsing) fence(n *ast.FencedCodeBlock) {
	if n.Info == nil {
		p.at(n.Pos(), "a fence says what it holds: ```go cell, ```predict, ```text …")
		return
	}
	start := n.Info.Segment.Start
	f := &fence{body: string(n.Lines().Value(p.source))}
	f.line, f.column = p.position(start)
	var err error
	f.lang, f.flags, f.attrs, err = parseInfo(string(n.Info.Segment.Value(p.source)))
	if err != nil {
		p.at(start, "%v", err)
		return
	}
	report := func(column int, format string, args ...any) { p.at(start+column, format, args...) }
	kind := strings.Join(append([]string{f.lang}, f.flags...), " ")
	specs, special := fenceKinds[kind]
	if !special {
		p.plainFence(f, kind, report)
		return
	}
	v := f.values(specs, report)
	switch kind {
	case "go cell":
		p.cell(n, f, v, report)
	case "predict":
		p.question(n, f, v, report)
	case "output":
		p.output(n, f, v, report)
	case "exercise":
		p.exercise(n, f, v, report)
	case "go solution", "go attempt":
		p.try(n, f, v, report)
	}
}

func (p *parsing) plainFence(f *fence, kind string, report func(int, string, ...any)) {
	if len(f.attrs) > 0 {
		report(0, "```%s has no attributes (a program to run is ```go cell id=…)", kind)
		return
	}
	if !slices.Contains(plainFences, kind) {
		report(0, "unknown fence ```%s: want ```go cell, ```predict, ```output, ```exercise, ```go solution, ```go attempt, ```go, ```text or ```sh", kind)
	}
}

func (p *parsing) cell(n ast.Node, f *fence, v fenceValues, report func(int, string, ...any)) {
	c := &Cell{ID: v.id, Title: v.title, Settings: v.Settings, Source: f.body, Unreal: v.unreal, Line: f.line + 1}
	switch {
	case c.ID == "":
		report(0, "a cell needs an id: ```go cell id=first")
	case p.lesson.CellByID(c.ID) != nil:
		report(0, "a second cell with id=%s", c.ID)
	case c.Title == "":
		report(0, `a cell needs a title: title="Last one first"`)
	}
	if lines := strings.Count(f.body, "\n"); lines > maxCellLines {
		report(0, "the program has %d lines; at most %d fit beside the board", lines, maxCellLines)
	}
	p.lesson.Cells = append(p.lesson.Cells, c)
	p.lesson.fences[n] = c
}

// maxCellLines is how long a program of a lesson may be: one can take it in at
// a glance.
const maxCellLines = 30

// cellOf finds the cell that a question or an output speaks of.
func (p *parsing) cellOf(f *fence, v fenceValues, report func(int, string, ...any)) *Cell {
	c := p.lesson.CellByID(v.cell)
	switch {
	case v.cell == "":
		report(0, "```%s needs the cell it speaks of: cell=…", f.lang)
	case c == nil:
		report(0, "no cell above has id=%s", v.cell)
	}
	if c == nil {
		return &Cell{}
	}
	return c
}

func (p *parsing) output(n ast.Node, f *fence, v fenceValues, report func(int, string, ...any)) {
	c := p.cellOf(f, v, report)
	o := &Output{Cell: c, Settings: c.Settings.over(v.Settings), Text: f.body, Line: f.line}
	p.lesson.Outputs = append(p.lesson.Outputs, o)
	p.lesson.fences[n] = o
}

// plainText is the text of an inline container without its markup.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.WriteString(plainString(n.Value))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
