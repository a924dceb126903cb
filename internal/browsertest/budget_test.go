package browsertest

import (
	"os"
	"path/filepath"
	"testing"
)

// budget is what a reader may have to fetch, in bytes, compressed where the
// site compresses. Who needs more says why, and raises it.
var budget = []struct {
	files []string // patterns below assets/
	bytes int64
	why   string
}{
	{[]string{"gopark-*.wasm.gz"}, 2_996_000, "the program: page, front end, machine; with the core it is to stay under 3 MB"},
	{[]string{"core-*.wasm"}, 18_000, "the core with its chains, not compressed; servers do that, to a fifth"},
	{[]string{"std-*.img.gz"}, 700_000, "the library, as far as a program with fmt, sync and time needs it"},
	{[]string{"*.part.gz"}, 2_300_000, "the rest of the library, which nobody fetches whole; package net is 117 KB of it"},
	{[]string{"editor-????????????.js"}, 480_000, "the editor with completion and search, not compressed"},
	{[]string{"editor-vim-*.js"}, 620_000, "the editor with vim's keys, which only those fetch who want them"},
	{[]string{"docs-*.json.gz"}, 250_000, "the library's documentation, fetched with the first completion"},
	{[]string{"style-*.css"}, 46_000, "the style, not compressed; a quarter of that when a server compresses it"},
	{[]string{"*.js"}, 1_150_000, "all scripts, not compressed"},
}

// TestBudget: no part of the site is larger than it may be.
func TestBudget(t *testing.T) {
	for _, b := range budget {
		total := int64(0)
		for _, pattern := range b.files {
			total += sizeOf(t, pattern)
		}
		t.Logf("%v: %d bytes of %d", b.files, total, b.bytes)
		if total > b.bytes {
			t.Errorf("%v: %d bytes, over the budget of %d (%s)", b.files, total, b.bytes, b.why)
		}
	}
}

// sizeOf adds up the assets of a pattern, of which there must be one.
func sizeOf(t *testing.T, pattern string) (total int64) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(*siteDir, "assets", pattern))
	if err != nil || len(names) == 0 {
		t.Errorf("assets/%s: no such file: %v", pattern, err)
	}
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	return total
}
