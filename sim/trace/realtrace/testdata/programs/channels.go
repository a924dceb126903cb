// Channels, a lock, timers, system calls and goroutines that yield, for long
// enough that the trace has several generations.
package main

import (
	"bytes"
	"context"
	"iter"
	"net"
	"os"
	"runtime"
	"runtime/trace"
	"strings"
	"sync"
	"time"
)

func main() {
	if err := trace.Start(os.Stdout); err != nil {
		panic(err)
	}
	defer trace.Stop()
	until := time.Now().Add(1300 * time.Millisecond)
	var wg sync.WaitGroup
	for _, work := range []func(){pass, lock, files, network, allocate, coroutines, annotated, wired, resize} {
		wg.Go(func() {
			for time.Now().Before(until) {
				work()
			}
		})
	}
	wg.Wait()
}

func pass() {
	c := make(chan int)
	go func() {
		for i := range 50 {
			c <- i
		}
		close(c)
	}()
	for range c {
		runtime.Gosched()
	}
	select {
	case <-time.After(time.Millisecond):
	case <-c:
		time.Sleep(200 * time.Microsecond)
	}
}

func lock() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				mu.Lock()
				strings.Repeat("x", 100)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

func files() {
	f, err := os.CreateTemp("", "trace")
	if err != nil {
		panic(err)
	}
	f.WriteString("hello")
	f.Close()
	os.Remove(f.Name())
}

func network() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	go func() {
		if c, err := l.Accept(); err == nil {
			c.Write([]byte("hello"))
			c.Close()
		}
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		panic(err)
	}
	c.Read(make([]byte, 10))
	c.Close()
	time.Sleep(time.Millisecond)
}

var kept [][]byte

func allocate() {
	for range 100 {
		kept = append(kept, bytes.Repeat([]byte("x"), 10_000))
	}
	if len(kept) > 2000 {
		kept = nil
	}
	time.Sleep(100 * time.Microsecond)
}

func coroutines() {
	next, stop := iter.Pull(func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	})
	for range 20 {
		next()
	}
	stop()
	time.Sleep(time.Millisecond)
}

func annotated() {
	ctx, task := trace.NewTask(context.Background(), "brew")
	trace.WithRegion(ctx, "grind", func() { time.Sleep(50 * time.Microsecond) })
	trace.Log(ctx, "beans", "arabica")
	task.End()
}

func wired() {
	runtime.LockOSThread()
	time.Sleep(time.Millisecond)
	runtime.UnlockOSThread()
}

func resize() {
	time.Sleep(300 * time.Millisecond)
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0)%4 + 1)
}
