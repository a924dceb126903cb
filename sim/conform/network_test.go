package conform_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"testing"
	"time"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/sched"
	"gopark/sim/trace/gotrace/gotracetest"
)

const (
	networkFile = "testdata/network/main.go"
	networkList = "testdata/network-known.txt"
)

// hangs stands for the end of a program that nothing ends.
const hangs = "(hangs)\n"

// TestNetwork compares programs that use pipes, sockets, deadlines and signals
// with real Go on the host's loopback: what they print, and how they end. They
// print no ports and no times.
func TestNetwork(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to compare with")
	}
	exe := filepath.Join(t.TempDir(), "network")
	build := exec.Command("go", "build", "-o", exe, networkFile)
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // with cgo, deadlocks are not looked for
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	source := readFile(t, networkFile)
	prog, diagnostics, err := host.Load("main.go", source)
	if err != nil || prog == nil {
		t.Fatal(err, diagnostics)
	}
	names := map[string]bool{}
	for _, m := range regexp.MustCompile(`"(\w+)": (\w+),`).FindAllStringSubmatch(source, -1) {
		names[m[1]] = m[1] == m[2]
	}
	if len(names) < 50 {
		t.Errorf("found only %d cases in %s", len(names), networkFile)
	}
	list := known(t, networkList)
	stale(t, list, networkList, slices.Collect(maps.Keys(names)))
	for _, name := range slices.Sorted(maps.Keys(names)) {
		t.Run(name, func(t *testing.T) {
			failure := ""
			got := simulatedNetwork(t, prog, name, "")
			want := agreeing(got, func() string { return realNetwork(t, exe, name) })
			if got != want {
				failure = fmt.Sprintf("prints\n%s\nwant\n%s", got, want)
			}
			judge(t, list, networkList, name, failure)
		})
	}
}

// realNetwork is what a case prints under real Go.
func realNetwork(t *testing.T, exe, name string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Second)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, exe, name)
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return out.String() + hangs
	case err != nil && !errors.As(err, &exit):
		t.Fatal(err)
	}
	code := cmd.ProcessState.ExitCode()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		code = 128 + int(status.Signal()) // as a shell says it
	}
	return ending(out.String(), code)
}

// simulatedNetwork is the same here, in an era; "" is today's.
func simulatedNetwork(t *testing.T, prog *sim.Program, name, era string) string {
	t.Helper()
	rec, err := prog.Record(sim.Config{Era: era, Args: []string{"network", name}, Limits: sim.DefaultLimits})
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	text := ""
	for _, o := range rec.Output() {
		text += o.Text
	}
	_, code := rec.Ended()
	if code == 124 {
		return text + hangs
	}
	return ending(text, code)
}

var trace = regexp.MustCompile(`(?s)\ngoroutine \d+ \[.*`)

// ending cuts off the traces of a fatal error.
func ending(text string, code int) string {
	return trace.ReplaceAllString(text, "\n…\n") + fmt.Sprintf("exit %d\n", code)
}

// TestNetworkInEveryEra: what the programs print depends on no scheduler, except
// in the cases that ask it.
func TestNetworkInEveryEra(t *testing.T) {
	prog, diagnostics, err := host.Load("main.go", readFile(t, networkFile))
	if err != nil || prog == nil {
		t.Fatal(err, diagnostics)
	}
	asks := []string{"pipeLIFO", "deadlockAfterRead", "threadsOfReads", "stacks"}
	for _, m := range regexp.MustCompile(`"(\w+)": \w+,`).FindAllStringSubmatch(readFile(t, networkFile), -1) {
		if slices.Contains(asks, m[1]) {
			continue
		}
		t.Run(m[1], func(t *testing.T) {
			want := simulatedNetwork(t, prog, m[1], "")
			for _, e := range sched.Eras {
				if e.VM.Forks {
					continue // the programs' goroutines share their variables
				}
				if got := simulatedNetwork(t, prog, m[1], e.Name); got != want {
					t.Errorf("in %s prints\n%s\nwant\n%s", e.Name, got, want)
				}
			}
		})
	}
}

// TestGoTraceNetwork: Go's own reader of execution traces finds goroutines that
// wait for the network, in the poller.
func TestGoTraceNetwork(t *testing.T) {
	source := readFile(t, networkFile)
	for _, name := range []string{"echo", "pipeLIFO", "readDeadline", "signals", "unixEcho", "fdBlocks"} {
		for i := range sched.Eras {
			e := &sched.Eras[i]
			if e.GoidBatch == 0 { // no Ps
				continue
			}
			t.Run(name+"/"+e.Name, func(t *testing.T) {
				rec, data, diagnostics := goTrace(t, "main", source, e, sim.Config{Args: []string{"network", name}})
				if rec == nil {
					t.Fatal(diagnostics)
				}
				tally, err := gotracetest.Check(data, rec.Log())
				if err != nil {
					t.Fatalf("%v\n%s", err, tail(rec.Log().String()))
				}
				network := name != "signals" && name != "fdBlocks"
				if n := tally.Counts["block: network"]; (n > 0) != network {
					t.Errorf("%d blocks are of the network: %v", n, tally.Counts)
				}
				if (tally.Funcs["internal/poll.runtime_pollWait"] > 0) != network {
					t.Errorf("blocks are in %v", tally.Funcs)
				}
			})
		}
	}
}
