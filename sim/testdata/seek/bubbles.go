package main

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Sleepers, tickers, a channel, a group and a wait, in two bubbles at once.
func bubble(t *testing.T) {
	start := time.Now()
	results := make(chan time.Duration)
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Go(func() {
			time.Sleep(time.Duration(i) * time.Hour)
			results <- time.Since(start)
		})
	}
	tick := time.NewTicker(90 * time.Minute)
	go func() {
		wg.Wait()
		close(results)
	}()
	sum, ticks := time.Duration(0), 0
	for results != nil {
		select {
		case d, ok := <-results:
			if !ok {
				results = nil
			}
			sum += d
		case <-tick.C:
			ticks++
		}
	}
	synctest.Wait()
	fmt.Println(sum, ticks, time.Since(start))
}

func main() {
	testing.Main(func(pat, str string) (bool, error) { return true, nil }, []testing.InternalTest{
		{Name: "one", F: func(t *testing.T) { t.Parallel(); synctest.Test(t, bubble) }},
		{Name: "two", F: func(t *testing.T) { t.Parallel(); synctest.Test(t, bubble) }},
	}, nil, nil)
}
