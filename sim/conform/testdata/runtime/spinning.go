// Loops without a call lose their processor, whoever they keep waiting.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

func main() {
	var stop, turns atomic.Int32
	for range 3 {
		go func() {
			turns.Add(1)
			for stop.Load() == 0 {
			}
			turns.Add(-1)
		}()
	}
	t := time.Now()
	for turns.Load() < 3 {
	}
	time.Sleep(time.Millisecond)
	stop.Store(1)
	for turns.Load() > 0 {
		runtime.Gosched()
	}
	d := time.Since(t)
	fmt.Println("all had a turn", d > 10*time.Millisecond)
}
