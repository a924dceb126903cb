// A sync.Pool has a set for each P: what its owner saved last it finds first, others
// find what was saved first, and nobody finds what is another P's own. A collection
// makes the sets old, the next one drops them.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

var made int

func newPool(saved ...any) *sync.Pool {
	p := &sync.Pool{New: func() any { made++; return -made }}
	for _, x := range saved {
		p.Put(x)
	}
	return p
}

func take(p *sync.Pool, n int) {
	for range n {
		fmt.Print(p.Get(), " ")
	}
	fmt.Println()
}

// mallocs is how many objects f makes.
func mallocs(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

func main() {
	runtime.GOMAXPROCS(1)
	take(newPool(1, 2, 3, 4, 5), 7)

	p := newPool(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
	runtime.GC()
	take(p, 3)
	p.Put(100)
	runtime.GC()
	take(p, 4)

	q := newPool(new([1000]byte))
	fmt.Println(mallocs(func() {
		for range 1000 {
			q.Put(q.Get())
		}
	}), "objects made")

}
