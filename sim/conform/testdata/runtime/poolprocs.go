// What one P has for itself in a sync.Pool no other finds, and of the rest thieves
// find what was saved first.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

func main() {
	runtime.GOMAXPROCS(2)
	p := sync.Pool{New: func() any { return "new" }}
	for _, x := range []string{"own", "first", "second", "third"} {
		p.Put(x)
	}
	var got [4]any
	var done atomic.Bool
	go func() { // on the other P, since this one stays with main
		for i := range got {
			got[i] = p.Get()
		}
		done.Store(true)
	}()
	for !done.Load() {
	}
	fmt.Println(got, p.Get(), p.Get())
}
