//go:build js

package main

import (
	"errors"
	"strconv"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
	"gopark/internal/plainjson"
)

// maxWork is how large a file may be that is brought back, in bytes.
const maxWork = 50 << 20

var errNoStore = errors.New("this browser keeps nothing for this page")

// export gives the reader all drafts of the site as a file, and says what
// happened. It blocks.
func (d *drafts) export() string {
	d.write() // what is pending belongs to it
	work := workFile{workKind, map[string]draftFile{}}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fsys != nil {
		var err error
		if work, err = collectWork(d.fsys); err != nil {
			return phrase.TheDraftsCantBeRead + err.Error()
		}
	}
	d.pending.apply(d.file) // if there is no store
	if len(d.file.Drafts) > 0 {
		work.Lessons[d.page.lesson] = d.file
	}
	jsx.Download("gopark-work.json", "application/json", []byte(plainjson.Marshal(work)))
	return phrase.SavedTheWorkOn + count(len(work.Lessons), "page") + "."
}

// bring takes the work in a file in. What it replaces becomes versions. It
// blocks.
func (d *drafts) bring(file js.Value) string {
	if file.Get("size").Int() > maxWork {
		return phrase.ThisFileIsTooLargeTo
	}
	text, err := jsx.Await(file.Call("text"))
	if err != nil {
		return phrase.TheFileCantBeRead + err.Error()
	}
	work, err := readWork(text.String())
	if err != nil {
		return phrase.NothingWasBroughtBack + err.Error() + "."
	}
	for name, brought := range work.Lessons {
		if name == d.page.lesson {
			for key, change := range mergeDrafts(d.now(), brought, jsx.Date()) {
				d.change(key, change)
			}
			continue
		}
		if err := d.bringElsewhere(name, brought); err != nil {
			return phrase.NotAllCouldBeBroughtBack + err.Error()
		}
	}
	for _, c := range d.page.cells {
		c.editor.edits = 0
		c.bringBack()
	}
	d.page.showProgress()
	return phrase.BroughtBackTheWorkOn + count(len(work.Lessons), "page") + ". What was here before is under Share, Earlier versions."
}

// now is the file with what is pending.
func (d *drafts) now() draftFile {
	f := newDraftFile()
	for key, kept := range d.file.Drafts {
		f.Drafts[key] = kept
	}
	d.pending.apply(f)
	return f
}

// bringElsewhere brings the drafts of a lesson that is not this page's.
func (d *drafts) bringElsewhere(name string, brought draftFile) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fsys == nil {
		return errNoStore
	}
	f, err := readDrafts(d.fsys, name)
	if err != nil {
		return err
	}
	mergeDrafts(f, brought, jsx.Date()).apply(f)
	return writeDrafts(d.fsys, name, f)
}

func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}
