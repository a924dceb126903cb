package paint

import (
	"math"
	"strconv"
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/compare"
	"gopark/sim/view"
)

// The strip's measures: its width is that of the view box, whatever it is drawn on.
const (
	StripWidth = 1000
	stripLane  = 16
	stripGap   = 4
	MaxStrip   = 12 // lanes
)

// A Strip is what the cores of a run did, on a scale of time that several runs share.
type Strip struct {
	Lanes    []view.Lane
	Total    int
	From, To int64 // the window
	End      int64 // of the run
	Same     int64 // up to when it is like the others; past End: to its end
	Title    string
}

// HTML draws a strip. The stretch that is the same in all runs lies on a band, and a
// line marks where it ends.
func (s Strip) HTML() string {
	p := &page{}
	lanes := s.Lanes[:min(MaxStrip, len(s.Lanes))]
	height := strconv.Itoa(max(1, len(lanes)) * (stripLane + stripGap))
	p.w(`<div class="cmp-lanes" aria-hidden="true">`)
	for _, l := range lanes {
		p.w(`<span>`, esc(l.Name), `</span>`)
	}
	p.w(`</div><svg role="img" aria-label="`, esc(s.words()), `" viewBox="0 0 `, strconv.Itoa(StripWidth), ` `, height, `" preserveAspectRatio="none" height="`, height, `">`)
	x := func(t int64) float64 {
		return StripWidth * float64(max(s.From, min(t, s.To))-s.From) / float64(max(1, s.To-s.From))
	}
	for i := range lanes {
		p.rect("lane", "", x(0), x(s.End)-x(0), i*(stripLane+stripGap), strconv.Itoa(stripLane))
	}
	p.rect("same", "", 0, x(min(s.Same, s.End)), 0, height)
	for i, l := range lanes {
		for _, t := range l.Tiles {
			class, colour := stripClass[t.Kind], ""
			if class == "" {
				continue
			}
			if t.Rank >= 0 {
				colour = ColourStyle(t.Rank)
			} else if t.Goid != 0 { // one of the runtime's own
				class = "own"
			}
			p.rect(class, colour, x(t.T0), max(0.7, x(t.T1)-x(t.T0)), i*(stripLane+stripGap), strconv.Itoa(stripLane))
		}
	}
	if s.Same <= s.End && s.Same >= s.From && s.Same <= s.To {
		p.rect("part", "", x(s.Same), 1.5, 0, height)
	}
	p.w(`</svg>`)
	if s.Total > len(lanes) {
		p.w(`<span class="soft">`, strconv.Itoa(len(lanes)), phrase.OfTotal, strconv.Itoa(s.Total), phrase.CoresCounted+`</span>`)
	}
	return p.String()
}

var stripClass = [view.NumSpanKinds]string{view.SpanRun: "on", view.SpanRuntime: "rt", view.SpanSyscall: "sy", view.SpanStopped: "st"}

func (s Strip) words() string {
	w := s.Title + phrase.From0To + view.Duration(s.End)
	if s.Same > s.End {
		return w + phrase.LikeTheOthersToItsEnd
	}
	return w + phrase.LikeTheOthersUpTo + view.Duration(s.Same)
}

func (p *page) rect(class, style string, x, w float64, y int, height string) {
	if w <= 0 {
		return
	}
	p.w(`<rect class="`, class, `" x="`, short(x), `" width="`, short(w), `" y="`, strconv.Itoa(y), `" height="`, height, `"`)
	if style != "" {
		p.w(` style="`, style, `"`)
	}
	p.w(`/>`)
}

