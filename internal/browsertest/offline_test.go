package browsertest

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// A host serves the site under /some/path/, and can lose its network, publish
// another build and forbid that the site is kept.
type host struct {
	server *httptest.Server
	files  http.Handler
	mu     sync.Mutex
	dead   bool
	newer  bool
	gone   string // what is served for the service worker in place of it
}

var buildID = regexp.MustCompile(`data-build="\w+"`)

func newHost(t *testing.T) *host {
	h := &host{files: http.StripPrefix("/some/path", http.FileServer(http.Dir(*siteDir)))}
	h.server = httptest.NewServer(h)
	t.Cleanup(h.server.Close)
	return h
}

func (h *host) set(change func()) {
	h.mu.Lock()
	change()
	h.mu.Unlock()
	h.server.CloseClientConnections()
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	dead, newer, gone := h.dead, h.newer, h.gone
	h.mu.Unlock()
	path := strings.TrimPrefix(r.URL.Path, "/some/path/")
	switch {
	case dead:
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			conn.(*net.TCPConn).SetLinger(0)
			conn.Close()
		}
	case path == "offline.js" && gone != "":
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write([]byte(gone))
	case newer && strings.HasSuffix(path, "/") && path != "":
		page, err := os.ReadFile(filepath.Join(*siteDir, filepath.FromSlash(path), "index.html"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(buildID.ReplaceAll(page, []byte(`data-build="0123456789ab"`)))
	default:
		h.files.ServeHTTP(w, r)
	}
}

// TestOffline: nothing is kept until the reader asks for it; then the site works
// without a network, follows new builds with one, and can be told to forget.
func TestOffline(t *testing.T) {
	t.Parallel()
	h := newHost(t)
	b := open(t, h.server.URL+"/some/path/"+lessonPath)
	b.ready()
	const said = `document.querySelector("[data-offline=said]").textContent`
	toggle := `document.querySelector(".settings").open = true; document.querySelector("[data-offline=on]").click()`
	registered := `(await navigator.serviceWorker.getRegistrations()).length`
	kept := `(await caches.keys()).length`
	b.await(said + `.startsWith("Off.") && ` + registered + ` === 0 && ` + kept + ` === 0`)
	b.act(toggle)
	b.await(said + `.startsWith("On.")`)
	b.shotOf(".settings .panel", "offline-on")

	h.set(func() { h.dead = true })
	b.reload()
	b.ready()
	b.press(title, "Run")
	b.await(output+`.includes("goroutine 3")`, title)
	// A page that was never open, and a part of the library that no program has used.
	b.goTo(h.server.URL + "/some/path/playground/")
	b.editIn("Ping-pong", "package main\n\nimport (\n\t\"encoding/json\"\n\t\"fmt\"\n)\n\nfunc main() {\n\tb, _ := json.Marshal([]int{1, 2})\n\tfmt.Println(string(b))\n}\n")
	b.act(`must("button", "Run").click()`)
	b.await(theCell + `.querySelector(".out").innerText.includes("[1,2]")`)

	// With a network a newer page is shown at once, although an older one is kept.
	h.set(func() { h.dead, h.newer = false, true })
	b.reload()
	b.await(`document.getElementById("gopark").dataset.build === "0123456789ab" && document.documentElement.hasAttribute("data-ready")`)
	h.set(func() { h.newer = false })

	// The reader takes it back.
	b.reload()
	b.await(said + `.startsWith("On.")`)
	b.act(toggle)
	b.await(said + `.startsWith("Off.") && ` + registered + ` === 0 && ` + kept + ` === 0`)

	// Whoever publishes the site takes it back for all.
	b.act(toggle)
	b.await(said + `.startsWith("On.")`)
	gone, err := os.ReadFile(filepath.Join("..", "..", "static", "offline", "gone.js"))
	if err != nil {
		t.Fatal(err)
	}
	h.set(func() { h.gone = string(gone) })
	b.reload()
	b.await(registered + ` === 0 && ` + kept + ` === 0`)
	b.reload()
	b.await(said + `.startsWith("Off.")`)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.errors = nil // without a network requests fail
}
