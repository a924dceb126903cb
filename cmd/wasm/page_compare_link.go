//go:build js

package main

import (
	"cmp"
	"strings"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/paint"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/share"
	"gopark/sim/lesson"
)

// beside lays what a link says of a run over settings.
func beside(s lesson.Settings, r share.Run) lesson.Settings {
	s.Era, s.Procs, s.Cores, s.Seed = r.Era, r.Procs, r.Cores, max(1, r.Seed)
	return s
}

// link is the fragment of a link that sets up runs, or why there is none.
func (k *comparing) link(runs []rival) (string, error) {
	l := share.Link{Cell: k.c.info.ID, Forks: k.fork != nil}
	if k.source != k.c.original {
		l.Source = k.source
	}
	if k.fork != nil {
		l.Event = max(1, k.fork.event) // before the first event both are the same
	}
	for i, r := range runs {
		run := share.Run{Era: r.Era, Procs: r.Procs, Cores: r.Cores, Seed: cmp.Or(r.reseed.Seed, r.Seed)}
		if i == 0 {
			l.Era, l.Procs, l.Cores, l.Seed = run.Era, run.Procs, run.Cores, run.Seed
			continue
		}
		if r.source != k.source {
			l.Source, l.Changed = k.source, r.source
		}
		l.Beside = append(l.Beside, run)
	}
	return l.Fragment()
}

// copyLink puts a link to the runs that are chosen into the clipboard, and shows it.
func (k *comparing) copyLink() {
	runs := k.runs
	if len(runs) == 0 {
		runs = k.asked()
	}
	fragment, err := k.link(runs)
	if err != nil {
		jsx.HTML(k.get("cmpNote"), `<p class="soft"></p>`)
		jsx.Text(jsx.One(k.get("cmpNote"), "p"), err.Error())
		return
	}
	page, _, _ := strings.Cut(jsx.Global.Get("location").Get("href").String(), "#")
	link := page + "#" + fragment
	jsx.HTML(k.get("cmpNote"), paint.CompareLink(link, ""))
	jsx.One(k.get("cmpNote"), "input").Call("select")
	go func() {
		if jsx.Copy(link) {
			jsx.HTML(k.get("cmpNote"), paint.CompareLink(link, phrase.Copied))
		}
	}()
}
