// A collection is forced when the last is two minutes ago, but not before the first.
package main

import (
	"fmt"
	"runtime"
	"time"
)

func cycles() uint32 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.NumGC
}

func main() {
	time.Sleep(150 * time.Second)
	fmt.Println(cycles())
	runtime.GC()
	n := cycles()
	time.Sleep(100 * time.Second)
	fmt.Println(cycles() - n)
	time.Sleep(100 * time.Second)
	fmt.Println(cycles() - n)
	time.Sleep(150 * time.Second)
	fmt.Println(cycles() - n)
}
