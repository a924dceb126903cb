package main

import (
	"encoding/json"
	"fmt"
	"html"

	"gopark/cmd/wasm/paint"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// poster is the picture on the start page: the instant of a lesson's first
// program at which main begins to wait, so that something else must run next.
// It is drawn from a run, as every picture is.
// There is none if the program does not run, which is for check to say, or if
// its main never waits.
func poster(l *lesson.Lesson) string {
	if len(l.Cells) == 0 {
		return ""
	}
	c := l.Cells[0]
	s := watched(c)
	if s == nil {
		return ""
	}
	n := mainWaits(s)
	if n < 0 {
		return ""
	}
	return paint.Poster(c.Source, s.Frame(n, 0))
}

// watched is a cell's run from beginning to end; nil if it shows a mistake and
// does not run.
func watched(c *lesson.Cell) *view.Session {
	rec, diagnostics := recordCell(c, c.Config())
	if len(diagnostics) > 0 {
		return nil
	}
	s := view.NewSession(rec, cellFile)
	for !s.Advance(0, 0) {
	}
	return s
}

// mainWaits is the instant at which main, having run, begins to wait, -1 if it never
// does. It looks at no state but of the instants at which main blocks: of a crowd,
// those of all would take hours.
func mainWaits(s *view.Session) int {
	const main = 1 // its goid
	for from := 0; ; {
		n, _ := s.Step(view.StepQuery{Kind: view.StepBlocks, From: from, Goid: main})
		if n == 0 {
			return -1
		}
		for _, g := range s.Recording().At(n - 1).Gs {
			if g.ID == main && g.Status == view.Running {
				return n
			}
		}
		from = n
	}
}

// stage is a lesson's first cell for the start page: the poster, until scripts
// make a living cell of it that plays from the poster's instant on.
func stage(l *lesson.Lesson) string {
	picture := poster(l)
	if picture == "" {
		return ""
	}
	c := l.Cells[0]
	play := lesson.Mark{Cell: c.ID, Settings: c.Settings, Until: `status(main) == "waiting"`}
	return fmt.Sprintf("<section class=\"cell stage\" id=\"cell-%s\" aria-label=\"%s\" data-cell=\"%s\" data-play=\"%s\"><pre hidden><code>%s</code></pre>\n%s</section>",
		c.ID, html.EscapeString(c.Title), attr(c), attr(play), html.EscapeString(c.Source), picture)
}

// attr is a value as JSON in an attribute.
func attr(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("gopark: " + err.Error()) // plain structs of strings and numbers
	}
	return html.EscapeString(string(b))
}

// pictures shows the last instant of each cell, for readers without scripts.
func pictures(l *lesson.Lesson) map[string]string {
	all := map[string]string{}
	for _, c := range l.Cells {
		if s := watched(c); s != nil {
			all[c.ID] = paint.Final(s.Frame(s.Recording().Log().Len(), 0))
		}
	}
	return all
}
