package conform_test

import (
	"errors"
	"fmt"
	"go/build/constraint"
	"hash/fnv"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopark/sim"
)

const gotestList = "testdata/gotest-known.txt"

// goLimits end a test of Go's that does not end. They count instructions, so
// that a slow computer gets the same results.
var goLimits = sim.Limits{Instructions: 1e9, Memory: 1 << 30, Output: 4 << 20}

// TestGo runs those of Go's own tests that say "// run": the program must end
// with code 0 and print what its .out file has, or nothing if there is none
// (cmd/internal/testdir).
func TestGo(t *testing.T) {
	dir := goTestDir(t)
	list := known(t, gotestList)
	var names []string
	for _, pattern := range []string{"*.go", "ken/*.go", "chan/*.go", "typeparam/*.go"} {
		files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if source := readFile(t, f); wanted(t, f, source) {
				rel, err := filepath.Rel(dir, f)
				if err != nil {
					t.Fatal(err)
				}
				names = append(names, filepath.ToSlash(rel))
			}
		}
	}
	if len(names) < 300 {
		t.Errorf("found only %d of Go's tests in %s", len(names), dir)
	}
	stale(t, list, gotestList, names)
	gate := make(chan struct{}, 2) // a program may use a gigabyte
	for _, name := range names {
		if testing.Short() && !sampled(name) {
			continue
		}
		t.Run(strings.TrimSuffix(name, ".go"), func(t *testing.T) {
			t.Parallel()
			gate <- struct{}{}
			defer func() { <-gate }()
			judge(t, list, gotestList, name, runGoTest(t, dir, name))
		})
	}
}

// sampled picks one in ten.
func sampled(name string) bool {
	h := fnv.New32a()
	h.Write([]byte(name))
	return h.Sum32()%10 == 0
}

// goTestDir is the toolchain's test folder. Some distributions leave it out.
func goTestDir(t *testing.T) string {
	t.Helper()
	root := os.Getenv("GOROOT") // set where no command can be run
	if root == "" {
		out, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			t.Fatal(err)
		}
		root = strings.TrimSpace(string(out))
	}
	dir := filepath.Join(root, "test")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		if os.Getenv("CI") != "" {
			t.Fatalf("this toolchain came without Go's tests: no %s; install the whole distribution from go.dev", dir)
		}
		t.Skipf("this toolchain came without Go's tests: no %s", dir)
	}
	return dir
}

// wanted reports whether a file is a program to run, here: its first line is
// "// run" and nothing more, and its build constraint allows linux/amd64.
func wanted(t *testing.T, file, source string) bool {
	t.Helper()
	first, rest, _ := strings.Cut(source, "\n")
	if first != "// run" {
		return false
	}
	for line := range strings.Lines(rest) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "package ") {
			break
		}
		if !constraint.IsGoBuild(line) {
			continue
		}
		expr, err := constraint.Parse(line)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		return expr.Eval(func(tag string) bool {
			return slices.Contains([]string{"linux", "amd64", "unix", "gc"}, tag) || strings.HasPrefix(tag, "go1.")
		})
	}
	return true
}

// runGoTest returns what is wrong, or nothing.
func runGoTest(t *testing.T, dir, name string) (failure string) {
	defer func() {
		if r := recover(); r != nil {
			failure = fmt.Sprintf("the simulator panics: %v", r)
		}
	}()
	file := filepath.Join(dir, filepath.FromSlash(name))
	want := ""
	if out, err := os.ReadFile(strings.TrimSuffix(file, ".go") + ".out"); err == nil {
		want = string(out)
	} else if !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	rec, diagnostics := load(t, filepath.Base(name), readFile(t, file), sim.Config{Limits: goLimits, History: -1})
	if rec == nil {
		return "does not compile: " + diagnostics
	}
	rec.Advance(0, 0)
	why, code := rec.Ended()
	got := merged(rec)
	if code != 0 {
		return fmt.Sprintf("exit code %d (%s)\n%s", code, why, tail(got))
	}
	if got != want {
		return fmt.Sprintf("prints\n%s\nwant\n%s", tail(got), tail(want))
	}
	return ""
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// merged is what a program wrote to both streams, in order.
func merged(rec sim.Recording) string {
	var b strings.Builder
	for _, o := range rec.Output() {
		b.WriteString(o.Text)
	}
	return b.String()
}

// tail is the end of a long text.
func tail(s string) string {
	const most = 1500
	if len(s) > most {
		return "…" + s[len(s)-most:]
	}
	return s
}
