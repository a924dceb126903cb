// Signal wakes who waits longest, Broadcast all, and the last of them runs first.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
)

var said strings.Builder // printed at the end: a write may cost the P

func say(a ...any) { fmt.Fprintln(&said, a...) }

func main() {
	defer func() { fmt.Print(said.String()) }()
	var m sync.Mutex
	c := sync.NewCond(&m)
	var w sync.WaitGroup
	for i := range 7 {
		w.Go(func() {
			m.Lock()
			c.Wait()
			say("woken", i)
			m.Unlock()
		})
		runtime.Gosched()
	}
	c.Signal()
	runtime.Gosched()
	m.Lock()
	c.Signal()
	c.Signal()
	m.Unlock()
	runtime.Gosched()
	c.Broadcast()
	say("all told")
	w.Wait()
}
