package paint

import (
	"strconv"
	"strings"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// tile is the attribute of an area that stands for an object: choosing any part
// of it that stands for nothing else opens the object.
func tile(kind view.RefKind, id int64) string {
	return `data-tile="` + string(kind) + ":" + strconv.FormatInt(id, 10) + `"`
}

// collector writes what collects garbage now.
func (p *page) collector(b *view.Board) {
	c := b.GC
	if c == nil {
		return
	}
	p.w(`<div class="box" `, tile(view.RefGC, 0), `><h3>`+phrase.GarbageCollector+`</h3><div class="flow">`)
	p.object("mp", view.Ref{Kind: view.RefGC}, "", "GC", phrase.GCTheGarbageCollector)
	p.w(`<span>`, esc(c.Phase), `</span>`)
	if c.Workers.Len() > 0 {
		p.w(`<span class="slot"><small>` + phrase.Workers + `</small></span>`)
		p.row(c.Workers, "")
	}
	p.w(`</div><p class="soft">`)
	words := []string{phrase.HeapSize + view.Bytes(c.Heap)}
	if c.Heap == 0 {
		words = nil
	}
	if c.Goal > 0 {
		words = append(words, phrase.ToBeDoneBy+view.Bytes(c.Goal))
	}
	if c.Ps > 0 {
		words = append(words, strconv.Itoa(c.Ps)+phrase.OfThePsDoNothingElse)
	}
	if c.Share > 0 {
		words = append(words, strconv.Itoa(c.Share)+phrase.OfThePsTime)
	}
	p.w(esc(strings.Join(words, " · ")), `</p></div>`)
}

// poller writes who waits in the network poller, and who waits for it.
func (p *page) poller(b *view.Board) {
	if b.Poll == nil {
		return
	}
	p.w(`<div class="box" `, tile(view.RefSched, 0), `><h3>`+phrase.NetworkPoller+`</h3><div class="flow">`)
	who := phrase.NoThreadWaitsInIt
	if b.Poll.M != "" {
		who = b.Poll.M + phrase.WaitsInIt
		if b.Poll.Until != "" {
			who += phrase.CommaFor + b.Poll.Until + phrase.AtMost
		}
	}
	p.w(`<span>`, esc(who), `</span>`)
	if b.Poll.Waiting.Len() > 0 {
		p.w(`<span class="slot"><small>` + phrase.ForTheNetwork + `</small></span>`)
		p.row(b.Poll.Waiting, "")
	}
	p.w(`</div></div>`)
}

// timers writes the heaps that have some.
func (p *page) timers(b *view.Board) {
	if len(b.Timers) == 0 {
		return
	}
	p.w(`<div class="box"><h3>` + phrase.Timers + `</h3><div class="flow">`)
	for _, h := range b.Timers {
		where := phrase.OneHeapForAll
		next := phrase.TheFirstIn + h.Next
		if h.Due {
			next = phrase.TheFirstIsDue
		}
		p.w(`<span class="chip">`)
		if number, ok := strings.CutPrefix(h.Where, "P"); ok {
			id, _ := strconv.ParseInt(number, 10, 64)
			p.object("pn", view.Ref{Kind: view.RefP, ID: id}, "", h.Where, h.Where+phrase.WhoseTimersTheseAre)
		} else {
			p.w(`<span>`, where, `</span>`)
		}
		p.w(`<span class="soft">`, view.Count(int64(h.Count)), ` · `, esc(next), `</span></span>`)
	}
	p.w(`</div></div>`)
}

// locks writes the scheduler's own locks that somebody has or wants.
func (p *page) locks(b *view.Board) {
	if len(b.Locks) == 0 {
		return
	}
	p.w(`<div class="box" `, tile(view.RefSched, 0), `><h3>`+phrase.LocksOfTheScheduler+`</h3>`)
	for _, l := range b.Locks {
		p.w(`<div class="flow"><span class="chip">`)
		p.object("mp", view.Ref{Kind: view.RefSched}, "", l.Name, l.Name+phrase.ALockOfTheSchedulers)
		p.w(`<span class="soft">`, esc(l.Words()), `</span></span></div>`)
	}
	p.w(`</div>`)
}
