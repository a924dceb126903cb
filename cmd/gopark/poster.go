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
	rec, diagnostics := recordCell(c, c.Config())
	if len(diagnostics) > 0 {
		return ""
	}
	s := view.NewSession(rec, cellFile)
	for !s.Advance(0, 0) {
	}
	waits := lesson.Question{Kind: lesson.AskNext, Who: "main", When: lesson.Blocks}
	n, _ := waits.Instant(rec)
	if n < 0 {
		return ""
	}
	return paint.Poster(c.Source, s.Frame(n, 0))
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
		rec, diagnostics := recordCell(c, c.Config())
		if len(diagnostics) > 0 {
			continue // the lesson shows a mistake
		}
		s := view.NewSession(rec, cellFile)
		for !s.Advance(0, 0) {
		}
		all[c.ID] = paint.Final(s.Frame(rec.Log().Len(), 0))
	}
	return all
}
