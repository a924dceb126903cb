package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/sched"
	"gopark/sim/trace"
)

// chances is a program of which much is left to chance: selects, stealing, rand.
const chances = `package main

import (
	"fmt"
	"math/rand"
)

func main() {
	a, b := make(chan int, 64), make(chan int, 64)
	done := make(chan bool)
	for i := range 4 {
		go func() {
			for k := range 16 {
				a <- i*100 + k
				b <- -k
			}
			done <- true
		}()
	}
	for n := 0; n < 4; {
		select {
		case v := <-a:
			fmt.Print("a", v, " ")
		case v := <-b:
			fmt.Print("b", v, " ")
		case <-done:
			n++
		}
	}
	fmt.Println(rand.Intn(1000), rand.Intn(1000))
}
`

func chance(t *testing.T, cfg sim.Config) sim.Recording {
	t.Helper()
	p, diags, err := host.Load("chance.go", chances)
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	cfg.Limits = sim.DefaultLimits
	rec, err := p.Record(cfg)
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	return rec
}

func lines(log *trace.Log) []string {
	var p trace.Printer
	var all []string
	for i := range log.Len() {
		all = append(all, p.Line(log.At(i)))
	}
	return all
}

// TestReseed: a run whose seed changes in its midst is the same up to there, tells
// where that was, is another from there on, and can be looked at like any other.
func TestReseed(t *testing.T) {
	for _, era := range sched.Eras {
		t.Run(era.Name, func(t *testing.T) {
			cfg := sim.Config{Era: era.Name, Cores: 3, Procs: 3, Seed: 5}
			plain := lines(chance(t, cfg).Log())
			differ := 0
			for part := 1; part < 4; part++ {
				cfg.Reseed = sim.Reseed{Event: len(plain) * part / 4, Seed: uint64(100 + part)}
				rec := chance(t, cfg)
				log := lines(rec.Log())
				at := cfg.Reseed.Event
				for at < len(log) && rec.Log().At(at).Kind != trace.Reseed {
					at++
				}
				if at == len(log) || strings.Join(log[:at], "\n") != strings.Join(plain[:at], "\n") {
					t.Fatalf("after %d events of %d: the past is another, or there is no Reseed among %d events", cfg.Reseed.Event, len(plain), len(log))
				}
				if strings.Join(log[at+1:], "\n") != strings.Join(plain[at:], "\n") {
					differ++
				}
				rules, _ := sim.Rules(era.Name)
				if err := trace.Check(rec.Log(), rules); err != nil {
					t.Error(err)
				}
				if again := lines(chance(t, cfg).Log()); strings.Join(again, "\n") != strings.Join(log, "\n") {
					t.Error("the same configuration gave another log")
				}
				lookAround(t, rec, at)
			}
			if differ == 0 {
				t.Error("no other seed made any difference")
			}
		})
	}
}

// lookAround compares instants before and after a change of the seed, reached
// forwards and backwards.
func lookAround(t *testing.T, rec sim.Recording, at int) {
	t.Helper()
	last := rec.Log().Len()
	var forth []string
	asked := []int{at - 1, at, at + 1, at + 2, min(at+40, last), last}
	for _, n := range asked {
		forth = append(forth, fmt.Sprint(n, picture(t, rec, n)))
	}
	for i := len(asked) - 1; i >= 0; i-- {
		rec.At(1)
		if back := fmt.Sprint(asked[i], picture(t, rec, asked[i])); back != forth[i] {
			t.Errorf("event %d looks otherwise when it is come to from its start", asked[i])
		}
	}
}
