package paint

import (
	"strconv"

	"gopark/cmd/wasm/phrase"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// An Option is an entry of a select.
type Option struct{ Value, Label string }

// Cell is everything inside a cell's section, before anything has run, with a
// menu of examples if there are any. The
// elements that the page fills later have the attribute data-part; controls
// have data-act.
func Cell(c lesson.Cell, examples []Option) string {
	p := &page{}
	p.w(`<div class="bar"><h2 class="cell-title">`, esc(c.Title), `</h2><div class="set">`)
	if len(examples) > 0 {
		p.choose(phrase.Example, "example", examples, c.ID)
		p.w(`<span class="file"><span>` + phrase.OpenAGoTrace + `</span><input type="file" data-part="trace" aria-label="` + phrase.OpenAnExecutionTraceOfA + `"></span>`)
	}
	p.choose(phrase.Era, "era", []Option{{c.Era, lesson.EraTitle(c.Era)}}, c.Era)
	p.choose("GOMAXPROCS", "procs", counts(phrase.Auto, 1, 2, 3, 4, 6, 8, 16), strconv.Itoa(c.Procs))
	p.choose(phrase.Cores, "cores", counts(phrase.Auto, 1, 2, 3, 4, 6, 8, 16), strconv.Itoa(c.Cores))
	p.w(`<label><span>`+phrase.Seed+`</span><input data-part="seed" inputmode="numeric" autocomplete="off" maxlength="20" value="`,
		strconv.FormatUint(max(1, c.Seed), 10), `"></label></div><div class="acts">`)
	p.button("reset", phrase.Reset, phrase.Reset, `disabled title="`+phrase.BringTheLessonsProgramAndSettings+`"`)
	p.button("share", phrase.ShareAndKeep, phrase.Share, `aria-expanded="false" title="`+phrase.LinkDownloadsEarlierVersions+`"`)
	p.button("compare", phrase.CompareRuns, "Compare …", `title="`+phrase.ThisProgramUnderSeveralErasMachines+`"`)
	p.button("stop", phrase.Stop, phrase.Stop, `disabled`)
	p.button("run", phrase.Run, phrase.RunNamed+`<kbd aria-hidden="true">⇧⏎</kbd>`, `class="go" aria-keyshortcuts="Shift+Enter Control+Enter"`)
	p.w(`</div></div><section class="sheet" role="group" data-part="sheet" aria-label="`+phrase.ShareAndKeep+`" hidden></section><div class="grid"><div class="left"><section class="told" data-part="told" role="group" aria-label="`+phrase.TheTrace+`" hidden></section>`,
		`<section class="program-pane" role="group" aria-label="`+phrase.Program+`"><div class="tools2"><span class="saved" data-part="saved"></span><button type="button" data-act="format" title="`+phrase.Gofmt+`">`+phrase.Format+`</button><button type="button" data-act="edit" aria-label="`+phrase.EditTheProgram+`">`+phrase.Edit+`</button></div><div data-part="program" class="program" tabindex="0" role="group" aria-label="`+phrase.TextOfTheProgram+`"></div>`,
		`<p class="note" data-part="note" role="status" hidden></p></section>`,
		`<section class="out" role="group" aria-label="`+phrase.Output+`" tabindex="0"><h3>`+phrase.Output+`</h3><div data-part="output"><p class="soft">`+phrase.WhatTheProgramPrintsComesHere+`</p></div></section>`,
		`<section class="log" role="group" aria-label="`+phrase.Log+`"><h3>`+phrase.Log+`</h3><ol data-part="log" tabindex="0">`, Log(nil), `</ol></section>`,
		`</div><div class="right"><section class="board" role="group" aria-label="`+phrase.Board+`"><p class="say" data-part="say"></p><div data-part="board" class="picture"></div>`,
		`<div data-part="lens" class="picture lens" hidden><div data-part="piles"></div><div data-part="dots" hidden><canvas data-part="field" role="img"></canvas><div data-part="dotkeys"></div></div><div data-part="bill" class="bill"></div></div>`,
		`<details class="astable" data-part="table2"><summary>`+phrase.TheBoardAsATable+`</summary><table></table></details></section>`,
		`<section class="stack-pane" role="group" aria-label="`+phrase.Stack+`"><h3 data-part="stackTitle">`+phrase.Stack+`</h3><div data-part="stack"></div>`, xrayFrame, `</section></div></div>`)
	p.transport()
	p.timeline()
	p.w(`<section class="card" data-part="card" role="dialog" hidden></section>`)
	p.w(`<p class="hidden" data-part="status" role="status" aria-live="polite"></p>`)
	return p.String()
}

func counts(zero string, ns ...int) []Option {
	options := []Option{{"0", zero}}
	for _, n := range ns {
		options = append(options, Option{strconv.Itoa(n), strconv.Itoa(n)})
	}
	return options
}

func (p *page) choose(label, part string, options []Option, chosen string) {
	p.w(`<label><span>`, label, `</span><select data-part="`, part, `" aria-label="`, label, `">`)
	p.w(Options(options, chosen), `</select></label>`)
}

// Options are a select's options; a chosen one that is not among them is added.
func Options(options []Option, chosen string) string {
	p := &page{}
	found := false
	for _, o := range options {
		sel := ""
		if o.Value == chosen {
			sel, found = " selected", true
		}
		p.w(`<option value="`, esc(o.Value), `"`, sel, `>`, esc(o.Label), `</option>`)
	}
	if !found {
		p.w(`<option value="`, esc(chosen), `" selected>`, esc(chosen), `</option>`)
	}
	return p.String()
}

func (p *page) button(act, name, inner, more string) {
	p.w(`<button type="button" data-act="`, act, `" aria-label="`, esc(name), `" `, more, `>`, inner, `</button>`)
}

// transport writes the player's controls.
func (p *page) transport() {
	p.w(`<div class="transport" role="group" aria-label="` + phrase.Player + `"><div class="steps">`)
	p.button("start", phrase.Start, icon("start"), `title="`+phrase.ToMainsFirstEventThenTo+`" disabled`)
	p.button("back", phrase.PreviousEvent, icon("back"), `disabled`)
	p.button("play", phrase.Play, icon("play"), `class="go" title="`+phrase.Play+`" disabled`)
	p.button("next", phrase.NextEvent, icon("next"), `disabled`)
	p.button("end", "End", icon("end"), `title="`+phrase.ToTheLastEvent+`" disabled`)
	p.w(`</div><input type="range" class="seek" data-part="time" aria-label="`+phrase.Time+`" min="0" max="0" value="0" step="1" disabled>`,
		`<span class="clock" data-part="clock"><b>`+phrase.NoTimeYet+`</b></span>`,
		`</div>`)
}

// follow writes what goes with one goroutine, and the speed.
func (p *page) follow() {
	p.w(`<div class="extra">`)
	p.button("stepBack", phrase.StepBackToIt, icon("back"), `disabled class="ofg"`)
	p.w(`<select data-part="stepKind" aria-label="`+phrase.StepTo+`">`, Options([]Option{
		{string(view.StepDecision), phrase.Decision}, {string(view.StepLine), phrase.NextLineOfG}, {string(view.StepRuns), phrase.GRuns},
		{string(view.StepBlocks), phrase.GBlocks}, {string(view.StepEnds), phrase.GEnds}, {string(view.StepBreak), phrase.Breakpoint},
	}, string(view.StepDecision)), `</select>`)
	p.button("stepOn", phrase.StepOnToIt, icon("next"), `disabled class="ofg"`)
	p.w(`<span class="soft" data-part="stepSays"></span>`)
	p.button("gback", phrase.FollowTheGoroutineBack, icon("back")+`<span data-part="gname">G</span>`, `disabled class="ofg"`)
	p.button("gnext", phrase.FollowTheGoroutineForward, `<span data-part="gname">G</span>`+icon("next"), `disabled class="ofg"`)
	p.button("fork", phrase.ForkTheRunHere, "Fork …", `disabled class="ofg fork" title="`+phrase.ChangeOneThingFromThisInstant+`"`)
	p.w(`<label class="speed"><span>` + phrase.Speed + `</span><input type="range" data-part="speed" aria-label="` + phrase.Speed + `" min="0" max="100" value="15" step="1"><span class="soft" data-part="rate"></span></label></div>`)
}

// icon is one of the player's signs.
func icon(name string) string {
	paths := map[string]string{
		"play":  `<path d="M5 3l11 7-11 7z"/>`,
		"pause": `<path d="M5 3h4v14H5zM11 3h4v14h-4z"/>`,
		"back":  `<path d="M14 4l-8 6 8 6z"/>`,
		"next":  `<path d="M6 4l8 6-8 6z"/>`,
		"start": `<path d="M4 4h2.5v12H4zM16 4l-8 6 8 6z"/>`,
		"end":   `<path d="M13.5 4H16v12h-2.5zM4 4l8 6-8 6z"/>`,
	}
	return `<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" fill="currentColor">` + paths[name] + `</svg>`
}

// PlayIcon is what the button Play shows.
func PlayIcon(playing bool) string {
	if playing {
		return icon("pause")
	}
	return icon("play")
}
