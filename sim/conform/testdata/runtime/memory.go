// Weak pointers, cleanups, finalizers, iter.Pull, unique, maps, slices, and the
// knobs of runtime/debug.
package main

import (
	"fmt"
	"iter"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unique"
	"weak"
)

type node struct {
	next *node
	data [100]byte
}

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("%s: panic %v (%T)\n", name, r, r)
		}
	}()
	f()
}

func main() {
	fmt.Println(debug.SetGCPercent(50), debug.SetGCPercent(-1), debug.SetGCPercent(100))
	fmt.Println(debug.SetMemoryLimit(-1), debug.SetMemoryLimit(1<<30), debug.SetMemoryLimit(-1))
	fmt.Println(debug.SetMaxStack(1<<20), debug.SetMaxStack(1<<20), debug.SetMaxThreads(5000), debug.SetMaxThreads(10000))
	debug.FreeOSMemory()
	st := string(debug.Stack())
	fmt.Println(strings.Count(st, "\n"), strings.HasPrefix(st, "goroutine 1 [running]:\nruntime/debug.Stack()\n"))

	// weak
	p := new(node)
	w := weak.Make(p)
	w2 := weak.Make(&p.data)
	fmt.Println(w.Value() == p, w2.Value() == &p.data, w == weak.Make(p))
	runtime.GC()
	fmt.Println(w.Value() != nil)
	runtime.KeepAlive(p)
	p = nil
	runtime.GC()
	fmt.Println(w.Value() == nil, w2.Value() == nil)
	var zw weak.Pointer[int]
	fmt.Println(zw.Value() == nil, weak.Make[int](nil) == zw)

	// cleanups, finalizers
	ch := make(chan string, 10)
	q := new(node)
	runtime.AddCleanup(q, func(s string) { ch <- s }, "cleanup 1")
	c := runtime.AddCleanup(q, func(s string) { ch <- s }, "cleanup 2")
	runtime.AddCleanup(q, func(n int) { ch <- fmt.Sprint("cleanup ", n) }, 3)
	c.Stop()
	q = nil
	runtime.GC()
	got := []string{<-ch, <-ch}
	slices.Sort(got)
	fmt.Println(got, len(ch))
	f := new(node)
	f.next = new(node)
	runtime.SetFinalizer(f.next, func(n *node) { ch <- "inner" })
	runtime.SetFinalizer(f, func(n *node) { ch <- fmt.Sprint("outer ", n.next != nil) })
	f = nil
	runtime.GC()
	fmt.Println(<-ch)
	time.Sleep(time.Millisecond)
	fmt.Println(len(ch))
	runtime.GC()
	fmt.Println(<-ch)
	try("arg", func() { x := new(int); runtime.AddCleanup(x, func(*int) {}, x) })
	try("nilptr", func() { var x *int; runtime.AddCleanup(x, func(int) {}, 1) })

	// unique
	a, b := unique.Make("hello"), unique.Make(strings.Repeat("hel", 1)+"lo")
	fmt.Println(a == b, a.Value(), unique.Make([2]any{1, "x"}) == unique.Make([2]any{1, "x"}), unique.Make(any(1)) == unique.Make(any(int8(1))))

	// iter.Pull
	seq := func(yield func(int) bool) {
		defer fmt.Println("seq ends")
		for i := range 3 {
			if !yield(i) {
				fmt.Println("stopped")
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
	next, stop = iter.Pull(seq)
	for {
		v, ok := next()
		if !ok {
			fmt.Println(v, ok)
			break
		}
	}
	stop()
	n2, s2 := iter.Pull2(maps.All(map[string]int{"k": 7}))
	fmt.Println(n2())
	fmt.Println(n2())
	s2()
	np, sp := iter.Pull(func(yield func(int) bool) { panic("in seq") })
	try("pull", func() { np() })
	try("again", func() { fmt.Println(np()) })
	sp()
	nr, sr := iter.Pull(func(yield func(int) bool) { yield(1); runtime.Goexit() })
	fmt.Println(nr())
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { fmt.Println("goexit passes", recover()) }()
		nr()
		fmt.Println("not reached")
	}()
	<-done
	try("after goexit", func() { sr() })
	var n3 func() (int, bool)
	n3, s3 := iter.Pull(func(yield func(int) bool) {
		try("reentrant", func() { n3() })
		yield(1)
	})
	fmt.Println(n3())
	s3()

	// maps and slices
	m := map[int]string{3: "c", 1: "a", 2: "b"}
	fmt.Println(slices.Sorted(maps.Keys(m)), slices.Collect(slices.Values([]int{1, 2})), slices.SortedFunc(maps.Values(m), strings.Compare))
	try("chunk", func() {
		for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
			fmt.Print(c, cap(c), " ")
		}
		fmt.Println()
		slices.Chunk([]int{1}, 0)
	})
	try("insert", func() { slices.Insert([]int{1}, 3, 4) })
	try("delete", func() { fmt.Println(slices.Delete([]int{1, 2, 3}, 1, 2)); slices.Delete([]int{1}, 1, 0) })
	try("grow", func() { fmt.Println(cap(slices.Grow([]int{1}, 10))); slices.Grow([]int{}, -1) })
	try("repeat", func() { fmt.Println(slices.Repeat([]int{1, 2}, 2)); slices.Repeat([]int{1, 2}, -1) })
	maps.DeleteFunc(m, func(k int, v string) bool { return k > 1 })
	fmt.Println(m, slices.Concat([]int{1}, []int{2, 3}), cap(slices.Concat([]int{1}, []int{2, 3})))
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	fmt.Println(ms.NumGC > 0, ms.Mallocs > ms.Frees, ms.HeapAlloc > 0, ms.NumForcedGC)
}
