package main

import (
	"fmt"
	"iter"
	"runtime"
	"sync"
	"time"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("count ends")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	// A rendezvous in both directions, and closing with waiters.
	c, done := make(chan [3]int8), make(chan struct{})
	go func() {
		for x := range c {
			fmt.Println(x)
		}
		close(done)
	}()
	c <- [3]int8{-1, 2, -3}
	c <- [3]int8{4, -5, 6}
	close(c)
	<-done
	v, ok := <-c
	fmt.Println(v, ok)

	// Select: losers leave their queues.
	a, b := make(chan int), make(chan int)
	go func() { a <- 1 }()
	select {
	case x := <-a:
		fmt.Println("a", x)
	case x := <-b:
		fmt.Println("b", x)
	}
	select {
	case b <- 2:
		fmt.Println("sent to nobody")
	default:
		fmt.Println("default")
	}

	// A sender waiting on a channel that is closed panics.
	failed := make(chan any)
	go func() {
		defer func() { failed <- recover() }()
		b <- 1
	}()
	runtime.Gosched()
	time.Sleep(time.Millisecond)
	close(b)
	fmt.Println(<-failed)

	// Goexit runs deferred calls, also through a panic that is recovered.
	go func() {
		defer close(failed)
		defer func() { fmt.Println("recover in Goexit:", recover()) }()
		func() {
			defer func() { fmt.Println("recovered", recover()) }()
			defer func() { panic("during Goexit") }()
			runtime.Goexit()
		}()
		fmt.Println("not reached")
	}()
	<-failed

	next, stop := iter.Pull(count(3))
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(next())

	var wg sync.WaitGroup
	var mu sync.RWMutex
	cond := sync.NewCond(&mu)
	total := 0
	for i := range 10 {
		wg.Go(func() {
			mu.Lock()
			total += i
			cond.Signal()
			mu.Unlock()
		})
	}
	mu.Lock()
	for total < 45 {
		cond.Wait()
	}
	mu.Unlock()
	wg.Wait()
	fmt.Println(total)

	// Timers.
	start := time.Now()
	t := time.NewTimer(time.Hour)
	fmt.Println("stopped", t.Stop(), t.Stop())
	t.Reset(2 * time.Millisecond)
	<-t.C
	ran := make(chan bool)
	time.AfterFunc(time.Millisecond, func() { ran <- true })
	fmt.Println(<-ran)
	k := time.NewTicker(time.Millisecond)
	<-k.C
	<-k.C
	k.Stop()
	select {
	case <-time.After(time.Millisecond):
		fmt.Println("timed out", cap(t.C), len(t.C))
	case <-k.C:
		fmt.Println("ticked")
	}
	if d := time.Since(start); d < 5*time.Millisecond {
		fmt.Println("too fast:", d)
	}
}
