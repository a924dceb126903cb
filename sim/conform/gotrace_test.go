package conform_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/sched"
	"gopark/sim/trace/gotrace"
	"gopark/sim/trace/gotrace/gotracetest"
	"gopark/sim/trace/stacks"
	"gopark/sim/vm"
)

// goTrace runs a program and writes it as an execution trace of Go's. Without a
// recording, the diagnostics say why.
func goTrace(t *testing.T, name, source string, e *sched.Era, cfg sim.Config) (rec sim.Recording, data []byte, diagnostics string) {
	t.Helper()
	cfg.Era, cfg.History = e.Name, -1
	cfg.Limits = sim.Limits{Time: 300e6, Instructions: 3e6, Memory: 1 << 30, Output: 1 << 20}
	rec, diagnostics = load(t, name+".go", source, cfg)
	if rec == nil {
		return nil, nil, diagnostics
	}
	rec.Advance(0, 0)
	table := &stacks.Table{}
	rec.(sim.Walker).Walk(func(n int, l sim.Looker) { table.Look(rec.Log(), n, l) })
	var b bytes.Buffer
	if err := gotrace.Write(&b, gotrace.Run{Log: rec.Log(), Rules: e.Rules(), Stacks: table, Epoch: vm.Epoch}); err != nil {
		t.Fatal(err)
	}
	return rec, b.Bytes(), ""
}

// TestGoTrace writes what the programs of the oracle did, each in another era
// and on another computer, as execution traces, and lets Go's own reader read
// them: it must say what the log says.
func TestGoTrace(t *testing.T) {
	files, err := filepath.Glob("../testdata/oracle/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no oracle programs", err)
	}
	var eras []*sched.Era
	for i := range sched.Eras {
		if strings.HasPrefix(sched.Eras[i].Name, "go1.") && sched.Eras[i].GoidBatch > 0 {
			eras = append(eras, &sched.Eras[i])
		}
	}
	funcs, programs := map[string]int{}, 0
	for i, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		e := eras[i%len(eras)]
		t.Run(name+"/"+e.Name, func(t *testing.T) {
			rec, data, diagnostics := goTrace(t, name, readFile(t, file), e, sim.Config{Cores: 1 + i%4, Procs: i % 5, Seed: uint64(i)})
			if rec == nil {
				t.Skip("TestOracle says why it does not compile:", diagnostics)
			}
			programs++
			tally, err := gotracetest.Check(data, rec.Log())
			if err != nil {
				t.Fatalf("%v\n%s", err, tail(rec.Log().String()))
			}
			for name, n := range tally.Funcs {
				funcs[name] += n
			}
		})
	}
	if programs < 60 {
		t.Errorf("only %d programs", programs)
	}
	for _, name := range []string{"main.main", "sync.runtime_SemacquireWaitGroup", "internal/sync.runtime_SemacquireMutex"} {
		if funcs[name] == 0 {
			t.Errorf("no goroutine blocks in %s, according to the traces' stacks: %v", name, funcs)
		}
	}
}

// TestGoToolTrace opens a trace with the tool itself.
func TestGoToolTrace(t *testing.T) {
	const source = `package main

import "sync"

func worker(c chan int, wg *sync.WaitGroup) { defer wg.Done(); c <- 1 }

func main() {
	var wg sync.WaitGroup
	c := make(chan int)
	for range 3 {
		wg.Add(1)
		go worker(c, &wg)
	}
	for range 3 {
		<-c
	}
	wg.Wait()
}
`
	e, _ := sched.Lookup(sim.DefaultEra)
	_, data, diagnostics := goTrace(t, "tool", source, e, sim.Config{Cores: 2, Procs: 2, Seed: 1})
	if data == nil {
		t.Fatal(diagnostics)
	}
	file := filepath.Join(t.TempDir(), "tool.trace")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "tool", "trace", "-d=parsed", file).CombinedOutput()
	if err != nil {
		t.Fatalf("go tool trace -d=parsed: %v\n%s", err, out)
	}
	for _, want := range []string{"main.worker @", "tool.go:5", `Reason="chan receive"`, "NotExist->Runnable", "2009-11-10T23:00:00Z"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the tool's output has no %q:\n%s", want, tail(string(out)))
		}
	}
}
