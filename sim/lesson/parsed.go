//go:build !js

package lesson

import (
	"fmt"

	"github.com/yuin/goldmark/ast"
)

// A Lesson is one parsed lesson.
type Lesson struct {
	Name      string // the file's name without .md, "09-why-last-first"
	Title     string // the text of its one level-1 heading
	Summary   string // the first paragraph, as plain text
	Cells     []*Cell
	Questions []*Question
	Outputs   []*Output
	Exercises []*Exercise
	Marks     []*Mark // claims and steps in the text
	Links     []Link  // to other lessons

	source []byte
	doc    ast.Node
	fences map[ast.Node]any // *Cell, *Question, *Output, *Exercise, solution or attempt by its node
}

// An Output is a claim: what a cell prints under some settings.
type Output struct {
	Cell *Cell
	Settings
	Text string
	Line int // of the fence
}

// A Link is a link to another lesson.
type Link struct {
	Name string // of the other lesson's file, without .md
	Line int
}

// A Problem is a mistake in a lesson.
type Problem struct {
	File         string
	Line, Column int // from 1; columns count bytes
	Message      string
}

func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// CellByID returns the cell with that id, or nil.
func (l *Lesson) CellByID(id string) *Cell {
	for _, c := range l.Cells {
		if c.ID == id {
			return c
		}
	}
	return nil
}

func (l *Lesson) exerciseByID(id string) *Exercise {
	for _, e := range l.Exercises {
		if e.ID == id {
			return e
		}
	}
	return nil
}
