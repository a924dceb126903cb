package build

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"gopark/sim/std"
	"gopark/sim/std/overlay"
)

// Cached returns the library's image from the user's cache, or makes and keeps
// it. The file's name tells the toolchain and our own sources apart, so a stale
// image is never used. kind tells images made in different ways apart.
func Cached(goroot, kind string, make func() ([]byte, error)) ([]byte, error) {
	image, _, err := cached(goroot, kind, make)
	return image, err
}

// OpenCached is Cached, opened.
func OpenCached(goroot, kind string, make func() ([]byte, error)) (*std.Library, error) {
	_, lib, err := cached(goroot, kind, make)
	return lib, err
}

func cached(goroot, kind string, make func() ([]byte, error)) ([]byte, *std.Library, error) {
	name, err := cacheFile(goroot, kind)
	if err != nil {
		return nil, nil, err
	}
	if b, err := os.ReadFile(name); err == nil {
		if lib, err := std.Open(b); err == nil {
			return b, lib, nil
		}
	}
	b, err := make()
	if err != nil {
		return nil, nil, err
	}
	lib, err := std.Open(b)
	if err != nil {
		return nil, nil, err
	}
	store(name, b)
	prune(filepath.Join(filepath.Dir(name), kind+"-*.image"))
	return b, lib, nil
}

// keepImages is how many images of a kind stay in the cache: switching between
// a few versions of the code should not make them again.
const keepImages = 4

// prune removes the oldest images.
func prune(pattern string) {
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) <= keepImages {
		return
	}
	age := map[string]int64{}
	for _, n := range names {
		if info, err := os.Stat(n); err == nil {
			age[n] = info.ModTime().UnixNano()
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(age[b], age[a]) })
	for _, n := range names[keepImages:] {
		os.Remove(n)
	}
}

// store writes the image under another name first, so that nobody reads half.
// A cache that can't be written is no failure: next time takes as long.
func store(name string, b []byte) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(name), "image-*")
	if err != nil {
		return
	}
	_, err = f.Write(b)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
}

// CacheDir is where images are kept: $GOPARKCACHE, or gopark in the user's
// cache directory.
func CacheDir() (string, error) {
	if dir := os.Getenv("GOPARKCACHE"); dir != "" {
		return dir, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return filepath.Join(os.TempDir(), "gopark"), nil
	}
	return filepath.Join(dir, "gopark"), nil
}

func cacheFile(goroot, kind string) (string, error) {
	dir, err := CacheDir()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	version, err := os.ReadFile(filepath.Join(goroot, "VERSION"))
	if err != nil {
		return "", fmt.Errorf("no Go toolchain in %s: %w", goroot, err)
	}
	fmt.Fprintf(h, "%s\n%s\n%s\n", runtime.Version(), version, strings.Join(Packages, " "))
	if err := hashTree(h, overlay.Files, "."); err != nil {
		return "", err
	}
	if err := hashOurselves(h); err != nil {
		return "", err
	}
	return filepath.Join(dir, kind+"-"+hex.EncodeToString(h.Sum(nil))[:24]+".image"), nil
}

// hashOurselves hashes the code that makes images: its sources where they are,
// else the executable.
func hashOurselves(h hash.Hash) error {
	_, file, _, _ := runtime.Caller(0)
	sim := filepath.Dir(filepath.Dir(filepath.Dir(file)))
	if _, err := os.Stat(filepath.Join(sim, "code", "codec.go")); err == nil {
		for _, dir := range []string{"code", "compile", "rtype", "std"} {
			if err := hashTree(h, os.DirFS(sim), dir); err != nil {
				return err
			}
		}
		return nil
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	f, err := os.Open(exe)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(h, f)
	return err
}

// hashTree hashes the Go files under dir, but for tests.
func hashTree(h hash.Hash, fsys fs.FS, dir string) error {
	if _, err := fs.Stat(fsys, dir); err != nil {
		return nil
	}
	return fs.WalkDir(fsys, dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := fs.ReadFile(fsys, path)
		fmt.Fprintf(h, "%s %d\n", path, len(text))
		h.Write(text)
		return err
	})
}

// GOROOT is where the toolchain of the go command on the path is.
func GOROOT() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOROOT: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}
