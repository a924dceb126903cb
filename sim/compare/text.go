package compare

import (
	"fmt"
	"io"
	"strings"
)

// shown is how many lines of one output are shown.
const shown = 40

// Text writes the comparison for a terminal.
func (c *Comparison) Text(w io.Writer) error {
	var b strings.Builder
	c.outputs(&b)
	for _, p := range c.Parts {
		c.parting(&b, p)
	}
	c.table(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *Comparison) outputs(b *strings.Builder) {
	for _, o := range c.Outputs {
		var names []string
		for _, i := range o.Runs {
			names = append(names, c.Runs[i])
		}
		fmt.Fprintf(b, "%s: %s\n", strings.Join(names, ", "), o.Ended)
		lines := strings.SplitAfter(o.Text, "\n")
		more := len(lines) - shown
		for i, line := range lines {
			if i == shown && more > 1 {
				fmt.Fprintf(b, "\t… %d more lines\n", more-1)
				break
			}
			if line != "" {
				fmt.Fprintf(b, "\t%s\n", strings.TrimSuffix(line, "\n"))
			}
		}
	}
}

func (c *Comparison) parting(b *strings.Builder, p Parting) {
	fmt.Fprintf(b, "\n%s and %s\n", c.Runs[p.A], c.Runs[p.B])
	c.split(b, p, "logs", "lines", p.Log)
	if !p.Log.Equal() {
		c.split(b, p, "what happens to the program's goroutines", "events", p.Order)
	}
}

func (c *Comparison) split(b *strings.Builder, p Parting, what, unit string, s Split) {
	if s.Equal() {
		fmt.Fprintf(b, "  %s: the same, %d %s\n", what, s.Same, unit)
		return
	}
	fmt.Fprintf(b, "  %s: the same for %d %s, then\n", what, s.Same, unit)
	wide := max(len(c.Runs[p.A]), len(c.Runs[p.B]))
	if s.Before != "" {
		fmt.Fprintf(b, "    %-*s  %s\n", wide, "", s.Before)
	}
	fmt.Fprintf(b, "    %-*s  %s\n    %-*s  %s\n", wide, c.Runs[p.A], end(s.A), wide, c.Runs[p.B], end(s.B))
}

func end(line string) string {
	if line == "" {
		return "(the end)"
	}
	return line
}

func (c *Comparison) table(b *strings.Builder) {
	name := 0
	for _, r := range c.Rows {
		name = max(name, len(r.Name)+1+len(r.Unit))
	}
	wide := make([]int, len(c.Runs))
	for i, run := range c.Runs {
		wide[i] = len(run)
		for _, r := range c.Rows {
			wide[i] = max(wide[i], len([]rune(r.Cells[i].text())))
		}
	}
	fmt.Fprintf(b, "\n%-*s", name, "")
	for i, run := range c.Runs {
		fmt.Fprintf(b, "  %*s", wide[i], run)
	}
	b.WriteByte('\n')
	var notes []string
	for _, r := range c.Rows {
		fmt.Fprintf(b, "%-*s", name, strings.TrimSpace(r.Name+" "+r.Unit))
		for i, cell := range r.Cells {
			fmt.Fprintf(b, "  %*s", wide[i], cell.text())
		}
		b.WriteByte('\n')
		for _, cell := range r.Cells {
			if !cell.Known {
				notes = append(notes, fmt.Sprintf("– %s: %s", r.Name, cell.Why))
				break
			}
		}
	}
	for _, note := range notes {
		fmt.Fprintf(b, "%s\n", note)
	}
}

// text is the number with a comma at each thousand, or a dash.
func (c Cell) text() string {
	if !c.Known {
		return "–"
	}
	s := fmt.Sprint(c.Value)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
