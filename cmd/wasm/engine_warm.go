//go:build js

package main

import (
	"gopark/sim"
	"gopark/sim/view"
)

// warmProgram uses what most programs use.
const warmProgram = `package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	results := make(chan int, 1)
	for i := range 3 {
		wg.Go(func() { results <- i })
	}
	go func() { wg.Wait(); time.Sleep(time.Millisecond); close(results) }()
	sums := map[string]int{}
	for r := range results {
		sums[fmt.Sprint(r)] += r
	}
	fmt.Println(sums)
}
`

// warm runs a small program once, while nobody waits. The first run costs the
// browser ten times what the second does: it compiles WebAssembly when a
// function is first called, and the library's types are made when they are
// first imported.
func (en *engine) warm() {
	rec, diagnostics, err := en.library.record(warmProgram, sim.Config{Limits: sim.DefaultLimits})
	if err != nil || len(diagnostics) > 0 {
		return // the first real run will say it
	}
	s := view.NewSession(rec, sourceName)
	for !s.Advance(firstSteps, sliceEvents) && len(en.inbox) == 0 {
		en.yielder.Yield()
	}
	rec.At(rec.Log().Len() / 2)
}
