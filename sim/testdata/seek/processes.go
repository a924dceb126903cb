// Processes, where the go statement makes them: memory that parts, pipes with
// values that refer to others, a child that is waited for and one that outlives
// its parent, a file whose position they share.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

type visit struct {
	who  string
	tags map[string]int
	next *visit
	err  error
}

var (
	mu     sync.Mutex
	counts = map[string]int{}
)

func deep(n int) int {
	if n == 0 {
		panic(errors.New("bottom"))
	}
	return deep(n-1) + n
}

func main() {
	f, _ := os.Create("/tmp/shared")
	visits := make(chan *visit, 2)
	acks := make(chan int)
	for _, who := range []string{"ann", "bob", "cid"} {
		go func() {
			v := &visit{who: who, tags: map[string]int{}, err: errors.New("from " + who)}
			v.next = v
			for i := range 5 {
				mu.Lock()
				counts[who] += i
				mu.Unlock()
				v.tags[who] = counts[who]
				visits <- v
				if i == 2 {
					time.Sleep(20 * time.Microsecond)
				}
			}
			fmt.Fprintln(f, who, len(counts), runtime.NumGoroutine())
			acks <- os.Getpid()
		}()
	}
	sum, pids := 0, 0
	for tick := time.After(time.Millisecond); pids < 3 || tick != nil; {
		select {
		case v := <-visits:
			sum += v.next.tags[v.who]
			mu.Lock()
			counts[v.err.Error()]++
			mu.Unlock()
		case <-acks:
			pids++
		case <-tick:
			fmt.Println("tick")
			tick = nil
		}
	}
	runtime.GC()
	text, _ := os.ReadFile("/tmp/shared")
	fmt.Println(sum, counts, len(text))
	go deep(4)
	codes := 0
	for {
		var status syscall.WaitStatus
		if _, err := syscall.Wait4(-1, &status, 0, nil); err != nil {
			break
		}
		codes += status.ExitStatus()
	}
	fmt.Println("codes", codes)
	go func() {
		time.Sleep(100 * time.Microsecond)
		fmt.Println("outlived", os.Getppid())
	}()
}
