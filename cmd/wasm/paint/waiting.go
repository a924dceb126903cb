package paint

import (
	"strconv"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// waiting writes who waits for what.
func (p *page) waiting(b *view.Board) {
	p.w(`<div class="box wide"><h3>` + phrase.Waiting + `</h3>`)
	if len(b.Waiting) == 0 {
		p.w(`<span class="soft">` + phrase.NoGoroutineWaitsForAnything + `</span>`)
	}
	for _, g := range b.Waiting {
		p.group(g)
	}
	p.more(b.GroupsN, "more")
	p.w(`</div>`)
}

func (p *page) group(g view.Group) {
	class := "group"
	if g.System {
		class += " system"
	}
	p.w(`<div class="`, class, `"><span class="what">`)
	if g.Ref != nil {
		p.object("", *g.Ref, "", g.Title, g.Title)
	} else {
		p.w(esc(g.Title))
	}
	if g.Type != "" {
		p.w(` <code>`, esc(g.Type), `</code>`)
	}
	if g.Closed {
		p.w(` <em>` + phrase.Closed + `</em>`)
	}
	p.w(`</span>`)
	if g.Value != "" {
		p.w(`<span class="holds">`, esc(g.Value), `</span>`)
	}
	if g.IsChan {
		p.queue("senders", g.Send)
		p.buffer(g)
		p.queue("receivers", g.Recv)
	}
	if g.Waiters.Len() > 0 {
		p.w(`<span class="flow">`)
		p.row(g.Waiters, "wait")
		p.w(`</span>`)
	}
	if g.When != "" {
		p.w(`<span class="soft">`, esc(g.When), `</span>`)
	}
	p.w(`</div>`)
}

func (p *page) queue(name string, r view.Row) {
	if r.Len() == 0 {
		return
	}
	p.w(`<span class="slot"><small>`, name, `</small><span class="ring">`)
	p.row(r, "wait")
	p.w(`</span></span>`)
}

// buffer writes a channel's slots, oldest value first.
func (p *page) buffer(g view.Group) {
	if g.Cap == 0 {
		p.w(`<span class="soft">` + phrase.NoBuffer + `</span>`)
		return
	}
	p.w(`<span class="buf" role="img" aria-label="`+phrase.BufferOf, strconv.Itoa(g.Len), phrase.OfTotal, strconv.Itoa(g.Cap), `">`)
	for i := range min(g.Cap, 16) {
		if i < len(g.Buffer) {
			p.w(`<i class="full">`, esc(g.Buffer[i]), `</i>`)
		} else {
			p.w(`<i></i>`)
		}
	}
	if g.Cap > 16 {
		p.w(`<span class="more">`+phrase.OfElements, view.Count(int64(g.Cap)), `</span>`)
	}
	p.w(`</span>`)
}
