// Channels, maps, panics, timers, a mutex and a growing stack: what a snapshot
// must bring back.
package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

type visit struct {
	who  string
	when int
}

func deep(n int) int {
	if n == 0 {
		panic(errors.New("bottom"))
	}
	return deep(n-1) + n
}

func dive(n int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("at depth %d: %w", n, r.(error))
		}
	}()
	deep(n)
	return nil
}

func main() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	counts := map[string]int{}
	visits := make(chan visit, 3)
	for _, who := range []string{"ann", "bob", "cid"} {
		wg.Go(func() {
			for i := range 5 {
				mu.Lock()
				counts[who] += i
				mu.Unlock()
				visits <- visit{who, i}
				if i == 2 {
					time.Sleep(20 * time.Microsecond)
				}
			}
			fmt.Println(who, dive(40))
		})
	}
	go func() {
		wg.Wait()
		close(visits)
	}()
	n := 0
	tick := time.After(time.Millisecond)
	for visits != nil || tick != nil {
		select {
		case v, ok := <-visits:
			if !ok {
				visits = nil
				continue
			}
			n += v.when
		case <-tick:
			fmt.Println("tick")
			tick = nil
		}
	}
	for who, c := range counts {
		fmt.Println(who, c)
	}
	fmt.Println(n, len(counts))
}
