package conform_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/sched"
)

const erasList = "testdata/eras-known.txt"

// killed is what the record says of a run that did not end within 3 s. Here it
// must not end within eraHang of virtual time.
const (
	killed  = "still running after 3 s (killed)\n"
	eraHang = 300e6
)

// TestEras runs the oracle's programs under the rules of older eras, and
// compares with what the Go of that era printed. A program is read in once for all
// of them.
func TestEras(t *testing.T) {
	list := known(t, erasList)
	var names []string
	runs := map[string][]eraRun{} // by program
	for i := range sched.Eras {
		era := sched.Eras[i].Name
		for _, file := range eraFiles(t, era) {
			program := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".out"), ".dist"), "."+era)
			want := readEra(t, program, file)
			if strings.HasPrefix(want.outputs[0], "does not compile") {
				continue // that Go had not what the program uses
			}
			name := program + " " + era
			names = append(names, name)
			if testing.Short() && !sampled(name) {
				continue
			}
			runs[program] = append(runs[program], eraRun{era, want})
		}
	}
	if len(names) < 300 {
		t.Errorf("only %d recorded outputs", len(names))
	}
	stale(t, list, erasList, names)
	for _, program := range slices.Sorted(maps.Keys(runs)) {
		t.Run(program, func(t *testing.T) {
			t.Parallel()
			prog, diagnostics := loadOracle(t, program)
			for _, r := range runs[program] {
				t.Run(r.era, func(t *testing.T) {
					judge(t, list, erasList, program+" "+r.era, runEra(t, prog, diagnostics, r.era, r.want))
				})
			}
		})
	}
}

// An eraRun is a program's run under an era, and what is recorded of it.
type eraRun struct {
	era  string
	want expectation
}

func eraFiles(t *testing.T, era string) []string {
	t.Helper()
	var files []string
	for _, kind := range []string{".out", ".dist"} {
		found, err := filepath.Glob("../testdata/oracle/eras/*." + era + kind)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	slices.Sort(files)
	return files
}

// readEra reads a program's header and the outputs recorded in file.
func readEra(t *testing.T, name, file string) expectation {
	t.Helper()
	e := readExpectation(t, name, readFile(t, "../testdata/oracle/"+name+".go"))
	e.timeout = 0
	text := readFile(t, file)
	e.outputs = []string{text}
	if strings.HasSuffix(file, ".dist") {
		e.outputs = histogram(text)
	}
	var runs, distinct int
	if n, _ := fmt.Sscanf(text, "# %d runs, %d distinct outputs", &runs, &distinct); n == 2 {
		e.continuous = distinct > runs/2
	}
	for i, out := range e.outputs {
		e.outputs[i] = e.eraMask(out)
	}
	return e
}

var number = regexp.MustCompile(`\d+`)

// eraMask leaves a stack's addresses out, and of tracebacks what only a
// compiler decides. And where hardly two runs of real Go had the same output,
// numbers say nothing.
func (e *expectation) eraMask(out string) string {
	if out == killed {
		return out
	}
	out = mask(out, e.name)
	out = strings.Replace(out, "runtime: sp=0x? stack=[0x?, 0x?]\n", "", 1)
	out = e.skeleton(out)
	if e.continuous {
		out = number.ReplaceAllString(out, "?")
	}
	return out
}

var (
	header  = regexp.MustCompile(`^goroutine \d+ \[.*\]:$`)
	created = regexp.MustCompile(`^created by main\.`)
	closure = regexp.MustCompile(`main(\._func_\d+|\.func·\d+|(\.\w+)*\.func\d+(\.\d+)*)`)
)

// skeleton leaves of tracebacks the header of each goroutine, who created it,
// and lines of the program itself: what calls what below them, inlining and
// the names of closures are the compiler's and the library's affair. So a record
// that is cut may be cut before the program's lines, or behind them.
func (e *expectation) skeleton(out string) string {
	var kept []string
	inTrace := false
	for line := range strings.Lines(out) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "exit status"):
			inTrace = false
			if n := len(kept); n > 0 && kept[n-1] == "" {
				kept = kept[:n-1]
			}
		case header.MatchString(line), strings.HasPrefix(line, "runtime stack:"), strings.HasPrefix(line, "[signal "):
			inTrace = true
		}
		if line == "... (rest cut)" {
			continue
		}
		at, _, _ := strings.Cut(line, " +0x?")
		switch {
		case !inTrace, header.MatchString(line):
			kept = append(kept, line)
		case created.MatchString(line):
			kept = append(kept, closure.ReplaceAllString(line, "main.func?"))
		case e.head == 0 && strings.HasPrefix(at, "\t"+e.name+".go:"):
			kept = append(kept, at)
		}
	}
	return strings.Join(kept, "\n") + "\n"
}

// loadOracle reads a program in; what does not compile is nil.
func loadOracle(t *testing.T, name string) (prog *sim.Program, diagnostics string) {
	t.Helper()
	prog, diags, err := host.Load(name+".go", readFile(t, "../testdata/oracle/"+name+".go"))
	if err != nil {
		t.Fatal(err)
	}
	return prog, fmt.Sprint(diags)
}

// runEra returns what is wrong, or nothing.
func runEra(t *testing.T, prog *sim.Program, diagnostics, era string, want expectation) (failure string) {
	defer func() {
		if r := recover(); r != nil {
			failure = fmt.Sprintf("the simulator panics: %v", r)
		}
	}()
	if prog == nil {
		return "does not compile: " + diagnostics
	}
	var got []string
	for seed := uint64(1); seed <= 3; seed++ { // a distribution may need another throw
		out := recordEra(t, prog, era, seed, want)
		if slices.Contains(want.outputs, out) {
			return ""
		}
		if !slices.Contains(got, out) {
			got = append(got, out)
		}
		if len(want.outputs) == 1 {
			break
		}
	}
	return fmt.Sprintf("prints\n%s\nwant\n%s", tail(strings.Join(got, "or\n")), strings.Join(want.outputs[:min(3, len(want.outputs))], "or\n"))
}

// recordEra is what the program prints, masked.
func recordEra(t *testing.T, prog *sim.Program, era string, seed uint64, want expectation) string {
	t.Helper()
	cfg := sim.Config{Era: era, Procs: want.procs, Cores: 2, Seed: seed, Env: want.env, Limits: oracleLimits, History: -1}
	if slices.Contains(want.outputs, killed) {
		cfg.Limits.Time = eraHang
	}
	rec, err := prog.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	why, code := rec.Ended()
	if strings.Contains(why, "time, which is the limit") || strings.Contains(why, "Nothing will ever happen") {
		return killed
	}
	out := cut(mask(merged(rec), want.name), want.head)
	return want.eraMask(out + fmt.Sprintf("exit status %d\n", code))
}
