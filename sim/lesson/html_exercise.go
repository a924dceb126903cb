//go:build !js

package lesson

import (
	"fmt"
	"html"
	"strings"
)

func (e *Exercise) html() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<div class=\"exercise\" id=\"exercise-%s\" role=\"group\" aria-label=\"Exercise\" data-exercise=\"%s\">\n", e.ID, jsonAttr(e))
	fmt.Fprintf(&b, "<div class=\"exercise-text\">%s</div>\n<ul class=\"exercise-goals\">", inlineHTML(e.Text))
	for _, g := range e.Goals {
		fmt.Fprintf(&b, "<li>%s</li>", inlineHTML(g.Label))
	}
	b.WriteString("</ul>\n")
	for i, hint := range e.Hints {
		fmt.Fprintf(&b, "<details class=\"hint\"><summary>Hint %d of %d</summary>%s</details>\n", i+1, len(e.Hints), inlineHTML(hint))
	}
	b.WriteString("</div>\n")
	return b.String()
}

func (s solution) html() string {
	return fmt.Sprintf("<details class=\"solution\" data-exercise=\"%s\" data-settings=\"%s\"><summary>A solution</summary>"+
		"<pre class=\"program\" tabindex=\"0\"><code>%s</code></pre><p class=\"settings\">%s</p></details>\n",
		s.exercise.ID, jsonAttr(s.try.Settings), Highlight(s.try.Source), html.EscapeString(s.try.Settings.Words()))
}
