// Goroutines that leaked, and those that did not: GOEXPERIMENT=goroutineleakprofile.
package main

import (
	"fmt"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"time"
)

var global = make(chan int)

type owner struct{ c chan int }

func onGlobal() { <-global }
func onNil()    { var c chan int; <-c }
func onSelect(a, b chan int) {
	select {
	case <-a:
	case b <- 1:
	}
}
func onMutex(mu *sync.Mutex)  { mu.Lock() }
func onWG(wg *sync.WaitGroup) { wg.Wait() }
func onCond(c *sync.Cond)     { c.L.Lock(); c.Wait() }
func onTimer()                { <-time.After(time.Hour) }
func sleeper()                { time.Sleep(time.Hour) }
func chainA(a chan int)       { defer func() { <-a }(); <-a }
func holdsB(b chan int)       { time.Sleep(time.Hour); b <- 1 }
func onB(b, c chan int)       { <-b; c <- 1 }
func onC(c chan int)          { <-c }
func empty()                  { select {} }
func keep(o *owner)           { <-o.c }

func main() {
	go onGlobal()
	go onNil()
	go onSelect(make(chan int), make(chan int))
	mu := new(sync.Mutex)
	mu.Lock()
	go onMutex(mu)
	mu2 := new(sync.Mutex)
	mu2.Lock()
	go onMutex(mu2)
	wg := new(sync.WaitGroup)
	wg.Add(1)
	go onWG(wg)
	go onCond(sync.NewCond(new(sync.Mutex)))
	go onTimer()
	go sleeper()
	go chainA(make(chan int))
	b, c := make(chan int), make(chan int)
	go holdsB(b)
	go onB(b, c)
	go onC(c)
	go empty()
	o := &owner{make(chan int)}
	go keep(o)
	time.Sleep(10 * time.Millisecond)
	var buf strings.Builder
	var lines []string
	p := pprof.Lookup("goroutineleak")
	p.WriteTo(&buf, 1)
	for line := range strings.Lines(buf.String()) {
		if strings.Contains(line, "main.") || strings.Contains(line, "total") {
			f := strings.Fields(line)
			lines = append(lines, strings.Split(f[len(f)-2], "+")[0]+" "+f[len(f)-1][strings.LastIndex(f[len(f)-1], "/")+1:])
		}
	}
	fmt.Println(p.Count())
	buf.Reset()
	p.WriteTo(&buf, 2)
	for line := range strings.Lines(buf.String()) {
		if strings.HasPrefix(line, "goroutine ") {
			lines = append(lines, strings.TrimSpace(line[strings.Index(line, "["):]))
		}
	}
	mu2.Unlock()
	o.c <- 1
	slices.Sort(lines)
	fmt.Println(strings.Join(lines, "\n"))
}
