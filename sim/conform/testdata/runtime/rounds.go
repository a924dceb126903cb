// Whose turn it is on one P: Gosched, channels, locks and wake-ups in a fixed order; and GOMAXPROCS set while all that runs.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
)

var said strings.Builder // printed at the end of a part: a write may cost the P

func say(s string) { said.WriteString(s) }

func part(name string) {
	fmt.Println(name+":", said.String())
	said.Reset()
}

func main() {
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for range 3 {
				say(string(rune('a' + i)))
				runtime.Gosched()
			}
		})
	}
	wg.Wait()
	part("gosched")

	// Who is started last runs first, then the others in order.
	for i := range 5 {
		wg.Go(func() { say(string(rune('0' + i))) })
	}
	wg.Wait()
	part("started")

	// Whoever is made runnable goes next, and kicks out who was to.
	c := make(chan int)
	for i := range 3 {
		wg.Go(func() {
			v := <-c
			say(fmt.Sprint(i, "<", v, " "))
		})
	}
	runtime.Gosched()
	for i := range 3 {
		c <- i
		say("sent ")
	}
	wg.Wait()
	part("channel")

	// A buffer of two: sender and receiver take turns by twos.
	d := make(chan int, 2)
	wg.Go(func() {
		for v := range d {
			say(fmt.Sprint("r", v, " "))
		}
	})
	for i := range 6 {
		d <- i
		say(fmt.Sprint("s", i, " "))
	}
	close(d)
	wg.Wait()
	part("buffer")

	// A mutex is not handed over, unless somebody starves.
	var mu sync.Mutex
	mu.Lock()
	for i := range 3 {
		wg.Go(func() {
			mu.Lock()
			say(string(rune('x' + i)))
			mu.Unlock()
			say("'")
		})
	}
	runtime.Gosched()
	mu.Unlock()
	mu.Lock()
	say("main ")
	mu.Unlock()
	wg.Wait()
	part("mutex")

	// A WaitGroup's waiters, an RWMutex's readers and writer.
	var gate sync.WaitGroup
	gate.Add(1)
	for i := range 3 {
		wg.Go(func() { gate.Wait(); say(string(rune('p' + i))) })
	}
	runtime.Gosched()
	gate.Done()
	wg.Wait()
	part("waitgroup")
	var rw sync.RWMutex
	rw.RLock()
	wg.Go(func() { rw.Lock(); say("W "); rw.Unlock() })
	for i := range 3 {
		wg.Go(func() { rw.RLock(); say(fmt.Sprint("r", i, " ")); rw.RUnlock() })
	}
	runtime.Gosched()
	say("unlock ")
	rw.RUnlock()
	wg.Wait()
	part("rwmutex")

	// GOMAXPROCS changed: what it answers, and that nobody gets lost.
	fmt.Println(runtime.GOMAXPROCS(3), runtime.GOMAXPROCS(0), runtime.GOMAXPROCS(-1))
	n := 0
	for i := range 100 {
		wg.Go(func() {
			for range 10 {
				runtime.Gosched()
			}
			mu.Lock()
			n++
			mu.Unlock()
		})
		if i%20 == 7 {
			runtime.GOMAXPROCS(1 + i/20)
		}
	}
	wg.Wait()
	fmt.Println(n, runtime.GOMAXPROCS(1), runtime.GOMAXPROCS(1))
	for i := range 5 {
		wg.Go(func() { say(string(rune('0' + i))) })
	}
	wg.Wait()
	part("on one again")
}
