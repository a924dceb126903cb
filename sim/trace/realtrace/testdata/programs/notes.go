// A trace with what a program says of itself: tasks, regions in regions, on two
// goroutines, and logs.
package main

import (
	"context"
	"os"
	"runtime/trace"
	"sync"
)

func main() {
	if err := trace.Start(os.Stdout); err != nil {
		panic(err)
	}
	ctx, request := trace.NewTask(context.Background(), "request")
	trace.Log(ctx, "order", "espresso")
	var done sync.WaitGroup
	done.Go(func() {
		ctx, grind := trace.NewTask(ctx, "grind")
		defer grind.End()
		trace.WithRegion(ctx, "beans", func() {
			defer trace.StartRegion(ctx, "weigh").End()
			trace.Logf(ctx, "", "%d g", 9)
		})
	})
	done.Wait()
	trace.WithRegion(context.Background(), "alone", func() {})
	request.End()
	trace.Stop()
}
