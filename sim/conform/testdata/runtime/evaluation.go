// What is appended to is read after the calls and receives that stand beside it, as in gc's code.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

var global []string

func add(p *[]string) string { *p = append(*p, "first"); return "second" }

func main() {
	var local []string
	local = append(local, add(&local))
	global = append(global, add(&global))
	fmt.Println(local, global)

	// What has another name keeps what it was.
	old := local
	_ = add(&local)
	local = append(old, "third")
	fmt.Println(local)

	// Nothing that others append while one waits is lost.
	var log []string
	var all sync.WaitGroup
	c := make(chan int, 1)
	for i := range 3 {
		all.Add(1)
		go func() {
			log = append(log, fmt.Sprint("g", i, ":", <-c))
			all.Done()
		}()
	}
	runtime.Gosched()
	for i := range 3 {
		c <- i
		log = append(log, fmt.Sprint("m", i))
	}
	all.Wait()
	fmt.Println(log)
}
