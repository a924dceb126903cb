package vm_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

// TestCore runs the programs of testdata/core and compares all they print with
// what real Go printed, which is recorded beside them.
func TestCore(t *testing.T) {
	lib, err := host.Library()
	if err != nil {
		t.Fatal(err)
	}
	programs, _ := filepath.Glob("testdata/core/*.go")
	if len(programs) == 0 {
		t.Fatal("no programs")
	}
	for _, file := range programs {
		t.Run(filepath.Base(file), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(file, ".go") + ".out")
			if err != nil {
				t.Fatal(err)
			}
			program, diagnostics, err := sim.Load(lib, []sim.File{{Name: filepath.Base(file), Text: source}})
			if err != nil || len(diagnostics) > 0 {
				t.Fatal(err, diagnostics)
			}
			rec, err := program.Record(sim.Config{Seed: 1, Limits: sim.DefaultLimits})
			if err != nil {
				t.Fatal(err)
			}
			rec.Advance(0, 0)
			var got strings.Builder
			for _, o := range rec.Output() {
				got.WriteString(o.Text)
			}
			if got.String() != string(want) {
				t.Errorf("go run ./cmd/gopark run sim/vm/%s prints\n%s\nwant\n%s", file, got.String(), want)
			}
			for g := range rec.At(rec.Log().Len() / 2).Gs {
				rec.Stack(rec.Log().Len()/2, int32(g))
			}
		})
	}
}
