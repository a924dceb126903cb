package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// installPackages gets the editor's npm packages, exactly those of the lock
// file, if they are not there yet. Their install scripts are not run.
func (s *site) installPackages() error {
	dir := filepath.Join(s.root, "static")
	want, err := os.Stat(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return err
	}
	have, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json"))
	if err == nil && !have.ModTime().Before(want.ModTime()) {
		return nil
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return fmt.Errorf("npm is missing: install Node.js 20 or later (it is needed only to fetch CodeMirror): %w", err)
	}
	cmd := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = s.log, s.log
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("npm ci in static/: %w", err)
	}
	now := want.ModTime() // not older than the lock file, whatever npm wrote
	return os.Chtimes(filepath.Join(dir, "node_modules", ".package-lock.json"), now, now)
}

// bundle minifies every script and style sheet of static/. A script may import
// npm packages; it is bundled with them.
func (s *site) bundle() error {
	files, err := filepath.Glob(filepath.Join(s.root, "static", "*.[jc]s*"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if ext := filepath.Ext(file); ext != ".js" && ext != ".css" {
			continue
		}
		content, err := bundleFile(file)
		if err != nil {
			return err
		}
		if err := s.asset(filepath.Base(file), content); err != nil {
			return err
		}
	}
	return nil
}

func bundleFile(file string) ([]byte, error) {
	format := api.FormatIIFE
	if base := filepath.Base(file); strings.HasPrefix(base, editorScript) || base == pictureScript {
		format = api.FormatESModule // the page imports it when it is first needed
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{file},
		Bundle:            true,
		Format:            format,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsEndOfFile,
	})
	var errs []error
	for _, m := range result.Errors {
		at := file
		if m.Location != nil {
			at = fmt.Sprintf("%s:%d:%d", m.Location.File, m.Location.Line, m.Location.Column+1)
		}
		errs = append(errs, fmt.Errorf("%s: %s", at, m.Text))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return result.OutputFiles[0].Contents, nil
}

// editorScript is how the names of scripts begin that are modules.
const editorScript = "editor"

// pictureScript is one more.
const pictureScript = "picture.js"
