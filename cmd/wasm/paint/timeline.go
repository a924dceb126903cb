package paint

import "gopark/sim/view"

// timeline writes what is around the lanes: the page draws them.
func (p *page) timeline() {
	p.w(`<section class="timeline" role="group" aria-label="Timeline"><div class="tools"><div class="lanes" role="group" aria-label="A lane for each">`)
	p.button("laneP", "A lane for each P", "P", `aria-pressed="true"`)
	p.button("laneM", "A lane for each M", "M", `aria-pressed="false"`)
	p.button("laneCore", "A lane for each core", "Core", `aria-pressed="false"`)
	p.button("laneG", "A lane for each goroutine", "G", `aria-pressed="false"`)
	p.button("laneProcess", "A lane for each process", "Process", `aria-pressed="false" hidden`)
	p.w(`</div><div class="zoom" role="group" aria-label="Zoom">`)
	p.button("zoomOut", "Zoom out", "−", "disabled")
	p.button("zoomFit", "Fit the whole run", "Fit", "disabled")
	p.button("zoomIn", "Zoom in", "+", "disabled")
	p.w(`</div><div class="zoom" role="group" aria-label="More lanes" data-part="pages" hidden>`)
	p.button("lanesUp", "Lanes before these", "↑", "")
	p.button("lanesDown", "Lanes after these", "↓", "")
	p.w(`</div>`)
	p.button("arrows", "Arrows: who woke, created, stole, handed over", "Arrows", `class="toggle" aria-pressed="false" disabled`)
	p.w(`<span class="soft key" data-part="span"></span>`)
	p.follow()
	p.w(`</div>`,
		`<div class="track" data-part="track" tabindex="0" role="group" aria-label="Lanes" aria-description="Left and right step, plus and minus zoom, zero shows the whole run, Shift with left and right moves the window, Page Up and Page Down show other lanes, Home and End go to the ends, A shows arrows, slash searches." aria-keyshortcuts="ArrowLeft ArrowRight Plus Minus 0 PageUp PageDown Home End A N /">`,
		`<canvas data-part="canvas" aria-hidden="true"></canvas><div class="scrub"></div><div class="names" data-part="names" role="group" aria-label="Names of the lanes"></div><div class="head" data-part="head" hidden></div></div>`,
		`<p class="under soft" data-part="under" aria-hidden="true"></p>`)
	p.laneKeys()
	p.w(`<div class="seeker" role="search" aria-label="Events"><span class="soft" aria-hidden="true">Find</span><input type="search" data-part="find" aria-label="Find an event" placeholder="G7 chan receive" title="G7, M2, P1, core 0, a kind of event, a reason, or several of them" autocomplete="off" spellcheck="false" maxlength="80" disabled>`)
	p.button("findBack", "Find the event before", "↑", "disabled")
	p.button("findNext", "Find the next event", "↓", "disabled")
	p.w(`<span class="soft" data-part="found" role="status" aria-live="polite"></span></div>`,
		`<details class="astable" data-part="lanetable"><summary>The timeline as a table</summary><div data-part="table">`, Lanes("", nil, nil, 0), `</div></details></section>`)
}

// laneKeys writes what the fills, bands and arrows mean.
func (p *page) laneKeys() {
	p.w(`<ul class="legend lanekeys" aria-label="What the lanes show">`)
	for _, k := range []struct{ class, words string }{
		{"run", view.SpanNames[view.SpanRun]}, {"own", view.SpanNames[view.SpanRuntime]}, {"sys", view.SpanNames[view.SpanSyscall]},
		{"able", view.SpanNames[view.SpanRunnable]}, {"wait", view.SpanNames[view.SpanWaiting]},
		{"stw", view.BandNames[view.BandSTW]}, {"gc", view.BandNames[view.BandGC]}, {"mark", view.BandNames[view.BandMark]}, {"lock", view.BandNames[view.BandLock]},
	} {
		p.w(`<li><i class="k-`, k.class, `" aria-hidden="true"></i>`, k.words, `</li>`)
	}
	p.w(`<li data-part="dense"></li></ul><ul class="legend arrowkeys" aria-label="What the arrows mean" hidden>`)
	dashes := [view.NumArrowKinds]string{"", "5 3", "1.5 2.5", "8 2 2 2"}
	for k, name := range view.ArrowNames {
		p.w(`<li><svg width="34" height="10" aria-hidden="true"><path d="M0 5H28" stroke="currentColor" stroke-width="1.25" stroke-dasharray="`, dashes[k],
			`"/><path d="M34 5l-7 3.5v-7z" fill="currentColor"/></svg>`, name, `</li>`)
	}
	p.w(`</ul>`)
}
