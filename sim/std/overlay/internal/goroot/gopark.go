//go:build gopark

package goroot

import (
	"os"
	"path/filepath"
	"strings"
)

//gopark:drop gc.go gccgo.go

// IsStandardPackage reports whether there are Go files for path in goroot.
func IsStandardPackage(readDir func(string) ([]os.DirEntry, error), goroot, compiler, path string) bool {
	list, err := readDir(filepath.Join(goroot, "src", path))
	if err != nil {
		return false
	}
	for _, e := range list {
		if strings.HasSuffix(e.Name(), ".go") {
			return true
		}
	}
	return false
}
