package std

import (
	"slices"
	"testing"
)

func tiny() []byte {
	return WriteImage([]PackageImage{
		{
			Path: "a", Public: true, Linknames: map[string]string{"a.f": "b.f"},
			Files: []FileImage{{"a.go", []byte("package a\nimport b \"internal/b\"\nfunc F() b.T\nvar V b.T\n")}},
		},
		{
			Path: "internal/b", Generic: true,
			Files: []FileImage{{"b.go", []byte("package b\nimport \"unsafe\"\ntype T struct{ x unsafe.Pointer }\n" +
				"func Swap[P any](p, q P) (P, P) { return q, p }\n")}},
		},
	}, nil)
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
	if l.Linknames()["a.f"] != "b.f" || l.Archive() != nil {
		t.Error("linknames or archive are wrong")
	}
}

// A package that imports itself is an error, however the image came about.
func TestImportCycle(t *testing.T) {
	l, err := Open(WriteImage([]PackageImage{
		{Path: "a", Files: []FileImage{{"a.go", []byte("package a\nimport _ \"b\"\n")}}},
		{Path: "b", Files: []FileImage{{"b.go", []byte("package b\nimport _ \"a\"\n")}}},
	}, nil))
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
