// LockOSThread nests, and a thread whose goroutine ends while it is locked ends too.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"time"
)

var said strings.Builder // printed at the end: a write may cost the P

func say(a ...any) { fmt.Fprintln(&said, a...) }

func main() {
	defer func() { fmt.Print(said.String()) }()
	same := make(chan bool)
	go func() {
		runtime.LockOSThread()
		runtime.LockOSThread()
		runtime.UnlockOSThread()
		id := syscall.Gettid()
		for range 3 {
			runtime.Gosched()
			time.Sleep(time.Millisecond)
			same <- syscall.Gettid() == id
		}
		runtime.UnlockOSThread()
		same <- true
	}()
	for range 4 {
		say(<-same)
	}
	id := make(chan int)
	go func() {
		runtime.LockOSThread()
		id <- syscall.Gettid()
	}()
	gone := <-id
	seen := false
	for range 20 {
		go func() { id <- syscall.Gettid() }()
		seen = seen || <-id == gone
	}
	say("its thread was seen again:", seen)
}
