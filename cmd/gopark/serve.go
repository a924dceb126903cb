package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// serve builds the site, serves it and builds it again when a file changes;
// open pages then reload themselves.
func (a *app) serve(args []string) int {
	flags := flag.NewFlagSet("gopark serve", flag.ContinueOnError)
	flags.SetOutput(a.stderr)
	addr := flags.String("addr", "127.0.0.1:8080", "where to listen")
	if err := flags.Parse(args); err != nil {
		return exitUsage
	}
	err := a.serveSite(*addr)
	fmt.Fprintln(a.stderr, "gopark serve:", err)
	return exitError
}

func (a *app) serveSite(addr string) error {
	root, err := findRoot()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr) // before building: an address in use is known at once
	if err != nil {
		return err
	}
	out := filepath.Join(root, cacheDir, "serve")
	w := &watcher{root: root, changed: make(chan struct{})}
	w.build = func() error { return buildSite(root, out, reloadTag, a.stderr) }
	if err := w.build(); err != nil {
		fmt.Fprintln(a.stderr, "gopark serve:", err, "\nwaiting for a change …")
	}
	go w.watch(func(err error) {
		if err != nil {
			fmt.Fprintln(a.stderr, "gopark serve:", err)
		} else {
			fmt.Fprintln(a.stderr, "built anew")
		}
	})
	fmt.Fprintf(a.stderr, "serving http://%s/\n", listener.Addr())
	return http.Serve(listener, serveHandler(out, w))
}

// The script that serve adds to every page.
const (
	reloadPath = "/-/reload"
	reloadTag  = `<script src="` + reloadPath + `.js" defer></script>` + "\n"
	reloadJS   = `new EventSource("` + reloadPath + `").onmessage = () => location.reload();`
)

func serveHandler(dir string, w *watcher) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(reloadPath+".js", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		fmt.Fprint(rw, reloadJS)
	})
	mux.HandleFunc(reloadPath, w.events)
	mux.Handle("/", siteHandler(dir))
	return mux
}

// siteHandler serves a built site as GitHub Pages does: relative to any
// prefix that was stripped, with 404.html for what is missing.
func siteHandler(dir string) http.Handler {
	// The table of the host may lack it, and without it no browser streams.
	if err := mime.AddExtensionType(".wasm", "application/wasm"); err != nil {
		panic(err) // a constant
	}
	files := http.FileServer(http.Dir(dir))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		name := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(r.URL.Path, "/")))
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			page, err := os.ReadFile(filepath.Join(dir, "404.html"))
			if err == nil {
				_, _ = w.Write(page) // the reader may have left
			}
			return
		}
		files.ServeHTTP(w, r)
	})
}

// A watcher builds again when a file of the site's sources changes. Polling a
// few hundred files is cheap and works the same on every system.
type watcher struct {
	root  string
	build func() error

	mu      sync.Mutex
	changed chan struct{} // closed after a build
}

const pollInterval = 400 * time.Millisecond

func (w *watcher) watch(report func(error)) {
	last := w.newest()
	for range time.Tick(pollInterval) {
		now := w.newest()
		if now == last {
			continue
		}
		last = now
		err := w.build()
		report(err)
		if err == nil {
			w.announce()
		}
	}
}

// stamp changes when any watched file changes, comes or goes.
type stamp struct {
	newest time.Time
	files  int
	bytes  int64
}

func (w *watcher) newest() stamp {
	var s stamp
	for _, dir := range []string{"lessons", "static", "cmd", "sim"} {
		// A file that vanishes while we look is a change the next look sees.
		_ = filepath.WalkDir(filepath.Join(w.root, dir), func(_ string, e fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if e.IsDir() {
				if e.Name() == "node_modules" || e.Name() == "testdata" {
					return fs.SkipDir
				}
				return nil
			}
			if info, err := e.Info(); err == nil {
				s.files++
				s.bytes += info.Size()
				if info.ModTime().After(s.newest) {
					s.newest = info.ModTime()
				}
			}
			return nil
		})
	}
	return s
}

// announce tells all open pages that there is a new build.
func (w *watcher) announce() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.changed)
	w.changed = make(chan struct{})
}

// events is a stream of server-sent events: one after each build.
func (w *watcher) events(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Content-Type", "text/event-stream")
	rw.Header().Set("Cache-Control", "no-store")
	flush := http.NewResponseController(rw)
	for {
		w.mu.Lock()
		changed := w.changed // before the page hears from us, so that it misses nothing
		w.mu.Unlock()
		if err := flush.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
			fmt.Fprint(rw, "data: built\n\n")
		}
	}
}
