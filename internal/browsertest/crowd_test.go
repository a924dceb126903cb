package browsertest

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

var crowdSize = flag.Int("crowd", 20_000, "how many goroutines TestCrowd parks; a million need 2 GB")

// crowd parks n goroutines on a channel and then releases them.
const crowd = `package main

import "sync"

func main() {
	const n = %d
	var parked, done sync.WaitGroup
	gate := make(chan int)
	parked.Add(n)
	done.Add(n)
	for range n {
		go func() {
			parked.Done()
			<-gate
			done.Done()
		}()
	}
	parked.Wait()
	println("parked")
	for i := range n {
		gate <- i
	}
	done.Wait()
	println("done")
}
`

// crowded clicks on Run and notes after how many milliseconds the run is over.
const crowded = `(() => {
	const stop = must("button", "Stop", cell($)), start = performance.now();
	must("button", "Run", cell($)).click();
	const look = () => stop.disabled ? window.took = performance.now() - start : setTimeout(look, 10);
	look();
})()`

// TestCrowd: a crowd of goroutines is spawned, parked, released and joined, and
// its end can be looked at. A million take as long as they take.
func TestCrowd(t *testing.T) {
	t.Parallel()
	b := lesson(t)
	b.timeRun() // the engine is warm
	b.edit(fmt.Sprintf(crowd, *crowdSize))
	b.act(crowded, title, title)
	took := 0.0
	for deadline := time.Now().Add(patience + time.Duration(*crowdSize)*time.Millisecond/2); took == 0; {
		if time.Now().After(deadline) {
			b.shot("failed-crowd")
			t.Fatal("the run does not end")
		}
		b.do(chromedp.Sleep(100 * time.Millisecond)) // not to keep the page busy
		took = eval[float64](b, `window.took ?? 0`)
	}
	t.Logf("%d goroutines took %.0f ms", *crowdSize, took)
	b.await(output+`.includes("parked") && `+output+`.includes("done")`, title, title)
}
