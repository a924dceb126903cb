package main

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"gopark/sim/lesson"
)

var cardsDir = flag.String("cards", "", "a folder for the pictures that stand for lessons")

// TestCards: each lesson has a picture that others can show, the same from build
// to build, with more on it than paper, and a page without an address has none.
func TestCards(t *testing.T) {
	s := &site{out: t.TempDir(), base: "https://example.org/park/"}
	files, err := lessonFiles(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	some := files[:2]
	if *cardsDir != "" {
		s.out, some = *cardsDir, files
	}
	var l *lesson.Lesson
	for _, name := range some {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		l, _ = lesson.Parse(name, source)
		address, err := s.card(l)
		if err != nil || address != "https://example.org/park/cards/"+l.Name+".png" {
			t.Fatalf("%s: %q, %v", l.Name, address, err)
		}
		file := filepath.Join(s.out, "cards", l.Name+".png")
		first, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.card(l); err != nil {
			t.Fatal(err)
		}
		if second, _ := os.ReadFile(file); !bytes.Equal(first, second) {
			t.Errorf("%s: two builds make two pictures", l.Name)
		}
		img, err := png.Decode(bytes.NewReader(first))
		if err != nil || img.Bounds().Dx() != 1200 || img.Bounds().Dy() != 630 {
			t.Fatalf("%s: %v, %v", l.Name, img.Bounds(), err)
		}
		drawn := map[[3]uint32]int{}
		for y := 0; y < 630; y += 3 {
			for x := 0; x < 1200; x += 3 {
				r, g, b, _ := img.At(x, y).RGBA()
				drawn[[3]uint32{r, g, b}]++
			}
		}
		if len(drawn) < 20 || len(first) > 200_000 {
			t.Errorf("%s: %d colours, %d bytes", l.Name, len(drawn), len(first))
		}
		if tellingFrame(l) == nil {
			t.Errorf("%s: no program of it has an instant to show", l.Name)
		}
	}
	s.base = ""
	if address, err := s.card(l); address != "" || err != nil {
		t.Errorf("a site that does not know its address says %q, %v", address, err)
	}
}

// TestAddress: a page says its own address and its picture's if the site's is
// known, whole and below any path, and else says neither.
func TestAddress(t *testing.T) {
	for base, want := range map[string]int{"https://example.org/park/": 2, "": 0} {
		s := &site{out: t.TempDir(), base: base, assets: map[string]string{}}
		p := page{Title: "A & B", Picture: base}
		if base != "" {
			p.Picture = base + cardFolder + "a.png"
		}
		if err := s.writePage("lessons/a/index.html", p); err != nil {
			t.Fatal(err)
		}
		html, err := os.ReadFile(filepath.Join(s.out, "lessons", "a", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, tag := range []string{
			`<meta property="og:url" content="https://example.org/park/lessons/a/">`,
			`<meta property="og:image" content="https://example.org/park/cards/a.png">`,
		} {
			if bytes.Contains(html, []byte(tag)) {
				got++
			}
		}
		if got != want || base == "" && bytes.Contains(html, []byte("og:image")) {
			t.Errorf("with base %q the page has %d of the tags, want %d:\n%s", base, got, want, html)
		}
	}
}
