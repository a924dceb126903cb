package vm_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/std"
)

// gcLimits leave a collector no choice: the programs of testdata/gc allocate
// far more than the memory holds.
var gcLimits = sim.Limits{Time: 1e12, Instructions: 1e9, Memory: 64 << 20, Output: 1 << 20}

// record runs a program to its end.
func record(t *testing.T, lib *std.Library, file string, cfg sim.Config) sim.Recording {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	program, diagnostics, err := sim.Load(lib, []sim.File{{Name: filepath.Base(file), Text: source}})
	if err != nil || len(diagnostics) > 0 {
		t.Fatal(err, diagnostics)
	}
	rec, err := program.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	return rec
}

func openLibrary(t *testing.T) *std.Library {
	t.Helper()
	lib, err := host.Library()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// output is all that a program printed, and how it ended.
func output(rec sim.Recording) string {
	var b strings.Builder
	for _, o := range rec.Output() {
		b.WriteString(o.Text)
	}
	why, _ := rec.Ended()
	return b.String() + why + "\n"
}

// TestCollect runs the programs of testdata/gc, in every era and in 64 MB, and
// compares with what real Go printed, which is recorded beside them.
func TestCollect(t *testing.T) {
	lib := openLibrary(t)
	programs, _ := filepath.Glob("testdata/gc/*.go")
	if len(programs) == 0 {
		t.Fatal("no programs")
	}
	for _, file := range programs {
		for _, era := range []string{"threads", sim.DefaultEra} {
			t.Run(filepath.Base(file)+"/"+era, func(t *testing.T) {
				want, err := os.ReadFile(strings.TrimSuffix(file, ".go") + ".out")
				if err != nil {
					t.Fatal(err)
				}
				rec := record(t, lib, file, sim.Config{Seed: 1, Era: era, Limits: gcLimits})
				if got := output(rec); got != string(want)+"exit status 0\n" {
					t.Errorf("go run ./cmd/gopark run -era %s -limit-memory %d sim/vm/%s prints\n%s\nwant\n%s", era, gcLimits.Memory, file, got, want)
				}
			})
		}
	}
}

// TestStress runs programs with a collection after every instruction that
// allocates, and what is freed overwritten: nothing may change.
func TestStress(t *testing.T) {
	lib := openLibrary(t)
	for _, pattern := range []string{"testdata/core/*.go", "testdata/library/*.go", "testdata/gc/specials.go", "testdata/gc/corners.go"} {
		programs, _ := filepath.Glob(pattern)
		if len(programs) == 0 {
			t.Fatal("no programs match", pattern)
		}
		for _, file := range programs {
			t.Run(filepath.Base(file), func(t *testing.T) {
				cfg := sim.Config{Seed: 1, Limits: gcLimits}
				want := output(record(t, lib, file, cfg))
				cfg.Env = map[string]string{"GODEBUG": "gcstress=1"}
				if got := output(record(t, lib, file, cfg)); got != want {
					t.Errorf("GODEBUG=gcstress=1 go run ./cmd/gopark run sim/vm/%s prints\n%s\nwant\n%s", file, got, want)
				}
			})
		}
	}
}

// TestSeekAcrossCollections looks back at instants before, in and after
// collections: each looks the same however it is reached.
func TestSeekAcrossCollections(t *testing.T) {
	lib := openLibrary(t)
	cfg := sim.Config{Seed: 3, Limits: gcLimits}
	rec := record(t, lib, "testdata/gc/specials.go", cfg)
	n := rec.Log().Len()
	var first []string
	for k := 0; k <= n; k += n / 40 {
		first = append(first, stacks(rec, k))
	}
	again := record(t, lib, "testdata/gc/specials.go", cfg)
	for i := len(first) - 1; i >= 0; i-- { // backwards
		if got := stacks(again, i*(n/40)); got != first[i] {
			t.Errorf("after event %d\n%s\nwant\n%s", i*(n/40), got, first[i])
		}
	}
}

// stacks is what the goroutines look like after k events.
func stacks(rec sim.Recording, k int) string {
	var all []any
	for g := range rec.At(k).Gs {
		all = append(all, rec.Stack(k, int32(g)))
	}
	b, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		panic(err)
	}
	return string(b)
}
