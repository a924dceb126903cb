// Timers: Stop and Reset of those with channels and with functions, tickers, and in which order they fire.
package main

import (
	"fmt"
	"strings"
	"time"
)

const ms = time.Millisecond

var said strings.Builder

func say(a ...any) { fmt.Fprintln(&said, a...) }

// within says whether d is at least least and not much more.
func within(d, least time.Duration) bool { return d >= least && d < least+6*ms }

func main() {
	defer func() { fmt.Print(said.String()) }()
	fired := make(chan string, 20)
	f := time.AfterFunc(5*ms, func() { fired <- "f" })
	say(f.Reset(10*ms), f.Stop(), f.Stop(), f.Reset(2*ms))
	t := time.Now()
	say(<-fired, within(time.Since(t), 2*ms), f.Stop(), f.Reset(ms))
	say(<-fired, len(fired))

	// Moved forward and back.
	c := time.NewTimer(50 * ms)
	t = time.Now()
	c.Reset(ms)
	<-c.C
	say(within(time.Since(t), ms))
	t = time.Now()
	c.Reset(ms)
	c.Reset(8 * ms)
	<-c.C
	say(within(time.Since(t), 8*ms))
	c.Reset(ms)
	time.Sleep(3 * ms)
	say(c.Reset(2 * ms)) // nothing is stale
	t = time.Now()
	<-c.C
	say(within(time.Since(t), 2*ms))

	// Order by time, whoever was first.
	for _, d := range []time.Duration{9, 3, 7, 1, 5} {
		time.AfterFunc(d*ms, func() { fired <- fmt.Sprint(int(d)) })
	}
	order := ""
	for range 5 {
		order += <-fired
	}
	say(order)

	// A ticker drops ticks that nobody takes, and starts anew with Reset.
	k := time.NewTicker(3 * ms)
	t = time.Now()
	for range 3 {
		<-k.C
	}
	say(within(time.Since(t), 9*ms))
	time.Sleep(20 * ms)
	<-k.C
	t = time.Now()
	k.Reset(6 * ms)
	<-k.C
	say(within(time.Since(t), 6*ms))
	k.Stop()
	select {
	case <-k.C:
		say("a tick after Stop")
	case <-time.After(15 * ms):
		say("no tick after Stop")
	}
	func() {
		defer func() { say(recover()) }()
		time.NewTicker(0)
	}()
	func() {
		defer func() { say(recover()) }()
		k.Reset(-1)
	}()

	// Of no length, or less.
	for _, d := range []time.Duration{0, -5} {
		<-time.After(d)
		time.Sleep(d)
		say("after", int(d))
	}
	var zero time.Timer
	func() {
		defer func() { say(recover()) }()
		zero.Stop()
	}()

	// Timers in a select: the first, and a default.
	a, b := time.NewTimer(2*ms), time.NewTimer(4*ms)
	for range 2 {
		select {
		case <-a.C:
			say("a")
		case <-b.C:
			say("b")
		}
	}
	select {
	case <-a.C:
		say("again")
	default:
		say("nothing")
	}
	// A function that sets its own timer again.
	n := 0
	var self *time.Timer
	done := make(chan bool)
	self = time.AfterFunc(ms, func() {
		if n++; n == 4 {
			close(done)
			return
		}
		self.Reset(ms)
	})
	t = time.Now()
	<-done
	say(n, within(time.Since(t), 4*ms))
}
