package sim_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/trace"
)

// forked runs a program whose goroutines are processes.
func forked(t *testing.T, source string, cfg sim.Config) sim.Recording {
	t.Helper()
	p, diags, err := host.Load("main.go", source)
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	cfg.Era = "processes"
	rec, err := p.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	if err := trace.Check(rec.Log(), trace.Rules{Forks: true}); err != nil {
		t.Error(err)
	}
	return rec
}

// offset is where in a function's code a call is, which is the compiler's affair.
var offset = regexp.MustCompile(`\+0x[0-9a-f]+`)

// Each file of testdata/processes has a program, what it prints when its
// goroutines are processes, on however many cores, and how it ends, if that
// is not with 0.
func TestProcesses(t *testing.T) {
	files, err := filepath.Glob("testdata/processes/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata: ", err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		part := map[string]string{"ended": "exit status 0"}
		for _, f := range a.Files {
			part[f.Name] = string(f.Data)
		}
		for _, cores := range []int{1, 4} {
			t.Run(fmt.Sprintf("%s,%d", filepath.Base(file), cores), func(t *testing.T) {
				rec := forked(t, part["main.go"], sim.Config{Cores: cores, Seed: 3, Limits: sim.DefaultLimits})
				if got := offset.ReplaceAllString(output(rec), "+0x?"); got != part["output"] {
					t.Errorf("printed\n%s\nwant\n%s", got, part["output"])
				}
				if why, _ := rec.Ended(); !strings.HasPrefix(why, strings.TrimSpace(part["ended"])) {
					t.Errorf("ended: %s, want %s", why, part["ended"])
				}
			})
		}
	}
}

// A child that writes to n more pages of an array has n more of them copied, and pays
// for them.
func TestCopyOnWrite(t *testing.T) {
	run := func(pages int) (faults, copied, took int64) {
		rec := forked(t, fmt.Sprintf(`package main

import "time"

var a [1 << 20]byte

func main() {
	for i := range a {
		a[i] = 1
	}
	done, took := make(chan bool), make(chan int)
	go func() {
		start := time.Now()
		for i := range %d {
			a[i<<12+100] = 2
		}
		for range 5 { // until the kernel's account is made
			for i := range 100_000 {
				a[100] = byte(i)
			}
			time.Sleep(1)
		}
		took <- int(time.Since(start))
		<-done
	}()
	println(<-took)
}`, pages), sim.Config{Cores: 2, Limits: sim.DefaultLimits})
		for _, p := range rec.At(rec.Log().Len()).Procs {
			if p.PID == 1001 {
				faults, copied = p.Faults, p.Copied
			}
		}
		fmt.Sscan(output(rec), &took)
		return faults, copied, took
	}
	faults, copied, took := run(1)
	moreFaults, moreCopied, longer := run(101)
	if moreFaults-faults != 100 || moreCopied-copied != 100 {
		t.Errorf("%d faults and %d copies with 100 pages more than with %d and %d", moreFaults, moreCopied, faults, copied)
	}
	if d := longer - took; d < 100*1_750 || d > 100*1_750*5/4 {
		t.Errorf("100 copied pages take %d ns, want 1750 each", d)
	}
}

// At no instant do processes share more pages than they have.
func TestSharedPages(t *testing.T) {
	rec := forked(t, "package main\n\nfunc main() {\n\tdone := make(chan bool)\n\tgo func() { done <- true }()\n\t<-done\n}\n", sim.Config{Cores: 1, Limits: sim.DefaultLimits})
	shared := int64(0)
	for n := range rec.Log().Len() + 1 {
		for _, p := range rec.At(n).Procs {
			shared = max(shared, p.Shared)
			if p.Shared > p.Pages {
				t.Errorf("after %d events process %d has %d pages, and shares %d", n, p.PID, p.Pages, p.Shared)
			}
		}
	}
	if shared == 0 {
		t.Error("no page was ever shared")
	}
}

// A program that forks without end ends by the limit on memory, which is named,
// whether its processes live, have much memory or are zombies.
func TestForkBomb(t *testing.T) {
	limits := sim.DefaultLimits
	limits.Memory = 100 << 20
	for _, c := range []struct {
		body, want string
		most       int
	}{
		{"for { go main() }", "temporarily unavailable", 400},
		{"b := make([]byte, 1<<20); for { go main() }; println(b)", "cannot allocate memory", 100},
		{"for { go func() {}() }", "zombies, which have ended", 400},
	} {
		rec := forked(t, "package main\n\nfunc main() { "+c.body+" }\n", sim.Config{Cores: 4, Limits: limits})
		if why, code := rec.Ended(); code != 2 || !strings.Contains(output(rec), "memory limit of 104857600 bytes (-limit-memory)") || !strings.Contains(output(rec), c.want) {
			t.Errorf("%s\nended: %s\n%s", c.body, why, output(rec))
		}
		if n := len(rec.At(rec.Log().Len()).Procs); n > c.most || n < c.most/4 {
			t.Errorf("%s\n%d processes in 100 MB", c.body, n)
		}
	}
}

// More processes than have an arena at once take part in the same pipes, and can
// be looked at.
func TestManyProcesses(t *testing.T) {
	rec := forked(t, `package main

func main() {
	first := make(chan int)
	in := first
	for range 200 {
		out := make(chan int)
		go func() {
			for range 2 {
				out <- <-in + 1
			}
		}()
		in = out
	}
	for range 2 {
		first <- 0
		println(<-in)
	}
}`, sim.Config{Cores: 2, Limits: sim.DefaultLimits})
	if got := output(rec); got != "200\n200\n" {
		t.Errorf("printed %q, want 200 twice", got)
	}
	if st := rec.At(rec.Log().Len() / 2); len(st.Procs) < 100 || len(st.Objects) < 100 {
		t.Errorf("half way there are %d processes and %d objects", len(st.Procs), len(st.Objects))
	}
}
