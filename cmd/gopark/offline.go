package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// offlineScript is the service worker's path. It never changes: browsers look
// there for a newer one, also for the one that takes everything back.
const offlineScript = "offline.js"

// writeOffline writes the service worker that keeps the site for those readers
// who switch that on, or if the site is not to be kept, the one that undoes it.
// It comes after all that it keeps.
func (s *site) writeOffline() error {
	source := "keep.js"
	if s.noOffline {
		source = "gone.js"
	}
	script, err := bundleFile(filepath.Join(s.root, "static", "offline", source))
	if err != nil || s.noOffline {
		return s.writeUnless(err, script)
	}
	kept := struct {
		Build string   `json:"build"`
		Files []string `json:"files"`
		Pages []string `json:"pages"`
	}{Build: s.build}
	err = filepath.WalkDir(s.out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(s.out, path)
		name = filepath.ToSlash(name)
		switch page, isPage := strings.CutSuffix(name, "index.html"); {
		case isPage:
			kept.Pages = append(kept.Pages, page)
		case strings.HasPrefix(name, "assets/"):
			kept.Files = append(kept.Files, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(kept.Files)
	list, err := json.Marshal(kept)
	return s.writeUnless(err, slices.Concat([]byte("const gopark="), list, []byte(";\n"), script))
}

func (s *site) writeUnless(err error, script []byte) error {
	if err != nil {
		return err
	}
	return s.write(offlineScript, script)
}

// noOffline reports whether the environment says that nobody may keep the site:
// the switch for whoever publishes it.
func noOffline() bool { return os.Getenv("GOPARK_OFFLINE") == "off" }
