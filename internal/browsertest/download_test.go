package browsertest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
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
