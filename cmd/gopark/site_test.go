package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopark/sim/lesson"
)

// testSite builds everything but the program, from two lessons and two files.
func testSite(t *testing.T) string {
	t.Helper()
	root, out := t.TempDir(), t.TempDir()
	files := map[string]string{
		"static/boot.js":   "const n = 1 + 1;\nconsole.log(n);\n",
		"static/style.css": "body {\n  color: red;\n}\n",
	}
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := &site{root: root, out: out, log: io.Discard, assets: map[string]string{}, recorded: map[string]lesson.Recorded{}}
	for _, name := range []string{"03-one", "09-two"} {
		l, problems := lesson.Parse(name+".md", []byte("# Title of "+name+" & more\n\nFirst words.\n\n```go cell id=a title=\"A cell\"\npackage main\n```\n"))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		s.lessons = append(s.lessons, l)
	}
	s.glossary, _ = lesson.ParseGlossary("glossary.md", []byte("# Words\n\n## park\n\nTo wait.\n"))
	if err := s.bundle(); err != nil {
		t.Fatal(err)
	}
	if err := s.compressed("gopark.wasm", []byte(strings.Repeat("x", 1000))); err != nil {
		t.Fatal(err)
	}
	if err := s.writePages(); err != nil {
		t.Fatal(err)
	}
	return out
}

func read(t *testing.T, parts ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPages(t *testing.T) {
	out := testSite(t)
	for path, wants := range map[string][]string{
		"index.html": {
			`<a href="lessons/03-one/">Title of 03-one &amp; more</a><p>First words.</p>`,
			`<link rel="stylesheet" href="assets/style-`,
		},
		"404.html": {"Nothing here"},
		"lessons/09-two/index.html": {
			`<title>Title of 09-two &amp; more · Gopark</title>`,
			`<meta name="description" content="First words.">`,
			`<link rel="stylesheet" href="../../assets/style-`,
			`src="../../assets/boot-`, `data-root="../../"`, `data-lesson="09-two"`,
			`&#34;gopark.wasm&#34;:&#34;assets/gopark-`,
			`<a rel="prev" href="../../lessons/03-one/">`,
			`Today’s scheduler · lesson 9`,
			`<section class="cell" id="cell-a"`, `<noscript>`,
		},
	} {
		page := read(t, out, filepath.FromSlash(path))
		for _, want := range append(wants, `http-equiv="Content-Security-Policy"`, `name="viewport"`, `<html lang="en">`) {
			if !strings.Contains(page, want) {
				t.Errorf("%s has no %s", path, want)
			}
		}
		if t.Failed() {
			t.Log(page)
		}
	}
}

var url = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

// TestRelative: the site works under any path, so no page has a URL that
// begins with a slash or names a host, and every file it asks for is there.
func TestRelative(t *testing.T) {
	out := testSite(t)
	for _, path := range []string{"index.html", "lessons/03-one/index.html", "lessons/09-two/index.html"} {
		for _, m := range url.FindAllStringSubmatch(read(t, out, filepath.FromSlash(path)), -1) {
			ref := m[1]
			switch {
			case strings.HasPrefix(ref, "data:"), strings.HasPrefix(ref, "#"):
			case strings.HasPrefix(ref, "/"), strings.Contains(ref, ":"):
				t.Errorf("%s refers to %s", path, ref)
			default:
				file := filepath.Join(out, filepath.FromSlash(filepath.Dir(path)), filepath.FromSlash(ref))
				if _, err := os.Stat(file); err != nil {
					t.Errorf("%s refers to %s: %v", path, ref, err)
				}
			}
		}
	}
}

// TestAssetNames: a name changes with the content, and only then.
func TestAssetNames(t *testing.T) {
	s := &site{out: t.TempDir(), assets: map[string]string{}}
	name := func(content string) string {
		if err := s.asset("a.b.js", []byte(content)); err != nil {
			t.Fatal(err)
		}
		return s.assets["a.b.js"]
	}
	one, two, again := name("1"), name("2"), name("1")
	if one == two || one != again {
		t.Errorf("%s %s %s", one, two, again)
	}
	if !regexp.MustCompile(`^assets/a\.b-[0-9a-f]{12}\.js$`).MatchString(one) {
		t.Error(one)
	}
}

func TestBundleMistake(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.js")
	if err := os.WriteFile(file, []byte("let a;\nlet a;\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := bundleFile(file); err == nil || !strings.Contains(err.Error(), "x.js:2:5: ") {
		t.Errorf("%v", err)
	}
}

func TestServe(t *testing.T) {
	out := testSite(t)
	w := &watcher{root: t.TempDir(), changed: make(chan struct{})}
	server := httptest.NewServer(serveHandler(out, w))
	defer server.Close()
	get := func(path string) (*http.Response, string) {
		t.Helper()
		r, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r, string(body)
	}
	if r, body := get("/lessons/03-one/"); r.StatusCode != 200 || !strings.Contains(body, "First words.") {
		t.Errorf("%s\n%s", r.Status, body)
	}
	if r, body := get("/no/such/page"); r.StatusCode != 404 || !strings.Contains(body, "Nothing here") {
		t.Errorf("%s\n%s", r.Status, body)
	}
	if err := os.WriteFile(filepath.Join(out, "x.wasm"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if r, _ := get("/x.wasm"); r.Header.Get("Content-Type") != "application/wasm" {
		t.Errorf("%v", r.Header)
	}
	if _, body := get(reloadPath + ".js"); !strings.Contains(body, "location.reload") {
		t.Error(body)
	}
}

// TestReload: an open page hears of a build.
func TestReload(t *testing.T) {
	w := &watcher{root: t.TempDir(), changed: make(chan struct{})}
	server := httptest.NewServer(serveHandler(t.TempDir(), w))
	defer server.Close()
	r, err := http.Get(server.URL + reloadPath)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	w.announce() // the headers are here, so the page listens
	buf := make([]byte, 64)
	n, err := r.Body.Read(buf)
	if err != nil || !strings.HasPrefix(string(buf[:n]), "data: ") {
		t.Errorf("%q %v", buf[:n], err)
	}
}

func TestWatchSeesChanges(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "lessons", "01-x.md")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	w := &watcher{root: root}
	before := w.newest()
	if err := os.WriteFile(file, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	after := w.newest()
	if before == after || after != w.newest() {
		t.Errorf("%+v %+v", before, after)
	}
}
