package browsertest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gopark/sim"
	toolchain "gopark/sim/host"
	"gopark/sim/view"
)

// download presses a button of the sheet and catches what is saved.
func (b *tab) download(title, button string) (name string, content []byte) {
	b.t.Helper()
	b.act(`window.saved = undefined;
		window.makeURL ??= URL.createObjectURL;
		URL.createObjectURL = (blob) => { window.blob = blob; return window.makeURL(blob); };
		HTMLAnchorElement.prototype.click = function () { window.saved = this.download; }`)
	b.press(title, button)
	b.await(`window.saved`)
	name = eval[string](b, `window.saved`)
	text := eval[string](b, `btoa([...new Uint8Array(await window.blob.arrayBuffer())].map((c) => String.fromCharCode(c)).join(""))`)
	content, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		b.t.Fatal(err)
	}
	if *shotsDir != "" {
		_ = os.WriteFile(filepath.Join(*shotsDir, name), content, 0o644)
	}
	return name, content
}

// TestDownload: each file is what its reader takes it for.
func TestDownload(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := open(t, serve(t, "/some/path/")+lessonPath, screen)
		b.ready()
		b.press(title, "Share and keep")
		b.press(title, "Log .txt")
		b.await(`cell($).innerText.includes("Run the program first")`, title)
		b.press(title, "Run")
		b.await(output+`.includes("goroutine 3")`, title)
		b.await(`named("button", "Run", cell($))`, title)

		name, content := b.download(title, "Program .go")
		if name != "last-first.go" || !strings.HasPrefix(string(content), "package main\n") {
			t.Errorf("%s says\n%s", name, content)
		}
		_, content = b.download(title, "Log .txt")
		if !strings.Contains(string(content), "µs\t") || !strings.Contains(string(content), "The process ends with exit code 0") {
			t.Errorf("the log says\n%s", content)
		}
		_, content = b.download(title, "Perfetto .json")
		var perfetto struct{ TraceEvents []any }
		if err := json.Unmarshal(content, &perfetto); err != nil || len(perfetto.TraceEvents) < 20 {
			t.Errorf("the Perfetto file has %d events, %v", len(perfetto.TraceEvents), err)
		}
		_, content = b.download(title, "Go trace")
		file := filepath.Join(t.TempDir(), "run.trace")
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("go", "tool", "trace", "-d=parsed", file).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "StateTransition") {
			t.Errorf("go tool trace: %v\n%.2000s", err, out)
		}
		for _, what := range []string{"Board", "Timeline"} {
			_, content = b.download(title, what+" .svg")
			if !strings.HasPrefix(string(content), "<svg ") || strings.Contains(string(content), "foreignObject") == (what == "Timeline") {
				t.Errorf("the %s's SVG begins %.100s", what, content)
			}
			if what == "Timeline" && (strings.Count(string(content), "<text") < 4 || strings.Count(string(content), "<path") < 4) {
				t.Errorf("the timeline's SVG is\n%s", content)
			}
			_, content = b.download(title, what+" .png")
			if http.DetectContentType(content) != "image/png" || len(content) < 3000 {
				t.Errorf("the %s's PNG has %d bytes of %s", what, len(content), http.DetectContentType(content))
			}
		}

		// The timeline's picture is of what is to be seen of it.
		shown := eval[string](b, `cell($).querySelector("[data-part=span]").innerText`, title)
		b.press(title, "Zoom in")
		b.await(`cell($).querySelector("[data-part=span]").innerText !== $`, title, shown)
		if _, zoomed := b.download(title, "Timeline .png"); bytes.Equal(zoomed, content) {
			t.Error("enlarged, the timeline has the same picture")
		}
	})
}

// TestEmbed: the snippet shows the program on a page of another host, which
// hears how high it is.
func TestEmbed(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		site := serve(t, "/some/path/")
		b := open(t, site+lessonPath, screen)
		b.ready()
		b.edit(hello)
		b.press(title, "Share and keep")
		snippet := eval[string](b, `must("field", /^HTML that shows/, cell($)).value`, title)

		other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<!doctype html><link rel=icon href=data:,><p>Somebody’s page</p>" + snippet))
		}))
		t.Cleanup(other.Close)
		b.hosts = append(b.hosts, mustURL(t, other.URL).Host)
		b.do(chromedp.Navigate(other.URL))
		b.await(`document.querySelector("iframe").height !== "640"`)

		src := eval[string](b, `document.querySelector("iframe").src`)
		if !strings.HasPrefix(src, site+"embed/#1&") {
			t.Errorf("the frame shows %s", src)
		}
		b.goTo(src)
		b.await(`document.querySelector(".program").innerText.includes("hello from a draft")`)
		b.act(`must("button", "Run").click()`)
		b.await(`must("region", "Output").innerText.includes("hello from a draft")`)
		b.shot("embed-" + strings.ReplaceAll(t.Name(), "/", "-"))
	})
}

