package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopark/sim/lesson"
)

// written is a site of all lessons, without their recorded runs, with that address.
func written(t *testing.T, base string) (out string) {
	t.Helper()
	root := filepath.Join("..", "..")
	s := &site{root: root, out: t.TempDir(), base: base, assets: map[string]string{}, recorded: map[string]lesson.Recorded{}, about: page{Body: "About"}}
	source, err := os.ReadFile(filepath.Join(root, "lessons", "glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	s.glossary, _ = lesson.ParseGlossary("glossary.md", source)
	files, err := lessonFiles(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if l, _ := lesson.Parse(name, source); l.Name == playgroundName {
			s.playground = l
		} else {
			s.lessons = append(s.lessons, l)
		}
	}
	if err := s.writePages(); err != nil {
		t.Fatal(err)
	}
	return s.out
}

// pagesOf calls each for the pages of a site.
func pagesOf(t *testing.T, out string, each func(path, html string)) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".html" {
			return err
		}
		html, err := os.ReadFile(name)
		rel, _ := filepath.Rel(out, name)
		each(filepath.ToSlash(rel), string(html))
		n++
		return err
	})
	if err != nil || n < 20 {
		t.Fatalf("%d pages, %v", n, err)
	}
}

var (
	canonical = regexp.MustCompile(`<link rel="canonical" href="([^"]*)">`)
	ogURL     = regexp.MustCompile(`<meta property="og:url" content="([^"]*)">`)
	ogImage   = regexp.MustCompile(`<meta property="og:image" content="([^"]*)">`)
)

func only(html string, tag *regexp.Regexp) string {
	if m := tag.FindAllStringSubmatch(html, -1); len(m) == 1 {
		return m[0][1]
	} else if len(m) > 1 {
		return "several"
	}
	return ""
}

// TestSiteSaysItsAddress: built with GOPARK_BASE, every page says the address under which
// it is to be found, and whoever shows a link to a lesson, the start page or the
// playground finds a picture there.
func TestSiteSaysItsAddress(t *testing.T) {
	const base = "https://example.org/park/"
	out := written(t, base)
	pagesOf(t, out, func(path, html string) {
		want := base + strings.TrimSuffix(path, "index.html")
		switch path {
		case "404.html": // it is shown under any
			want = ""
		case "embed/index.html": // the playground without its frame
			want = base + "playground/"
		}
		if got := only(html, canonical); got != want {
			t.Errorf("%s is to be found under %q, want %q", path, got, want)
		}
		if got := only(html, ogURL); got != want {
			t.Errorf("%s says its address is %q, want %q", path, got, want)
		}
		picture := only(html, ogImage)
		file, ours := strings.CutPrefix(picture, base)
		switch path {
		case "404.html", "about/index.html", "glossary/index.html":
			if picture != "" {
				t.Errorf("%s has the picture %s", path, picture)
			}
			return
		}
		if info, err := os.Stat(filepath.Join(out, filepath.FromSlash(file))); !ours || err != nil || info.Size() < 10_000 {
			t.Errorf("%s has the picture %q: %v", path, picture, err)
		}
	})
}

// TestSiteWithoutAddress: a site that does not know where it stands claims nothing.
func TestSiteWithoutAddress(t *testing.T) {
	out := written(t, "")
	pagesOf(t, out, func(path, html string) {
		for _, tag := range []*regexp.Regexp{canonical, ogURL, ogImage} {
			if got := only(html, tag); got != "" {
				t.Errorf("%s: %v is %q", path, tag, got)
			}
		}
	})
	if _, err := os.Stat(filepath.Join(out, "cards")); err == nil {
		t.Error("it has pictures that no page shows")
	}
}
