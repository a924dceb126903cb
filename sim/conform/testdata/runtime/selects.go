// Which case a select takes: each that is ready as often, the first that becomes ready of those that are not, never one of
// a nil channel; and what a select leaves behind at the channels that it did not take.
package main

import (
	"fmt"
	"runtime"
)

func share(n int, choose func() int) {
	const times = 20_000
	count := make([]int, n)
	for range times {
		count[choose()]++
	}
	for i, c := range count {
		if c < times/n*9/10 || c > times/n*11/10 {
			fmt.Println("case", i, "of", n, "is taken", c, "times of", times)
		}
	}
	fmt.Println("even among", n)
}

func main() {
	a, b, c, d := make(chan int, 1), make(chan int, 1), make(chan int, 1), make(chan int, 1)
	var none chan int
	refill := func() {
		for _, c := range []chan int{a, b, c, d} {
			select {
			case c <- 1:
			default:
			}
		}
	}
	share(2, func() int {
		refill()
		select {
		case <-a:
			return 0
		case <-b:
			return 1
		case <-none:
			return 2
		}
	})
	share(4, func() int {
		refill()
		select {
		case <-a:
			return 0
		case <-b:
			return 1
		case <-c:
			return 2
		case <-d:
			return 3
		}
	})
	closed := make(chan int)
	close(closed)
	share(3, func() int {
		refill()
		select {
		case <-closed:
			return 0
		case <-a:
			return 1
		case <-b:
			return 2
		}
	})
	share(2, func() int { // the same channel twice
		refill()
		select {
		case <-a:
			return 0
		case <-a:
			return 1
		}
	})
	share(2, func() int { // a send and a receive
		x := make(chan int, 1)
		select {
		case x <- 1:
			return 0
		case <-closed:
			return 1
		}
	})

	// Whoever comes first to a select that waits wins, and the others find nobody.
	left, right, got := make(chan int), make(chan int), make(chan string, 3)
	go func() {
		select {
		case v := <-left:
			got <- fmt.Sprint("left ", v)
		case v := <-right:
			got <- fmt.Sprint("right ", v)
		}
	}()
	runtime.Gosched()
	right <- 2
	select {
	case left <- 1:
		fmt.Println("somebody was left")
	default:
	}
	fmt.Println(<-got)

	// Two selects with the same channels meet.
	for i := range 2 {
		go func() {
			select {
			case left <- i:
				got <- "sent"
			case v := <-right:
				got <- fmt.Sprint("received ", v)
			}
		}()
	}
	runtime.Gosched()
	fmt.Println(<-left)
	right <- 7
	fmt.Println(<-got, <-got)
	select {
	case v := <-left:
		fmt.Println(v, "is left")
	case right <- 1:
		fmt.Println("a receiver is left")
	default:
		fmt.Println("nobody is left")
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		select {
		case closed <- 1:
		case <-none:
		}
	}()
}
