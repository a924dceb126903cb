//go:build js

package main

import (
	"cmp"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/share"
	"gopark/sim/lesson"
)

// A goal is the instant that a link is about: it is gone to once the reader has
// run the program.
type goal struct {
	event int
	goid  int64
	fork  *share.Link // whose fork is to be set up there
}

// share does what the sheet's controls say.
func (c *cell) share(name string) {
	switch name {
	case "share":
		open := c.parts["sheet"].Get("hidden").Bool()
		c.parts["sheet"].Set("hidden", !open)
		jsx.Attr(jsx.One(c.el, `[data-act="share"]`), "aria-expanded", map[bool]string{true: "true", false: "false"}[open])
		c.fillSheet()
	case "copyLink":
		c.copy("link")
	case "copySnippet":
		c.copy("snippet")
	case "getGo":
		jsx.Download(c.info.ID+".go", "text/x-go", []byte(c.editor.text))
	case "getTrace":
		c.export("go", c.info.ID+".trace")
	case "getPerfetto":
		c.export("perfetto", c.info.ID+".perfetto.json")
	case "getLog":
		c.export("log", c.info.ID+".log.txt")
	case "getBoardSVG", "getBoardPNG":
		c.picture(jsx.One(c.el, ".board"), "board", strings.ToLower(name[len(name)-3:]))
	case "getTimelineSVG":
		c.timeline.saveSVG(c.info.ID + "-timeline.svg")
	case "getTimelinePNG":
		c.picture(c.parts["track"], "timeline", "png")
	case "mine":
		c.linked = false
		c.goal = goal{}
		forgetLink()
		c.editor.edits = 0
		c.setSettings(c.info.Settings)
		c.editor.show(c.original)
		c.note("")
		c.bringBack()
	}
}

// export gives the reader the run as a file.
func (c *cell) export(format, name string) {
	if c.frame == nil {
		c.note(phrase.RunTheProgramFirstThereIs)
		return
	}
	c.page.client.ask(Request{Op: Export, Cell: c.info.ID, Answer: format}, func(r *Reply) {
		if r.Error != "" {
			c.note(phrase.ThisCantBeSaved + r.Error + ".")
			return
		}
		var content []byte
		for _, b := range r.Text {
			content = append(content, byte(b))
		}
		jsx.Download(name, "application/octet-stream", content)
	})
}

// picture gives the reader a picture of what is to be seen.
func (c *cell) picture(el js.Value, what, kind string) {
	go func() {
		module, err := jsx.Await(jsx.Global.Get("gopark").Call("loadPictures"))
		var blob js.Value
		if err == nil {
			blob, err = jsx.Await(module.Call("take", el, kind))
		}
		if err != nil {
			c.note(phrase.TheBrowserCantMakeThisPicture + err.Error())
			return
		}
		jsx.Save(c.info.ID+"-"+what+"."+kind, blob)
	}()
}

// fillSheet writes the sheet for the program as it is now, if it is open.
func (c *cell) fillSheet() {
	sheet := c.parts["sheet"]
	if sheet.Get("hidden").Bool() {
		return
	}
	page, _, _ := strings.Cut(jsx.Global.Get("location").Get("href").String(), "#")
	here, refused := c.link(c.editor.text == c.original)
	alone, _ := c.link(false)
	snippet := `<iframe src="` + lesson.Escape(siteURL("embed/")+"#"+alone) + `" width="100%" height="640" title="` + lesson.Escape(c.info.Title) + `" loading="lazy"></iframe>` +
		`<script>{const f=document.currentScript.previousSibling;addEventListener("message",e=>{if(e.source===f.contentWindow&&e.data.gopark)f.height=e.data.gopark.height})}</script>`
	var versions []paint.Version
	kept, _ := c.page.drafts.get(c.draftKey())
	for _, v := range kept.Versions {
		when := jsx.Global.Get("Date").New(v.When).Call("toLocaleString").String()
		versions = append(versions, paint.Version{When: when, Text: v.Text})
	}
	jsx.HTML(sheet, paint.Sheet(page+"#"+here, snippet, refused, versions))
}

// siteURL is the address of a path of the site.
func siteURL(path string) string {
	root := jsx.Data(jsx.Document.Call("getElementById", "gopark"), "root")
	return jsx.Global.Get("URL").New(root+path, jsx.Document.Get("baseURI")).Get("href").String()
}

// link is the fragment of a link to what is shown, or why there is none.
// Without the program it is about the page's own.
func (c *cell) link(own bool) (fragment, refused string) {
	s := c.settings()
	l := share.Link{Cell: c.info.ID, Era: s.Era, Procs: s.Procs, Cores: s.Cores, Seed: s.Seed}
	if !own {
		l.Source = c.editor.text
	}
	if c.frame != nil && c.editor.text == c.source {
		l.Event, l.Goid = c.frame.Event, c.goid
	}
	fragment, err := l.Fragment()
	if err != nil {
		return "", err.Error()
	}
	return fragment, ""
}

