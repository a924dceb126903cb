package main

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"sort"

	"github.com/hack-pad/hackpadfs"

	"gopark/cmd/wasm/wire"
	"gopark/sim/lesson"
)

// A draft is what the reader made of a cell.
type draft struct {
	Text     string          `json:"text"`
	Settings lesson.Settings `json:"settings"`
}

// A draftFile is all drafts of one lesson. Keys are those of draftKey, so a
// draft never covers a program that has changed since.
type draftFile struct {
	Version int              `json:"version"`
	Drafts  map[string]draft `json:"drafts"`
}

const draftVersion = 1

// draftKey is the key of a cell's draft: its id and what its original says.
func draftKey(cell, original string) string {
	sum := fnv.New64a()
	sum.Write([]byte(original))
	return fmt.Sprintf("%s-%016x", cell, sum.Sum64())
}

// An oldDraft is of a program that the lesson no longer has.
type oldDraft struct {
	key   string
	draft draft
}

// oldDrafts are a cell's drafts of other programs than its original, by key.
func oldDrafts(f draftFile, cell, original string) []oldDraft {
	var list []oldDraft
	now := draftKey(cell, original)
	for key, d := range f.Drafts {
		at := len(key) - len(now) + len(cell)
		if key != now && at == len(cell) && key[:at] == cell {
			list = append(list, oldDraft{key, d})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].key < list[j].key })
	return list
}

// readDrafts reads a lesson's drafts; no file is no drafts.
func readDrafts(fsys hackpadfs.FS, lesson string) (draftFile, error) {
	f := draftFile{Version: draftVersion, Drafts: map[string]draft{}}
	data, err := hackpadfs.ReadFile(fsys, draftPath(lesson))
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return f, err
	}
	var stored draftFile
	if err := wire.Unmarshal(data, &stored); err != nil {
		return f, err
	}
	if stored.Version == draftVersion && stored.Drafts != nil {
		f = stored
	}
	return f, nil
}

// writeDrafts writes a lesson's drafts beside the old file and puts it in its
// place: an overwrite is first a truncation, and a page closed in between
// would have lost everything.
func writeDrafts(fsys hackpadfs.FS, lesson string, f draftFile) error {
	data := wire.Marshal(f)
	if err := hackpadfs.MkdirAll(fsys, "drafts", 0o700); err != nil {
		return err
	}
	path := draftPath(lesson)
	if err := hackpadfs.WriteFullFile(fsys, path+".tmp", data, 0o600); err != nil {
		return err
	}
	return hackpadfs.Rename(fsys, path+".tmp", path)
}

// pending are changes that the file does not have yet: nil for a draft that
// was thrown away.
type pending map[string]*draft

// apply brings f up to date with p.
func (p pending) apply(f draftFile) {
	for key, d := range p {
		if d == nil {
			delete(f.Drafts, key)
		} else {
			f.Drafts[key] = *d
		}
	}
}

func draftPath(lesson string) string { return "drafts/" + lesson + ".json" }
