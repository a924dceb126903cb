// close readies those who wait, the last of them first but for one; those in a select too.
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
	c, other := make(chan int), make(chan int)
	done := make(chan bool, 20)
	for i := range 8 {
		go func() {
			if i%3 == 0 {
				select {
				case v, ok := <-c:
					say("select", i, v, ok)
				case <-other:
				}
			} else {
				v, ok := <-c
				say("receive", i, v, ok)
			}
			done <- true
		}()
		runtime.Gosched()
	}
	c <- 7
	close(c)
	for range 8 {
		<-done
	}
	for i := range 3 {
		go func() {
			defer func() { say(i, recover()); done <- true }()
			other <- i
		}()
		runtime.Gosched()
	}
	close(other)
	for range 3 {
		<-done
	}
}
