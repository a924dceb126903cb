package main

import (
	"fmt"
	"runtime"
)

func down(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + down(n-1)
}

func main() {
	deep, stay := make(chan int), make(chan bool)
	go func() {
		deep <- down(1000)
		<-stay
	}()
	fmt.Println("frames:", <-deep)
	for range 6 {
		runtime.GC()
	}
	close(stay)
}
