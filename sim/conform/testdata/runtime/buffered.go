// A value goes straight to who waits for it; who waits to send fills the place that becomes free.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

var said strings.Builder // printed at the end: a write may cost the P

func say(a ...any) { fmt.Fprintln(&said, a...) }

func main() {
	defer func() { fmt.Print(said.String()) }()
	c := make(chan int, 2)
	done := make(chan bool)
	for i := range 6 {
		go func() {
			c <- i
			say("sent", i, len(c))
			done <- true
		}()
	}
	runtime.Gosched()
	go func() {
		for range 6 {
			say("got", <-c, len(c))
		}
	}()
	for range 6 {
		<-done
	}
	runtime.Gosched()
	for i := range 3 {
		go func() { say("waiter", i, <-c); done <- true }()
		runtime.Gosched()
	}
	c <- 10
	c <- 11
	say("in the buffer", len(c))
	c <- 12
	for range 3 {
		<-done
	}
}
