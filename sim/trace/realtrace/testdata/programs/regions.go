// A trace of regions: in one another, on several goroutines, one that its goroutine
// never ends, and one that is not over when the trace is.
package main

import (
	"context"
	"os"
	"runtime/trace"
	"sync"
)

var sum int

func work(n int) {
	for i := range n {
		sum += i
	}
}

func main() {
	if err := trace.Start(os.Stdout); err != nil {
		panic(err)
	}
	ctx := context.Background()
	var mu sync.Mutex
	var done sync.WaitGroup
	for range 3 {
		done.Go(func() {
			trace.WithRegion(ctx, "turn", func() {
				for range 4 {
					trace.WithRegion(ctx, "lock", mu.Lock)
					trace.WithRegion(ctx, "work", func() { work(100_000) })
					mu.Unlock()
				}
			})
			trace.StartRegion(ctx, "left open")
		})
	}
	trace.WithRegion(ctx, "wait", done.Wait)
	whole := trace.StartRegion(ctx, "cut off")
	work(10_000)
	trace.Stop()
	whole.End()
}