// copy puts a field's text into the clipboard, or selects it for the reader to do so.
func (c *cell) copy(part string) {
	field := jsx.One(c.parts["sheet"], `[data-part="`+part+`"]`)
	field.Call("select")
	text := field.Get("value").String()
	go func() {
		if jsx.Copy(text) {
			c.note(phrase.Copied)
		} else {
			c.note(phrase.TheBrowserDoesNotLetThis)
		}
	}()
}

// openLink shows what the address says, if it says anything. It wins over a
// draft, which stays, and nothing runs by itself.
func (p *thePage) openLink() {
	hash, _ := strings.CutPrefix(jsx.Global.Get("location").Get("hash").String(), "#")
	if !share.IsLink(hash) || len(p.cells) == 0 {
		return
	}
	l, err := share.Parse(hash)
	if err != nil {
		p.linkFailed(err.Error())
		return
	}
	c := p.find(l.Cell)
	switch {
	case c != nil:
	case l.Cell != "" && l.Source == "":
		p.linkFailed(phrase.ThisLinkIsAboutAProgram)
		return
	default:
		c = p.cells[0]
		if l.Source != "" { // it was shared from another page, or from none
			jsx.Text(jsx.One(c.el, ".cell-title"), phrase.ASharedProgram)
		}
	}
	for _, r := range append(l.Beside, share.Run{Era: cmp.Or(l.Era, today())}) {
		if !knowsEra(r.Era) {
			p.linkFailed(phrase.ThisLinkIsAboutAnEra)
			return
		}
	}
	c.linkedTo(l)
	if len(l.Beside) > 0 && !l.Forks {
		p.comparing().open(c, false, &l)
	}
}

// linkFailed says why a link does not do what it should.
func (p *thePage) linkFailed(why string) {
	c := p.cells[0]
	forgetLink()
	c.note(why)
	c.el.Call("scrollIntoView")
}

// knowsEra reports whether an era can be chosen.
func knowsEra(era string) bool {
	for _, e := range eras() {
		if e.Name == era {
			return true
		}
	}
	return false
}

// linkedTo shows what a link says.
func (c *cell) linkedTo(l share.Link) {
	source := l.Source
	if source == "" {
		source = c.original
	}
	s := lesson.Settings{Era: l.Era, Procs: l.Procs, Cores: l.Cores, Seed: l.Seed}
	s.Era = cmp.Or(s.Era, c.info.Era)
	kept, has := c.page.drafts.get(c.draftKey())
	has = has && !kept.Original && (kept.Text != source || kept.Settings != s)
	c.linked = true
	c.setSettings(s)
	c.editor.show(source)
	c.enable("reset", source != c.original || c.settings() != c.defaults())
	c.goal = goal{l.Event, l.Goid, nil}
	text := phrase.ThisCameWithTheLink
	switch {
	case l.Forks:
		c.goal.fork = &l
		text += phrase.RunGoesToTheInstantAt
	case len(l.Beside) > 0:
		text += phrase.ItSetsUpRunsToBe
	case l.Event > 0:
		text += phrase.RunGoesToTheInstantThat
	}
	if has {
		c.note(text+phrase.YourDraftIsKept, offer{"mine", phrase.BackToMyDraft})
	} else {
		c.note(text, offer{"mine", phrase.BackToTheOriginal})
	}
	c.el.Call("scrollIntoView", map[string]any{"block": "nearest"})
}

// edited is told that the reader changes something: what came with a link is
// theirs from here on, and the draft that it replaces becomes a version.
func (c *cell) edited() {
	if !c.linked {
		return
	}
	c.linked = false
	c.goal = goal{}
	forgetLink()
	kept, ok := c.page.drafts.get(c.draftKey())
	if ok && !kept.Original {
		kept.keep(version{kept.Text, kept.Settings, jsx.Date()})
		c.page.drafts.change(c.draftKey(), &kept)
	}
}

// reachGoal goes where a link wants to, if the run has got there.
func (c *cell) reachGoal() {
	g := c.goal
	c.goal = goal{}
	if g.event > 0 {
		c.goid = g.goid
		if g.fork != nil {
			c.player.arrived = func() { c.page.comparing().open(c, true, g.fork) }
		}
		c.player.seek(min(g.event, c.progress.Events))
	}
}

// forgetLink takes the link out of the address: a reload then shows the draft.
func forgetLink() {
	location := jsx.Global.Get("location")
	jsx.Global.Get("history").Call("replaceState", js.Null(), "", location.Get("pathname").String()+location.Get("search").String())
}
