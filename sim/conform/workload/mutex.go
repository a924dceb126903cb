package workload

import "sync"

// Mutex has eight goroutines add to one counter, 100,000 times each.
func Mutex() int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for range 8 {
		wg.Go(func() {
			for range 100_000 {
				mu.Lock()
				n++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return n
}
