package browsertest

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

// TestIdle: a page that nobody touches sets no timer and draws no frame.
func TestIdle(t *testing.T) {
	t.Parallel()
	b := open(t, serve(t, "/")+lessonPath, onEachPage(`
		window.later = window.setTimeout.bind(window);
		window.busy = 0;
		for (const name of ["setTimeout", "setInterval", "requestAnimationFrame", "requestIdleCallback"]) {
			const real = window[name].bind(window);
			window[name] = (...args) => { window.busy++; return real(...args); };
		}`))
	b.ready()
	b.press(title, "Run")
	b.await(output+`.includes("goroutine 3")`, title)
	b.await(`named("button", "Run", cell($))`, title)
	// Once it has settled, whole seconds pass without a word.
	b.await(`await (async () => {
		const before = window.busy;
		await new Promise((done) => window.later(done, 1500));
		return window.busy === before;
	})()`)
}

// TestStale: a page from before a deploy, whose files are gone, fetches the
// new one; where nothing is newer, it says what is wrong.
func TestStale(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(*siteDir, filepath.FromSlash(lessonPath), "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	old := regexp.MustCompile(`gopark-[0-9a-f]{12}\.wasm`).ReplaceAllString(string(page), "gopark-000000000000.wasm")
	older := regexp.MustCompile(`data-build="\w+"`).ReplaceAllString(old, `data-build="000000000000"`)
	files := http.FileServer(http.Dir(*siteDir))
	for name, test := range map[string]struct{ first, then, wants string }{
		"deployed": {older, string(page), `document.documentElement.hasAttribute("data-ready")`},
		"broken":   {old, old, `document.querySelector(".failed")?.innerText.includes("The text is all here")`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasSuffix(r.URL.Path, "/"+lessonPath) {
					files.ServeHTTP(w, r)
					return
				}
				w.Header().Set("Content-Type", "text/html")
				text := test.then
				if asked.Add(1) == 1 {
					text = test.first
				}
				_, _ = w.Write([]byte(text))
			}))
			t.Cleanup(server.Close)
			b := open(t, server.URL+"/"+lessonPath)
			b.await(test.wants)
			b.mu.Lock()
			defer b.mu.Unlock()
			b.errors = nil // that a file is gone is what this is about
		})
	}
}

// TestText: a lesson can be read with its page, its style and the loader alone, which
// are small, more so as hosts of static sites send them, and without anything of the program.
func TestText(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(*siteDir, "lessons", "*", "index.html"))
	if err != nil || len(pages) == 0 {
		t.Fatal(err)
	}
	rest := 0
	for _, asset := range []string{"style-*.css", "boot-*.js"} {
		names, err := filepath.Glob(filepath.Join(*siteDir, "assets", asset))
		if err != nil || len(names) != 1 {
			t.Fatal(asset, names, err)
		}
		rest += sent(t, names[0])
	}
	style := sizeOf(t, "style-*.css") + sizeOf(t, "boot-*.js")
	for _, page := range pages {
		if n := rest + sent(t, page); n > 40_000 {
			t.Errorf("%s: %d bytes with its style and loader when they are compressed, want at most 40,000", page, n)
		}
		info, err := os.Stat(page)
		if err != nil {
			t.Fatal(err)
		}
		if n := info.Size() + style; n > 100_000 {
			t.Errorf("%s: %d bytes with its style and loader, want at most 100,000", page, n)
		}
	}
}

// sent is how many bytes a host sends of a file that it compresses.
func sent(t *testing.T, name string) int {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
