package paint

import (
	"strconv"
	"strings"

	"gopark/sim"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// Log is the newest sentences of the log, the last one being now.
func Log(list []view.Sentence) string {
	p := &page{}
	if len(list) == 0 {
		p.w(`<li class="soft">Each scheduling event comes here as a sentence.</li>`)
	}
	for i, s := range list {
		class := ""
		if i == len(list)-1 {
			class = ` class="now" aria-current="step"`
		}
		p.w(`<li`, class, `><button type="button" tabindex="-1" data-n="`, strconv.Itoa(s.Event), `">`,
			view.Duration(s.Time), `</button><span>`)
		p.sentence(s, false)
		p.w(`</span></li>`)
	}
	return p.String()
}

// unflagged is why a run ended without the command's flag that raises a limit, as a
// page has no flags.
func unflagged(why string) string {
	before, rest, flag := strings.Cut(why, " (-")
	if !flag {
		return why
	}
	_, after, _ := strings.Cut(rest, ")")
	return before + after
}

// Output is what the program wrote, and why the run ended.
func Output(chunks []view.Chunk, cut int, ended string, code int) string {
	p := &page{}
	if cut > 0 {
		p.w(`<p class="soft">`, view.Bytes(int64(cut)), ` before this are not shown</p>`)
	}
	p.w(`<pre><samp>`)
	for _, c := range chunks {
		if c.FD == 2 {
			p.w(`<span class="err">`, esc(c.Text), `</span>`)
			continue
		}
		p.w(esc(c.Text))
	}
	p.w(`</samp></pre>`)
	if ended != "" {
		class := "end"
		if code != 0 {
			class += " bad"
		}
		p.w(`<p class="`, class, `">`, esc(unflagged(ended)))
		if code != 0 && !strings.HasPrefix(ended, "exit status") {
			p.w(` · exit status `, strconv.Itoa(code))
		}
		p.w(`</p>`)
	}
	return p.String()
}

// Diagnostics is the list of what is wrong with the source, each entry a
// button that goes to its line (data-line, data-col).
func Diagnostics(list []sim.Diagnostic) string {
	p := &page{}
	p.w(`<p class="end bad">The program does not compile.</p><ul class="wrong">`)
	for _, d := range list {
		p.w(`<li><button type="button" data-line="`, strconv.Itoa(d.Line), `" data-col="`, strconv.Itoa(d.Column), `">line `,
			strconv.Itoa(d.Line), `:`, strconv.Itoa(d.Column), `</button> `, esc(d.Message), `</li>`)
	}
	p.w(`</ul>`)
	return p.String()
}

// Program is source as lines, with goroutines at their lines. Tokens that span
// lines are closed at the end of each and opened again.
func Program(source string, marks []view.Mark) string {
	p := &page{}
	at := map[int32]view.Row{}
	for _, m := range marks {
		at[m.Line] = m.Row
	}
	open := ""
	for i, line := range strings.Split(strings.TrimSuffix(lesson.Highlight(source), "\n"), "\n") {
		row := at[int32(i+1)]
		p.w(`<div class="line`)
		if len(row.Pills) > 0 {
			p.w(` on" style="`, ColourStyle(row.Pills[0].Rank))
		}
		p.w(`"><span class="code">`, open, line)
		open = openSpan(open, line)
		if open != "" {
			p.w(`</span>`)
		}
		p.w("\n</span>")
		p.tags(row)
		p.w(`</div>`)
	}
	return p.String()
}

// openSpan is the span that is still open after line, given the one open before.
func openSpan(open, line string) string {
	for {
		start, end := strings.Index(line, "<span"), strings.Index(line, "</span>")
		switch {
		case start >= 0 && (end < 0 || start < end):
			close := strings.IndexByte(line[start:], '>') + start + 1
			open, line = line[start:close], line[close:]
		case end >= 0:
			open, line = "", line[end+len("</span>"):]
		default:
			return open
		}
	}
}

// tags names the goroutines at a line.
func (p *page) tags(row view.Row) {
	if len(row.Pills) == 0 {
		return
	}
	p.w(`<span class="tags" aria-hidden="true">`)
	for _, g := range row.Pills {
		p.w(`<span class="tag `, stateClass[g.State], `" style="`, ColourStyle(g.Rank), `">`, g.Name(), `</span>`)
	}
	if row.More > 0 {
		p.w(`<span class="more">+`, view.Count(int64(row.More)), `</span>`)
	}
	p.w(`</span>`)
}

// A MarkTag is a line mark as the editor's bridge takes it.
type MarkTag struct {
	Line  int    `json:"line"`
	Style string `json:"style"`
	HTML  string `json:"html"`
}

// Marks are the line marks for the editor.
func Marks(marks []view.Mark) []MarkTag {
	var tags []MarkTag
	for _, m := range marks {
		p := &page{}
		p.tags(m.Row)
		tags = append(tags, MarkTag{Line: int(m.Line), Style: ColourStyle(m.Row.Pills[0].Rank), HTML: p.String()})
	}
	return tags
}

// Word explains a word, with the runtime's function and a link to its source.
func Word(w view.Word) string {
	p := &page{}
	p.w(`<b>`, esc(w.Key), `</b> <span>`, esc(w.Says), `</span>`)
	if w.Func != "" {
		p.w(` <a href="https://github.com/golang/go/blob/go1.26.0/src/`, esc(w.File), `" target="_blank" rel="noopener noreferrer"><code>`, esc(w.Func), `</code> in `, esc(w.File), `</a>`)
	}
	return p.String()
}
