// Package host gives programs that run natively, commands and tests, the
// standard library of the toolchain at hand, and loads programs with it. It
// knows how to find a toolchain; the page has none, and doesn't link this.
package host

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"gopark/sim"
	"gopark/sim/library"
	"gopark/sim/std"
	"gopark/sim/std/build"
)

// ImageVar names an environment variable with the path of an image, gzipped as
// the site has it with its parts beside it, that takes the place of the cached
// one. A test of the wasm build needs it: it has no go command.
const ImageVar = "GOPARK_IMAGE"

// Library is the standard library, opened once.
var Library = sync.OnceValues(func() (*std.Library, error) {
	b, err := Image()
	if err != nil {
		return nil, err
	}
	return std.OpenParts(b, folder(filepath.Dir(os.Getenv(ImageVar))))
})

// A folder has parts in files, as the site has them.
type folder string

func (f folder) Parts(names []string) (parts [][]byte, err error) {
	for _, name := range names {
		b, err := readGzip(filepath.Join(string(f), name+std.PartSuffix))
		if err != nil {
			return nil, err
		}
		parts = append(parts, b)
	}
	return parts, nil
}

// Image is the standard library's image, or its first part if ImageVar says so.
func Image() ([]byte, error) {
	if name := os.Getenv(ImageVar); name != "" {
		return readGzip(name)
	}
	goroot, err := build.GOROOT()
	if err != nil {
		return nil, err
	}
	return library.Image(goroot)
}

func readGzip(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return io.ReadAll(r)
}

// loading guards the library: importing a package changes it.
var loading sync.Mutex

// Load reads in a program of one file. Tests may call it at the same time.
func Load(name, source string) (*sim.Program, []sim.Diagnostic, error) {
	return LoadFiles([]sim.File{{Name: name, Text: []byte(source)}})
}

// LoadFiles is Load for a program of several files.
func LoadFiles(files []sim.File) (*sim.Program, []sim.Diagnostic, error) {
	lib, err := Library()
	if err != nil {
		return nil, nil, fmt.Errorf("the standard library's image: %w", err)
	}
	loading.Lock()
	defer loading.Unlock()
	return sim.Load(lib, files)
}
