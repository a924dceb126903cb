// How many there are, when they end and are used again.
package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"
)

var said strings.Builder // printed at the end: a write may cost the P

func say(a ...any) { fmt.Fprintln(&said, a...) }

func main() {
	defer func() { fmt.Print(said.String()) }()
	c := make(chan int)
	for round := range 2 {
		for range 7 {
			go func() { <-c }()
		}
		runtime.Gosched()
		say(round, runtime.NumGoroutine())
		for range 7 {
			c <- 1
		}
		say(round, runtime.NumGoroutine())
		runtime.Gosched()
		say(round, runtime.NumGoroutine())
	}
	ctx, cancel := context.WithCancel(context.Background())
	for i := range 1 {
		context.AfterFunc(ctx, func() { say("after", i); c <- i })
	}
	go func() { <-ctx.Done(); say(ctx.Err()); c <- 9 }()
	runtime.Gosched()
	cancel()
	sum := 0
	for range 2 {
		sum += <-c
	}
	say(sum, runtime.NumGoroutine())
}
