package conform_test

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopark/sim"
)

const schedTraced = `package main

import (
	"runtime"
	"time"
)

func main() {
	for range 4 {
		go func() {
			runtime.LockOSThread()
			time.Sleep(5 * time.Millisecond)
			for t := time.Now(); time.Since(t) < 30*time.Millisecond; {
			}
		}()
	}
	time.Sleep(50 * time.Millisecond)
}
`

var values = []struct {
	re *regexp.Regexp
	by string
}{
	{regexp.MustCompile(`\([^=]*\) m=`), "() m="},
	{regexp.MustCompile(`preemptoff=\S*`), "preemptoff="},
	{regexp.MustCompile(`-?\d+|nil`), "0"}, // sysmon takes one off nmidlelocked for a moment
	{regexp.MustCompile(`true|false`), "is"},
	{regexp.MustCompile(`\[( 0)+ \]`), "[ 0 ]"},
}

// shapes are the lines of a schedtrace without their values.
func shapes(text string) map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(text) {
		for _, v := range values {
			line = v.re.ReplaceAllString(line, v.by)
		}
		all[line] = true
	}
	return all
}

// TestSchedTrace compares what GODEBUG=schedtrace prints with what it prints in
// a program that Go has compiled: the same kinds of lines, whatever their values.
func TestSchedTrace(t *testing.T) {
	dir := t.TempDir()
	source, binary := filepath.Join(dir, "traced.go"), filepath.Join(dir, "traced")
	if err := os.WriteFile(source, []byte(schedTraced), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", binary, source).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, godebug := range []string{"schedtrace=3", "schedtrace=3,scheddetail=1"} {
		cmd := exec.Command(binary)
		cmd.Env = append(os.Environ(), "GODEBUG="+godebug, "GOMAXPROCS=2")
		real, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatal(err)
		}
		// sysmon may be in the middle of a line when the process ends.
		real = real[:bytes.LastIndexByte(real, '\n')+1]
		rec, diagnostics := load(t, "traced.go", schedTraced, sim.Config{Procs: 2, Cores: 2, Seed: 1, Limits: sim.DefaultLimits,
			Env: map[string]string{"GODEBUG": godebug}, History: -1})
		if rec == nil {
			t.Fatal(diagnostics)
		}
		rec.Advance(0, 0)
		got, want := shapes(merged(rec)), shapes(string(real))
		if len(got) == 0 || !maps.Equal(got, want) {
			t.Errorf("GODEBUG=%s: lines like\n%q\nwant\n%q", godebug, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
	}
}
