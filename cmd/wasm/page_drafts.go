//go:build js

package main

import (
	"context"
	"strconv"
	"sync"
	"syscall/js"

	"github.com/hack-pad/hackpadfs"
	"github.com/hack-pad/hackpadfs/indexeddb"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/plainjson"
)

// saveDelay is how many milliseconds after a change drafts are written.
const saveDelay = 150

// drafts keeps what the reader changed, in IndexedDB if the browser lets it.
// Its file system blocks on the browser's answers, so only goroutines of its
// own touch it, never a callback. A page may be gone before the file is
// written: until then the changes are in the browser's local storage, which
// answers at once.
type drafts struct {
	page    *thePage
	mu      sync.Mutex   // held by who reads and writes files; never in a callback
	fsys    hackpadfs.FS // nil: not open
	file    draftFile    // as it was read or written last
	pending pending      // not in the file yet
	ahead   string       // where the pending changes are in local storage
	begun   []string     // where those of earlier pages are
	stored  bool         // local storage has taken them
	dirty   chan struct{}
	waits   bool // a write is due after saveDelay
}

func newDrafts(p *thePage) *drafts {
	d := &drafts{
		page: p, file: newDraftFile(), stored: true,
		dirty: make(chan struct{}, 1),
		// Another page of the same lesson has a place of its own.
		ahead: "gopark-pending-" + p.lesson + "|" + strconv.FormatInt(jsx.Date(), 36),
	}
	d.pending = pendingOf(p.lesson, func(key string) { d.begun = append(d.begun, key) })
	return d
}

// restore brings the drafts of the cells back and starts to save. Nothing that
// is restored runs by itself.
func (d *drafts) restore() {
	jsx.On(jsx.Document, "visibilitychange", func(js.Value) { d.flush() })
	go func() {
		if err := d.read(); err != nil {
			d.warn(err)
		}
		d.pending.apply(d.file)
		for _, c := range d.page.cells {
			c.bringBack()
		}
		d.page.showProgress()
		d.page.openLink()
		if len(d.pending) > 0 {
			d.soon()
		}
		jsx.Attr(jsx.Document.Get("documentElement"), "data-drafts", "")
		for _, c := range d.page.cells {
			if play := jsx.Data(c.el, "play"); play != "" && c.runSeq == 0 {
				c.playFrom(play)
			}
		}
		for range d.dirty {
			d.write()
		}
	}()
}

// read opens the store, unless it is open, and reads the lesson's file.
func (d *drafts) read() error {
	if d.fsys == nil {
		fsys, err := indexeddb.NewFS(context.Background(), "gopark", indexeddb.Options{})
		if err != nil {
			return err
		}
		d.fsys = fsys
	}
	file, err := readDrafts(d.fsys, d.page.lesson)
	if err == nil {
		d.file = file
	}
	return err
}

// write brings the file up to date. Another page may have written it since, so
// it is read first. What fails stays pending, and the store is opened anew.
func (d *drafts) write() {
	d.mu.Lock()
	defer d.mu.Unlock()
	written := pending{}
	for key, change := range d.pending {
		written[key] = change
	}
	err := d.read()
	if err == nil {
		written.apply(d.file)
		err = writeDrafts(d.fsys, d.page.lesson, d.file)
	}
	if err != nil {
		d.warn(err)
		d.fsys = nil
		d.show()
		return
	}
	for key, change := range written {
		if d.pending[key] == change {
			delete(d.pending, key)
		}
	}
	for _, key := range d.begun {
		jsx.Store(key, "")
	}
	d.begun = nil
	d.storeAhead()
	d.show()
}

func (d *drafts) warn(err error) {
	jsx.Global.Get("console").Call("info", "drafts: "+err.Error())
}

// get is a cell's draft as it is now.
func (d *drafts) get(key string) (draft, bool) {
	if change, ok := d.pending[key]; ok {
		if change == nil {
			return draft{}, false
		}
		return *change, true
	}
	kept, ok := d.file.Drafts[key]
	return kept, ok
}

// change notes a change at once and writes it soon.
func (d *drafts) change(key string, to *draft) {
	d.pending[key] = to
	d.storeAhead()
	d.show()
	d.soon()
}

func (d *drafts) storeAhead() {
	text := ""
	if len(d.pending) > 0 {
		text = plainjson.Marshal(d.pending)
	}
	d.stored = jsx.Store(d.ahead, text)
}

