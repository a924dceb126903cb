package sim_test

import (
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/std"
)

const hello = `package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Go(func() { time.Sleep(time.Millisecond); fmt.Println("goroutine", i) })
	}
	wg.Wait()
}
`

// From source text to a program that can run: with a library just opened, as
// the page's first run has it, and with one that has served before.
func BenchmarkLoad(b *testing.B) {
	image, err := host.Image()
	if err != nil {
		b.Fatal(err)
	}
	load := func(b *testing.B, lib *std.Library) {
		if _, diags, err := sim.Load(lib, []sim.File{{Name: "main.go", Text: []byte(hello)}}); err != nil || len(diags) > 0 {
			b.Fatal(err, diags)
		}
	}
	open := func(b *testing.B) *std.Library {
		lib, err := std.Open(image)
		if err != nil {
			b.Fatal(err)
		}
		return lib
	}
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			load(b, open(b))
		}
	})
	b.Run("warm", func(b *testing.B) {
		lib := open(b)
		load(b, lib)
		for b.Loop() {
			load(b, lib)
		}
	})
	b.Run("record", func(b *testing.B) {
		p, _, err := sim.Load(open(b), []sim.File{{Name: "main.go", Text: []byte(hello)}})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := p.Record(sim.Config{Limits: sim.DefaultLimits}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
