// Finalizers, cleanups, weak pointers and unique handles.
package main

import (
	"fmt"
	"runtime"
	"time"
	"unique"
	"weak"
)

type box struct {
	name string
	to   *box
	pad  [4]int
}

func (b *box) String() string { return b.name }

var said = make(chan string, 100)

func hear(what string) {
	for range 10 {
		runtime.GC()
		select {
		case s := <-said:
			fmt.Println(what+":", s)
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	fmt.Println(what + ": nothing")
}

func quiet(what string) {
	for range 3 {
		runtime.GC()
		select {
		case s := <-said:
			fmt.Println(what+": unexpected", s)
		case <-time.After(5 * time.Millisecond):
		}
	}
	fmt.Println(what + ": quiet")
}

//go:noinline
func chain() {
	b := &box{name: "inner"}
	a := &box{name: "outer", to: b}
	for _, x := range []*box{a, b} {
		runtime.SetFinalizer(x, func(x *box) { said <- x.name })
	}
}

var saved *box

//go:noinline
func resurrect() {
	runtime.SetFinalizer(&box{name: "phoenix"}, func(x *box) { saved = x; said <- x.name })
}

//go:noinline
func viaInterface() {
	runtime.SetFinalizer(&box{name: "stringer"}, func(x fmt.Stringer) { said <- x.String() })
	runtime.SetFinalizer(&box{name: "any"}, func(x any) { said <- x.(*box).name })
}

//go:noinline
func cleaned() {
	b := &box{name: "gone"}
	runtime.AddCleanup(b, func(s string) { said <- s }, "cleanup one")
	runtime.AddCleanup(&b.pad, func(n int) { said <- fmt.Sprint("cleanup ", n) }, 2)
	stop := runtime.AddCleanup(b, func(s string) { said <- s }, "never")
	stop.Stop()
}

//go:noinline
func weakly() (w, field, same weak.Pointer[int]) {
	b := &box{name: "weak"}
	w, field, same = weak.Make(&b.pad[0]), weak.Make(&b.pad[1]), weak.Make(&b.pad[0])
	fmt.Println(w == same, w == field, w.Value() == &b.pad[0], *field.Value())
	runtime.GC()
	fmt.Println(w.Value() != nil)
	runtime.KeepAlive(b)
	return w, field, same
}

//go:noinline
func weakAndFinal() weak.Pointer[box] {
	b := &box{name: "final"}
	w := weak.Make(b)
	runtime.SetFinalizer(b, func(b *box) { said <- fmt.Sprint("final, weak is nil: ", w.Value() == nil) })
	return w
}

//go:noinline
func cleared() {
	b := &box{name: "cleared"}
	runtime.SetFinalizer(b, func(*box) { said <- "cleared" })
	runtime.SetFinalizer(b, nil)
}

func main() {
	chain()
	hear("chain")
	hear("chain")
	resurrect()
	hear("resurrect")
	fmt.Println(saved.name)
	saved = nil
	quiet("once only")
	viaInterface()
	a, b := <-next(), <-next()
	fmt.Println(min(a, b), max(a, b))
	cleaned()
	a, b = <-next(), <-next()
	fmt.Println(min(a, b), max(a, b))
	quiet("stopped")
	w, field, same := weakly()
	runtime.GC()
	fmt.Println(w.Value(), field.Value(), w == same, w == field)
	wf := weakAndFinal()
	hear("weak")
	fmt.Println(wf.Value())
	cleared()
	quiet("cleared")
	h := unique.Make("hello")
	runtime.GC()
	fmt.Println(h == unique.Make("hel"+string([]byte("lo"))), h.Value(), unique.Make(1) == unique.Make(2))
	fmt.Println(weak.Make[int](nil).Value(), weak.Pointer[int]{} == weak.Make[int](nil))
}

// next collects until somebody says something.
func next() <-chan string {
	for len(said) == 0 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	return said
}
