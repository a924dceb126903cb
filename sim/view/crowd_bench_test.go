package view_test

import (
	"fmt"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/view"
)

// atAGate parks goroutines on one channel and lets them go.
const atAGate = `package main

import "sync"

func main() {
	const n = %d
	var parked, done sync.WaitGroup
	gate := make(chan int)
	parked.Add(n)
	for range n {
		done.Go(func() {
			parked.Done()
			<-gate
		})
	}
	parked.Wait()
	println("parked")
	for i := range n {
		gate <- i
	}
	done.Wait()
}
`

// eachItsLock parks each goroutine at a lock of its own.
const eachItsLock = `package main

import "sync"

type door struct {
	name string
	sync.Mutex
}

func main() {
	const n = %d
	var parked, done sync.WaitGroup
	doors := make([]*door, n)
	parked.Add(n)
	for i := range doors {
		d := &door{name: "a door"}
		d.Lock()
		doors[i] = d
		done.Go(func() {
			parked.Done()
			d.Lock()
		})
	}
	parked.Wait()
	println("parked")
	for _, d := range doors {
		d.Unlock()
	}
	done.Wait()
}
`

// BenchmarkCrowd looks at instants of runs with many goroutines: anywhere in the
// middle, one event later, as a run that hurries by, and the end; and at the piles.
func BenchmarkCrowd(b *testing.B) {
	for _, c := range []struct {
		name, source string
		size         int
	}{{"gate", atAGate, 100_000}, {"locks", eachItsLock, 20_000}} {
		b.Run(c.name, func(b *testing.B) { lookAtCrowd(b, fmt.Sprintf(c.source, c.size)) })
	}
}

func lookAtCrowd(b *testing.B, source string) {
	prog, diags, err := host.Load("main.go", source)
	if err != nil || len(diags) > 0 {
		b.Fatal(err, diags)
	}
	rec, err := prog.Record(sim.Config{Seed: 1, Limits: sim.DefaultLimits})
	if err != nil {
		b.Fatal(err)
	}
	s := view.NewSession(rec, "main.go")
	for !s.Advance(1_000_000, 100_000) {
	}
	n := rec.Log().Len()
	parked := n / 2 // or nearly so
	s.Frame(parked, 0)
	look := func(name string, at func(i int)) {
		b.Run(name, func(b *testing.B) {
			for i := range b.N {
				at(i)
			}
		})
	}
	look("parked", func(i int) { s.Frame(parked+i*997%10_000, 0) })
	look("step", func(i int) { s.Frame(parked+1+i, 0) })
	look("quick", func(i int) { s.QuickFrame(parked+i*997%10_000, 0) })
	look("piles", func(i int) { s.Lens(parked + 1) })
	look("end", func(i int) { s.Frame(n-i%2, 0) })
}
