package sched

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"gopark/sim/trace"
)

var update = flag.Bool("update", false, "write the logs into testdata")

// TestGolden runs the scripts in testdata. A file is a script and, for each
// section "era cores", the log that it leads to.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata: ", err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.Files {
			goldenSection(t, file, string(a.Comment), &a.Files[i])
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func goldenSection(t *testing.T, file, script string, f *txtar.File) {
	var era string
	var c Config
	if _, err := fmt.Sscanf(f.Name, "%s %d", &era, &c.Cores); err != nil {
		t.Fatalf("%s: section %q is no era and number of cores: %v", file, f.Name, err)
	}
	c.Seed = 1
	t.Run(filepath.Base(file)+"/"+f.Name, func(t *testing.T) {
		s, _, log := start(t, era, script, c)
		finish(t, s)
		if err := trace.Check(log, rules(t, era)); err != nil {
			t.Error(err)
		}
		got := log.String() + fmt.Sprintf("# %v\n", s.Ended())
		if *update {
			f.Data = []byte(got)
			return
		}
		if got != string(f.Data) {
			t.Errorf("%s\ngot\n%swant\n%s(to accept: go test ./sim/sched -run Golden -update)", script, got, f.Data)
		}
	})
}
