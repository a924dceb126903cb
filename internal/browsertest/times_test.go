package browsertest

import (
	"slices"
	"testing"
)

// How long a reader should have to wait at most, in milliseconds, on a computer
// with nothing else to do; tests run on others too.
const (
	readyGoal = 1000 // from a load with an empty cache until the engine answers
	frameGoal = 150  // from a click on Run to the first picture, once the engine is warm
	elsewhere = 10   // how many times as long it may take there
)

// printing is a program that uses what most programs use.
const printing = `package main

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

// answered is when the engine had sent what the page asks it for first: the
// names of the eras. It starts with the page.
const answered = `(async () => {
	while (named("combobox", "Era", cell($)).options.length < 5) await new Promise((r) => setTimeout(r, 5));
	return performance.now();
})()`

// pictured clicks on Run and says after how many milliseconds a new board is painted.
const pictured = `(async () => {
	const painted = new Promise((done) => {
		const o = new MutationObserver(() => { o.disconnect(); requestAnimationFrame(() => done(performance.now())); });
		o.observe(part($, "Board"), { childList: true, subtree: true });
	});
	const start = performance.now();
	must("button", "Run", cell($)).click();
	return await painted - start;
})()`

// TestTimes: how long a reader waits for the engine, and for the first frame of a run.
func TestTimes(t *testing.T) {
	var ready, first, warm []float64
	for range 3 {
		b := open(t, serve(t, "/")+lessonPath) // a server of its own: nothing of it is in a cache
		b.await(`named("combobox", "Era", cell($))`, title)
		ready = append(ready, eval[float64](b, answered, title))
		first = append(first, b.timeRun())
		b.edit(printing)
		for range 4 {
			warm = append(warm, b.timeRun())
		}
	}
	t.Logf("the engine answers after %.0f ms; the first run's frame comes after %.0f ms, later ones' after %.0f ms", ready, first, warm)
	if got := slices.Min(ready); got > readyGoal*elsewhere {
		t.Errorf("the engine answers after %.0f ms, should after %d", got, readyGoal)
	}
	if got := slices.Min(warm); got > frameGoal*elsewhere {
		t.Errorf("the first frame comes after %.0f ms, should after %d", got, frameGoal)
	}
}

// timeRun runs the cell's program and returns after how many milliseconds its
// first frame was seen.
func (b *tab) timeRun() float64 {
	b.t.Helper()
	ms := eval[float64](b, pictured, title)
	b.await(`named("button", "Stop", cell($)).disabled`, title)
	return ms
}
