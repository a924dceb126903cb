package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/trace/gotrace/gotracetest"
)

// gopark runs the command with a program in place of FILE.
func gopark(t *testing.T, env map[string]string, program string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "prog.go")
	if err := os.WriteFile(file, []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "FILE", file)
	}
	var out, errs bytes.Buffer
	a := &app{stdout: &out, stderr: &errs, getenv: func(name string) string { return env[name] }}
	code = a.main(args)
	return out.String(), strings.ReplaceAll(errs.String(), filepath.Dir(file)+"/", ""), code
}

func TestRunCommand(t *testing.T) {
	const head = "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\t\"runtime\"\n)\n\nvar _ = fmt.Sprint(os.Args, runtime.NumCPU())\n\n"
	for _, c := range []struct {
		name, body     string
		args           []string
		env            map[string]string
		stdout, stderr string // regular expressions that match all of it
		code           int
	}{
		{"prints", `func main() { fmt.Println("out"); fmt.Fprintln(os.Stderr, "err") }`, nil, nil, `out\n`, `err\n`, 0},
		{"exit code", `func main() { os.Exit(3) }`, nil, nil, ``, ``, 3},
		{"panic", `func main() { panic("oh") }`, nil, nil, ``, `panic: oh\n\ngoroutine 1 \[running\]:\nmain\.main\(\)\n(?s:.*)`, 2},
		{"deadlock", `func main() { <-make(chan int) }`, nil, nil, ``, `fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 \[chan receive\]:\n(?s:.*)`, 2},
		{"GOMAXPROCS", `func main() { fmt.Println(runtime.GOMAXPROCS(0)) }`, nil, map[string]string{"GOMAXPROCS": "3"}, `3\n`, ``, 0},
		{"procs flag wins", `func main() { fmt.Println(runtime.GOMAXPROCS(0)) }`, []string{"-procs", "2"}, map[string]string{"GOMAXPROCS": "3"}, `2\n`, ``, 0},
		{"cores", `func main() { fmt.Println(runtime.NumCPU()) }`, []string{"-cores", "5"}, nil, `5\n`, ``, 0},
		{"mistake", "func main() {\n\tnosuch()\n\tvar x int\n}", nil, nil, ``, `prog\.go:12:2: undefined: nosuch\nprog\.go:13:6: declared and not used: x\n`, 1},
		{"endless", `func main() { for {} }`, []string{"-limit-instructions", "100000"}, nil, ``, `.*limit-instructions(?s:.*)`, sim.LimitCode},
		{"time", `func main() { for {} }`, []string{"-limit-time", "5ms"}, nil, ``, `.*limit-time(?s:.*)`, sim.LimitCode},
		{"output", `func main() { for { fmt.Println("x") } }`, []string{"-limit-output", "100"}, nil, `(x\n){50}`, `.*limit-output(?s:.*)`, sim.LimitCode},
		{"schedtrace", `func main() { for range 100_000 { } }`, []string{"-schedtrace", "50us", "-procs", "1"}, nil, ``, `(SCHED 0ms: gomaxprocs=1 idleprocs=0 threads=\d spinningthreads=0 needspinning=0 idlethreads=\d runqueue=0 \[ \d \] schedticks=\[ \d \]\n)+`, 0},
		{"scheddetail", `func main() { for range 100_000 { } }`, []string{"-schedtrace", "50us", "-scheddetail", "-era", "go1.4"}, nil, ``, `SCHED 0ms: (?s:.*)\n  P0: (?s:.*)\n  M0: (?s:.*)\n  G1: (?s:.*)`, 0},
		{"no schedtrace", `func main() {}`, []string{"-schedtrace", "50us", "-era", "go1.1"}, nil, ``, `gopark run: -schedtrace: the runtime of go1\.1 has no such thing.*\n`, exitUsage},
		{"unknown era", `func main() {}`, []string{"-era", "go9"}, nil, ``, `gopark run: no era is called "go9"(?s:.*)`, exitUsage},
		{"no cores", `func main() {}`, []string{"-cores", "0"}, nil, ``, `gopark run: (?s:.*)`, exitUsage},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := append(append([]string{"run"}, c.args...), "FILE")
			stdout, stderr, code := gopark(t, c.env, head+c.body+"\n", args...)
			if code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if !regexp.MustCompile(`\A` + c.stdout + `\z`).MatchString(stdout) {
				t.Errorf("standard output\n%s\nwant\n%s", stdout, c.stdout)
			}
			if !regexp.MustCompile(`\A` + c.stderr + `\z`).MatchString(stderr) {
				t.Errorf("standard error\n%s\nwant\n%s", stderr, c.stderr)
			}
		})
	}
}

