package view

import (
	"io/fs"
	"strings"
	"testing"

	"gopark/sim/std/overlay"
)

// The list of rewritten files is that of the overlays.
func TestRewritten(t *testing.T) {
	found := 0
	err := fs.WalkDir(overlay.Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || path == "overlay.go" {
			return err
		}
		found++
		if !rewritten[path] {
			t.Errorf("%q is an overlay: add it to rewritten", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found != len(rewritten) {
		t.Errorf("there are %d overlays, and %d in rewritten", found, len(rewritten))
	}
	if !ours("$GOROOT/src/runtime/proc.go") || ours("$GOROOT/src/sync/waitgroup.go") || ours("main.go") {
		t.Error("the runtime's proc.go is Gopark's own; sync's waitgroup.go and the reader's file are not")
	}
}