// show says in every cell that the reader has changed whether it is kept.
func (d *drafts) show() {
	state, bad := phrase.Saved, false
	switch {
	case len(d.pending) == 0:
	case !d.stored && d.fsys == nil:
		state, bad = phrase.NotSavedStorageIsOff, true
	case !d.stored:
		state = phrase.Saving
	}
	for _, c := range d.page.cells {
		text := ""
		if _, ok := d.get(c.draftKey()); ok {
			text = state
		}
		jsx.Text(c.parts["saved"], text)
		jsx.Toggle(c.parts["saved"], "bad", bad && text != "")
	}
}

// soon writes once the reader has paused.
func (d *drafts) soon() {
	if d.waits {
		return
	}
	d.waits = true
	jsx.After(saveDelay, d.flush)
}

func (d *drafts) flush() {
	if !d.waits {
		return
	}
	d.waits = false
	select {
	case d.dirty <- struct{}{}:
	default: // a write is due already and will see this change
	}
}

// draftKey is that of the cell's draft.
func (c *cell) draftKey() string { return draftKey(c.info.ID, c.original) }

// bringBack shows the cell's draft, if there is one and the reader has not been
// quicker, or offers one of what the program was before it changed.
func (c *cell) bringBack() {
	if c.editor.edits > 0 {
		return
	}
	d := c.page.drafts
	kept, ok := d.get(c.draftKey())
	if ok && !kept.Original {
		c.restore(kept)
	}
	if !ok {
		c.old = oldDrafts(d.file, c.info.ID, c.original)
		c.offerOld()
	}
	d.show()
}

// restore shows a draft.
func (c *cell) restore(kept draft) {
	c.setSettings(kept.Settings)
	c.editor.show(kept.Text)
	c.enable("reset", true)
	c.note(phrase.ThisIsYourDraft, offer{"reset", phrase.BackToTheOriginal})
}

// offerOld offers a draft of what the lesson's program was before it changed.
// The lesson's program stays until the reader has chosen.
func (c *cell) offerOld() {
	if len(c.old) > 0 {
		c.note(phrase.TheLessonsProgramHasChangedSince,
			offer{"oldShow", phrase.ShowMyDraft}, offer{"oldForget", phrase.ForgetIt})
	}
}

// answerOld shows an older draft or not. Either way it goes on as a version.
func (c *cell) answerOld(show bool) {
	if len(c.old) == 0 {
		return
	}
	kept := c.old[0]
	c.old = c.old[1:]
	c.page.drafts.change(kept.key, nil)
	now, _ := c.page.drafts.get(c.draftKey())
	c.note("")
	if show {
		merged := kept.draft.merge(now, jsx.Date())
		c.page.drafts.change(c.draftKey(), &merged)
		c.restore(merged)
		return
	}
	now.Original = true
	merged := now.merge(kept.draft, jsx.Date())
	c.page.drafts.change(c.draftKey(), &merged)
	c.offerOld()
}

// touched keeps what the reader has changed.
func (c *cell) touched() {
	if c.linked {
		return
	}
	changed := c.editor.text != c.original || c.settings() != c.defaults()
	c.enable("reset", changed)
	kept, ok := c.page.drafts.get(c.draftKey())
	if !changed && len(kept.Versions) == 0 {
		if ok {
			c.page.drafts.change(c.draftKey(), nil)
		}
		return
	}
	kept.Text, kept.Settings, kept.Original = c.editor.text, c.settings(), !changed
	c.page.drafts.change(c.draftKey(), &kept)
}

// keepVersion notes the program as it is now, if the reader has changed it.
func (c *cell) keepVersion() {
	if c.linked || c.editor.text == c.original {
		return
	}
	kept, _ := c.page.drafts.get(c.draftKey())
	kept.Text, kept.Settings, kept.Original = c.editor.text, c.settings(), false
	kept.keep(version{c.editor.text, c.settings(), jsx.Date()})
	c.page.drafts.change(c.draftKey(), &kept)
}

// showVersion brings a version back; what it replaces becomes one.
func (c *cell) showVersion(n int) {
	kept, _ := c.page.drafts.get(c.draftKey())
	if n >= len(kept.Versions) {
		return
	}
	v := kept.Versions[n]
	c.keepVersion()
	c.setSettings(v.Settings)
	c.editor.set(v.Text)
	c.touched()
	c.note(phrase.AnEarlierVersionIsBackWhat)
	c.fillSheet()
}
