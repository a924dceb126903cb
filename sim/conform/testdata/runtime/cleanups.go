// Finalizers and cleanups: when, in which order, once, and what keeps an object alive.
package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"
	"weak"
)

type node struct {
	name string
	next *node
	pad  [64]byte
}

var ran = make(chan string, 100)

// collect collects, and says what has run since, in order of names.
func collect(times int) (list []string) {
	for range times {
		runtime.GC()
		time.Sleep(2 * time.Millisecond)
	}
	for len(ran) > 0 {
		list = append(list, <-ran)
	}
	slices.Sort(list)
	return list
}

var kept *node

//go:noinline
func chain() {
	c := &node{name: "c"}
	b := &node{name: "b", next: c}
	a := &node{name: "a", next: b}
	for _, n := range []*node{a, b, c} {
		runtime.SetFinalizer(n, func(n *node) { ran <- n.name })
	}
}

//go:noinline
func cleaned() weak.Pointer[node] {
	n := &node{name: "cleaned"}
	for i := range 3 {
		runtime.AddCleanup(n, func(i int) { ran <- fmt.Sprint("cleanup ", i) }, i)
	}
	stopped := runtime.AddCleanup(n, func(int) { ran <- "stopped" }, 0)
	stopped.Stop()
	return weak.Make(n)
}

//go:noinline
func again() {
	n := &node{name: "again"}
	runtime.SetFinalizer(n, func(n *node) {
		ran <- n.name
		kept = n // it lives once more
	})
}

//go:noinline
func changed() {
	n := &node{}
	runtime.SetFinalizer(n, func(*node) { ran <- "first" })
	runtime.SetFinalizer(n, nil)
	runtime.SetFinalizer(n, func(*node) { ran <- "second" })
}

//go:noinline
func cyclic() {
	a, b := &node{name: "x"}, &node{name: "y"}
	a.next, b.next = b, a
	runtime.AddCleanup(a, func(int) { ran <- "circle, cleanup" }, 0)
}

func main() {
	chain()
	fmt.Println("one by one", collect(1), collect(1), collect(1), collect(1))
	w := cleaned()
	fmt.Println(collect(1), w.Value() == nil)
	again()
	fmt.Println(collect(1), kept.name)
	kept = nil
	fmt.Println("once", collect(2))
	changed()
	fmt.Println(collect(2))
	cyclic()
	fmt.Println(collect(2))

	n := &node{name: "alive"}
	runtime.AddCleanup(n, func(int) { ran <- "too early" }, 0)
	fmt.Println(collect(2))
	runtime.KeepAlive(n)
	n = nil
	fmt.Println(collect(2))
	func() {
		defer func() { fmt.Println(recover() != nil) }()
		x := new(int)
		runtime.AddCleanup(x, func(*int) {}, x) // it would keep itself alive
	}()
}
