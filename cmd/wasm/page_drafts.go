//go:build js

package main

import (
	"context"
	"syscall/js"

	"github.com/hack-pad/hackpadfs"
	"github.com/hack-pad/hackpadfs/indexeddb"
	"github.com/hack-pad/hackpadfs/mem"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/wire"
)

// saveDelay is how many milliseconds after a change drafts are written.
const saveDelay = 150

// drafts keeps what the reader changed, in IndexedDB if the browser lets it.
// Its file system blocks on the browser's answers, so only its own goroutine
// touches it, never a callback. A page may be gone before the file is
// written: until then the changes are in the browser's local storage, which
// answers at once.
type drafts struct {
	lesson  string
	pending pending // not in the file yet
	memory  bool    // nothing outlives the page
	dirty   chan struct{}
	waits   bool // a write is due after saveDelay
}

func newDrafts() *drafts {
	d := &drafts{
		lesson: jsx.Global.Get("gopark").Get("lesson").String(),
		dirty:  make(chan struct{}, 1),
	}
	if err := wire.Unmarshal([]byte(jsx.Stored(d.aheadKey())), &d.pending); err != nil || d.pending == nil {
		d.pending = pending{} // there was nothing
	}
	return d
}

// aheadKey names the pending changes in the browser's local storage.
func (d *drafts) aheadKey() string { return "gopark-pending-" + d.lesson }

// restore brings the drafts of p's cells back and starts to save. Nothing that
// is restored runs by itself.
func (d *drafts) restore(p *thePage) {
	jsx.On(jsx.Document, "visibilitychange", func(js.Value) { d.flush() })
	go func() {
		fsys := d.open()
		file, err := readDrafts(fsys, d.lesson)
		if err != nil {
			d.failed(p, err)
		}
		d.pending.apply(file)
		for _, c := range p.cells {
			if kept, ok := file.Drafts[draftKey(c.info.ID, c.original)]; ok && c.editor.edits == 0 {
				c.restore(kept)
			} else if c.editor.edits == 0 {
				c.old = oldDrafts(file, c.info.ID, c.original)
				c.offerOld()
			}
		}
		if len(d.pending) > 0 {
			d.soon()
		}
		for range d.dirty {
			d.write(p, fsys, file)
		}
	}()
}

// write brings the file up to date.
func (d *drafts) write(p *thePage, fsys hackpadfs.FS, file draftFile) {
	written := d.pending
	d.pending = pending{} // what comes while this is being written
	written.apply(file)
	if err := writeDrafts(fsys, d.lesson, file); err != nil {
		d.failed(p, err)
		return
	}
	if len(d.pending) == 0 && !d.memory {
		jsx.Store(d.aheadKey(), "")
	}
}

// open opens the store; if there is none, drafts live as long as the page.
func (d *drafts) open() hackpadfs.FS {
	if fsys, err := indexeddb.NewFS(context.Background(), "gopark", indexeddb.Options{}); err == nil {
		return fsys
	}
	d.memory = true
	fsys, err := mem.NewFS()
	if err != nil {
		panic("drafts: " + err.Error()) // memory is always there
	}
	return fsys
}

// failed says in every cell with changes that they are not kept.
func (d *drafts) failed(p *thePage, err error) {
	jsx.Global.Get("console").Call("warn", "drafts: "+err.Error())
	d.memory = true
	for _, c := range p.cells {
		if c.editor.edits > 0 {
			c.note(notSaved)
		}
	}
}

const notSaved = "Not saved: this browser keeps nothing for this page. Copy what you want to keep."

func (d *drafts) save(c *cell) {
	d.change(draftKey(c.info.ID, c.original), &draft{Text: c.editor.text, Settings: c.settings()})
	if d.memory {
		c.note(notSaved)
	}
}

func (d *drafts) remove(c *cell) { d.change(draftKey(c.info.ID, c.original), nil) }

// change notes a change at once and writes it soon.
func (d *drafts) change(key string, to *draft) {
	d.pending[key] = to
	data := wire.Marshal(d.pending)
	jsx.Store(d.aheadKey(), string(data))
	d.soon()
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

// restore shows a draft.
func (c *cell) restore(kept draft) {
	c.setSettings(kept.Settings)
	c.editor.set(kept.Text)
	c.enable("reset", true)
	c.note("This is your draft.", offer{"reset", "Back to the lesson’s program"})
}

// offerOld offers a draft of what the lesson's program was before it changed.
// The lesson's program stays until the reader has chosen.
func (c *cell) offerOld() {
	if len(c.old) > 0 {
		c.note("The lesson’s program has changed since you edited it. You have a draft of the older one.",
			offer{"oldShow", "Show my draft"}, offer{"oldForget", "Forget it"})
	}
}

func (c *cell) answerOld(show bool) {
	if len(c.old) == 0 {
		return
	}
	kept := c.old[0]
	c.old = c.old[1:]
	c.page.drafts.change(kept.key, nil)
	if show {
		c.restore(kept.draft)
		c.touched()
		return
	}
	c.note("")
	c.offerOld()
}
