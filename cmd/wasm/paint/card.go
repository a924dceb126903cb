package paint

import (
	"strconv"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// Card is what is known of one object, and why it does what it does. back says
// that it was come to from another.
func Card(o *view.Object, w *view.Why, back bool) string {
	p := &page{keyed: map[string]bool{}}
	p.w(`<div class="card-head">`)
	if back {
		p.button("cardBack", phrase.BackToTheObjectBefore, icon("back"), "")
	}
	p.w(`<h3 tabindex="-1" data-part="cardTitle">`, esc(o.Title), `</h3>`)
	p.button("cardClose", phrase.Close, "×", "")
	p.w(`</div><p>`, esc(o.Says), `</p>`)
	p.why(w)
	p.slots(o.Buffer)
	for _, q := range o.Queues {
		p.w(`<h4>`, esc(q.Name), `</h4><p class="soft">`, esc(q.Says), `</p><div class="flow">`)
		if q.Row.Len() == 0 {
			p.w(`<span class="soft">` + phrase.Nobody + `</span>`)
		}
		p.row(q.Row, "")
		p.w(`</div>`)
	}
	p.search(o.Search)
	p.w(`<h4>` + phrase.AllThatIsKnownOfIt + `</h4><div class="facts">`)
	for _, f := range o.Fields {
		p.field(f)
	}
	p.w(`</div>`)
	return p.String()
}

// why writes the chain: each sentence is the reason of the one above it.
func (p *page) why(w *view.Why) {
	if w == nil || len(w.Steps) == 0 {
		return
	}
	question := phrase.Why
	switch w.Verdict {
	case view.VerdictNone:
	case view.VerdictRuns:
		question = phrase.WhyIsItRunning
	default:
		question = phrase.WhyIsItNotRunning
	}
	p.w(`<h4>`, question, `</h4><ol class="why">`)
	for _, s := range w.Steps {
		p.w(`<li style="--d:`, strconv.Itoa(s.Depth), `">`)
		for _, x := range s.Pieces {
			p.link(x.Ref, x.Text, x.Rank)
		}
		p.w(`</li>`)
	}
	p.w(`</ol>`)
	if w.Verdict != view.VerdictNone && w.Verdict != view.VerdictRuns {
		p.w(`<p class="fate">`+phrase.WhatBecomesOfIt+`<b>`, esc(string(w.Verdict)), `</b></p>`)
	}
}

// link writes a text, and makes what it names something to go to.
func (p *page) link(ref *view.Ref, text string, rank int) {
	if ref == nil {
		p.w(esc(text))
		return
	}
	p.w(`<button type="button" class="link`)
	if rank >= 0 {
		p.w(` ref" style="`, ColourStyle(rank))
	}
	p.w(`" `, refAttr(*ref), `>`, esc(text), `</button>`)
}

// refAttr is the attribute by which the page knows an object or an instant.
func refAttr(r view.Ref) string {
	id := strconv.FormatInt(r.ID, 10)
	switch r.Kind {
	case view.RefG:
		return `data-g="` + id + `"`
	case view.RefEvent:
		return `data-n="` + id + `"`
	}
	return `data-o="` + string(r.Kind) + ":" + id + `"`
}

// slots writes a channel's buffer as it is in memory.
func (p *page) slots(list []view.Slot) {
	if len(list) == 0 {
		return
	}
	p.w(`<h4>` + phrase.Buffer + `</h4><ol class="slots">`)
	for i, s := range list {
		class, said := "", "free"
		if s.Used {
			class, said = ` class="full"`, s.Value
		}
		p.w(`<li`, class, `><small>`, strconv.Itoa(i), `</small> <span>`, esc(said), `</span> <small>`, esc(s.Marks), `</small></li>`)
	}
	p.w(`</ol>`)
}

// search writes where a thread looks for work, and how far it is.
func (p *page) search(list []view.SearchStep) {
	if len(list) == 0 {
		return
	}
	p.w(`<h4>` + phrase.WhereItLooksForWork + `</h4><ol class="search">`)
	for _, s := range list {
		p.w(`<li`)
		if s.Found == view.FoundNow {
			p.w(` aria-current="step"`)
		}
		p.w(`><span>`, esc(s.Place), `</span> <code>`, esc(s.Func), `</code> <span class="soft">`, esc(s.Found), `</span></li>`)
	}
	p.w(`</ol>`)
}

// field writes one fact; what it means comes when it is opened.
func (p *page) field(f view.Field) {
	p.w(`<details data-f="`, esc(f.Name), `"><summary title="`, esc(f.Says), `"><code>`, esc(f.Name), `</code><span>`, esc(f.Value))
	if f.Unit != "" {
		p.w(` <small>`, esc(f.Unit), `</small>`)
	}
	p.w(`</span></summary><p>`, esc(f.Says))
	if f.Source != "" {
		p.w(` <code class="soft">`, esc(f.Source), `</code>`)
	}
	for _, l := range f.Links {
		p.w(` `)
		p.link(&l.Ref, l.Text, l.Rank)
	}
	p.w(`</p></details>`)
}
