package conform_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gopark/lessons"
	"gopark/sim"
	"gopark/sim/conform/workload"
	"gopark/sim/sched"
)

// hashesVar names an environment variable with the path of the file in which a
// run of TestLogHash on one host leaves its hashes for the others to compare with.
const hashesVar = "GOPARK_HASHES"

// cellFence finds a lesson's cells: what parses lessons is not built for js/wasm.
var cellFence = regexp.MustCompile("(?ms)^```go cell [^\n]*\n(.*?)^```$")

// hashPrograms are what the hash is over: the first cell of every lesson, and a
// program with many goroutines.
func hashPrograms(t *testing.T) map[string]string {
	t.Helper()
	programs := map[string]string{}
	names, err := fs.Glob(lessons.Files, "[0-9]*.md")
	if err != nil || len(names) == 0 {
		t.Fatal("no lessons", err)
	}
	for _, name := range names {
		source, err := lessons.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if cell := cellFence.FindStringSubmatch(string(source)); cell != nil {
			programs[name] = cell[1]
		}
	}
	if len(programs) == 0 {
		t.Fatal("the lessons have no cells")
	}
	for _, w := range workload.All {
		if w.Name == "Spawn" {
			programs["spawn"] = strings.Replace(w.Source(), "100_000", "700", 1)
		}
	}
	return programs
}

// TestLogHash: one program, era, machine and seed have one log, however often
// it is run, and on every host. The first host writes its hashes down, the
// next compares; build.sh runs it on this one and then on js/wasm.
func TestLogHash(t *testing.T) {
	var lines []string
	programs := hashPrograms(t)
	limits := sim.DefaultLimits
	limits.Time = 5e6 // enough for thousands of decisions, on a slow host too
	for _, name := range sorted(programs) {
		for _, era := range sched.Eras {
			for procs := 1; procs <= 2; procs++ {
				cfg := sim.Config{Era: era.Name, Procs: procs, Cores: 2, Seed: 7, Limits: limits, History: -1}
				what := fmt.Sprintf("%s era=%s procs=%d", name, era.Name, procs)
				hash := logHash(t, programs[name], cfg)
				if again := logHash(t, programs[name], cfg); again != hash {
					t.Errorf("%s: two runs on one host have the logs %s and %s", what, hash, again)
				}
				lines = append(lines, what+": "+hash)
			}
		}
	}
	got := strings.Join(lines, "\n") + "\n"
	file := os.Getenv(hashesVar)
	if runtime.GOOS != "js" {
		if file != "" {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	if file == "" {
		t.Fatalf("%s is not set: run this test on another host first, with the variable naming a file", hashesVar)
	}
	if want := readFile(t, file); got != want {
		t.Errorf("the logs differ from those of the other host\n%s", difference(got, want))
	}
}

func sorted(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// logHash is over the log, the output and how it ended.
func logHash(t *testing.T, source string, cfg sim.Config) string {
	t.Helper()
	rec, diagnostics := load(t, "main.go", source, cfg)
	if rec == nil {
		t.Fatal(diagnostics)
	}
	rec.Advance(0, 0)
	h := sha256.New()
	if err := rec.Log().Write(h); err != nil {
		t.Fatal(err)
	}
	why, code := rec.Ended()
	fmt.Fprintf(h, "%s\n%s %d", merged(rec), why, code)
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// difference is the lines that two texts don't share.
func difference(got, want string) string {
	var b strings.Builder
	for line := range strings.Lines(got) {
		if !strings.Contains(want, line) {
			b.WriteString("got  " + line)
		}
	}
	for line := range strings.Lines(want) {
		if !strings.Contains(got, line) {
			b.WriteString("want " + line)
		}
	}
	return b.String()
}
