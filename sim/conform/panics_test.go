package conform_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

const (
	panicsFile = "testdata/panics/main.go"
	panicsList = "testdata/panics-known.txt"
)

// TestPanics compares run-time errors, uncaught panics and fatal errors with
// real Go: exit code, message, and the goroutines' traces. What may differ is
// taken out: addresses, offsets of pcs, and the words of arguments, which real
// Go doesn't print of calls that it inlined. The order of frames, their lines,
// the ids and states of goroutines and who made them must be the same.
func TestPanics(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to compare with")
	}
	exe := filepath.Join(t.TempDir(), "panics")
	if out, err := exec.Command("go", "build", "-o", exe, panicsFile).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	source := readFile(t, panicsFile)
	prog, diagnostics, err := host.Load("main.go", source)
	if err != nil || prog == nil {
		t.Fatal(err, diagnostics)
	}
	names := map[string]bool{}
	for _, m := range regexp.MustCompile(`"(\w+)": (\w+),`).FindAllStringSubmatch(source, -1) {
		names[m[1]] = m[1] == m[2]
	}
	if len(names) < 100 {
		t.Errorf("found only %d cases in %s", len(names), panicsFile)
	}
	list := known(t, panicsList)
	stale(t, list, panicsList, slices.Collect(maps.Keys(names)))
	for _, name := range slices.Sorted(maps.Keys(names)) {
		t.Run(name, func(t *testing.T) {
			failure := ""
			got := simulatedPanic(t, prog, name)
			want := agreeing(got, func() string { return realPanic(t, exe, name) })
			if got != want {
				failure = fmt.Sprintf("prints\n%s\nwant\n%s", got, want)
			}
			judge(t, list, panicsList, name, failure)
		})
	}
}

func realPanic(t *testing.T, exe, name string) string {
	t.Helper()
	var out bytes.Buffer
	cmd := exec.Command(exe, name)
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1") // goroutine ids depend on the P
	code := 0
	if err := cmd.Run(); err != nil {
		exit, ok := err.(*exec.ExitError)
		if !ok {
			t.Fatal(err)
		}
		code = exit.ExitCode()
	}
	dir, err := filepath.Abs(filepath.Dir(panicsFile))
	if err != nil {
		t.Fatal(err)
	}
	return plainTrace(strings.ReplaceAll(out.String(), dir+"/", ""), code)
}

func simulatedPanic(t *testing.T, prog *sim.Program, name string) string {
	t.Helper()
	rec, err := prog.Record(sim.Config{Procs: 1, Limits: goLimits, History: -1, Args: []string{"panics", name}})
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	_, code := rec.Ended()
	return plainTrace(merged(rec), code)
}

var traceNoise = []struct {
	pattern *regexp.Regexp
	by      string
}{
	{regexp.MustCompile(` \+0x[0-9a-f]+`), ""},
	{regexp.MustCompile(` pc=0x[0-9a-f]+`), ""},
	{regexp.MustCompile(`(?m)^([\w./]+[\w.*()\[\]-]*)\(.*\)$`), "$1(...)"}, // a frame's arguments
	{regexp.MustCompile(`0x[0-9a-f]{6,}`), "0x…"},
	{regexp.MustCompile(`[^\s]*/src/`), "$$GOROOT/src/"},
}

// plainTrace takes out what may differ.
func plainTrace(text string, code int) string {
	for _, n := range traceNoise {
		text = n.pattern.ReplaceAllString(text, n.by)
	}
	return fmt.Sprintf("%sexit code %d", text, code)
}
