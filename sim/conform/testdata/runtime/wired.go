// LockOSThread: the goroutine stays on its thread, others don't come there, it nests, and who ends locked takes the thread along.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"time"
)

func main() {
	runtime.LockOSThread()
	me := syscall.Gettid()
	same := true
	others := map[int]bool{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				mu.Lock()
				others[syscall.Gettid()] = true
				mu.Unlock()
				runtime.Gosched()
			}
		})
	}
	for range 20 {
		runtime.Gosched()
		same = same && syscall.Gettid() == me
	}
	wg.Wait()
	fmt.Println("stays", same && syscall.Gettid() == me, "alone", !others[me], "others", len(others) > 0)

	// It nests.
	runtime.LockOSThread()
	runtime.UnlockOSThread()
	c := make(chan int)
	go func() { c <- syscall.Gettid() }()
	fmt.Println("still alone", <-c != me, syscall.Gettid() == me)
	runtime.UnlockOSThread()
	runtime.UnlockOSThread() // one too many does nothing

	// Messages between two that are wired.
	ping, pong := make(chan int), make(chan int)
	wg.Go(func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		mine := syscall.Gettid()
		for v := range ping {
			if syscall.Gettid() != mine {
				v = -1
			}
			pong <- v + 1
		}
		close(pong)
	})
	runtime.LockOSThread()
	sum := 0
	for i := range 10 {
		ping <- i
		sum += <-pong
	}
	close(ping)
	_, ok := <-pong
	wg.Wait()
	runtime.UnlockOSThread()
	fmt.Println(sum, ok)

	// Sleeping, and waiting for a lock, keeps the thread.
	wg.Go(func() {
		runtime.LockOSThread()
		mine := syscall.Gettid()
		time.Sleep(time.Millisecond)
		mu.Lock()
		same := syscall.Gettid() == mine
		mu.Unlock()
		fmt.Println("after a sleep", same)
	})
	wg.Wait()

	// Who ends locked takes the thread along: nobody is seen there again.
	gone := make(chan int)
	go func() {
		runtime.LockOSThread()
		gone <- syscall.Gettid()
	}()
	dead := <-gone
	seen := false
	for range 50 {
		wg.Go(func() {
			t := syscall.Gettid()
			mu.Lock()
			seen = seen || t == dead && dead != syscall.Getpid()
			mu.Unlock()
			runtime.Gosched()
		})
	}
	wg.Wait()
	fmt.Println("its thread is seen again", seen)
}
