// The program that TestBubbles runs, once for each case, under real Go and here:
// what ends a bubble of testing/synctest before its time, and what tracebacks
// say of its goroutines.
package main

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// blocked has a goroutine for each way to wait durably.
func blocked(t *testing.T) {
	c, d, e := make(chan int), make(chan int), make(chan int)
	go func() { <-c }()
	go func() { d <- 1 }()
	go func() {
		select {
		case <-c:
		case e <- 1:
		}
	}()
	go func() { select {} }()
	go func() { (chan int)(nil) <- 1 }()
	go func() {
		var mu sync.Mutex
		mu.Lock()
		sync.NewCond(&mu).Wait()
	}()
	wg := new(sync.WaitGroup)
	wg.Add(1)
	go wg.Wait()
	time.Sleep(time.Second)
	<-(chan int)(nil)
}

func left(t *testing.T) {
	c := make(chan int)
	go func() { c <- 1 }()
	go func() { time.Sleep(time.Hour) }()
	synctest.Wait()
}

// stacks prints all goroutines while some are blocked for good and others not.
func stacks(t *testing.T) {
	var mu sync.Mutex
	mu.Lock()
	c, d := make(chan int), make(chan int, 1)
	go mu.Lock()
	go func() { <-c }()
	go time.Sleep(time.Hour)
	for range 20 {
		runtime.Gosched()
	}
	buf := make([]byte, 1<<16)
	fmt.Printf("%s\n", buf[:runtime.Stack(buf, true)])
	mu.Unlock()
	close(c)
	d <- 1
}

func panics(t *testing.T) {
	go func() { panic("in the bubble") }()
	synctest.Wait()
}

func twice(t *testing.T) {
	go synctest.Wait()
	time.Sleep(1)
	go func() {
		var mu sync.Mutex
		mu.Lock()
		go func() { runtime.Gosched(); mu.Unlock() }()
		synctest.Wait()
	}()
	synctest.Wait()
}

// inside makes something in a bubble that has ended when it is used.
func inside[T any](t *testing.T, f func() T) (x T) {
	synctest.Test(t, func(t *testing.T) { x = f() })
	return x
}

func newChan() chan int { return make(chan int, 1) }

func newTimer() *time.Timer { return time.NewTimer(time.Second) }

func newFunc() *time.Timer { return time.AfterFunc(time.Second, func() { fmt.Println("late") }) }

func send(t *testing.T)    { inside(t, newChan) <- 1 }
func receive(t *testing.T) { <-inside(t, newChan) }
func closing(t *testing.T) { close(inside(t, newChan)) }

func selecting(t *testing.T) {
	select {
	case <-inside(t, newChan):
	case <-make(chan int):
	}
}

func otherBubble(t *testing.T) {
	c := inside(t, newChan)
	synctest.Test(t, func(t *testing.T) { <-c })
}

func reflected(t *testing.T) { reflect.ValueOf(inside(t, newChan)).Recv() }
func waitTimer(t *testing.T) { <-inside(t, newTimer).C }
func stop(t *testing.T)      { inside(t, newTimer).Stop() }
func reset(t *testing.T)     { inside(t, newFunc).Reset(time.Hour) }

func condSignal(t *testing.T) { cond(t, (*sync.Cond).Signal) }
func condAll(t *testing.T)    { cond(t, (*sync.Cond).Broadcast) }

func cond(t *testing.T, wake func(*sync.Cond)) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	waits := make(chan bool)
	go func() {
		<-waits
		wake(c)
	}()
	synctest.Test(t, func(t *testing.T) {
		go func() {
			mu.Lock()
			c.Wait()
		}()
		synctest.Wait()
		close(waits)
		for {
			runtime.Gosched()
		}
	})
}

func groupBefore(t *testing.T) {
	wg := new(sync.WaitGroup)
	wg.Add(1)
	synctest.Test(t, func(t *testing.T) { wg.Add(1) })
}

func groupAfter(t *testing.T) {
	wg := inside(t, func() *sync.WaitGroup { wg := new(sync.WaitGroup); wg.Add(1); return wg })
	wg.Add(1)
}

func groupOther(t *testing.T) {
	wg := inside(t, func() *sync.WaitGroup { wg := new(sync.WaitGroup); wg.Add(1); return wg })
	synctest.Test(t, func(t *testing.T) { wg.Add(1) })
}

// In a bubble of its own each of these runs; the others have theirs.
var own = map[string]func(*testing.T){
	"blocked": blocked, "left": left, "stacks": stacks, "panics": panics, "twice": twice,
}

var cases = map[string]func(*testing.T){
	"send": send, "receive": receive, "closing": closing, "selecting": selecting,
	"otherBubble": otherBubble, "reflected": reflected, "waitTimer": waitTimer, "stop": stop, "reset": reset,
	"condSignal": condSignal, "condAll": condAll, "groupBefore": groupBefore, "groupAfter": groupAfter,
	"groupOther": groupOther,
}

func main() {
	name := os.Args[1]
	f := cases[name]
	if g := own[name]; g != nil {
		f = func(t *testing.T) { synctest.Test(t, g) }
	}
	testing.Main(func(pat, str string) (bool, error) { return true, nil }, []testing.InternalTest{{Name: name, F: f}}, nil, nil)
}
