package sim_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/sched"
)

// seekVar names an environment variable: how many rounds of
// TestSeekIsRunningThere, each with other instants, to make.
const seekVar = "GOPARK_SEEK"

// A dice is a source of numbers that a test can repeat.
type dice uint64

func (d *dice) roll(n int) int {
	*d = *d*6364136223846793005 + 1442695040888963407
	return int(uint64(*d)>>33) % n
}

// seekSources are the oracle's programs, and those that do everything.
func seekSources(t *testing.T) []string {
	t.Helper()
	oracle, err := filepath.Glob("testdata/oracle/*.go")
	if err != nil || len(oracle) == 0 {
		t.Fatal("no programs", err)
	}
	return append(oracle, "testdata/seek/everything.go", "testdata/seek/files.go", "testdata/seek/network.go")
}

// For programs, eras, computers and instants taken at random: what a recording
// with many snapshots says of an instant is what one without any says, which
// has to run there from the start. That is all that can be seen, and a checksum
// of what can't.
func TestSeekIsRunningThere(t *testing.T) {
	rounds := 12
	if n, err := strconv.Atoi(os.Getenv(seekVar)); err == nil {
		rounds = n
	}
	sources := seekSources(t)
	for round := range rounds {
		d := dice(round)
		file := sources[d.roll(len(sources))]
		era := sched.Eras[d.roll(len(sched.Eras))].Name
		cfg := sim.Config{Era: era, Cores: 1 + d.roll(4), Seed: uint64(d.roll(1000)), Limits: sim.DefaultLimits}
		cfg.Procs = 1 + d.roll(4)
		cfg.Limits.Instructions = 3_000_000
		t.Run(fmt.Sprintf("%d,%s,%s", round, strings.TrimSuffix(filepath.Base(file), ".go"), era), func(t *testing.T) {
			near, far := seekPair(t, file, cfg)
			n := far.Log().Len()
			if near.Log().Len() != n {
				t.Fatalf("%+v: %d events with snapshots, %d without", cfg, near.Log().Len(), n)
			}
			for range 5 {
				i := d.roll(n + 1)
				if a, b := picture(t, near, i), picture(t, far, i); a != b {
					t.Fatalf("%+v: event %d of %d looks different: with snapshots\n%s\nwithout\n%s", cfg, i, n, a, b)
				}
				if sim.Sum(near, i) != sim.Sum(far, i) {
					t.Fatalf("%+v: the memory at event %d of %d is different", cfg, i, n)
				}
			}
		})
	}
}

// seekPair runs a program twice: with many snapshots, and with one.
func seekPair(t *testing.T, file string, cfg sim.Config) (near, far sim.Recording) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p, diags, err := host.Load(filepath.Base(file), string(src))
	if err != nil {
		t.Fatal(err, diags)
	}
	if p == nil {
		t.Skipf("%s is not for this machine: %v", file, diags)
	}
	if near, err = p.Record(cfg); err != nil {
		t.Fatal(err)
	}
	sim.Often(near, 2000)
	near.Advance(0, 0)
	cfg.History = -1
	if far, err = p.Record(cfg); err != nil {
		t.Fatal(err)
	}
	far.Advance(0, 0)
	return near, far
}

// However much there is to remember, snapshots take no more than they may.
func TestHistoryIsBounded(t *testing.T) {
	for _, p := range seekPrograms {
		prog, diags, err := host.Load(p.name+".go", p.source)
		if err != nil || len(diags) > 0 {
			t.Fatal(err, diags)
		}
		const most = 40 << 20
		rec, err := prog.Record(sim.Config{Procs: 2, Seed: 1, Limits: sim.DefaultLimits, History: most})
		if err != nil {
			t.Fatal(err)
		}
		for range 40 {
			rec.Advance(250_000, 0)
			if n, held := sim.Snapshots(rec); held > most {
				t.Fatalf("%s: %d snapshots take %d bytes, want %d at most", p.name, n, held, most)
			}
		}
		if n, _ := sim.Snapshots(rec); n < 2 && p.name != "crowd" { // one of a crowd is too large
			t.Errorf("%s: there is but %d snapshot", p.name, n)
		}
	}
}

// The clock moves in a loop that logs nothing.
func TestNowMoves(t *testing.T) {
	prog, diags, err := host.Load("busy.go", "package main\n\nfunc main() {\n\tfor n := 0; ; n++ {\n\t}\n}\n")
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	rec, err := prog.Record(sim.Config{Procs: 1, Seed: 1, Limits: sim.DefaultLimits})
	if err != nil {
		t.Fatal(err)
	}
	for last := int64(-1); rec.Now() < 30e6; last = rec.Now() {
		if rec.Advance(3_000_000, 0) || rec.Now() <= last {
			t.Fatalf("after 3,000,000 more instructions the clock went from %d to %d", last, rec.Now())
		}
	}
	if n := rec.Log().Len(); rec.Log().At(n-1).Time >= rec.Now() {
		t.Errorf("the last of %d events is at %d, now is %d", n, rec.Log().At(n-1).Time, rec.Now())
	}
}
