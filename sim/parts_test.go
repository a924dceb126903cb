package sim_test

import (
	"hash/fnv"
	"testing"
	"unsafe"

	"gopark/sim"
	"gopark/sim/code"
	"gopark/sim/host"
	"gopark/sim/std"
)

// shelf has all parts of an image.
type shelf map[string][]byte

func (s shelf) Parts(names []string) (list [][]byte, err error) {
	for _, n := range names {
		list = append(list, s[n])
	}
	return list, nil
}

// A program that imports a package gets all it needs from the parts that the
// index names, and is the same program, to the bit, when every part was opened
// before: what a page ran earlier changes nothing.
func TestEveryPackageFromItsParts(t *testing.T) {
	image, err := host.Image()
	if err != nil {
		t.Fatal(err)
	}
	first, rest, err := std.Split(image)
	if err != nil {
		t.Skip("the image at hand has no parts to take apart: ", err)
	}
	parts := shelf{}
	for _, p := range rest {
		parts[p.Name] = p.Bytes
	}
	all := opened(t, first, parts)
	if err := all.Need(all.Paths()...); err != nil {
		t.Fatal(err)
	}
	for _, path := range all.Paths() {
		alone := loaded(t, opened(t, first, parts), path)
		if missing := alone.MissingNatives(); len(missing) > 0 {
			t.Errorf("%s: the program reaches %v, which nobody defines", path, missing)
		}
		if together := loaded(t, all, path); digest(alone.Linked()) != digest(together.Linked()) {
			t.Errorf("%s: linked alone the program is another than with all parts opened", path)
		}
	}
}

func opened(t *testing.T, first []byte, parts shelf) *std.Library {
	t.Helper()
	lib, err := std.OpenParts(first, parts)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func loaded(t *testing.T, lib *std.Library, path string) *sim.Program {
	t.Helper()
	source := "package main\n\nimport _ \"" + path + "\"\n\nfunc main() { println(1) }\n"
	p, diags, err := sim.Load(lib, []sim.File{{Name: "main.go", Text: []byte(source)}})
	if err != nil || len(diags) > 0 {
		t.Fatal(path, err, diags)
	}
	return p
}

// digest tells linked programs apart.
func digest(p *code.Program) uint64 {
	h := fnv.New64a()
	h.Write(p.Data)
	for _, words := range [][]uint64{p.K, {uint64(len(p.Funcs)), p.ROSize}} {
		h.Write(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), 8*len(words)))
	}
	h.Write(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(p.Code))), 8*len(p.Code)))
	for _, n := range p.Natives {
		h.Write([]byte(n))
	}
	return h.Sum64()
}
