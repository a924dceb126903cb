package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"html/template"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"gopark/cmd/wasm/phrase"
)

// A work is what somebody else has made and the site hands out.
type work struct {
	name, version string
	dir           string // with its licence in it
}

// readLicences makes the page that says what the site is and under which
// licences what is in it stands.
func (s *site) readLicences() error {
	works, err := s.works()
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("<h1>" + phrase.AboutGopark + "</h1>\n" +
		"<p>" + phrase.AboutWhat + "</p>\n" +
		"<p>" + phrase.AboutPrivacy + "</p>\n" +
		"<p>" + phrase.AboutLicence + "</p>\n<h2 id=\"licences\">" + phrase.Licences + "</h2>\n")
	for _, w := range append([]work{{"Gopark", "", s.root}}, works...) {
		text, err := licence(w.dir)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		fmt.Fprintf(&b, "<details class=\"licence\"><summary>%s <span class=\"soft\">%s</span></summary><pre>%s</pre></details>\n",
			html.EscapeString(w.name), html.EscapeString(w.version), html.EscapeString(text))
	}
	s.about = page{
		Title: "About · Gopark", Class: "about-page", Body: template.HTML(b.String()),
		Description: phrase.AboutDescription,
	}
	return nil
}

// licence is the text in the file that every well-kept work has.
func licence(dir string) (string, error) {
	for _, name := range []string{"LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING", "license"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			return strings.TrimSpace(string(b)), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return "", fmt.Errorf("no licence in %s", dir)
}

// works lists Go, the modules that end up in the program, and the npm packages
// that end up in the editor.
func (s *site) works() ([]work, error) {
	goroot, err := goEnv("GOROOT")
	if err != nil {
		return nil, err
	}
	version, err := goEnv("GOVERSION")
	if err != nil {
		return nil, err
	}
	list := []work{{phrase.GoAndItsStandardLibrary, version, goroot}}
	cmd := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/wasm")
	cmd.Dir, cmd.Env = s.root, append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%v: %w", cmd.Args, err)
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if m := p.Module; m != nil && !m.Main && !slices.ContainsFunc(list, func(w work) bool { return w.name == m.Path }) {
			list = append(list, work{m.Path, m.Version, m.Dir})
		}
	}
	packages, err := s.npmWorks()
	return append(list, packages...), err
}

// npmWorks are the packages of the lock file that are not for tests only.
func (s *site) npmWorks() ([]work, error) {
	static := filepath.Join(s.root, "static")
	b, err := os.ReadFile(filepath.Join(static, "package-lock.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version string
			Dev     bool
		}
	}
	if err := json.Unmarshal(b, &lock); err != nil {
		return nil, err
	}
	var list []work
	for path, p := range lock.Packages {
		if name, ok := strings.CutPrefix(path, "node_modules/"); ok && !p.Dev {
			list = append(list, work{name, p.Version, filepath.Join(static, filepath.FromSlash(path))})
		}
	}
	slices.SortFunc(list, func(a, b work) int { return strings.Compare(a.name, b.name) })
	return list, nil
}
