package paint

import (
	"strconv"

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
		p.choose("Example", "example", examples, c.ID)
		p.w(`<span class="file"><span>Open a Go trace</span><input type="file" data-part="trace" aria-label="Open an execution trace of a Go program"></span>`)
	}
	p.choose("Era", "era", []Option{{c.Era, lesson.EraTitle(c.Era)}}, c.Era)
	p.choose("GOMAXPROCS", "procs", counts("auto", 1, 2, 3, 4, 6, 8, 16), strconv.Itoa(c.Procs))
	p.choose("Cores", "cores", counts("auto", 1, 2, 3, 4, 6, 8, 16), strconv.Itoa(c.Cores))
	p.w(`<label><span>Seed</span><input data-part="seed" inputmode="numeric" autocomplete="off" maxlength="20" value="`,
		strconv.FormatUint(max(1, c.Seed), 10), `"></label></div><div class="acts">`)
	p.button("reset", "Reset", "Reset", `disabled title="Bring the lesson’s program and settings back"`)
	p.button("share", "Share and keep", "Share", `aria-expanded="false" title="Link, downloads, earlier versions"`)
	p.button("compare", "Compare runs", "Compare …", `title="This program under several eras, machines or seeds, side by side"`)
	p.button("stop", "Stop", "Stop", `disabled`)
	p.button("run", "Run", `Run <kbd aria-hidden="true">⇧⏎</kbd>`, `class="go" aria-keyshortcuts="Shift+Enter Control+Enter"`)
	p.w(`</div></div><section class="sheet" role="group" data-part="sheet" aria-label="Share and keep" hidden></section><div class="grid"><div class="left"><section class="told" data-part="told" role="group" aria-label="The trace" hidden></section>`,
		`<section class="program-pane" role="group" aria-label="Program"><div class="tools2"><span class="saved" data-part="saved"></span><button type="button" data-act="format" title="gofmt">Format</button><button type="button" data-act="edit" aria-label="Edit the program">Edit</button></div><div data-part="program" class="program" tabindex="0" role="group" aria-label="Text of the program"></div>`,
		`<p class="note" data-part="note" role="status" hidden></p></section>`,
		`<section class="out" role="group" aria-label="Output" tabindex="0"><h3>Output</h3><div data-part="output"><p class="soft">What the program prints comes here.</p></div></section>`,
		`<section class="log" role="group" aria-label="Log"><h3>Log</h3><ol data-part="log" tabindex="0">`, Log(nil), `</ol></section>`,
		`</div><div class="right"><section class="board" role="group" aria-label="Board"><p class="say" data-part="say"></p><div data-part="board" class="picture"></div>`,
		`<div data-part="lens" class="picture lens" hidden><div data-part="piles"></div><div data-part="dots" hidden><canvas data-part="field" role="img"></canvas><div data-part="dotkeys"></div></div><div data-part="bill" class="bill"></div></div>`,
		`<details class="astable" data-part="table2"><summary>The board as a table</summary><table></table></details></section>`,
		`<section class="stack-pane" role="group" aria-label="Stack"><h3 data-part="stackTitle">Stack</h3><div data-part="stack"></div>`, xrayFrame, `</section></div></div>`)
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
	p.w(`<div class="transport" role="group" aria-label="Player"><div class="steps">`)
	p.button("start", "Start", icon("start"), `title="To main’s first event, then to the very first" disabled`)
	p.button("back", "Previous event", icon("back"), `disabled`)
	p.button("play", "Play", icon("play"), `class="go" title="Play" disabled`)
	p.button("next", "Next event", icon("next"), `disabled`)
	p.button("end", "End", icon("end"), `title="To the last event" disabled`)
	p.w(`</div><input type="range" class="seek" data-part="time" aria-label="Time" min="0" max="0" value="0" step="1" disabled>`,
		`<span class="clock" data-part="clock"><b>0 ns</b></span>`,
		`</div>`)
}

// follow writes what goes with one goroutine, and the speed.
func (p *page) follow() {
	p.w(`<div class="extra">`)
	p.button("stepBack", "Step back to it", icon("back"), `disabled class="ofg"`)
	p.w(`<select data-part="stepKind" aria-label="Step to">`, Options([]Option{
		{string(view.StepDecision), "Decision"}, {string(view.StepLine), "Next line of G"}, {string(view.StepRuns), "G runs"},
		{string(view.StepBlocks), "G blocks"}, {string(view.StepEnds), "G ends"}, {string(view.StepBreak), "Breakpoint"},
	}, string(view.StepDecision)), `</select>`)
	p.button("stepOn", "Step on to it", icon("next"), `disabled class="ofg"`)
	p.w(`<span class="soft" data-part="stepSays"></span>`)
	p.button("gback", "Follow the goroutine back", icon("back")+`<span data-part="gname">G</span>`, `disabled class="ofg"`)
	p.button("gnext", "Follow the goroutine forward", `<span data-part="gname">G</span>`+icon("next"), `disabled class="ofg"`)
	p.button("fork", "Fork the run here", "Fork …", `disabled class="ofg fork" title="Change one thing from this instant on, and see both futures"`)
	p.w(`<label class="speed"><span>Speed</span><input type="range" data-part="speed" aria-label="Speed" min="0" max="100" value="15" step="1"><span class="soft" data-part="rate"></span></label></div>`)
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
