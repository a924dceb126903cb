// Weak pointers, unique handles and iterators that are pulled: what they keep alive, and what is equal to what.
package main

import (
	"fmt"
	"iter"
	"maps"
	"runtime"
	"slices"
	"strings"
	"unique"
	"weak"
)

type big struct {
	n    int
	next *big
	pad  [100]int
}

//go:noinline
func make2() (weak.Pointer[big], weak.Pointer[big], *big) {
	a := &big{n: 1}
	b := &big{n: 2, next: a}
	return weak.Make(a), weak.Make(b), b
}

func main() {
	wa, wb, b := make2()
	runtime.GC()
	fmt.Println(wa.Value().n, wb.Value() == b, wa == weak.Make(b.next), wa == wb)
	b.next = nil
	runtime.GC()
	fmt.Println(wa.Value(), wb.Value() == b)
	runtime.KeepAlive(b)
	b = nil
	runtime.GC()
	fmt.Println(wb.Value(), weak.Make[big](nil) == weak.Pointer[big]{})
	x := &big{n: 3}
	inner := weak.Make(&x.pad[5])
	runtime.GC()
	fmt.Println(inner.Value() == &x.pad[5], weak.Make(&x.pad[4]) == inner)
	runtime.KeepAlive(x)

	h1, h2 := unique.Make("a"+strings.Repeat("b", 3)), unique.Make("abbb")
	fmt.Println(h1 == h2, h1.Value(), unique.Make(1) == unique.Make(1), unique.Make([2]int{1, 2}) == unique.Make([2]int{2, 1}))

	// Pull: the other side goes on only when asked, and its deferred calls run at stop.
	seq := func(yield func(int) bool) {
		defer fmt.Println("sequence ends")
		for i := range 5 {
			fmt.Println("makes", i)
			if !yield(i) {
				return
			}
		}
	}
	next, stop := iter.Pull(seq)
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(next())
	stop()
	next2, stop2 := iter.Pull2(slices.All([]string{"x", "y"}))
	fmt.Println(next2())
	fmt.Println(next2())
	fmt.Println(next2())
	stop2()
	fmt.Println(runtime.NumGoroutine())
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		next, stop := iter.Pull(func(yield func(int) bool) { panic("in the sequence") })
		defer stop()
		next()
	}()
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		for i := range seq {
			if i == 1 {
				panic("in the loop")
			}
		}
	}()
	fmt.Println(slices.Sorted(maps.Keys(map[string]int{"q": 1, "p": 2})))
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c, " ")
	}
	fmt.Println()
}
