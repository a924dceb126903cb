package main

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// run runs f in a bubble of its own, as a test would.
func run(name string, f func(t *testing.T)) testing.InternalTest {
	return testing.InternalTest{Name: name, F: func(t *testing.T) { synctest.Test(t, f) }}
}

func clock(t *testing.T) {
	start := time.Now()
	fmt.Println(start.UTC(), start.Unix())
	go func() {
		time.Sleep(time.Second)
		fmt.Println("inner", time.Since(start))
	}()
	time.Sleep(2 * time.Second)
	fmt.Println("outer", time.Since(start), time.Now().UnixNano())
	time.Sleep(24 * time.Hour * 365)
	fmt.Println(time.Now().UTC().Format(time.RFC1123), time.Until(start))
}

func tickers(t *testing.T) {
	start := time.Now()
	tick := time.NewTicker(3 * time.Second)
	for range 3 {
		at := <-tick.C
		fmt.Println("tick", at.Sub(start), at.UTC())
	}
	tick.Reset(time.Second)
	fmt.Println((<-tick.C).Sub(start))
	tick.Stop()
	select {
	case <-tick.C:
		fmt.Println("stopped, and yet")
	case at := <-time.After(time.Minute):
		fmt.Println("after", at.Sub(start))
	}
	tm := time.NewTimer(time.Second)
	time.Sleep(time.Hour)
	fmt.Println(tm.Stop(), len(tm.C), cap(tm.C))
	tm.Reset(time.Second)
	fmt.Println(tm.Reset(2 * time.Second))
	fmt.Println((<-tm.C).Sub(start), time.Since(start))
	f := time.AfterFunc(time.Second, func() { fmt.Println("func at", time.Since(start)) })
	time.Sleep(time.Second)
	synctest.Wait()
	fmt.Println(f.Stop(), f.Reset(0))
	synctest.Wait()
	time.AfterFunc(0, func() { fmt.Println("at once") })
	synctest.Wait()
}

func waits(t *testing.T) {
	done := 0
	var mu sync.Mutex
	for i := range 5 {
		go func() {
			for range i {
				mu.Lock()
				done++
				mu.Unlock()
			}
		}()
	}
	synctest.Wait()
	fmt.Println(done)
	c := make(chan int)
	go func() {
		for x := range c {
			done += x
		}
		done = -done
	}()
	for i := range 10 {
		c <- i
		synctest.Wait()
		fmt.Print(done, " ")
	}
	close(c)
	synctest.Wait()
	fmt.Println(done)
	cond := sync.NewCond(&mu)
	woken := 0
	for range 3 {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			cond.Wait()
			woken++
		}()
	}
	synctest.Wait()
	cond.Signal()
	synctest.Wait()
	fmt.Println(woken)
	cond.Broadcast()
	synctest.Wait()
	fmt.Println(woken)
}

func groups(t *testing.T) {
	start := time.Now()
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() { time.Sleep(time.Duration(i) * time.Minute) })
	}
	wg.Wait()
	fmt.Println(time.Since(start))
	c, d := make(chan int), make(chan int, 1)
	go func() {
		select {
		case x := <-c:
			fmt.Println("c", x)
		case d <- 1:
			fmt.Println("d")
		}
	}()
	synctest.Wait()
	fmt.Println(<-d)
}

func contexts(t *testing.T) {
	const timeout = 5 * time.Second
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	time.Sleep(timeout - time.Nanosecond)
	synctest.Wait()
	fmt.Println(ctx.Err())
	time.Sleep(time.Nanosecond)
	synctest.Wait()
	fmt.Println(ctx.Err())
	ctx, cancel = context.WithCancel(t.Context())
	called := false
	context.AfterFunc(ctx, func() { called = true })
	synctest.Wait()
	fmt.Println(called)
	cancel()
	synctest.Wait()
	fmt.Println(called)
	t.Cleanup(func() { fmt.Println("cleanup", t.Context().Err()) })
}

func caught(what string, f func()) {
	defer func() { fmt.Printf("%s: %v (%[2]T)\n", what, recover()) }()
	f()
}

func mistakes(t *testing.T) {
	caught("outside", synctest.Wait)
	caught("blocked", func() {
		synctest.Test(t, func(t *testing.T) { select {} })
	})
}

func left(t *testing.T) {
	caught("left", func() {
		synctest.Test(t, func(t *testing.T) {
			c := make(chan int)
			go func() { <-c }()
			go func() { time.Sleep(time.Hour) }()
		})
	})
}

func nested(t *testing.T) {
	caught("nested", func() { synctest.Test(t, func(t *testing.T) {}) })
	caught("run", func() { t.Run("sub", func(t *testing.T) {}) })
	caught("parallel", t.Parallel)
	caught("deadline", func() { t.Deadline() })
	go func() {
		synctest.Wait()
		fmt.Println("first waiter")
	}()
	time.Sleep(1)
	c := make(chan int)
	go func() { time.Sleep(1); c <- 1 }()
	<-c
}

// moved uses what was made outside: such a wait is not durable.
func moved(t *testing.T) {
	c := make(chan int)
	go func() {
		time.Sleep(10 * time.Millisecond)
		c <- 7
	}()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		fmt.Println(<-c, time.Since(start))
	})
}

func main() {
	defer fmt.Println("not reached: testing.Main exits")
	testing.Main(func(pat, str string) (bool, error) { return true, nil }, []testing.InternalTest{
		run("clock", clock), run("tickers", tickers), run("waits", waits), run("groups", groups),
		run("contexts", contexts), run("nested", nested),
		{Name: "mistakes", F: mistakes}, {Name: "left", F: left}, {Name: "moved", F: moved},
	}, nil, nil)
}
