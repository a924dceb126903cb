package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gopark/sim/lesson"
)

// build makes the site: dist/ can be put under any path of any web server.
func (a *app) build(args []string) int {
	fs := flag.NewFlagSet("gopark build", flag.ContinueOnError)
	fs.SetOutput(a.stderr)
	out := fs.String("o", "dist", "where the site is written")
	if err := fs.Parse(args); err != nil {
		return exitUsage
	}
	root, err := findRoot()
	if err == nil {
		err = buildSite(root, *out, "", a.stderr)
	}
	if err != nil {
		fmt.Fprintln(a.stderr, "gopark build:", err)
		return exitError
	}
	fmt.Fprintf(a.stderr, "built %s\n", *out)
	return exitOK
}

// findRoot is the repository: the folder with go.mod, here or above.
func findRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(mod), "module gopark\n") {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("this is not gopark's repository: no go.mod of module gopark here or above")
		}
		dir = up
	}
}

// A site is one build of it.
type site struct {
	root string // the repository
	out  string // the folder that is written
	log  io.Writer
	// extra is HTML for the head of every page; serve's reload script.
	extra   string
	assets  map[string]string // by the name the page knows: path from the site's root
	lessons []*lesson.Lesson
	// playground is the page of example programs.
	playground *lesson.Lesson
	about      page
	recorded   map[string]lesson.Recorded // by the lesson's name
	glossary   *lesson.Glossary
	build      string // of all assets: a page knows by it whether it is stale
	base       string // the address of its root, if that is known
	noOffline  bool   // nobody may keep the site in a browser
}

// buildSite builds into a new folder and puts it in out's place only when
// nothing went wrong.
func buildSite(root, out, extra string, log io.Writer) error {
	s := &site{root: root, out: out + ".new", log: log, extra: extra, assets: map[string]string{}, base: siteBase(), noOffline: noOffline()}
	if err := os.RemoveAll(s.out); err != nil {
		return err
	}
	for _, step := range []struct {
		what string
		do   func(*site) error
	}{
		{"the lessons", (*site).readLessons},
		{"the editor's packages", (*site).installPackages},
		{"the scripts and styles", (*site).bundle},
		{"the program", (*site).buildWasm},
		{"the machine's core", (*site).writeCore},
		{"the standard library's image", (*site).buildStd},
		{"the library's documentation", (*site).writeDocs},
		{"the licences", (*site).readLicences},
		{"the pages", (*site).writePages},
		{"what readers may keep", (*site).writeOffline},
	} {
		if err := step.do(s); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	return os.Rename(s.out, out)
}

// write writes a file of the site; path has slashes.
func (s *site) write(path string, content []byte) error {
	name := filepath.Join(s.out, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, content, 0o644)
}
