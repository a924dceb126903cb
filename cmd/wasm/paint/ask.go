package paint

import (
	"strconv"

	"gopark/sim/lesson"
)

// Answers is what a reader chooses from, or types into (data-answer,
// data-check).
func Answers(q lesson.Question) string {
	p := &page{}
	for i, o := range q.Options {
		label := o.Label
		if label == "" {
			label = o.Value
		}
		p.w(`<button type="button" data-answer="`, strconv.Itoa(i), `" aria-pressed="false">`, esc(label), `</button>`)
	}
	if len(q.Options) == 0 {
		p.w(`<textarea rows="3" spellcheck="false" aria-label="Your answer"></textarea><button type="button" data-check="">Check</button>`)
	}
	return p.String()
}

// Verdict says whether an answer was right, and what the simulator found.
func Verdict(r *lesson.Result) string {
	p := &page{}
	class, sign := "wrong", "✗"
	if r.Right {
		class, sign = "right", "✓"
	}
	p.w(`<p class="`, class, `"><span aria-hidden="true">`, sign, `</span> `, esc(r.Sentence), `</p>`,
		`<button type="button" data-watch="">Watch it happen</button>`)
	return p.String()
}
