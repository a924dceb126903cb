package conform_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopark/sim"
)

const oracleList = "testdata/oracle-known.txt"

// An expectation is a program of the oracle and what real Go printed.
type expectation struct {
	name    string
	env     map[string]string
	procs   int
	head    int      // only so many lines are compared; 0: all
	timeout int      // it runs for ever; 0: it ends
	outputs []string // any of them is right

	continuous bool // no two runs of real Go print the same numbers
}

// TestOracle runs small programs whose output the scheduler decides, and
// compares with what real Go printed.
func TestOracle(t *testing.T) {
	list := known(t, oracleList)
	files, err := filepath.Glob("../testdata/oracle/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no oracle programs", err)
	}
	var names []string
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		names = append(names, name)
		t.Run(name, func(t *testing.T) {
			source := readFile(t, file)
			want := readExpectation(t, name, source)
			judge(t, list, oracleList, name, runOracle(t, want, source))
		})
	}
	stale(t, list, oracleList, names)
}

// oracleLimits: the longest of them run for seconds.
var oracleLimits = sim.Limits{Time: 5e9, Instructions: 2e9, Memory: 4 << 30, Output: 1 << 20}

func runOracle(t *testing.T, want expectation, source string) (failure string) {
	defer func() {
		if r := recover(); r != nil {
			failure = fmt.Sprintf("the simulator panics: %v", r)
		}
	}()
	cfg := sim.Config{Era: "go1.26", Procs: want.procs, Cores: 2, Seed: 1, Env: want.env, Limits: oracleLimits, History: -1,
		Arenas: &sim.Arenas{Dropped: runtime.GC}} // as the page has it: a stack of 1 GB leaves wasm no room for two
	if want.timeout > 0 {
		cfg.Limits.Time = int64(want.timeout) * 1e9
	}
	rec, diagnostics := load(t, want.name+".go", source, cfg)
	if rec == nil {
		return "does not compile: " + diagnostics
	}
	rec.Advance(0, 0)
	why, code := rec.Ended()
	if want.timeout > 0 {
		if !strings.Contains(why, "time") {
			return fmt.Sprintf("ends (%s), and should run for ever:\n%s", why, tail(merged(rec)))
		}
		return ""
	}
	got := cut(mask(merged(rec), want.name), want.head) + fmt.Sprintf("exit status %d\n", code)
	if !slices.Contains(want.outputs, got) {
		return fmt.Sprintf("prints\n%s\n(%s) want\n%s", tail(got), why, strings.Join(want.outputs[:min(3, len(want.outputs))], "or\n"))
	}
	return ""
}

var (
	hexNumber = regexp.MustCompile(`0x[0-9a-f]+`)
	libFile   = regexp.MustCompile(`\t\S*/src/([a-z/0-9]+/[a-z_0-9]+\.go:)`)
	// What gc inlines has neither arguments nor an offset in a traceback, and
	// which words of an argument are known depends on its registers.
	frameArgs   = regexp.MustCompile(`(?m)^(\S.*)\([^()]*\)\n\t`)
	frameOffset = regexp.MustCompile(`(?m)^(\t\S+\.go:\d+) \+0x\?$`)
)

// mask hides what differs from computer to computer, and what only gc's code
// generation decides.
func mask(out, name string) string {
	out = hexNumber.ReplaceAllString(out, "0x?")
	out = regexp.MustCompile(`\t\S*`+regexp.QuoteMeta(name)+`\.go:`).ReplaceAllString(out, "\t"+name+".go:")
	out = libFile.ReplaceAllString(out, "\t$$GOROOT/src/$1")
	out = frameArgs.ReplaceAllString(out, "$1(…)\n\t")
	out = frameOffset.ReplaceAllString(out, "$1")
	if out != "" && !strings.HasSuffix(out, "\n") {
		out += "\n"
	}
	return out
}

// cut keeps the first n lines, as the oracle's HEADn does.
func cut(out string, n int) string {
	lines := strings.SplitAfter(out, "\n")
	if n == 0 || len(lines) <= n {
		return out
	}
	return strings.Join(lines[:n], "") + "... (rest cut)\n"
}

// readExpectation reads the header of a program and its recorded outputs.
func readExpectation(t *testing.T, name, source string) expectation {
	t.Helper()
	e := expectation{name: name, env: map[string]string{}}
	for line := range strings.Lines(source) {
		key, value, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "// "), ": ")
		switch key {
		case "env":
			for _, assignment := range strings.Fields(value) {
				if name, value, ok := strings.Cut(assignment, "="); ok {
					e.env[name] = value
				}
			}
		case "flags":
			e.flags(t, value)
		}
	}
	e.procs, _ = strconv.Atoi(e.env["GOMAXPROCS"]) // 0, the default, if it isn't set
	stem := "../testdata/oracle/" + name
	if files, _ := filepath.Glob(stem + ".dist"); len(files) == 1 {
		e.outputs = histogram(readFile(t, files[0]))
	} else {
		e.outputs = []string{readFile(t, stem+".out")}
	}
	for i, out := range e.outputs {
		e.outputs[i] = mask(out, name)
	}
	if len(e.outputs) == 0 {
		t.Fatalf("%s: no recorded output", name)
	}
	return e
}

func (e *expectation) flags(t *testing.T, flags string) {
	t.Helper()
	for _, f := range strings.FieldsFunc(flags, func(r rune) bool { return r == ' ' || r == ':' }) {
		if n, ok := strings.CutPrefix(f, "HEAD"); ok {
			e.head, _ = strconv.Atoi(n)
		}
	}
	if n, ok := strings.CutPrefix(flags, "TIMEOUT:"); ok {
		e.timeout, _ = strconv.Atoi(strings.Fields(n)[0])
	}
}

// histogram reads a .dist file: counts at the margin, outputs indented by two
// spaces.
func histogram(text string) (outputs []string) {
	for line := range strings.Lines(text) {
		body, isBody := strings.CutPrefix(line, "  ")
		switch {
		case strings.HasPrefix(line, "#"):
		case isBody && len(outputs) > 0:
			outputs[len(outputs)-1] += body
		default:
			outputs = append(outputs, "")
		}
	}
	return outputs
}
