package browsertest

import (
	"os"
	"path/filepath"
	"testing"
)

// budget is what a reader may have to fetch, in bytes, compressed where the
// site compresses. Who needs more says why, and raises it.
var budget = []struct {
	files string // below assets/
	bytes int64
	why   string
}{
	{"gopark-*.wasm.gz", 3_000_000, "the program: page, front end, machine"},
	{"std-*.img.gz", 700_000, "the library, as far as a program with fmt, sync and time needs it"},
	{"*.part.gz", 2_200_000, "the rest of the library, which nobody fetches whole"},
	{"editor-*.js", 450_000, "the editor, not compressed"},
	{"style-*.css", 40_000, "the style, not compressed"},
	{"*.js", 500_000, "all scripts, not compressed"},
}

// TestBudget: no part of the site is larger than it may be.
func TestBudget(t *testing.T) {
	for _, b := range budget {
		names, err := filepath.Glob(filepath.Join(*siteDir, "assets", b.files))
		if err != nil || len(names) == 0 {
			t.Errorf("assets/%s: no such file: %v", b.files, err)
		}
		total := int64(0)
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			total += info.Size()
		}
		t.Logf("assets/%s: %d bytes of %d", b.files, total, b.bytes)
		if total > b.bytes {
			t.Errorf("assets/%s: %d bytes, over the budget of %d (%s)", b.files, total, b.bytes, b.why)
		}
	}
}