// TestTimelineSVG: the timeline is saved as vectors, in which each stretch that a P ran
// a goroutine is a rectangle of that goroutine's colour: where the same program, run
// here, has it.
func TestTimelineSVG(t *testing.T) {
	onScreens(t, func(t *testing.T, screen chromedp.Action[chromedp.Void]) {
		b := opened(t, screen, "light", workers, 0.5)
		b.press(title, "Share and keep")
		b.await(`cell($).querySelector("[data-part=names]").innerText.includes("P0")`, title)
		_, content := b.download(title, "Timeline .svg")
		svg := string(content)
		elements := map[string]int{}
		for d := xml.NewDecoder(bytes.NewReader(content)); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v in\n%s", err, svg)
			}
			if e, ok := token.(xml.StartElement); ok {
				elements[e.Name.Local]++
			}
		}
		if elements["svg"] != 1 || elements["image"]+elements["foreignObject"] > 0 || !strings.Contains(svg, ">P0</text>") {
			t.Errorf("the picture has elements %v:\n%.2000s", elements, svg)
		}
		place := regexp.MustCompile(`<clipPath id="clip1"><path d="M(\S+) 26h([\d.]+)`).FindStringSubmatch(svg)
		if place == nil {
			t.Fatalf("the picture has no place for time:\n%.2000s", svg)
		}
		label, _ := strconv.ParseFloat(place[1], 64)
		plot, _ := strconv.ParseFloat(place[2], 64)

		p, diags, err := toolchain.Load("main.go", workers)
		if err != nil || len(diags) > 0 {
			t.Fatal(err, diags)
		}
		number := func(field string) int {
			n, _ := strconv.Atoi(eval[string](b, `must("combobox", $, cell($)).value`, field, title))
			return n
		}
		rec, err := p.Record(sim.Config{Procs: number("GOMAXPROCS"), Cores: number("Cores"), Seed: 1, Limits: sim.DefaultLimits})
		if err != nil {
			t.Fatal(err)
		}
		s := view.NewSession(rec, "main.go")
		for !s.Advance(0, 0) {
		}
		pack := s.Fold().Pack(view.Query{Kind: view.LaneP, To: s.Progress().Time, Width: int(plot), Max: 24})
		ran := 0
		for i, l := range pack.Lanes {
			for k := range l.Tiles {
				tile := pack.Tile(l, k)
				if tile.Kind() != view.SpanRun || tile.Many() || tile.X1()-tile.X0() < 4 {
					continue
				}
				ran++
				r, g, b := view.ColourOf(tile.Rank()).RGB()
				_, shape, _ := strings.Cut(svg, fmt.Sprintf(`<path fill="#%02x%02x%02x"`, r, g, b))
				shape, _, _ = strings.Cut(shape, "/>")
				rect := fmt.Sprintf("M%s %dh", short(label+tile.X0()), 40+28*i)
				if !strings.Contains(shape, rect) {
					t.Errorf("no rectangle at %s where G%d ran on %s", rect, tile.Goid(), l.Name)
				}
			}
		}
		if ran < 5 {
			t.Errorf("only %d stretches were looked for", ran)
		}
	})
}

// short is a number as the picture has it.
func short(v float64) string { return strconv.FormatFloat(math.Floor(v*100+0.5)/100, 'f', -1, 64) }

// TestNotes: what is drawn on a canvas is noted down as vectors.
func TestNotes(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	got := eval[string](b, `(() => window.gopark.loadPictures().then((m) => {
		const c = m.notes(200, 80.123, "#fff", "#888");
		c.fillStyle = "#123456";
		c.font = "600 11px monospace";
		c.fillRect(1, 2, 3.456, 4);
		c.fillText("G1 <&>", 5, 6);
		c.save();
		c.beginPath(); c.rect(10, 10, 100, 50); c.clip();
		c.gather();
		for (const [x, fill] of [[0, "#111111"], [20, "url(#own)"], [40, "#111111"]]) { c.fillStyle = fill; c.fillRect(x, 0, 10, 24); }
		c.gathered();
		c.globalAlpha = 0.25; c.fillRect(0, 30, 5, 5); c.globalAlpha = 1;
		c.restore();
		c.strokeStyle = "#222222"; c.lineWidth = 1.25; c.setLineDash([5, 3]);
		c.beginPath(); c.moveTo(0, 0); c.lineTo(7, 9); c.stroke();
		c.beginPath(); c.stroke();
		return c.svg();
	}))()`)
	want := `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80.12" viewBox="0 0 200 80.12">` +
		`<defs><pattern id="own" width="8" height="8" patternUnits="userSpaceOnUse"><path stroke="#888" opacity=".5" d="M-1 9L9 -1M-1 1L1 -1M7 9L9 7"/></pattern>` +
		`<clipPath id="clip1"><path d="M10 10h100v50h-100z"/></clipPath></defs><rect width="100%" height="100%" fill="#fff"/>` +
		strings.Join([]string{
			`<path fill="#123456" d="M1 2h3.46v4h-3.46z"/>`,
			`<text fill="#123456" style="font:600 11px monospace" x="5" y="6" dy=".35em">G1 &lt;&amp;></text>`,
			`<g clip-path="url(#clip1)">`,
			`<path fill="#111111" d="M0 0h10v24h-10zM40 0h10v24h-10z"/>`,
			`<path fill="url(#own)" d="M20 0h10v24h-10z"/>`,
			`<path fill="#111111" opacity="0.25" d="M0 30h5v5h-5z"/>`,
			`</g>`,
			`<path fill="none" stroke="#222222" stroke-width="1.25" stroke-dasharray="5 3" d="M0 0L7 9"/></svg>`,
		}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
