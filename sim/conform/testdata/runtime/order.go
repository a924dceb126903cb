// Who is started last runs first, who was kicked out of runnext goes to the end of the ring, and Gosched to the global queue.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

var said strings.Builder // printed at the end: a write may cost the P

func say(a ...any) { fmt.Fprintln(&said, a...) }

func tree(name string, depth int) {
	say("in " + name)
	if depth == 0 {
		return
	}
	for i := range 2 {
		go tree(fmt.Sprint(name, i), depth-1)
	}
	if depth == 2 {
		runtime.Gosched()
		say("back in " + name)
	}
}

func main() {
	defer func() { fmt.Print(said.String()) }()
	for i := range 3 {
		go tree(fmt.Sprint(i), 2)
	}
	for range 12 {
		runtime.Gosched()
	}
	say("end")
}
