// Package library opens the standard library on a host that has a Go
// toolchain: it compiles the toolchain's sources once and keeps the image in
// the user's cache. The page's engine, which has no toolchain, is given the
// image instead and must not import this package.
package library

import (
	"fmt"

	"golang.org/x/tools/go/ssa"

	"gopark/sim/code"
	"gopark/sim/compile"
	"gopark/sim/std"
	"gopark/sim/std/build"
)

// Open returns the library made from the toolchain in goroot.
func Open(goroot string) (*std.Library, error) {
	return build.OpenCached(goroot, "library", func() ([]byte, error) { return build.Image(goroot, Compile) })
}

// Image returns the library's image, as the site ships it.
func Image(goroot string) ([]byte, error) {
	return build.Cached(goroot, "library", func() ([]byte, error) { return build.Image(goroot, Compile) })
}

// Compile translates one package of the library, and verifies what it became.
func Compile(l *build.Library, p *build.Package) (*code.Object, error) {
	obj, err := compile.Packages(l.Prog, []*ssa.Package{p.SSA}, compile.Options{
		Linknames: l.Linknames(),
		Native:    std.Native,
		NativeAt:  l.NativeAt,
		Wrapper:   std.Wrapper,
	})
	if err != nil {
		return nil, err
	}
	for _, f := range obj.Funcs {
		if err := code.Verify(f); err != nil {
			return nil, fmt.Errorf("the compiler emitted a wrong function: %w", err)
		}
	}
	return obj, nil
}
