package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"testing"

	"github.com/hack-pad/hackpadfs"
	"github.com/hack-pad/hackpadfs/mem"

	"gopark/sim/lesson"
)

func TestDraftsSurvive(t *testing.T) {
	fsys, err := mem.NewFS()
	if err != nil {
		t.Fatal(err)
	}
	f, err := readDrafts(fsys, "09-x")
	if err != nil || len(f.Drafts) != 0 {
		t.Fatalf("drafts of a lesson never edited: %v, %v; want none", f.Drafts, err)
	}
	want := draft{"package main // mine", lesson.Settings{Era: "go1.26", Procs: 2, Seed: 7}}
	key := draftKey("a", "package main")
	for range 2 { // the second write replaces a file
		f.Drafts[key] = want
		if err := writeDrafts(fsys, "09-x", f); err != nil {
			t.Fatal(err)
		}
	}
	f, err = readDrafts(fsys, "09-x")
	if err != nil || f.Drafts[key] != want {
		t.Errorf("read %v, %v; want %v", f.Drafts[key], err, want)
	}
	if _, err := hackpadfs.Stat(fsys, "drafts/09-x.json.tmp"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the temporary file is left: %v", err)
	}
}

// TestPendingChangesWin: what was changed last is right, also over a reload
// that came before the file was written.
func TestPendingChangesWin(t *testing.T) {
	f := draftFile{Drafts: map[string]draft{"kept": {Text: "k"}, "changed": {Text: "old"}, "gone": {Text: "g"}}}
	data, err := json.Marshal(pending{"changed": {Text: "new"}, "gone": nil, "never": nil, "added": {Text: "a"}})
	if err != nil {
		t.Fatal(err)
	}
	var p pending
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	p.apply(f)
	want := map[string]draft{"kept": {Text: "k"}, "changed": {Text: "new"}, "added": {Text: "a"}}
	if !maps.Equal(f.Drafts, want) {
		t.Errorf("got %v, want %v", f.Drafts, want)
	}
}

func TestDraftKeyChangesWithTheOriginal(t *testing.T) {
	if draftKey("a", "x") == draftKey("a", "y") || draftKey("a", "x") == draftKey("b", "x") {
		t.Error("drafts of different programs share a key")
	}
}

func TestDraftsOfAnotherVersionAreNotRead(t *testing.T) {
	fsys, err := mem.NewFS()
	if err != nil {
		t.Fatal(err)
	}
	if err := writeDrafts(fsys, "x", draftFile{Version: draftVersion + 1, Drafts: map[string]draft{"k": {}}}); err != nil {
		t.Fatal(err)
	}
	if f, err := readDrafts(fsys, "x"); err != nil || len(f.Drafts) != 0 || f.Version != draftVersion {
		t.Errorf("read %+v, %v; want an empty file of version %d", f, err, draftVersion)
	}
}

// TestOldDrafts: a draft of what the program once was is found, that of
// another cell or of the program as it is now is not.
func TestOldDrafts(t *testing.T) {
	f := draftFile{Drafts: map[string]draft{
		draftKey("a", "now"): {Text: "1"}, draftKey("a", "once"): {Text: "2"}, draftKey("a-b", "once"): {Text: "3"}, draftKey("b", "once"): {Text: "4"},
	}}
	list := oldDrafts(f, "a", "now")
	if len(list) != 1 || list[0].draft.Text != "2" || list[0].key != draftKey("a", "once") {
		t.Errorf("got %v, want the draft of the older program alone", list)
	}
}
