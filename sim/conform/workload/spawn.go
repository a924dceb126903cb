package workload

import (
	"sync"
	"sync/atomic"
)

// Spawn starts 100,000 goroutines and waits for them.
func Spawn() int {
	var wg sync.WaitGroup
	var n atomic.Int64
	for range 100_000 {
		wg.Add(1)
		go func() {
			n.Add(1)
			wg.Done()
		}()
	}
	wg.Wait()
	return int(n.Load())
}
