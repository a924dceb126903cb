package browsertest

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var (
	siteDir  = flag.String("site", os.Getenv("GOPARK_SITE"), "the folder of a built site, as seen from here; empty: build one")
	shotsDir = flag.String("shots", "", "a folder for screenshots")
)

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	chromium, err := findBrowser()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		if os.Getenv("CI") != "" {
			return 1
		}
		fmt.Fprintln(os.Stderr, "browser tests were not run")
		return 0
	}
	if *siteDir == "" {
		dir, err := os.MkdirTemp("", "gopark-site")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		*siteDir = filepath.Join(dir, "site")
		build := exec.Command("go", "run", "./cmd/gopark", "build", "-o", *siteDir)
		build.Dir = filepath.Join("..", "..")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%v: %v\n%s", build.Args, err, out)
			return 1
		}
	}
	browsers.chromium = chromium
	defer browsers.stop()
	return m.Run()
}

func findBrowser() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no browser: install Chromium (Debian: apt-get install chromium)")
}

// serve serves the site under a path, "/" or "/some/path/", and nothing else.
func serve(t *testing.T, path string) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle(path, http.StripPrefix(path[:len(path)-1], http.FileServer(http.Dir(*siteDir))))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + path
}
