package build

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gopark/sim/std"
)

var update = flag.Bool("update", false, "rewrite the tables of ../README.md")

const tablesMark = "<!-- From here on the tables are made by `go test ./sim/std/build -run Readme -update`. -->\n"

// The README's tables are made from the library itself.
func TestReadme(t *testing.T) {
	l := load(t)
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(text), tablesMark)
	if !ok {
		t.Fatalf("README.md lacks the line %s", tablesMark)
	}
	want := head + tablesMark + overlayTable(l) + packageTable(t, l)
	if *update {
		if err := os.WriteFile("../README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(text) {
		t.Error("README.md's tables are old: go test ./sim/std/build -run Readme -update")
	}
}

func overlayTable(l *Library) string {
	var b strings.Builder
	b.WriteString("\n## Overlays\n\n| package | lines | what is left of GOROOT's |\n|---|---:|---|\n")
	total := 0
	list := slices.Clone(l.Packages)
	slices.SortFunc(list, func(a, b *Package) int { return cmp.Compare(a.Path, b.Path) })
	for _, p := range list {
		o := p.src.overlay
		if o.files == 0 {
			continue
		}
		left := fmt.Sprintf("%d files", len(p.src.files)-o.files)
		if len(p.src.files) == o.files {
			left = "nothing"
		}
		fmt.Fprintf(&b, "| `%s` | %d | %s |\n", p.Path, o.lines, left)
		total += o.lines
	}
	fmt.Fprintf(&b, "\nTogether %d lines.\n", total)
	return b.String()
}

func packageTable(t *testing.T, l *Library) string {
	var b strings.Builder
	b.WriteString("\n## Packages that programs may import\n\n| package | generic bodies |\n|---|---|\n")
	image, err := l.Image(nil)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := std.Open(image)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range lib.Paths() {
		p, err := lib.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		generic := ""
		if p.Files != nil {
			generic = "yes"
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", path, generic)
	}
	return b.String()
}
