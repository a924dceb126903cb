package paint

import (
	"strconv"

	"gopark/sim/view"
)

// segmentsShown is how many segments are drawn at each end of a long chain.
const segmentsShown = 6

// XRay is what there is to know of a stack beside its frames: how much room the next
// call has, how the stack has grown, and what leaving the thread would store.
func XRay(x *view.XRay) string {
	p := &page{}
	if x == nil {
		return `<p class="soft">There is no stack to look into at this instant.</p>`
	}
	p.w(`<div class="xr" style="`, ColourStyle(x.Of.Rank), `">`)
	if x.Size > 0 {
		p.room(x)
		p.segments(x)
		p.growth(x)
	}
	p.saves(x.Saves)
	p.w(`</div>`)
	return p.String()
}

// room draws the check of the next call's prologue.
func (p *page) room(x *view.XRay) {
	p.w(`<section class="xr-room"><h4>The next call’s check</h4>`)
	c := x.Check
	if c == nil {
		p.w(`<p>Functions have no check for room here: the stack has its full size from the start and never moves.</p></section>`)
		return
	}
	size, used := x.Size, x.Used
	if k := len(x.Pieces); k > 0 {
		size, used = x.Pieces[k-1].Size, x.Used-x.Pieces[k-1].From
	}
	left := max(0, size-c.Guard-used)
	into := max(0, used-(size-c.Guard)) // the guard
	small := max(0, min(c.Small, c.Guard)-into)
	parts := []struct {
		class, name string
		bytes       int64
	}{
		{"used", "used", used}, {"left", "room above the guard", left},
		{"small", "of the guard a frame may use", small}, {"kept", "kept for functions that can’t check", c.Guard - into - small},
	}
	p.w(`<div class="xr-bar" aria-hidden="true">`)
	for _, b := range parts {
		p.w(`<i class="`, b.class, `" style="flex:`, view.Plain(b.bytes), `"></i>`)
	}
	p.w(`</div><ul class="xr-key">`)
	for _, b := range parts {
		p.w(`<li><i class="`, b.class, `" aria-hidden="true"></i>`, view.Count(b.bytes), ` B `, b.name, `</li>`)
	}
	p.w(`</ul><p`)
	if c.Asked {
		p.w(` class="xr-now"`)
	}
	p.w(`>`, esc(c.Says), `</p>`)
	switch {
	case c.Asked:
		p.w(`<p class="xr-code"><code>stackguard0 = stackPreempt</code> · <code>runtime.newstack</code></p>`)
	case c.SP != "":
		p.w(`<p class="xr-code"><code>sp `, c.SP, ` ≤ guard `, c.At, `</code> ? <code>runtime.morestack</code> : on</p>`)
	}
	p.w(`</section>`)
}

// segments draws the pieces of a stack that is linked, outermost first.
func (p *page) segments(x *view.XRay) {
	n := len(x.Pieces)
	if n == 0 {
		return
	}
	p.w(`<section><h4>Its segments</h4><ol class="xr-segs">`)
	for i, s := range x.Pieces {
		if i >= segmentsShown && i < n-segmentsShown {
			if i == segmentsShown {
				p.w(`<li class="soft">… `, strconv.Itoa(n-2*segmentsShown), ` more …</li>`)
			}
			continue
		}
		used := x.Used - s.From
		if i+1 < n {
			used = x.Pieces[i+1].From - s.From
		}
		why := "the first"
		if s.Func != "" {
			why = "for " + s.Func
		}
		p.w(`<li style="flex:`, view.Plain(s.Size), `"><i class="used" style="width:`, percent(used, s.Size), `"></i><span>`,
			view.Bytes(s.Size), `</span><small>`, esc(why), `</small></li>`)
	}
	p.w(`</ol><p>`, linked(x.Splits, x.Splits-(n-1)), `</p></section>`)
}

// linked says how often segments came and went.
func linked(links, freed int) string {
	switch {
	case links == 0:
		return "No further segment has been linked yet."
	case freed <= 0:
		return "Segments were linked " + times(links) + "; none has been freed."
	}
	return "Segments were linked " + times(links) + " and freed " + times(freed) + ", when the function that needed one returned. A call in a loop that crosses the end of a segment does both each time round: the hot split."
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return view.Count(int64(n)) + " times"
}

// growth shows the last change of the stack; if it is the event shown, the old one
// beside the new.
func (p *page) growth(x *view.XRay) {
	g := x.Changed
	p.w(`<section class="xr-grown"><h4>How it changed`)
	if g == nil {
		p.w(`</h4><p class="soft">Not yet: it is as it was made.</p></section>`)
		return
	}
	p.w(`: `, esc(g.Kind))
	if !g.Now {
		p.w(` <button type="button" data-n="`, strconv.Itoa(g.Event), `">Go there</button>`)
	}
	p.w(`</h4>`)
	if g.Now && len(g.Old) > 0 {
		p.w(`<div class="xr-copy" role="img" aria-label="`, esc("The old stack of "+view.Bytes(g.From)+" beside the new one of "+view.Bytes(g.To)+", to one scale"), `">`)
		most := max(g.From, g.To)
		p.grown("old", g.From, most, 0, g.Old)
		p.w(`<span class="xr-arrow">`, view.Count(g.Copied), ` bytes copied →</span>`)
		p.grown("new", g.To, most, x.Guard, x.Frames)
		p.w(`</div>`)
	}
	p.w(`<p>`, esc(g.Says), `</p></section>`)
}

// grown is a stack of one size on a scale on which most is the full height.
func (p *page) grown(name string, size, most, guard int64, frames []view.StackFrame) {
	p.w(`<figure><div class="xr-pile"><div class="mem" style="height:`, percent(size, most), `">`)
	if guard > 0 {
		p.w(`<div class="guard" style="height:`, percent(guard, size), `"></div>`)
	}
	p.bars(frames, size)
	p.w(`</div></div><figcaption>`, name, `, `, view.Bytes(size), `</figcaption></figure>`)
}

// saves lists what the kinds of switches store, all to one scale.
func (p *page) saves(saves []view.Save) {
	most := int64(1)
	for _, s := range saves {
		most = max(most, s.Bytes)
	}
	p.w(`<section><h4>What a switch saves</h4>`)
	for _, s := range saves {
		p.w(`<div class="xr-save"><p><b>`, esc(s.Kind), `</b>: `, view.Count(s.Bytes), ` bytes. `, esc(s.Says),
			`</p><div class="xr-words" aria-hidden="true" style="width:`, percent(s.Bytes, most), `">`)
		for _, w := range s.Words {
			class := "word1"
			if w.Bytes > 8 {
				class = "many"
			}
			p.w(`<i class="`, class, `" style="flex:`, view.Plain(w.Bytes), `"></i>`)
		}
		p.w(`</div><p class="xr-names">`)
		for i, w := range s.Words {
			if i > 0 {
				p.w(` `)
			}
			p.w(`<code>`, esc(w.Name))
			if w.Bytes != 8 {
				p.w(` `, view.Count(w.Bytes), ` B`)
			}
			p.w(`</code>`)
		}
		p.w(`</p></div>`)
	}
	p.w(`</section>`)
}

// percent is a part of all as CSS has it.
func percent(n, of int64) string {
	return strconv.FormatFloat(100*float64(n)/float64(max(1, of)), 'f', 3, 64) + "%"
}

// xrayFrame is where a cell has its x-ray.
const xrayFrame = `<details class="xray" data-part="xray"><summary>X-ray<span data-part="xrayNow"></span></summary><div data-part="xrayBody"></div></details>`
