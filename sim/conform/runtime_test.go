package conform_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopark/sim"
)

// TestRuntime compares what programs can ask the runtime, and how they end, with
// real Go: with the .out file beside a program, recorded where real Go needs an
// experiment or a quiet computer, or else with the program run now. Both run on one P.
func TestRuntime(t *testing.T) {
	files, err := filepath.Glob("testdata/runtime/*.go")
	if err != nil || len(files) < 5 {
		t.Fatal("programs missing", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		t.Run(name, func(t *testing.T) {
			real := realRuntime(t, file)
			path, err := filepath.Abs(file)
			if err != nil {
				t.Fatal(err)
			}
			cfg := sim.Config{Procs: 1, Limits: goLimits, History: -1, Env: map[string]string{"GOEXPERIMENT": "goroutineleakprofile"}}
			rec, diagnostics := loadFiles(t, []sim.File{{Name: path, Text: []byte(readFile(t, file))}}, cfg)
			if rec == nil {
				t.Fatal(diagnostics)
			}
			rec.Advance(0, 0)
			_, code := rec.Ended()
			got := plainTrace(merged(rec), code)
			if want := agreeing(got, real); got != want {
				t.Errorf("%s\nto repeat it: go test ./sim/conform -run 'TestRuntime/%s'", firstDifference(want, got), name)
			}
		})
	}
}

// realRuntime makes what tells what real Go prints.
func realRuntime(t *testing.T, file string) func() string {
	t.Helper()
	out, err := os.ReadFile(strings.TrimSuffix(file, ".go") + ".out")
	if err == nil {
		return func() string { return string(out) }
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to compare with")
	}
	exe := filepath.Join(t.TempDir(), "program")
	if out, err := exec.Command("go", "build", "-o", exe, file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return func() string {
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
		out, err := cmd.CombinedOutput()
		code := 0
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			code = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		return plainTrace(string(out), code)
	}
}
