package main

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"slices"
	"sort"

	"github.com/hack-pad/hackpadfs"

	"gopark/internal/plainjson"
	"gopark/sim/lesson"
)

// A draft is what the reader made of a cell.
type draft struct {
	Text     string          `json:"text"`
	Settings lesson.Settings `json:"settings"`
	// Original says that the lesson's own program is shown, and only the versions are the reader's.
	Original bool      `json:"original,omitempty"`
	Versions []version `json:"versions,omitempty"` // newest first
}

// A version is what a draft once was: when it was run, or replaced by something else.
type version struct {
	Text     string          `json:"text"`
	Settings lesson.Settings `json:"settings"`
	When     int64           `json:"when"` // milliseconds since 1970
}

// maxVersions is how many versions of a draft are kept.
const maxVersions = 10

// keep puts a version in front of d's, unless it is the newest already. The
// list is a new one: what was given away stays as it is.
func (d *draft) keep(v version) {
	if len(d.Versions) > 0 && d.Versions[0].Text == v.Text && d.Versions[0].Settings == v.Settings {
		return
	}
	list := append([]version{v}, d.Versions...)
	d.Versions = list[:min(len(list), maxVersions)]
}

// merge is d with what is only in other: the text that is not shown becomes a
// version. When is now.
func (d draft) merge(other draft, when int64) draft {
	list := slices.Concat(d.Versions, other.Versions)
	sort.SliceStable(list, func(i, j int) bool { return list[i].When > list[j].When })
	d.Versions = nil
	for _, v := range slices.Backward(list) {
		d.keep(v)
	}
	if !other.Original && other.Text != d.Text {
		d.keep(version{other.Text, other.Settings, when})
	}
	return d
}

// A draftFile is all drafts of one lesson. Keys are those of draftKey, so a
// draft never covers a program that has changed since.
type draftFile struct {
	Version int              `json:"version"`
	Drafts  map[string]draft `json:"drafts"`
}

const draftVersion = 1

func newDraftFile() draftFile { return draftFile{draftVersion, map[string]draft{}} }

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
		if key != now && at == len(cell) && key[:at] == cell && !d.Original {
			list = append(list, oldDraft{key, d})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].key < list[j].key })
	return list
}

// parseDrafts reads a file's text; ok says whether it is one.
func parseDrafts(text string) (f draftFile, ok bool) {
	err := plainjson.Unmarshal(text, &f)
	return f, err == nil && f.Version == draftVersion && f.Drafts != nil
}

// readDrafts reads a lesson's drafts; no file is no drafts. A file that can't
// be read, or is of another Gopark, is put aside: it is not ours to overwrite.
func readDrafts(fsys hackpadfs.FS, lesson string) (draftFile, error) {
	path := draftPath(lesson)
	data, err := hackpadfs.ReadFile(fsys, path)
	if errors.Is(err, fs.ErrNotExist) {
		return newDraftFile(), nil
	}
	if err != nil {
		return newDraftFile(), err
	}
	f, ok := parseDrafts(string(data))
	if !ok {
		return newDraftFile(), hackpadfs.Rename(fsys, path, path+asideSuffix)
	}
	return f, nil
}

// asideSuffix is what the names of files that could not be read end with.
const asideSuffix = ".aside"

// writeDrafts writes a lesson's drafts beside the old file and puts it in its
// place: an overwrite is first a truncation, and a page closed in between
// would have lost everything.
func writeDrafts(fsys hackpadfs.FS, lesson string, f draftFile) error {
	if err := hackpadfs.MkdirAll(fsys, draftDir, 0o700); err != nil {
		return err
	}
	path := draftPath(lesson)
	if err := hackpadfs.WriteFullFile(fsys, path+".tmp", []byte(plainjson.Marshal(f)), 0o600); err != nil {
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

const (
	draftDir    = "drafts"
	draftSuffix = ".json"
)

func draftPath(lesson string) string { return draftDir + "/" + lesson + draftSuffix }
