//go:build js

package main

import (
	"strconv"
	"strings"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/plainjson"
)

// What the reader has answered and done is kept with the drafts, so that it is
// saved, exported and brought back as they are: under the id of the question's
// or exercise's element behind progressSign, which no cell's key begins with.
const progressSign = "@"

// remember keeps what the reader has answered or handed in.
func (p *thePage) remember(el js.Value, answer string) {
	key := progressSign + el.Get("id").String()
	if kept, ok := p.drafts.get(key); !ok || kept.Text != answer {
		p.drafts.change(key, &draft{Text: answer})
	}
	jsx.Toggle(el, "done", true)
}

// showProgress marks what the reader has answered and done: on this page, and
// on the start page of every lesson. It blocks.
func (p *thePage) showProgress() {
	for _, a := range p.asks {
		if kept, ok := p.drafts.get(progressSign + a.el.Get("id").String()); ok {
			a.answered(kept.Text)
		}
	}
	for _, x := range p.exercises {
		if _, ok := p.drafts.get(progressSign + x.el.Get("id").String()); ok {
			x.isDone()
		}
	}
	for _, li := range jsx.All(jsx.Document, "[data-of]") {
		all := strings.Fields(jsx.Data(li, "of"))
		f := p.drafts.elsewhere(jsx.Data(li, "lesson"))
		done := 0
		for _, id := range all {
			if _, ok := f.Drafts[progressSign+id]; ok {
				done++
			}
		}
		ticks := jsx.One(li, ".ticks")
		switch {
		case done == 0:
		case done == len(all):
			jsx.Text(ticks, "✓ done")
			jsx.Toggle(li, "done", true)
		default:
			jsx.Text(ticks, strconv.Itoa(done)+phrase.OfTotal+strconv.Itoa(len(all))+phrase.LessonsDone)
		}
	}
}

// elsewhere is what is kept of a lesson that is not this page's. It blocks.
func (d *drafts) elsewhere(lesson string) draftFile {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := newDraftFile()
	if d.fsys != nil {
		var err error
		if f, err = readDrafts(d.fsys, lesson); err != nil {
			d.warn(err)
		}
	}
	pendingOf(lesson, nil).apply(f)
	return f
}

// pendingOf is what earlier pages of a lesson have left in local storage, oldest
// first; begun is told each key.
func pendingOf(lesson string, begun func(key string)) pending {
	p := pending{}
	prefix := "gopark-pending-" + lesson
	for _, key := range jsx.StoredKeys(prefix) {
		if rest := key[len(prefix):]; rest != "" && rest[0] != '|' {
			continue
		}
		if begun != nil {
			begun(key)
		}
		var earlier pending
		if plainjson.Unmarshal(jsx.Stored(key), &earlier) == nil {
			for k, change := range earlier {
				p[k] = change
			}
		}
	}
	return p
}
