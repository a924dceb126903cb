package vm_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

// TestLibrary runs the programs of testdata/library, each heavy on one part of
// the standard library, and compares with what real Go prints.
func TestLibrary(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("there is no go command on js/wasm to compare with")
	}
	lib, err := host.Library()
	if err != nil {
		t.Fatal(err)
	}
	programs, err := filepath.Glob("testdata/library/*.go")
	if err != nil || len(programs) == 0 {
		t.Fatal("no programs", err)
	}
	for _, file := range programs {
		t.Run(filepath.Base(file), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			program, diagnostics, err := sim.Load(lib, []sim.File{{Name: filepath.Base(file), Text: source}})
			if err != nil || len(diagnostics) > 0 {
				t.Fatal(err, diagnostics)
			}
			for _, sym := range program.MissingNatives() {
				t.Logf("it reaches %s, which is not there", sym)
			}
			rec, err := program.Record(sim.Config{Seed: 1, Limits: sim.Limits{Time: 60e9, Instructions: 1e8, Memory: 1 << 30, Output: 1 << 20}})
			if err != nil {
				t.Fatal(err)
			}
			rec.Advance(0, 0)
			compare(t, rec, file)
		})
	}
}

// compare says where a run's output leaves that of go run.
func compare(t *testing.T, rec sim.Recording, file string) {
	t.Helper()
	var got [3]strings.Builder // by descriptor
	for _, o := range rec.Output() {
		got[o.FD].WriteString(o.Text)
	}
	if why, code := rec.Ended(); code != 0 {
		t.Errorf("%s, exit code %d", why, code)
	}
	var want [3]bytes.Buffer
	cmd := exec.Command("go", "run", file)
	cmd.Stdout, cmd.Stderr = &want[1], &want[2]
	if err := cmd.Run(); err != nil {
		t.Fatalf("the oracle: %v\n%s", err, &want[2])
	}
	for fd, name := range []string{1: "standard output", 2: "standard error"} {
		g, w := strings.SplitAfter(got[fd].String(), "\n"), strings.SplitAfter(want[fd].String(), "\n")
		for i := range max(len(g), len(w)) {
			if line(g, i) != line(w, i) {
				t.Errorf("%s, line %d: %q\nwant %q", name, i+1, line(g, i), line(w, i))
				break
			}
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "the end"
}
