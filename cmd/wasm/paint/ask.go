package paint

import (
	"strconv"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
)

// Answers is what a reader chooses from (data-answer), puts in order
// (data-option, data-move) or types into (data-check), where the question stands
// in the text; if the player can stop for it, with the button that does so
// (data-stop), and if the answer is pointed at on the board, with nothing else.
func Answers(q lesson.Question) string {
	p := &page{}
	if q.Points() == "" {
		p.answers(q)
	}
	if q.Stops() {
		p.w(`<button type="button" class="stop`)
		if q.Points() != "" {
			p.w(` go`)
		}
		p.w(`" data-stop="">` + phrase.StopThereAndAskMe + `</button>`)
	}
	return p.String()
}

// Gate is what a reader answers with beside the board: what can be pointed at
// there, as a list of radio buttons too, or what Answers has; and a button that
// puts the question off (data-later).
func Gate(q lesson.Question, targets []Option) string {
	p := &page{}
	if q.Points() == "" {
		p.answers(q)
	} else {
		p.w(`<fieldset><legend>` + phrase.ChooseOnTheBoardOrHere + `</legend>`)
		for _, o := range targets {
			p.w(`<label><input type="radio" name="point-`, esc(q.ID), `" value="`, esc(o.Value), `">`, esc(o.Label), `</label>`)
		}
		if q.Points() == lesson.ThingPlace {
			p.w(`<label><input type="radio" name="point-`, esc(q.ID), `" value="none">`+phrase.NoQueueItRunsOnAt+`</label>`)
		}
		p.w(`</fieldset>`, check)
	}
	p.w(`<button type="button" class="later" data-later="">` + phrase.NotNow + `</button>`)
	return p.String()
}

func (p *page) answers(q lesson.Question) {
	switch {
	case q.Kind == lesson.AskOrder:
		p.lines(q)
	case len(q.Options) == 0 && q.Kind == lesson.AskValue:
		p.w(`<input type="text" autocomplete="off" spellcheck="false" aria-label="`+phrase.YourAnswer+`">`, check)
	case len(q.Options) == 0:
		p.w(`<textarea rows="3" spellcheck="false" aria-label="`+phrase.YourAnswer+`"></textarea>`, check)
	default:
		for i, o := range q.Options {
			p.w(`<button type="button" data-answer="`, strconv.Itoa(i), `" aria-pressed="false">`, label(o), `</button>`)
		}
	}
}

const check = `<button type="button" data-check="">` + phrase.Check + `</button>`

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
