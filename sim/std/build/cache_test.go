package build

import (
	"os"
	"path/filepath"
	"testing"
)

// An image is made once; a damaged one is made again; another kind is another.
func TestOpenCached(t *testing.T) {
	t.Setenv("GOPARKCACHE", t.TempDir())
	l := load(t)
	goroot, err := GOROOT()
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	open := func(kind string) {
		t.Helper()
		lib, err := OpenCached(goroot, kind, func() ([]byte, error) {
			made++
			return l.Image(nil)
		})
		if err != nil || !lib.Has("fmt") {
			t.Fatalf("library %v, error %v", lib, err)
		}
	}
	open("types")
	open("types")
	if made != 1 {
		t.Errorf("made %d times, want once", made)
	}
	open("code")
	if made != 2 {
		t.Errorf("made %d times for two kinds", made)
	}
	dir, err := CacheDir()
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "types-*.image"))
	if err != nil || len(names) != 1 {
		t.Fatalf("cache holds %v, %v", names, err)
	}
	if err := os.WriteFile(names[0], []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	open("types")
	if made != 3 {
		t.Error("a damaged image was opened")
	}
}
