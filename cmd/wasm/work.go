package main

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/hack-pad/hackpadfs"

	"gopark/internal/plainjson"
)

// A workFile is all that a reader has made on the site, to be taken elsewhere.
type workFile struct {
	Gopark  string               `json:"gopark"` // what this is
	Lessons map[string]draftFile `json:"lessons"`
}

const workKind = "work of a reader, version 1"

// collectWork reads all drafts that a store has.
func collectWork(fsys hackpadfs.FS) (workFile, error) {
	w := workFile{workKind, map[string]draftFile{}}
	entries, err := hackpadfs.ReadDir(fsys, draftDir)
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), draftSuffix)
		if !ok {
			continue
		}
		f, err := readDrafts(fsys, name)
		if err != nil {
			return w, err
		}
		w.Lessons[name] = f
	}
	return w, err
}

var errNoWork = errors.New("this is no file that Gopark has made")

// readWork reads such a file.
func readWork(text string) (workFile, error) {
	var w workFile
	err := plainjson.Unmarshal(text, &w)
	if err != nil || w.Gopark != workKind {
		return w, errNoWork
	}
	for name, f := range w.Lessons {
		if f.Version != draftVersion || !isLessonName(name) {
			return w, errNoWork
		}
	}
	return w, nil
}

// isLessonName reports whether a name can be a lesson's: it becomes a file's.
func isLessonName(s string) bool {
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return s != "" && len(s) < 100
}

// mergeDrafts brings drafts back into a lesson's: they are shown, and what they
// replace becomes versions.
func mergeDrafts(f, brought draftFile, when int64) pending {
	p := pending{}
	for key, d := range brought.Drafts {
		if have, ok := f.Drafts[key]; ok {
			if d.Original { // nothing but versions is brought
				d = have.merge(d, when)
			} else {
				d = d.merge(have, when)
			}
		}
		p[key] = &d
	}
	return p
}