// TestStats: one "name: value" a line, all that are promised.
func TestStats(t *testing.T) {
	_, stderr, _ := gopark(t, nil, "package main\n\nfunc main() {}\n", "run", "-stats", "FILE")
	for _, name := range []string{
		"virtual_ns", "instructions", "load_ns", "compile_ns", "exec_ns", "ns_per_instruction",
		"peak_bytes", "switches", "threads", "goroutines",
	} {
		if !regexp.MustCompile(`(?m)^` + name + `: [0-9.]+$`).MatchString(stderr) {
			t.Errorf("no %s in\n%s", name, stderr)
		}
	}
}

func TestTraceCommand(t *testing.T) {
	stdout, stderr, code := gopark(t, nil, "package main\n\nfunc main() { println(1) }\n", "trace", "-procs", "1", "FILE")
	if code != 0 || stderr != "1\n" || strings.Count(stdout, "\n") < 5 {
		t.Errorf("code %d\n%s\n%s", code, stdout, stderr)
	}
}

// TestTraceFormats: each format begins as it should; what can't be written is said.
func TestTraceFormats(t *testing.T) {
	const prog = "package main\n\nfunc main() { println(1) }\n"
	for _, c := range []struct{ format, era, stdout, stderr string }{
		{"text", "go1.26", `\s+0 -   -    -    -      Cores                n=2\n(?s:.*)`, `1\n`},
		{"go", "go1.1", `go 1\.26 trace\x00(?s:.*)`, `1\n`},
		{"go", "threads", ``, `1\ngopark trace: threads: a Go execution trace speaks of Ps(?s:.*)-format perfetto(?s:.*)`},
		{"perfetto", "threads", `\{"displayTimeUnit":"ns","traceEvents":\[\n\{"ph":"M"(?s:.*)"G1 runtime\.main"(?s:.*)\n\]\}\n`, `1\n`},
		{"nosuch", "go1.26", ``, `gopark trace: no format is called "nosuch"(?s:.*)`},
	} {
		stdout, stderr, _ := gopark(t, nil, prog, "trace", "-era", c.era, "-format", c.format, "FILE")
		if !regexp.MustCompile(`\A` + c.stdout + `\z`).MatchString(stdout) {
			t.Errorf("%s of %s: standard output is\n%q\nwant\n%s", c.format, c.era, stdout, c.stdout)
		}
		if !regexp.MustCompile(`\A` + c.stderr + `\z`).MatchString(stderr) {
			t.Errorf("%s of %s: standard error is\n%s\nwant\n%s", c.format, c.era, stderr, c.stderr)
		}
	}
	file := filepath.Join(t.TempDir(), "t.trace")
	if stdout, _, code := gopark(t, nil, prog, "trace", "-format", "go", "-o", file, "FILE"); stdout != "" || code != 0 {
		t.Errorf("with -o, code %d and standard output %q", code, stdout)
	}
	if data, err := os.ReadFile(file); err != nil || !bytes.HasPrefix(data, []byte("go 1.26 trace")) {
		t.Errorf("the file: %v", err)
	}
}

