// What stands beside a call or a receive is read after it, as gc's code does.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

type list struct{ items []string }

var global []string

func add(p *[]string) string { *p = append(*p, "first"); return "second" }

func ten(p *int) int { *p = 10; return 1 }

func main() {
	var local []string
	local = append(local, add(&local))
	global = append(global, add(&global))
	l := &list{}
	l.items = append(l.items, add(&l.items))
	fmt.Println(local, global, l.items)

	x := 1
	sum := x + ten(&x)
	x = 1
	order := ten(&x) + x
	x = 1
	equal := x == 10*ten(&x)
	fmt.Println(sum, order, equal)
	x = 1
	before := x // a variable of its own keeps what it had
	fmt.Println(before + ten(&x))
	x = 1
	{
		x := x
		fmt.Println(x + ten(&x))
	}

	// Nothing that others append while one waits is lost.
	var log []string
	var all sync.WaitGroup
	c := make(chan int, 1)
	n := 0
	for i := range 3 {
		all.Add(1)
		go func() {
			log = append(log, fmt.Sprint("g", i, ":", <-c))
			n = n + <-c
			all.Done()
		}()
	}
	runtime.Gosched()
	for i := range 6 {
		c <- i
		log = append(log, fmt.Sprint("m", i))
		n += 100
	}
	all.Wait()
	fmt.Println(log, n)
}
