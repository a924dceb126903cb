package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"testing"

	"github.com/hack-pad/hackpadfs"
	"github.com/hack-pad/hackpadfs/mem"

	"gopark/internal/plainjson"
	"gopark/sim/lesson"
)

func memory(t *testing.T) hackpadfs.FS {
	t.Helper()
	fsys, err := mem.NewFS()
	if err != nil {
		t.Fatal(err)
	}
	return fsys
}

func TestDraftsSurvive(t *testing.T) {
	fsys := memory(t)
	f, err := readDrafts(fsys, "09-x")
	if err != nil || len(f.Drafts) != 0 {
		t.Fatalf("drafts of a lesson never edited: %v, %v; want none", f.Drafts, err)
	}
	want := draft{Text: "package main // mine", Settings: lesson.Settings{Era: "go1.26", Procs: 2, Seed: 7}, Versions: []version{{Text: "before", When: 3}}}
	key := draftKey("a", "package main")
	for range 2 { // the second write replaces a file
		f.Drafts[key] = want
		if err := writeDrafts(fsys, "09-x", f); err != nil {
			t.Fatal(err)
		}
	}
	f, err = readDrafts(fsys, "09-x")
	if err != nil || !reflect.DeepEqual(f.Drafts[key], want) {
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
	var p pending
	if err := plainjson.Unmarshal(plainjson.Marshal(pending{"changed": {Text: "new"}, "gone": nil, "never": nil, "added": {Text: "a"}}), &p); err != nil {
		t.Fatal(err)
	}
	p.apply(f)
	want := map[string]draft{"kept": {Text: "k"}, "changed": {Text: "new"}, "added": {Text: "a"}}
	if !reflect.DeepEqual(f.Drafts, want) {
		t.Errorf("got %v, want %v", f.Drafts, want)
	}
}

func TestDraftKeyChangesWithTheOriginal(t *testing.T) {
	if draftKey("a", "x") == draftKey("a", "y") || draftKey("a", "x") == draftKey("b", "x") {
		t.Error("drafts of different programs share a key")
	}
}

// TestUnreadable: what can't be read, and what a later Gopark wrote, is neither
// shown nor overwritten.
func TestUnreadable(t *testing.T) {
	for _, text := range []string{"", "{", `{"version":2,"drafts":{"k":{}}}`, `{"version":1}`, `{"version":1,"drafts":{"k":{"text":5}}}`} {
		fsys := memory(t)
		if err := hackpadfs.MkdirAll(fsys, draftDir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := hackpadfs.WriteFullFile(fsys, draftPath("x"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := readDrafts(fsys, "x")
		if err != nil || len(f.Drafts) != 0 || f.Version != draftVersion {
			t.Errorf("%s is read as %+v, %v; want an empty file of version %d", text, f, err, draftVersion)
		}
		if err := writeDrafts(fsys, "x", f); err != nil {
			t.Fatal(err)
		}
		aside, err := hackpadfs.ReadFile(fsys, draftPath("x")+asideSuffix)
		if err != nil || string(aside) != text {
			t.Errorf("%s is lost: %q, %v", text, aside, err)
		}
	}
}

// TestOldDrafts: a draft of what the program once was is found, that of
// another cell or of the program as it is now is not.
func TestOldDrafts(t *testing.T) {
	f := draftFile{Drafts: map[string]draft{
		draftKey("a", "now"): {Text: "1"}, draftKey("a", "once"): {Text: "2"}, draftKey("a-b", "once"): {Text: "3"}, draftKey("b", "once"): {Text: "4"},
		draftKey("a", "twice"): {Original: true, Versions: []version{{Text: "v"}}},
	}}
	list := oldDrafts(f, "a", "now")
	if len(list) != 1 || list[0].draft.Text != "2" || list[0].key != draftKey("a", "once") {
		t.Errorf("got %v, want the draft of the older program alone", list)
	}
}

func TestLastTenVersions(t *testing.T) {
	var d draft
	for i := range 13 {
		for range 2 {
			d.keep(version{Text: fmt.Sprint(i), When: int64(i)})
		}
	}
	if len(d.Versions) != maxVersions || d.Versions[0].Text != "12" || d.Versions[9].Text != "3" {
		t.Errorf("%v", d.Versions)
	}
}

// TestWorkComesBack: work that was taken to another browser is shown there, and
// what was there before is still to be had.
func TestWorkComesBack(t *testing.T) {
	here, there := memory(t), memory(t)
	mine := draft{Text: "mine", Versions: []version{{Text: "mine once", When: 5}, {Text: "older", When: 1}}}
	theirs := draft{Text: "theirs", Versions: []version{{Text: "theirs once", When: 3}}}
	for fsys, d := range map[hackpadfs.FS]draft{here: mine, there: theirs} {
		if err := writeDrafts(fsys, "09-x", draftFile{draftVersion, map[string]draft{"k": d}}); err != nil {
			t.Fatal(err)
		}
	}
	work, err := collectWork(here)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(work)
	if err != nil {
		t.Fatal(err)
	}
	brought, err := readWork(string(text))
	if err != nil || !reflect.DeepEqual(brought, work) {
		t.Fatalf("%v %v", brought, err)
	}
	f, err := readDrafts(there, "09-x")
	if err != nil {
		t.Fatal(err)
	}
	mergeDrafts(f, brought.Lessons["09-x"], 9).apply(f)
	want := draft{Text: "mine", Versions: []version{
		{Text: "theirs", When: 9}, {Text: "mine once", When: 5}, {Text: "theirs once", When: 3}, {Text: "older", When: 1},
	}}
	if !reflect.DeepEqual(f.Drafts["k"], want) {
		t.Errorf("got %+v\nwant %+v", f.Drafts["k"], want)
	}
	if empty, err := collectWork(memory(t)); err != nil || len(empty.Lessons) != 0 {
		t.Errorf("%v %v", empty, err)
	}
}

// FuzzReadWork: a file from anywhere does no harm.
func FuzzReadWork(f *testing.F) {
	f.Add(`{"gopark":"work of a reader, version 1","lessons":{"09-x":{"version":1,"drafts":{"a-0123456789abcdef":{"text":"t","settings":{"era":"go1.4"},"versions":[{"text":"o","settings":{},"when":1}]}}}}}`)
	f.Add(`{"gopark":"work of a reader, version 1","lessons":{"../x":{"version":1,"drafts":null}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		w, err := readWork(text)
		if err != nil {
			return
		}
		fsys, err := mem.NewFS()
		if err != nil {
			t.Fatal(err)
		}
		for name, brought := range w.Lessons {
			file := newDraftFile()
			mergeDrafts(file, brought, 1).apply(file)
			mergeDrafts(file, brought, 2).apply(file)
			if err := writeDrafts(fsys, name, file); err != nil {
				t.Errorf("%q: %v", name, err)
			}
			if back, err := readDrafts(fsys, name); err != nil || len(back.Drafts) != len(brought.Drafts) {
				t.Errorf("%q: %v, %v", name, back, err)
			}
		}
	})
}