// TestTraceNotes: what a program says with package runtime/trace is in its trace.
func TestTraceNotes(t *testing.T) {
	const prog = `package main

import (
	"context"
	"runtime/trace"
)

func main() {
	ctx, task := trace.NewTask(context.Background(), "brew")
	trace.Log(ctx, "temperature", "93")
	trace.WithRegion(ctx, "pour", func() {
		done := make(chan bool)
		go func() {
			defer trace.StartRegion(ctx, "cup").End()
			for range 3000 {
			}
			done <- trace.IsEnabled()
		}()
		println(<-done)
	})
	task.End()
}
`
	file := filepath.Join(t.TempDir(), "t.trace")
	if _, stderr, code := gopark(t, nil, prog, "trace", "-cores", "1", "-format", "go", "-o", file, "FILE"); code != 0 || stderr != "true\n" {
		t.Fatalf("code %d\n%s", code, stderr)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tally, err := gotracetest.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"G1 task 1 begins: brew", "G1 logs in task 1: temperature: 93", "G1 region begins in task 1: pour",
		"G7 region begins in task 1: cup", "G7 region ends in task 1: cup", "G1 region ends in task 1: pour", "G1 task 1 ends: brew"}
	got := slices.Clone(tally.Notes)
	for i := range got {
		got[i] = regexp.MustCompile(`^G([2-9]|\d\d+) `).ReplaceAllString(got[i], "G7 ")
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if stdout, stderr, _ := gopark(t, nil, prog, "run", "FILE"); stdout != "" || stderr != "false\n" {
		t.Errorf("without a trace it prints %q", stderr)
	}
}

func TestCompareCommand(t *testing.T) {
	const prog = "package main\n\nfunc main() { go println(1); println(2) }\n"
	stdout, stderr, code := gopark(t, nil, prog, "compare", "-eras", "go1.0,go1.26", "-procs", "1,2", "FILE")
	if code != 0 || stderr != "" {
		t.Errorf("code %d\n%s", code, stderr)
	}
	for _, want := range []string{"go1.0 procs=1", "go1.26 procs=2: exit status 0\n\t2\n", "\ngo1.0 procs=1 and go1.26 procs=2\n", "\nvirtual time ns  "} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
	for _, args := range [][]string{{"-eras", "go1.0"}, {"-eras", "go9,go1.0"}, {"-procs", "1,x"}, {"-cores", "-1,2"},
		{"-eras", "all", "-seeds", "1,2,3,4,5,6,7,8,9"}} {
		if stdout, stderr, code := gopark(t, nil, prog, append(append([]string{"compare"}, args...), "FILE")...); code != exitUsage || stdout != "" || stderr == "" {
			t.Errorf("%v: code %d\n%s%s", args, code, stdout, stderr)
		}
	}
}

func TestCostsCommand(t *testing.T) {
	stdout, stderr, code := gopark(t, nil, "", "costs")
	if code != 0 || stderr != "" || !regexp.MustCompile(`(?m)^  ThreadSwitch +\d+ ns .*$`).MatchString(stdout) {
		t.Errorf("code %d\n%s\n%s", code, stderr, stdout)
	}
	stdout, stderr, code = gopark(t, nil, "", "costs", "-measure")
	if code != 0 || stderr != "" || !regexp.MustCompile(`(?m)^hop over an unbuffered channel +\d+ +225–240$`).MatchString(stdout) {
		t.Errorf("code %d\n%s\n%s", code, stderr, stdout)
	}
}

func TestDisCommand(t *testing.T) {
	stdout, _, code := gopark(t, nil, "package main\n\nfunc main() { println(1) }\n", "dis", "FILE")
	if code != 0 || !strings.Contains(stdout, "main.main") {
		t.Errorf("code %d\n%s", code, stdout)
	}
}

func TestErasCommand(t *testing.T) {
	stdout, _, code := gopark(t, nil, "", "eras")
	if code != 0 || !strings.Contains(stdout, "go1.26") || !strings.Contains(stdout, "threads") {
		t.Errorf("code %d\n%s", code, stdout)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{}, {"nosuch"}, {"run"}, {"run", "-nosuch"}, {"run", "a.go", "b.go"}, {"eras", "x"}, {"costs", "x"}} {
		if _, stderr, code := gopark(t, nil, "", args...); code != exitUsage || stderr == "" {
			t.Errorf("%v: code %d, %q", args, code, stderr)
		}
	}
	if _, stderr, code := gopark(t, nil, "", "run", "FILE/no.go"); code != exitError || stderr == "" {
		t.Errorf("a missing file: code %d, %q", code, stderr)
	}
}
