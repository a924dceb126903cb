package std

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func tiny() []byte {
	return WriteImage([]PartImage{
		{Name: "first", Packages: []PackageImage{{
			Path: "internal/b", Generic: true,
			Files: []FileImage{{"b.go", []byte("package b\nimport \"unsafe\"\ntype T struct{ x unsafe.Pointer }\n" +
				"func Swap[P any](p, q P) (P, P) { return q, p }\n")}},
		}}},
		{Name: "a", Packages: []PackageImage{{
			Path: "a", Public: true, Linknames: map[string]string{"a.f": "b.f"}, Needs: []string{"internal/b"},
			Files: []FileImage{{"a.go", []byte("package a\nimport b \"internal/b\"\nfunc F() b.T\nvar V b.T\n")}},
		}}},
	})
}

func TestImport(t *testing.T) {
	l, err := Open(tiny())
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Paths(); !slices.Equal(got, []string{"a"}) {
		t.Errorf("importable: %v", got)
	}
	a, err := l.Import("a")
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Import("internal/b")
	if err != nil {
		t.Fatal(err)
	}
	if a.Types.Imports()[0] != b.Types || len(a.Imports) != 1 || a.Imports[0] != b {
		t.Error("internal/b is two packages")
	}
	if a.Files != nil || b.Files == nil || b.Info == nil {
		t.Error("syntax is for packages with generic bodies")
	}
	if len(b.Types.Imports()) != 0 {
		t.Errorf("b imports %v", b.Types.Imports())
	}
	if again, _ := l.Import("a"); again != a {
		t.Error("a second Import makes a second package")
	}
	if _, err := l.Import("c"); err == nil {
		t.Error("no error for a package that is not there")
	}
	if l.Linknames()["a.f"] != "b.f" {
		t.Error("linknames are wrong")
	}
}

// A package that imports itself is an error, however the image came about.
func TestImportCycle(t *testing.T) {
	l, err := Open(WriteImage([]PartImage{{Packages: []PackageImage{
		{Path: "a", Needs: []string{"b"}, Files: []FileImage{{"a.go", []byte("package a\nimport _ \"b\"\n")}}},
		{Path: "b", Needs: []string{"a"}, Files: []FileImage{{"b.go", []byte("package b\nimport _ \"a\"\n")}}},
	}}}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Import("a"); err == nil {
		t.Error("no error")
	}
}

// Damage is an error, never a panic.
func TestDamagedImage(t *testing.T) {
	good := tiny()
	for i := range good {
		if _, err := Open(good[:i]); err == nil {
			t.Fatalf("image cut to %d of %d bytes opened", i, len(good))
		}
		for _, x := range []byte{0, 1, 0x7f, 0x80, 0xff} {
			bad := slices.Clone(good)
			bad[i] = x
			if l, err := Open(bad); err == nil {
				for _, path := range l.Paths() {
					l.Import(path)
				}
			}
		}
	}
}

// A shelf has parts, and counts how often it was asked.
type shelf struct {
	parts map[string][]byte
	asked int
}

func (s *shelf) Parts(names []string) (list [][]byte, err error) {
	s.asked++
	for _, n := range names {
		b, ok := s.parts[n]
		if !ok {
			return nil, errors.New("no " + n)
		}
		list = append(list, b)
	}
	return list, nil
}

// A part that is not in the image's file is fetched when something imports
// what is in it, and once.
func TestParts(t *testing.T) {
	first, rest, err := Split(tiny())
	if err != nil || len(rest) != 1 || !strings.HasPrefix(rest[0].Name, "a-") {
		t.Fatal(err, rest)
	}
	s := &shelf{parts: map[string][]byte{rest[0].Name: rest[0].Bytes}}
	l, err := OpenParts(first, s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Import("internal/b"); err != nil || s.asked != 0 {
		t.Error("the first part was fetched", err)
	}
	for range 2 {
		if _, err := l.Import("a"); err != nil || s.asked != 1 {
			t.Errorf("asked %d times: %v", s.asked, err)
		}
	}
}

// A part that is missing, or not what the index says, is one error, and may be
// there the next time.
func TestDamagedPart(t *testing.T) {
	first, rest, err := Split(tiny())
	if err != nil {
		t.Fatal(err)
	}
	name, good := rest[0].Name, rest[0].Bytes
	bad := slices.Clone(good)
	bad[len(bad)/2] ^= 1
	s := &shelf{parts: map[string][]byte{}}
	l, err := OpenParts(first, s)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Need("a"); err == nil || !strings.Contains(err.Error(), "no "+name) {
		t.Errorf("a part is missing: %v", err)
	}
	s.parts[name] = bad
	if err := l.Need("a"); err == nil || !strings.Contains(err.Error(), name+" is damaged") {
		t.Errorf("a part is damaged: %v", err)
	}
	s.parts[name] = good
	if _, err := l.Import("a"); err != nil {
		t.Error(err)
	}
	if l, err := Open(first); err != nil || l.Need("a") == nil {
		t.Error("no error without a source", err)
	}
}
