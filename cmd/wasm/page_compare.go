//go:build js

package main

import (
	"strconv"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/share"
	"gopark/sim"
	"gopark/sim/lesson"
	"gopark/sim/view"
)

// A comparing is the dialog in which several runs of one program are side by side.
// The page has one; the engine holds its runs while it is open, and no longer.
type comparing struct {
	page *thePage
	el   js.Value // the dialog
	turn int      // counts what was begun: answers to earlier questions are not heard

	// What is to be run.
	c       *cell
	source  string
	setup   []lesson.Settings
	fork    *fork // nil: nothing is forked
	options []paint.Option

	// The runs.
	runs  []rival
	known bool   // what they differ in
	part  Rivals // the first difference; no Event: there is none

	// Where they stand.
	at       []int
	now, end int64
	from, to int64 // the window of the strips; to 0: all
	busy     bool
	want     *Rivals // to be asked for when the answer has come
	playing  bool
	carry    float64
	before   float64
	frames   *jsx.Frames
}

// A rival is one of the runs.
type rival struct {
	paint.Rival
	source   string
	reseed   sim.Reseed
	seq      int
	over     bool
	progress view.Progress
	same     int64 // up to when it is like the others; past its end: all of it
	tall     int   // pixels: the most that its board has taken
}

// comparing is the page's dialog, made when it is first wanted.
func (p *thePage) comparing() *comparing {
	if p.compare != nil {
		return p.compare
	}
	el := jsx.Document.Call("createElement", "dialog")
	jsx.Attr(el, "class", "cmp")
	jsx.Attr(el, "aria-label", phrase.Compare)
	jsx.HTML(el, paint.CompareFrame())
	jsx.Document.Get("body").Call("appendChild", el)
	k := &comparing{page: p, el: el}
	k.frames = jsx.NewFrames(k.tick)
	jsx.On(el, "click", func(e js.Value) { k.click(e) })
	jsx.On(el, "change", func(e js.Value) { k.changed(e.Get("target")) })
	jsx.On(el, "input", func(e js.Value) {
		if target := e.Get("target"); jsx.Data(target, "f") == "time" {
			k.seek(int64(target.Get("valueAsNumber").Float()))
		}
	})
	jsx.On(el, "keydown", k.key)
	jsx.On(el, "close", func(js.Value) { k.closed() })
	p.compare = k
	return k
}

// get is what the dialog has under a name of data-part.
func (k *comparing) get(part string) js.Value { return jsx.One(k.el, `[data-part="`+part+`"]`) }

// open asks which runs are to be side by side: of a cell's program as it stands, or,
// to fork, of the run that it shows. linked is the link that sets runs beside it.
func (k *comparing) open(c *cell, forks bool, linked *share.Link) {
	if forks && c.frame == nil {
		c.note(phrase.RunTheProgramFirstAndStop)
		return
	}
	k.c, k.fork, k.source, k.setup = c, nil, c.editor.text, nil
	k.options = nil
	for _, e := range eras() {
		k.options = append(k.options, paint.Option{Value: e.Name, Label: e.Title})
	}
	title := phrase.CompareTitle + c.info.Title
	if forks {
		title = phrase.ForkTitle + c.info.Title
		if c.frame.Event > rivalEvents {
			c.note(phrase.RunsSideBySideHave + view.Count(rivalEvents) + phrase.EventsAtMostAndThisInstant)
			return
		}
		k.source = c.source
		k.fork = newFork(c, linked)
	} else if k.setup = []lesson.Settings{c.settings()}; linked == nil {
		k.setup = append(k.setup, k.another(c.settings()))
	} else {
		for _, r := range linked.Beside {
			k.setup = append(k.setup, beside(c.settings(), r))
		}
	}
	jsx.HTML(k.get("cmpNote"), "")
	if linked != nil {
		jsx.HTML(k.get("cmpNote"), paint.CompareLinked)
	}
	jsx.Text(k.get("cmpTitle"), title)
	jsx.Attr(k.el, "aria-label", title)
	c.player.pause()
	k.ask()
	k.el.Call("showModal")
	k.get("cmpTitle").Call("focus")
}

// another are settings with another era: one from the middle of its history.
func (k *comparing) another(s lesson.Settings) lesson.Settings {
	m := len(k.options) / 2
	if k.options[m].Value == s.Era {
		m = len(k.options) - 1
	}
	s.Era = k.options[m].Value
	return s
}

// ask shows the choice of runs.
func (k *comparing) ask() {
	k.stopAll()
	if k.fork != nil {
		f := k.fork
		jsx.HTML(k.get("cmpBody"), paint.ForkSetup(f.settings, f.to, f.event, f.time, f.change, k.options, f.source))
	} else {
		jsx.HTML(k.get("cmpBody"), paint.CompareSetup(k.setup, k.options, maxRivals))
	}
	k.show("setup", false)
	k.show("stop", false)
}

// show shows or hides a button of the dialog's head.
func (k *comparing) show(do string, on bool) {
	jsx.One(k.el, `[data-do="`+do+`"]`).Set("hidden", !on)
}

// stopAll forgets the runs, here and in the engine.
func (k *comparing) stopAll() {
	k.turn++
	k.playing, k.busy, k.want = false, false, nil
	if len(k.runs) == 0 {
		return
	}
	for i := range k.runs {
		k.page.client.drop(k.runs[i].seq)
		if !k.runs[i].over {
			k.page.client.ask(Request{Op: Stop, Cell: rivalCell(i)}, func(*Reply) {})
		}
	}
	k.runs, k.known, k.at, k.part = nil, false, nil, Rivals{}
	k.now, k.end, k.from, k.to = 0, 0, 0, 0
	k.page.client.ask(Request{Op: Release}, func(*Reply) {})
}

