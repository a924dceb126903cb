package sim_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
)

// The end of a crowd's run is looked at where the run got to, and looks as it does
// when the second computer gets there.
func TestEndOfACrowd(t *testing.T) {
	const source = `package main

import "sync"

func main() {
	var parked, done sync.WaitGroup
	gate := make(chan int)
	for i := range 400 {
		parked.Add(1)
		done.Go(func() {
			parked.Done()
			println(i, <-gate)
		})
	}
	parked.Wait()
	for i := range 300 {
		gate <- i
	}
	%s
}
`
	for _, end := range []string{"close(gate); done.Wait()", "done.Wait()", "panic(gate)", "<-gate", "return"} {
		for _, era := range []string{"go1.0", "go1.1", "go1.26", "threads"} {
			p, diags, err := host.Load("main.go", fmt.Sprintf(source, end))
			if err != nil || len(diags) > 0 {
				t.Fatal(err, diags)
			}
			rec, err := p.Record(sim.Config{Era: era, Limits: sim.DefaultLimits})
			if err != nil {
				t.Fatal(err)
			}
			rec.Advance(0, 0)
			n := rec.Log().Len()
			st, stack := sim.Sought(rec, n, 0)
			if got, want := text(t, rec.At(n)), text(t, st); got != want {
				t.Errorf("%s, %s: the end looks like\n%s\nwant\n%s", era, end, got, want)
			}
			if got, want := text(t, rec.Stack(n, 0)), text(t, stack); got != want {
				t.Errorf("%s, %s: main's stack is %s, want %s", era, end, got, want)
			}
		}
	}
}

func text(t *testing.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
