package build

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gopark/sim/code"
	"gopark/sim/std"
)

// A CompileFunc translates one package of a library to code.
type CompileFunc func(l *Library, p *Package) (*code.Object, error)

// Image writes l down. With compile nil the image has types and no code.
func (l *Library) Image(compile CompileFunc) ([]byte, error) {
	var objects []*code.Object
	if compile != nil {
		for _, p := range l.Packages {
			o, err := compile(l, p)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.Path, err)
			}
			objects = append(objects, o)
		}
	}
	var packages []std.PackageImage
	for _, p := range l.Packages {
		img, err := trim(l.Fset, p)
		if err != nil {
			return nil, err
		}
		img.Public = public(p.Path)
		packages = append(packages, img)
	}
	parts, err := l.parts(packages, objects)
	if err != nil {
		return nil, err
	}
	return std.WriteImage(parts), nil
}

// stubsLast moves the stubs of natives behind everything else: where a package
// declares a function without a body and another defines it (a pushed
// linkname), the definition counts.
func stubsLast(objects []*code.Object) []*code.Object {
	last := &code.Object{Path: "natives"}
	for _, o := range objects {
		o.Funcs = slices.DeleteFunc(o.Funcs, func(f *code.Func) bool {
			if f.Flags&code.NativeFn != 0 {
				last.Funcs = append(last.Funcs, f)
				return true
			}
			return false
		})
	}
	return append(objects, last)
}

// Image builds the library from goroot and writes it down.
func Image(goroot string, compile CompileFunc) ([]byte, error) {
	l, err := Load(goroot, Packages)
	if err != nil {
		return nil, err
	}
	return l.Image(compile)
}

// public reports whether programs may import path.
func public(path string) bool {
	return !slices.Contains(strings.Split(path, "/"), "internal") && !strings.HasPrefix(path, "vendor/")
}

// Linknames are those of all packages together.
func (l *Library) Linknames() map[string]string {
	all := map[string]string{}
	for _, p := range l.Packages {
		maps.Copy(all, p.Linknames)
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
