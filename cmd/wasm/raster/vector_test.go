package raster

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gopark/sim/view"
)

var update = flag.Bool("update", false, "write testdata anew: go test ./cmd/wasm/raster -run SVG -update")

// drawn is a drawing of a window of lanes.
func drawn(f *view.Fold, kind view.LaneKind, from, to int64, width int) *Drawing {
	return &Drawing{
		Pack: f.Pack(view.Query{Kind: kind, From: from, To: to, Width: width, Max: 24}), From: float64(from), To: float64(to), Width: width,
		Names: kind == view.LaneP, Label: 46, Axis: 26, Top: 40, Lane: 24, Pitch: 28,
		Ink: RGB(29, 33, 39), Paper: RGB(255, 255, 255), OnSolid: RGB(255, 255, 255), Bad: RGB(180, 35, 24), Inks: inks,
	}
}

// wellFormed fails unless s is one element of XML, and counts its elements by name.
func wellFormed(t *testing.T, s string) map[string]int {
	t.Helper()
	n := map[string]int{}
	for d := xml.NewDecoder(strings.NewReader(s)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return n
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, s)
		}
		if e, ok := token.(xml.StartElement); ok {
			n[e.Name.Local]++
		}
	}
}

// TestSVGGolden: lanes of a P and of goroutines, a band of each kind, arrows.
func TestSVGGolden(t *testing.T) {
	f := turns(30)
	var b strings.Builder
	p := drawn(f, view.LaneP, 100, 700, 480)
	g := drawn(f, view.LaneG, 100, 700, 480)
	for k := range view.BandKind(len(view.BandNames)) {
		g.Bands = append(g.Bands, Band{view.Band{Kind: k, Start: 200 + 100*int64(k), End: 280 + 100*int64(k)}, 1})
	}
	for k := range view.NumArrowKinds {
		g.Arrows = append(g.Arrows, Arrow{k, 100 + 50*float64(k), 52, 130 + 50*float64(k), 80})
	}
	for _, d := range []*Drawing{p, g} {
		s := d.SVG()
		n := wellFormed(t, s)
		if n["svg"] != 1 || n["foreignObject"]+n["image"] != 0 || n["path"] == 0 || n["text"] < len(d.Pack.Lanes) {
			t.Errorf("the drawing has elements %v", n)
		}
		b.WriteString(strings.ReplaceAll(s, "><", ">\n<") + "\n\n")
	}
	name := filepath.Join("testdata", "timeline.svg.txt")
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil || string(want) != b.String() {
		t.Errorf("%v, got\n%s\n(if it is meant: go test ./cmd/wasm/raster -run SVG -update)", err, b.String())
	}
}

// TestSVGShowsWhatRan: where a lane runs in the view, the drawing has a rectangle of
// that goroutine's colour.
func TestSVGShowsWhatRan(t *testing.T) {
	f := turns(60)
	d := drawn(f, view.LaneP, 0, 1000, 1000) // a pixel is a nanosecond
	s := d.SVG()
	lanes, _ := f.Lanes(view.Query{Kind: view.LaneP, From: 0, To: 1000, Width: 1000, Max: 24})
	ran := 0
	for _, l := range lanes {
		for _, k := range l.Tiles {
			if k.Kind != view.SpanRun {
				continue
			}
			ran++
			rect := "M" + strconv.FormatInt(46+k.T0, 10) + " 40H" + strconv.FormatInt(46+k.T1-1, 10) + "v24"
			_, path, _ := strings.Cut(s, `<path fill="`+inks.Of(k.Rank).css()+`"`)
			if path, _, _ = strings.Cut(path, "/>"); !strings.Contains(path, rect) {
				t.Errorf("%s is not drawn in the colour of G%d", rect, k.Goid)
			}
		}
	}
	if ran < 5 {
		t.Errorf("only %d runs", ran)
	}
}

// TestSVGBounded: however much happens, a lane has at most a shape for each pixel.
func TestSVGBounded(t *testing.T) {
	f := turns(300_000)
	d := drawn(f, view.LaneP, 0, f.End, 900)
	if n := len(d.SVG()); n > 900*40+4000 {
		t.Errorf("a lane of 300,000 events takes %d bytes", n)
	}
}

// TestCSS: a colour is written as it is read.
func TestCSS(t *testing.T) {
	for _, c := range []string{"#000000", "#1a2b3c", "#ffffff"} {
		if got := Hex(c).css(); got != c {
			t.Errorf("%s is written %s", c, got)
		}
	}
}
