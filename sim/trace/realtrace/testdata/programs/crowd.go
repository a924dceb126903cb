// Thousands of goroutines that come and go.
package main

import (
	"os"
	"runtime/trace"
	"sync"
)

func main() {
	if err := trace.Start(os.Stdout); err != nil {
		panic(err)
	}
	var mu sync.RWMutex
	for range 20 {
		var wg sync.WaitGroup
		c := make(chan int, 16)
		for i := range 300 {
			wg.Go(func() {
				mu.RLock()
				defer mu.RUnlock()
				select {
				case c <- i:
				case <-c:
				}
			})
		}
		wg.Wait()
	}
	trace.Stop()
}
