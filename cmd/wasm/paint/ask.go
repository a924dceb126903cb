package paint

import (
	"strconv"

	"gopark/sim/lesson"
)

// Answers is what a reader chooses from (data-answer), puts in order
// (data-option, data-move) or types into (data-check).
func Answers(q lesson.Question) string {
	p := &page{}
	switch {
	case q.Kind == lesson.AskOrder:
		p.lines(q)
	case len(q.Options) == 0 && q.Kind == lesson.AskValue:
		p.w(`<input type="text" autocomplete="off" spellcheck="false" aria-label="Your answer">`, check)
	case len(q.Options) == 0:
		p.w(`<textarea rows="3" spellcheck="false" aria-label="Your answer"></textarea>`, check)
	default:
		for i, o := range q.Options {
			p.w(`<button type="button" data-answer="`, strconv.Itoa(i), `" aria-pressed="false">`, label(o), `</button>`)
		}
	}
	return p.String()
}

const check = `<button type="button" data-check="">Check</button>`

// lines are a question's options as lines to be moved.
func (p *page) lines(q lesson.Question) {
	p.w(`<ol class="order">`)
	for i, o := range q.Options {
		p.w(`<li data-option="`, strconv.Itoa(i), `"><span class="grip" aria-hidden="true">⠿</span><samp>`, label(o), `</samp>`)
		for _, way := range []string{"up", "down"} {
			p.w(`<button type="button" data-move="`, way, `" aria-label="`, label(o), `: `, way, `">`, arrows[way], `</button>`)
		}
		p.w(`</li>`)
	}
	p.w(`</ol>`, check)
}

var arrows = map[string]string{"up": "↑", "down": "↓"}

func label(o lesson.Option) string {
	if o.Label == "" {
		return esc(o.Value)
	}
	return esc(o.Label)
}

// Verdict says whether an answer was right, and what the simulator found.
func Verdict(r *lesson.Result) string {
	p := &page{}
	p.verdict(r.Right, r.Sentence)
	return p.String()
}