// closed is told that the dialog is closed, by whatever.
func (k *comparing) closed() {
	k.stopAll()
	k.c, k.fork, k.setup, k.source = nil, nil, nil, ""
	jsx.HTML(k.get("cmpBody"), "")
	jsx.Text(k.get("cmpSays"), "")
}

func (k *comparing) click(e js.Value) {
	target := e.Get("target")
	if b, ok := jsx.Closest(target, "[data-do]"); ok {
		k.do(jsx.Data(b, "do"), b)
		return
	}
	if strip, ok := jsx.Closest(target, ".cmp-strip svg"); ok && k.end > 0 {
		at := jsx.RectOf(strip)
		from, to := k.window()
		k.pause()
		k.seek(from + int64((e.Get("clientX").Float()-at.X)/at.W*float64(to-from)))
	}
}

// do does what a button says.
func (k *comparing) do(what string, b js.Value) {
	switch what {
	case "close":
		k.el.Call("close")
	case "setup":
		k.ask()
		k.get("cmpTitle").Call("focus")
	case "stop":
		for i := range k.runs {
			if !k.runs[i].over {
				k.page.client.drop(k.runs[i].seq)
				k.hear(i, Request{Op: Stop, Cell: rivalCell(i)})
			}
		}
	case "more":
		k.setup = k.read()
		k.setup = append(k.setup, k.setup[len(k.setup)-1])
		k.ask()
		jsx.One(k.el, `[data-row="`+strconv.Itoa(len(k.setup)-1)+`"] select`).Call("focus")
	case "less":
		row, _ := jsx.Closest(b, "[data-row]")
		i, _ := strconv.Atoi(jsx.Data(row, "row"))
		k.setup = k.read()
		k.setup = append(k.setup[:i], k.setup[i+1:]...)
		k.ask()
		jsx.One(k.el, `[data-do="more"]`).Call("focus")
	case "link":
		k.copyLink()
	case "go":
		k.runs = k.asked()
		k.start()
	default:
		k.play(what)
	}
}

func (k *comparing) changed(target js.Value) {
	if jsx.Data(target, "f") == "change" && k.fork != nil {
		k.fork.change = target.Get("value").String()
		k.ask()
		jsx.One(k.el, `[data-f="change"]`).Call("focus")
	}
}

// read is what the lines of the setup say.
func (k *comparing) read() (list []lesson.Settings) {
	for _, row := range jsx.All(k.el, "[data-row]") {
		list = append(list, k.fields(row, lesson.Settings{Limit: k.c.info.Limit}))
	}
	return list
}

// fields lays what the fields inside an element say over settings.
func (k *comparing) fields(inside js.Value, s lesson.Settings) lesson.Settings {
	for _, el := range jsx.All(inside, "[data-f]") {
		value := strings.TrimSpace(el.Get("value").String())
		n, _ := strconv.Atoi(value)
		switch jsx.Data(el, "f") {
		case "era":
			s.Era = value
		case "procs":
			s.Procs = n
		case "cores":
			s.Cores = n
		case "seed":
			seed, _ := strconv.ParseUint(value, 10, 64)
			s.Seed = max(1, seed)
		}
	}
	return s
}

// asked are the runs that the setup asks for.
func (k *comparing) asked() (runs []rival) {
	if k.fork != nil {
		return k.forked()
	}
	k.setup = k.read()
	for _, s := range k.setup {
		runs = append(runs, rival{Rival: paint.Rival{Settings: s}, source: k.source})
	}
	return runs
}

// start runs them.
func (k *comparing) start() {
	k.turn++
	var shown []paint.Rival
	for _, r := range k.runs {
		shown = append(shown, r.Rival)
	}
	says := ""
	if k.fork != nil {
		says = k.fork.says
	}
	jsx.HTML(k.get("cmpBody"), paint.Rivals(shown, says))
	k.show("setup", true)
	k.show("stop", true)
	jsx.One(k.el, `[data-do="setup"]`).Call("focus")
	for i := range k.runs {
		r := &k.runs[i]
		k.hear(i, Request{
			Op: Run, Cell: rivalCell(i), Source: r.source, Settings: r.Settings, Reseed: r.reseed,
			Tidy: r.source != k.c.original,
		})
	}
}

// hear asks the engine something that a run's progress answers.
func (k *comparing) hear(i int, req Request) {
	turn := k.turn
	k.runs[i].seq = k.page.client.ask(req, func(r *Reply) {
		if turn == k.turn {
			k.told(i, r)
		}
	})
}

// told takes in how far a run has got.
func (k *comparing) told(i int, r *Reply) {
	switch {
	case r.Error != "":
		k.fail(r.Error)
		return
	case len(r.Diagnostics) > 0:
		k.fail("")
		jsx.HTML(k.get("cmpBody"), paint.Diagnostics(r.Diagnostics))
		return
	case r.Progress == nil:
		return
	}
	run := &k.runs[i]
	run.progress, run.over = *r.Progress, r.Last
	jsx.Text(k.get("cmpEvent"+strconv.Itoa(i)), "· "+view.Count(int64(run.progress.Events))+phrase.EventsSoFar)
	k.end = max(k.end, run.progress.Time)
	k.contrast()
}

// fail shows why there is nothing to compare.
func (k *comparing) fail(why string) {
	k.stopAll()
	jsx.HTML(k.get("cmpBody"), `<p class="end bad" role="alert"></p>`)
	jsx.Text(jsx.One(k.get("cmpBody"), "p"), why)
	k.show("stop", false)
}
