// Timers and coroutines that nobody holds any more go away; those that will
// still do something stay.
package main

import (
	"fmt"
	"iter"
	"runtime"
	"time"
)

func count(yield func(int) bool) {
	for i := 0; yield(i); i++ {
	}
}

func pull(n int) (sum int) {
	next, stop := iter.Pull(count)
	defer stop()
	for range n {
		i, _ := next()
		sum += i
	}
	return sum
}

func main() {
	fired := make(chan int, 10)
	time.AfterFunc(30*time.Millisecond, func() { fired <- 1 })
	late := time.After(40 * time.Millisecond)
	tick := time.NewTicker(10 * time.Millisecond)
	sum := 0
	for i := range 20000 {
		t := time.NewTimer(time.Hour)
		if i%2 == 0 {
			t.Stop()
		}
		select {
		case <-t.C:
			fmt.Println("an hour passed")
		case <-time.After(time.Minute):
		default:
		}
		if i%10 == 0 {
			sum += pull(i % 100)
		}
		if i%2000 == 0 {
			runtime.GC()
		}
	}
	fmt.Println(sum, <-fired)
	<-late
	<-tick.C
	fmt.Println("late")
}
