package load

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"gopark/sim/std"
)

// userImports is the importer for the program.
type userImports struct{ c *checker }

func (u userImports) Import(path string) (*types.Package, error) {
	if why := u.c.unavailable(path); why != "" {
		return nil, fmt.Errorf("%s", why)
	}
	if s := u.c.ownPackage(path); s != nil {
		return u.c.importOwn(s)
	}
	p, err := u.c.lib.Import(path)
	if err != nil {
		return nil, err
	}
	u.c.need(p)
	return p.Types, nil
}

// fetch makes the packages of the library that s imports ready, all at once.
func (c *checker) fetch(s *source) {
	var paths []string
	for _, f := range s.files {
		for _, imp := range f.Imports {
			if path := strings.Trim(imp.Path.Value, "\"`"); c.ownPackage(path) == nil {
				paths = append(paths, path)
			}
		}
	}
	if err := c.lib.Need(paths...); err != nil {
		c.report(s.files[0].Name.Pos(), err.Error())
	}
}

// ownPackage is the program's package with that path, nil if there is none.
func (c *checker) ownPackage(path string) *source {
	for _, s := range c.own[1:] {
		if s.path == path {
			return s
		}
	}
	return nil
}

func (c *checker) importOwn(s *source) (*types.Package, error) {
	if !s.entered {
		c.checkPackage(s)
	}
	if s.pkg == nil {
		return nil, fmt.Errorf("import cycle not allowed: %s imports itself", s.path)
	}
	return s.pkg, nil
}

// need notes p and what it imports for SSA.
func (c *checker) need(p *std.Package) {
	if c.known[p] {
		return
	}
	c.known[p] = true
	for _, q := range p.Imports {
		c.need(q)
	}
	c.library = append(c.library, p)
}

// reasons say why packages of Go's standard library are not here and what to
// use. A package is looked up with its parents: "net/http" under "net".
var reasons = map[string]string{
	"C":                  "there is no C: cgo is not simulated",
	"os/exec":            "the simulated machine runs one process and starts no others; use a goroutine",
	"os/user":            "the simulated machine has no users",
	"plugin":             "a simulated program can't load others",
	"net":                "the simulated machine has no network; use channels, or io.Pipe",
	"mime":               "its tables are files of a system that is not there; mime/quotedprintable is",
	"expvar":             "it publishes by HTTP, and the simulated machine has no network; use runtime/metrics",
	"crypto":             "nothing here can be kept secret; hashes, crypto/hmac and crypto/rand are there",
	"database/sql":       "there is no database to reach",
	"debug":              "the simulated program is no executable file",
	"go/importer":        "the simulated machine has no Go installation; go/parser and go/ast are there",
	"go/types":           "it would check a program inside a program: go/parser and go/ast are there",
	"log/syslog":         "the simulated machine has no system log; use log or log/slog",
	"runtime/cgo":        "there is no C: cgo is not simulated",
	"runtime/coverage":   "coverage is not simulated",
	"runtime/race":       "the race detector is not simulated; the page shows the order of accesses",
	"syscall/js":         "the program runs on a simulated Linux, not in the browser",
	"testing/cryptotest": "nothing here can be kept secret; crypto/rand follows the run's seed already",
	"encoding/asn1":      "only certificates need it, and there is no network",
}

// unavailable says why path can't be imported; "" if it can.
func (c *checker) unavailable(path string) string {
	_, public := slices.BinarySearch(c.lib.Paths(), path)
	if public || path == "unsafe" || c.ownPackage(path) != nil {
		return ""
	}
	if path == "" {
		return "invalid import path (empty string)"
	}
	for p := path; ; {
		if why, ok := reasons[p]; ok {
			return fmt.Sprintf("package %s is not available here: %s", path, why)
		}
		i := strings.LastIndexByte(p, '/')
		if i < 0 {
			break
		}
		p = p[:i]
	}
	first, _, _ := strings.Cut(path, "/")
	switch {
	case slices.Contains(strings.Split(path, "/"), "internal"):
		return fmt.Sprintf("use of internal package %s not allowed", path)
	case strings.HasPrefix(path, "./") || strings.HasPrefix(path, "../") || strings.HasPrefix(path, "/"):
		return fmt.Sprintf("package %s is not available here: a program is one package", path)
	case strings.Contains(first, "."):
		return fmt.Sprintf("package %s is not available here: only the standard library is", path)
	}
	return fmt.Sprintf("package %s is not in std, or not in the part of it that is simulated", path)
}
