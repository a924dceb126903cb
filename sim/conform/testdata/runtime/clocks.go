// Channels of timers: no capacity, nothing stale after Stop and Reset, ticks that are dropped.
package main

import (
	"fmt"
	"strings"
	"time"
)

var said strings.Builder // printed at the end: a write may cost the P

func say(a ...any) { fmt.Fprintln(&said, a...) }

func main() {
	defer func() { fmt.Print(said.String()) }()
	t := time.NewTimer(time.Millisecond)
	say(cap(t.C), len(t.C))
	time.Sleep(3 * time.Millisecond)
	say(len(t.C), t.Stop())
	select {
	case <-t.C:
		say("stale")
	default:
		say("nothing")
	}
	say(t.Reset(time.Millisecond))
	<-t.C
	say(t.Reset(time.Hour), t.Stop(), t.Stop())

	k := time.NewTicker(10 * time.Millisecond)
	time.Sleep(45 * time.Millisecond)
	n := 0
	for more := true; more; {
		select {
		case <-k.C:
			n++
		default:
			more = false
		}
	}
	say("ticks kept", n)
	k.Stop()

	order := make(chan int, 5)
	for i, d := range []int{30, 10, 20} {
		time.AfterFunc(time.Duration(d)*time.Millisecond, func() { order <- i })
	}
	say(<-order, <-order, <-order)
	stopped := time.AfterFunc(time.Millisecond, func() { order <- 9 })
	time.Sleep(5 * time.Millisecond)
	say(stopped.Stop(), <-order)
}