func short(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// A Split is where two runs part, in sentences.
type Split struct {
	compare.Split
	A, B view.Sentence
}

// Contrast is all that several runs differ in. splits has, for each part of the
// comparison, that of the logs and that of what happens to goroutines.
func Contrast(c *compare.Comparison, splits []Split) string {
	p := &page{}
	p.w(`<section class="cmp-sec" role="group" aria-label="` + phrase.WhereTheyPart + `"><h3>` + phrase.WhereTheyPart + `</h3>`)
	for i, part := range c.Parts {
		a, b := RivalName(part.A), RivalName(part.B)
		p.w(`<div class="cmp-part"><h4>`, a, phrase.AndBetween, b, `</h4>`)
		p.split(phrase.TheirLogsLineByLineFrom, "line", part.A, part.B, splits[2*i])
		p.split(phrase.WhatHappensToTheProgramsOwn, "event", part.A, part.B, splits[2*i+1])
		p.w(`</div>`)
	}
	p.w(`</section>`)
	p.outputs(c)
	p.counters(c)
	return p.String()
}

func (p *page) split(what, unit string, a, b int, s Split) {
	n := view.Count(int64(s.Same)) + " " + unit
	if s.Same != 1 {
		n += "s"
	}
	p.w(`<p><b>`, what, `:</b> `)
	if s.Equal() {
		p.w(phrase.TheSameToTheEnd, n, `.</p>`)
		return
	}
	p.w(phrase.TheSameFor, n, phrase.CommaThen+`</p><ul class="cmp-then">`)
	for _, x := range []struct {
		run  int
		line string
		at   int
		say  view.Sentence
	}{{a, s.Split.A, s.AtA, s.A}, {b, s.Split.B, s.AtB, s.B}} {
		p.w(`<li><b class="cmp-name" aria-hidden="true">`, RivalName(x.run), `</b> <span>`)
		if x.line == "" {
			p.w(phrase.ItsLogIsOver)
		} else {
			p.w(`<span class="soft">`, view.Duration(x.say.Time), `</span> `)
			p.sentence(x.say, false)
		}
		p.w(`</span>`)
		p.do("to:"+strconv.Itoa(x.run)+":"+strconv.Itoa(x.at), phrase.GoToEvent+view.Count(int64(x.at))+phrase.EventOfRun+RivalName(x.run), phrase.GoThere, "")
		p.w(`</li>`)
	}
	p.w(`</ul>`)
}

// outputLines is how much of an output is shown.
const outputLines = 40

func (p *page) outputs(c *compare.Comparison) {
	p.w(`<section class="cmp-sec" role="group" aria-label="` + phrase.Outputs + `"><h3>` + phrase.Output + `</h3>`)
	if len(c.Outputs) == 1 {
		p.w(`<p>` + phrase.AllRunsPrintedTheSameAnd + `</p>`)
	}
	p.w(`<div class="cmp-outs">`)
	for _, o := range c.Outputs {
		var names []string
		for _, i := range o.Runs {
			names = append(names, RivalName(i))
		}
		title := strings.Join(names, ", ")
		p.w(`<figure><figcaption><b>`, title, `</b> <span class="soft">`, esc(o.Ended), `</span></figcaption><pre tabindex="0" role="group" aria-label="`+phrase.OutputOf, title, `">`)
		lines := strings.SplitAfter(o.Text, "\n")
		p.w(esc(strings.Join(lines[:min(outputLines, len(lines))], "")))
		if o.Text == "" {
			p.w(`<span class="soft">` + phrase.NothingPrinted + `</span>`)
		}
		p.w(`</pre>`)
		if more := len(lines) - outputLines; more > 1 {
			p.w(`<p class="soft">`+phrase.AndMore, view.Count(int64(more-1)), phrase.MoreLines+`</p>`)
		}
		p.w(`</figure>`)
	}
	p.w(`</div></section>`)
}

// counters writes those that differ, and those that don't behind a lid.
func (p *page) counters(c *compare.Comparison) {
	var differ, same []compare.Row
	for _, r := range c.Rows {
		equal := true
		for _, cell := range r.Cells {
			equal = equal && cell == r.Cells[0]
		}
		if equal {
			same = append(same, r)
		} else {
			differ = append(differ, r)
		}
	}
	p.w(`<section class="cmp-sec" role="group" aria-label="` + phrase.Counters + `"><h3>` + phrase.WhatTheyCost + `</h3>`)
	if len(differ) > 0 {
		p.table(c.Runs, differ, phrase.CountersThatDiffer)
	} else {
		p.w(`<p>` + phrase.AllCountersAreTheSame + `</p>`)
	}
	if len(same) > 0 {
		p.w(`<details><summary>`, strconv.Itoa(len(same)), phrase.CountersAreTheSameInAll+`</summary>`)
		p.table(c.Runs, same, phrase.CountersThatAreTheSame)
		p.w(`</details>`)
	}
	p.w(`</section>`)
}

func (p *page) table(runs []string, rows []compare.Row, name string) {
	p.w(`<div class="cmp-table" tabindex="0" role="group" aria-label="`, name, `"><table><thead><tr><td></td>`)
	for i := range runs {
		p.w(`<th scope="col">`, RivalName(i), `</th>`)
	}
	p.w(`</tr></thead><tbody>`)
	for _, r := range rows {
		p.w(`<tr><th scope="row">`, esc(r.Name), ` <small>`, esc(r.Doc), `</small></th>`)
		for _, cell := range r.Cells {
			p.w(`<td>`, counter(cell, r.Unit), `</td>`)
		}
		p.w(`</tr>`)
	}
	p.w(`</tbody></table></div>`)
}

// counter is a number with its unit; what the model does not hold says why.
func counter(c compare.Cell, unit string) string {
	switch {
	case !c.Known:
		return `<span class="soft" title="` + esc(c.Why) + `">–</span>`
	case unit == "ns":
		return view.Duration(c.Value)
	case unit == "bytes":
		return view.Bytes(c.Value)
	}
	return view.Count(c.Value)
}
