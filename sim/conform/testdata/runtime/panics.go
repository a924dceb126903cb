// A panic that is recovered and panics again, in a goroutine that another made.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer fmt.Println("after Goexit")
		defer func() { fmt.Println("recovered", recover()) }()
		defer runtime.Goexit()
		panic("first")
	}()
	<-done
	go func() {
		defer func() {
			x := recover()
			fmt.Println("seen", x)
			panic(x)
		}()
		defer func() {
			defer func() { fmt.Println("inner", recover()) }()
			panic("second")
		}()
		panic("third")
	}()
	select {}
}
