package paint

import (
	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
)

// Check is what hands a program in (data-check) and where the verdict stands.
const Check = `<div class="answers"><button type="button" class="go" data-check="">` + phrase.CheckMyProgram + `</button></div><div class="verdict" role="status"></div>`

// PutIn puts a solution into the editor.
const PutIn = `<button type="button">` + phrase.PutItIntoTheEditor + `</button>`

// Judged says how far a program got.
func Judged(v *lesson.Verdict) string {
	p := &page{}
	p.verdict(v.Done, v.Sentence)
	return p.String()
}

// Goal says what became of a goal, to stand behind it.
func Goal(j lesson.Judged) string {
	says := phrase.NotYet
	if j.Holds {
		says = "holds"
	}
	if j.Was != "" {
		says += ": " + j.Was
	}
	return ` <small>` + esc(says) + `</small>`
}

// verdict says whether something is right, with the button that shows it
// happen (data-watch).
func (p *page) verdict(right bool, sentence string) {
	class, sign := "wrong", "✗"
	if right {
		class, sign = "right", "✓"
	}
	p.w(`<p class="`, class, `"><span aria-hidden="true">`, sign, `</span> `, esc(sentence), `</p>`,
		`<button type="button" data-watch="">`+phrase.WatchItHappen+`</button>`)
}
