// Why each of them waits, in a deadlock: by the headers of the traces.
package main

import (
	"runtime"
)

var (
	none chan int
)

//go:noinline
func chans(i int) {
	switch ch := make(chan int); i {
	case 0:
		<-none
	case 1:
		none <- 1
	case 2:
		<-ch
	case 3:
		ch <- 1
	case 4:
		select {}
	case 5:
		runtime.LockOSThread()
		select {
		case <-none:
		case ch <- 1:
		}
	}
}

func main() {
	for i := range 6 {
		go chans(i)
		runtime.Gosched()
	}
	chans(2)
}
