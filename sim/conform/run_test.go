package conform_test

import (
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

// load is loadFiles for a program of one file.
func load(t testing.TB, name, source string, cfg sim.Config) (sim.Recording, string) {
	t.Helper()
	return loadFiles(t, []sim.File{{Name: name, Text: []byte(source)}}, cfg)
}

// loadFiles reads in a program and prepares to run it. Without a recording, the
// diagnostics say why.
func loadFiles(t testing.TB, files []sim.File, cfg sim.Config) (sim.Recording, string) {
	t.Helper()
	prog, diagnostics, err := host.LoadFiles(files)
	if err != nil {
		return nil, err.Error()
	}
	if prog == nil {
		var lines []string
		for _, d := range diagnostics {
			lines = append(lines, d.String())
		}
		return nil, strings.Join(lines, "\n")
	}
	rec, err := prog.Record(cfg)
	if err != nil {
		t.Fatalf("%s: %v", files[0].Name, err)
	}
	return rec, ""
}
