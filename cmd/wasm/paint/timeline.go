package paint

import (
	"gopark/cmd/wasm/phrase"
	"gopark/sim/view"
)

// timeline writes what is around the lanes: the page draws them.
func (p *page) timeline() {
	p.w(`<section class="timeline" role="group" aria-label="` + phrase.Timeline + `"><div class="tools"><div class="lanes" role="group" aria-label="` + phrase.ALaneForEach + `">`)
	p.button("laneP", phrase.ALaneForEachP, "P", `aria-pressed="true"`)
	p.button("laneM", phrase.ALaneForEachM, "M", `aria-pressed="false"`)
	p.button("laneCore", phrase.ALaneForEachCore, phrase.LaneOfCore, `aria-pressed="false"`)
	p.button("laneG", phrase.ALaneForEachGoroutine, "G", `aria-pressed="false"`)
	p.button("laneProcess", phrase.ALaneForEachProcess, phrase.Process, `aria-pressed="false" hidden`)
	p.w(`</div><div class="zoom" role="group" aria-label="` + phrase.Zoom + `">`)
	p.button("zoomOut", phrase.ZoomOut, "−", "disabled")
	p.button("zoomFit", phrase.FitTheWholeRun, phrase.Fit, "disabled")
	p.button("zoomIn", phrase.ZoomIn, "+", "disabled")
	p.w(`</div><div class="zoom" role="group" aria-label="` + phrase.MoreLanes + `" data-part="pages" hidden>`)
	p.button("lanesUp", phrase.LanesBeforeThese, "↑", "")
	p.button("lanesDown", phrase.LanesAfterThese, "↓", "")
	p.w(`</div>`)
	p.button("arrows", phrase.ArrowsWhoWokeCreatedStoleHanded, phrase.Arrows, `class="toggle" aria-pressed="false" disabled`)
	p.w(`<span class="soft key" data-part="span"></span>`)
	p.follow()
	p.w(`</div>`,
		`<div class="track" data-part="track" tabindex="0" role="group" aria-label="`+phrase.LanesLabel+`" aria-description="`+phrase.LeftAndRightStepPlusAnd+`" aria-keyshortcuts="ArrowLeft ArrowRight Plus Minus 0 PageUp PageDown Home End A N /">`,
		`<canvas data-part="canvas" aria-hidden="true"></canvas><div class="scrub"></div><div class="names" data-part="names" role="group" aria-label="`+phrase.NamesOfTheLanes+`"></div><div class="head" data-part="head" hidden></div></div>`,
		`<p class="under soft" data-part="under" aria-hidden="true"></p>`)
	p.laneKeys()
	p.w(`<div class="seeker" role="search" aria-label="` + phrase.Events + `"><span class="soft" aria-hidden="true">` + phrase.Find + `</span><input type="search" data-part="find" aria-label="` + phrase.FindAnEvent + `" placeholder="` + phrase.G7ChanReceive + `" title="` + phrase.G7M2P1Core0A + `" autocomplete="off" spellcheck="false" maxlength="80" disabled>`)
	p.button("findBack", phrase.FindTheEventBefore, "↑", "disabled")
	p.button("findNext", phrase.FindTheNextEvent, "↓", "disabled")
	p.w(`<span class="soft" data-part="found" role="status" aria-live="polite"></span></div>`,
		`<details class="astable" data-part="lanetable"><summary>`+phrase.TheTimelineAsATable+`</summary><div data-part="table">`, Lanes(view.Query{}, "", nil, nil, nil, 0), `</div></details></section>`)
}

// laneKeys writes what the fills, bands and arrows mean.
func (p *page) laneKeys() {
	p.w(`<ul class="legend lanekeys" aria-label="` + phrase.WhatTheLanesShow + `">`)
	for _, k := range []struct{ class, words string }{
		{"run", view.SpanNames[view.SpanRun]}, {"own", view.SpanNames[view.SpanRuntime]}, {"sys", view.SpanNames[view.SpanSyscall]},
		{"able", view.SpanNames[view.SpanRunnable]}, {"wait", view.SpanNames[view.SpanWaiting]},
		{"stw", view.BandNames[view.BandSTW]}, {"gc", view.BandNames[view.BandGC]}, {"mark", view.BandNames[view.BandMark]}, {"lock", view.BandNames[view.BandLock]},
	} {
		p.w(`<li><i class="k-`, k.class, `" aria-hidden="true"></i>`, k.words, `</li>`)
	}
	p.w(`<li class="regionkey" hidden><svg width="34" height="10" aria-hidden="true"><path d="M0 2H34M7 6H25" stroke="currentColor" stroke-width="3"/></svg>`, view.BandNames[view.BandRegion], `</li>`)
	p.w(`<li data-part="dense"></li></ul><ul class="legend arrowkeys" aria-label="` + phrase.WhatTheArrowsMean + `" hidden>`)
	dashes := [view.NumArrowKinds]string{"", "5 3", "1.5 2.5", "8 2 2 2"}
	for k, name := range view.ArrowNames {
		p.w(`<li><svg width="34" height="10" aria-hidden="true"><path d="M0 5H28" stroke="currentColor" stroke-width="1.25" stroke-dasharray="`, dashes[k],
			`"/><path d="M34 5l-7 3.5v-7z" fill="currentColor"/></svg>`, name, `</li>`)
	}
	p.w(`</ul>`)
}
