// A coroutine changes places with its caller, past all queues.
package main

import (
	"fmt"
	"iter"
	"runtime"
	"strings"
)

var said strings.Builder // printed at the end: a write may cost the P

func say(a ...any) { fmt.Fprintln(&said, a...) }

func count(name string) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer say(name, "ends")
		for i := 0; ; i++ {
			if i == 1 {
				runtime.Gosched()
			}
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	defer func() { fmt.Print(said.String()) }()
	for i := range 3 {
		go say("goroutine", i)
	}
	a, stopA := iter.Pull(count("a"))
	b, stopB := iter.Pull(count("b"))
	for range 3 {
		x, _ := a()
		y, _ := b()
		say(x, y)
	}
	stopB()
	stopA()
	x, ok := a()
	say(x, ok, runtime.NumGoroutine())
}
