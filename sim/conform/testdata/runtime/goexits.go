// main ends by Goexit: its deferred calls run, the others go on, and when the last has ended there is nobody left.
package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	go func() {
		defer fmt.Println("worker ends")
		for i := range 3 {
			time.Sleep(time.Millisecond)
			fmt.Println("worker", i, runtime.NumGoroutine())
		}
	}()
	defer func() {
		fmt.Println("deferred", recover())
		func() {
			defer func() { fmt.Println("recovered", recover()) }()
			panic("while it ends")
		}()
	}()
	func() {
		defer fmt.Println("inner first")
		runtime.Goexit()
	}()
	fmt.Println("never")
}
