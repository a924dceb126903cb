// What runtime.Callers lists: in initializers, methods, deferred calls, goroutines.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

var x = show("variable")

type T struct{}

//go:noinline
func (T) M() { show("M") }

type I interface{ M() }

func show(name string) int {
	var pcs [32]uintptr
	n := runtime.Callers(0, pcs[:])
	fmt.Println("==", name)
	frames := runtime.CallersFrames(pcs[:n])
	for {
		f, more := frames.Next()
		fmt.Println(f.Function, f.File[strings.LastIndex(f.File, "/")+1:], f.Line)
		if !more {
			break
		}
	}
	return 1
}

func init() { show("init") }

func gen[A any](a A) { show("gen") }

func main() {
	show("main")
	done := make(chan bool)
	go func() {
		show("goroutine")
		done <- true
	}()
	<-done
	defer func() {
		show("deferred")
		recover()
	}()
	defer show("deferred directly")
	var i I = &T{}
	i.M()
	gen(1)
	T.M(T{})
	g := T{}.M
	g()
	for range func(yield func() bool) { yield() } {
		show("range over function")
	}
	panic("x")
}
