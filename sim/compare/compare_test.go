package compare_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gopark/sim"
	"gopark/sim/compare"
	"gopark/sim/host"
	"gopark/sim/machine"
	"gopark/sim/sched"
	"gopark/sim/trace/stacks"
)

var update = flag.Bool("update", false, "write testdata anew: go test ./sim/compare -run Golden -update")

// run runs a program to its end.
func run(t *testing.T, name, source string, cfg sim.Config) compare.Run {
	t.Helper()
	prog, diagnostics, err := host.Load("prog.go", source)
	if err != nil || prog == nil {
		t.Fatal(err, diagnostics)
	}
	cfg.History, cfg.Cores = -1, 2
	if cfg.Limits == (sim.Limits{}) {
		cfg.Limits = sim.Limits{Time: 50e6, Instructions: 1e8, Memory: 1 << 30, Output: 1 << 20}
	}
	rec, err := prog.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	table := &stacks.Table{}
	rec.(sim.Walker).Walk(func(n int, l sim.Looker) { table.Look(rec.Log(), n, l) })
	e, _ := sched.Lookup(cfg.Era)
	return compare.Run{Name: name, Rec: rec, Stacks: table,
		Saves: compare.Saves{Call: e.CallSave, Signal: e.SignalSave, Thread: machine.ThreadSave}}
}

// TestGolden compares the runs that a file asks for and the text with the file's.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	part := map[string]*txtar.File{}
	for i := range a.Files {
		part[a.Files[i].Name] = &a.Files[i]
	}
	config := map[string][]string{"seeds": {"1"}}
	for line := range strings.Lines(string(part["config"].Data)) {
		key, values, _ := strings.Cut(strings.TrimSpace(line), " ")
		config[key] = strings.Split(values, ",")
	}
	var runs []compare.Run
	for _, era := range config["eras"] {
		for _, seed := range config["seeds"] {
			cfg := sim.Config{Era: era, Procs: int(config["procs"][0][0] - '0'), Seed: uint64(seed[0] - '0')}
			runs = append(runs, run(t, era+" seed="+seed, string(part["prog.go"].Data), cfg))
		}
	}
	var text strings.Builder
	if err := compare.New(runs).Text(&text); err != nil {
		t.Fatal(err)
	}
	if *update {
		part["want"].Data = []byte(text.String())
		if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(part["want"].Data); text.String() != want {
		t.Errorf("%s: got\n%s\nwant\n%s\n(if it is meant: go test ./sim/compare -run Golden -update)", file, &text, want)
	}
}

// TestInvariants: counters that must agree with one another, whatever the program.
func TestInvariants(t *testing.T) {
	files, err := filepath.Glob("../testdata/oracle/[0-3]*.go")
	if err != nil || len(files) < 20 {
		t.Fatal("no oracle programs", err)
	}
	for i, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(source), "os.Pipe") || strings.Contains(string(source), "runtime/pprof") {
			continue // what is not there yet: TestOracle of package conform says why
		}
		e := &sched.Eras[i%len(sched.Eras)]
		name := filepath.Base(file) + " " + e.Name
		r := run(t, name, string(source), sim.Config{Era: e.Name, Procs: 1 + i%3, Seed: uint64(i),
			Limits: sim.Limits{Time: 50e6, Instructions: 3e6, Memory: 1 << 30, Output: 1 << 20}})
		c := compare.New([]compare.Run{r, r})
		if p := c.Parts[0]; !p.Log.Equal() || !p.Order.Equal() || len(c.Outputs) != 1 {
			t.Errorf("%s differs from itself: %+v", name, p)
		}
		v := map[string]int64{}
		for _, row := range c.Rows {
			v[row.Name] = row.Cells[0].Value
		}
		for _, x := range []struct {
			what string
			ok   bool
		}{
			{"cores are busy for longer than there is time", v["cores busy"] <= 2*v["virtual time"]},
			{"goroutines run for longer than cores are busy", v["goroutines ran"] <= v["cores busy"]},
			{"one goroutine waits for longer than all", v["longest wait to run"] <= v["waited to run"]},
			{"there are more goroutines at once than in all", v["goroutines at once"] <= v["goroutines"] && v["goroutines at once"] > 0},
			{"more threads are there at once than in all", v["threads at once"] <= v["threads made"]},
			{"fewer goroutines are stolen than steals happen", v["goroutines stolen"] >= v["steals"]},
			{"the world is stopped for longer than the run", v["world stopped"] <= v["virtual time"]},
			{"more goroutines are preempted than asked to", v["switches: preempted at a call"]+v["switches: preempted by a signal"] <= v["preemption requests"]+v["collections"]},
		} {
			if !x.ok {
				t.Errorf("%s: %s: %v", name, x.what, v)
			}
		}
	}
}
