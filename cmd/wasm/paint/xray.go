package paint

import (
	"strconv"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// segmentsShown is how many segments are drawn at each end of a long chain.
const segmentsShown = 6

// XRay is what there is to know of a stack beside its frames: how much room the next
// call has, how the stack has grown, and what leaving the thread would store.
func XRay(x *view.XRay) string {
	p := &page{}
	if x == nil {
		return `<p class="soft">` + phrase.ThereIsNoStackToLook + `</p>`
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
	p.w(`<section class="xr-room"><h4>` + phrase.TheNextCallsCheck + `</h4>`)
	c := x.Check
	if c == nil {
		p.w(`<p>` + phrase.FunctionsHaveNoCheckForRoom + `</p></section>`)
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
		{"used", "used", used}, {"left", phrase.RoomAboveTheGuard, left},
		{"small", phrase.OfTheGuardAFrameMay, small}, {"kept", phrase.KeptForFunctionsThatCantCheck, c.Guard - into - small},
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
		p.w(`<p class="xr-code"><code>`+phrase.StackPointer, c.SP, phrase.AtMostGuard, c.At, `</code>`+phrase.RuntimeMorestackOn+`</p>`)
	}
	p.w(`</section>`)
}

// segments draws the pieces of a stack that is linked, outermost first.
func (p *page) segments(x *view.XRay) {
	n := len(x.Pieces)
	if n == 0 {
		return
	}
	p.w(`<section><h4>` + phrase.ItsSegments + `</h4><ol class="xr-segs">`)
	for i, s := range x.Pieces {
		if i >= segmentsShown && i < n-segmentsShown {
			if i == segmentsShown {
				p.w(`<li class="soft">… `, strconv.Itoa(n-2*segmentsShown), phrase.MoreSegments+`</li>`)
			}
			continue
		}
		used := x.Used - s.From
		if i+1 < n {
			used = x.Pieces[i+1].From - s.From
		}
		why := phrase.TheFirst
		if s.Func != "" {
			why = phrase.ForLength + s.Func
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
		return phrase.NoFurtherSegmentHasBeenLinked
	case freed <= 0:
		return phrase.SegmentsWereLinked + times(links) + phrase.NoneHasBeenFreed
	}
	return phrase.SegmentsWereLinked + times(links) + phrase.AndFreed + times(freed) + phrase.WhenTheFunctionThatNeededOne
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return view.Count(int64(n)) + phrase.SoManyTimes
}

// growth shows the last change of the stack; if it is the event shown, the old one
// beside the new.
func (p *page) growth(x *view.XRay) {
	g := x.Changed
	p.w(`<section class="xr-grown"><h4>` + phrase.HowItChanged)
	if g == nil {
		p.w(`</h4><p class="soft">` + phrase.NotYetItIsAsIt + `</p></section>`)
		return
	}
	p.w(`: `, esc(g.Kind))
	if !g.Now {
		p.w(` <button type="button" data-n="`, strconv.Itoa(g.Event), `">`+phrase.GoThere+`</button>`)
	}
	p.w(`</h4>`)
	if g.Now && len(g.Old) > 0 {
		p.w(`<div class="xr-copy" role="img" aria-label="`, esc(phrase.TheOldStackOf+view.Bytes(g.From)+phrase.BesideTheNewOneOf+view.Bytes(g.To)+phrase.ToOneScale), `">`)
		most := max(g.From, g.To)
		p.grown("old", g.From, most, 0, g.Old)
		p.w(`<span class="xr-arrow">`, view.Count(g.Copied), phrase.BytesCopied+`</span>`)
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
	p.w(`<section><h4>` + phrase.WhatASwitchSaves + `</h4>`)
	for _, s := range saves {
		p.w(`<div class="xr-save"><p><b>`, esc(s.Kind), `</b>: `, view.Count(s.Bytes), phrase.BytesStop, esc(s.Says),
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
const xrayFrame = `<details class="xray" data-part="xray"><summary>` + phrase.XRay + `<span data-part="xrayNow"></span></summary><div data-part="xrayBody"></div></details>`
