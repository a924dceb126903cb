package conform_test

import (
	"errors"
	"flag"
	"fmt"
	"go/build/constraint"
	"hash/fnv"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hack-pad/hackpadfs"

	"gopark/sim"
)

const gotestList = "testdata/gotest-known.txt"

// goLimits end a test of Go's that does not end. They count instructions, so
// that a slow computer gets the same results.
var goLimits = sim.Limits{Instructions: 4e9, Memory: 1 << 30, Output: 4 << 20}

// slowReason begins the reason of a test that takes minutes and should pass.
const slowReason = "slow:"

var slow = flag.Bool("slow", false, "run those of Go's tests that take minutes, without a limit on instructions")

// goFolders are the folders of Go's own tests, with the number of programs that
// there are at least.
var goFolders = []struct {
	pattern string
	least   int
}{{"*.go", 130}, {"ken/*.go", 38}, {"chan/*.go", 10}, {"typeparam/*.go", 80}, {"fixedbugs/*.go", 580}, {"*.dir", 1}, {"*/*.dir", 80}}

// TestGo runs those of Go's own tests that say "// run" or "// rundir": the
// program must end with code 0 and print what its .out file has, or nothing if
// there is none (cmd/internal/testdir). It reports how many pass by folder.
func TestGo(t *testing.T) {
	dir := goTestDir(t)
	list := known(t, gotestList)
	var names []string
	score := goScore{passed: map[string]int{}, run: map[string]int{}}
	for _, folder := range goFolders {
		files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(folder.pattern)))
		if err != nil {
			t.Fatal(err)
		}
		before := len(names)
		for _, f := range files {
			action := "// run"
			if base, ok := strings.CutSuffix(f, ".dir"); ok {
				f, action = base+".go", "// rundir"
			}
			if source, err := os.ReadFile(f); err == nil && wanted(t, f, string(source), action) {
				rel, err := filepath.Rel(dir, f)
				if err != nil {
					t.Fatal(err)
				}
				names = append(names, filepath.ToSlash(rel))
			}
		}
		if n := len(names) - before; n < folder.least {
			t.Errorf("found only %d of Go's tests in %s/%s", n, dir, folder.pattern)
		}
	}
	stale(t, list, gotestList, names)
	gate := make(chan struct{}, 2) // a program may use a gigabyte
	t.Cleanup(func() { score.report(t) })
	for _, name := range names {
		if testing.Short() && !sampled(name) || strings.HasPrefix(list[name], slowReason) && !*slow {
			continue
		}
		t.Run(strings.TrimSuffix(name, ".go"), func(t *testing.T) {
			t.Parallel()
			gate <- struct{}{}
			defer func() { <-gate }()
			failure := runGoTest(t, dir, name)
			score.add(path.Dir(name), failure == "")
			if *slow && strings.HasPrefix(list[name], slowReason) {
				judge(t, nil, gotestList, name, failure)
				return
			}
			judge(t, list, gotestList, name, failure)
		})
	}
}

// A goScore counts by folder.
type goScore struct {
	sync.Mutex
	passed, run map[string]int
}

func (s *goScore) add(folder string, passed bool) {
	s.Lock()
	defer s.Unlock()
	s.run[folder]++
	if passed {
		s.passed[folder]++
	}
}

func (s *goScore) report(t *testing.T) {
	for _, folder := range slices.Sorted(maps.Keys(s.run)) {
		t.Logf("%-10s %d of %d pass", folder, s.passed[folder], s.run[folder])
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
// the action and nothing more, and its build constraint allows linux/amd64.
func wanted(t *testing.T, file, source, action string) bool {
	t.Helper()
	first, rest, _ := strings.Cut(source, "\n")
	if first != action {
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
	files := []sim.File{{Name: file, Text: []byte(readFile(t, file))}}
	if folder := strings.TrimSuffix(file, ".go") + ".dir"; strings.HasPrefix(string(files[0].Text), "// rundir") {
		files = dirFiles(t, folder)
	}
	limits := goLimits
	if *slow {
		limits.Instructions = 0
	}
	cfg := sim.Config{Limits: limits, History: -1}
	if strings.Contains(string(files[0].Text), "runtime.GOROOT()") {
		cfg.Files = toolchainWorld(t, filepath.Dir(dir))
	}
	rec, diagnostics := loadFiles(t, files, cfg)
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

// toolchainWorld is a file system with the toolchain's batch files, for the test
// that looks at them.
func toolchainWorld(t *testing.T, goroot string) fs.FS {
	world, err := sim.World()
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(goroot, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".bat" {
			return err
		}
		rel, err := filepath.Rel(goroot, name)
		if err != nil {
			return err
		}
		to := path.Join("usr/local/go", filepath.ToSlash(rel)) // the simulated runtime.GOROOT
		if err := hackpadfs.MkdirAll(world, path.Dir(to), 0o755); err != nil {
			return err
		}
		return hackpadfs.WriteFullFile(world, to, []byte(readFile(t, name)), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return world
}

// dirFiles are the files of a "// rundir" test, main first: those of one
// package name are a package. Others import it as "./file", by its first file;
// its path is test/file.
func dirFiles(t *testing.T, dir string) []sim.File {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var main, others []sim.File
	paths := map[string]string{} // of the packages, by name
	for _, name := range names {
		text := readFile(t, name)
		clause := packageClause.FindStringSubmatch(text)
		if clause == nil {
			t.Fatalf("%s has no package clause", name)
		}
		f := sim.File{Name: filepath.Base(name), Text: []byte(relativeImport.ReplaceAllString(text, `"test/$1"`))}
		if clause[1] == "main" {
			main = append(main, f)
			continue
		}
		if paths[clause[1]] == "" {
			paths[clause[1]] = "test/" + strings.TrimSuffix(f.Name, ".go")
		}
		f.Package = paths[clause[1]]
		others = append(others, f)
	}
	return append(main, others...)
}

var (
	packageClause  = regexp.MustCompile(`(?m)^package (\w+)`)
	relativeImport = regexp.MustCompile("[\"`]\\./(\\w+)[\"`]")
)

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
