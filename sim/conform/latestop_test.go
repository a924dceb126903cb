package conform_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopark/sim"
)

// late is a program whose second goroutine is asked to stop in a loop without calls
// and does something then: the first sees how far it came.
const late = `package main

import (
	"os"
	"runtime"
)

var c, full = make(chan int, 1), make(chan int, 1)

func main() {
	full <- 1
	go func() {
		_, open := <-full
		println(runtime.NumGoroutine(), len(c), open)
		os.Exit(0)
	}()
	go func() {
		n := 0
		for i := range %d {
			n ^= i
		}
		%s
	}()
	select {}
}
`

// Without signals, who is asked to stop notices that where it ends and where it uses a
// channel, before it does: real Go says so, and so do the eras that have calls at which
// to stop.
func TestLateStops(t *testing.T) {
	for _, do := range []string{"", "c <- n", "close(full)", "<-full", "select { case c <- n: default: }"} {
		real := agreeing("3 0 true", func() string {
			return realOutput(t, fmt.Sprintf(late, 300_000_000, do), "GODEBUG=asyncpreemptoff=1", "GOMAXPROCS=1")
		})
		if real != "3 0 true" {
			t.Errorf("%q: real Go prints %s", do, real)
		}
		for _, era := range []string{"go1.5", "go1.13", "go1.14", "go1.26"} {
			rec, diagnostics := load(t, "late.go", fmt.Sprintf(late, 30_000_000, do), sim.Config{Era: era, Procs: 1, Cores: 1,
				Env: map[string]string{"GODEBUG": "asyncpreemptoff=1"}, Limits: sim.DefaultLimits, History: -1})
			if rec == nil {
				t.Fatal(diagnostics)
			}
			rec.Advance(0, 0)
			if got := strings.TrimSpace(merged(rec)); got != real {
				t.Errorf("%s, %q: %s, real Go prints %s", era, do, got, real)
			}
		}
	}
}

// realOutput is what the go command's program prints.
func realOutput(t *testing.T, source string, env ...string) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "prog"), file)
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	run := exec.Command(filepath.Join(dir, "prog"))
	run.Env = append(os.Environ(), env...)
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}
