// Once, its relatives, Cond, Pool and WaitGroup, where something panics or ends in the midst of them.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

// try says how f ends.
func try(name string, f func()) {
	defer func() {
		if x := recover(); x != nil {
			fmt.Println(name, "panics:", x)
		} else {
			fmt.Println(name, "returns")
		}
	}()
	f()
}

func main() {
	var once sync.Once
	n := 0
	try("first", func() { once.Do(func() { n++; panic("in once") }) })
	try("second", func() { once.Do(func() { n++ }) })
	fmt.Println(n)

	f := sync.OnceFunc(func() { n++; panic("in OnceFunc") })
	try("first", f)
	try("second", f)
	v := sync.OnceValue(func() int { n++; return n })
	fmt.Println(v(), v(), n)
	e := sync.OnceValues(func() (int, error) { return n, fmt.Errorf("number %d", n) })
	fmt.Println(e())
	fmt.Println(e())

	// Who comes while it runs waits, and Goexit ends it like a return.
	var slow sync.Once
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() {
			slow.Do(func() {
				fmt.Println(i, "does it")
				runtime.Gosched()
				runtime.Goexit()
			})
			fmt.Println(i, "goes on")
		})
	}
	wg.Wait()

	// A panic in a call that holds a lock by defer gives it back.
	var mu sync.Mutex
	try("locked", func() {
		mu.Lock()
		defer mu.Unlock()
		panic("with the lock")
	})
	fmt.Println("free", mu.TryLock(), mu.TryLock())
	mu.Unlock()

	// Cond: Wait gives the lock back and takes it again, also for who panics afterwards.
	c := sync.NewCond(&mu)
	ready := 0
	for i := range 3 {
		wg.Go(func() {
			try(fmt.Sprint("waiter ", i), func() {
				c.L.Lock()
				defer c.L.Unlock()
				ready++
				c.Wait()
				if i == 1 {
					panic("after Wait")
				}
			})
		})
	}
	for {
		mu.Lock()
		n := ready
		mu.Unlock()
		if n == 3 {
			break
		}
		runtime.Gosched()
	}
	mu.Lock()
	c.Signal()
	mu.Unlock()
	runtime.Gosched()
	mu.Lock()
	c.Broadcast()
	mu.Unlock()
	wg.Wait()
	c.Signal() // nobody

	// WaitGroup.
	try("negative", func() { wg.Add(-1) })
	var again sync.WaitGroup
	again.Add(1)
	go func() {
		defer again.Done()
		defer func() { fmt.Println("recovered", recover()) }()
		panic("before Done")
	}()
	again.Wait()
	again.Add(1)
	go func() {
		defer again.Done()
		runtime.Goexit()
	}()
	again.Wait()

	// Pool: what was put is there until two collections have passed.
	news := 0
	p := sync.Pool{New: func() any { news++; return news }}
	a := p.Get()
	p.Put(a)
	fmt.Println(p.Get() == a, news)
	p.Put(a)
	runtime.GC()
	fmt.Println(p.Get() == a, news)
	p.Put(a)
	runtime.GC()
	runtime.GC()
	fmt.Println(p.Get() == a, news)
	p.New = func() any { panic("in New") }
	try("Get", func() { p.Get() })
	var q sync.Pool // first what was put when there was nothing, then what was put last
	for i := range 5 {
		q.Put(i)
	}
	fmt.Println(q.Get(), q.Get(), q.Get())
	q.Put(7)
	runtime.GC()
	fmt.Println(q.Get(), q.Get(), q.Get(), q.Get())
	for i := range 4 {
		q.Put(i)
	}
	runtime.GC()
	q.Put(10)
	fmt.Println(q.Get(), q.Get(), q.Get())
	runtime.GC()
	fmt.Println(q.Get())
	empty := sync.Pool{}
	empty.Put(nil)
	fmt.Println(empty.Get())

	// Map.
	var m sync.Map
	for i := range 5 {
		m.Store(i, i*i)
	}
	old, loaded := m.LoadOrStore(2, 9)
	fmt.Println(old, loaded, m.CompareAndSwap(3, 9, 10), m.CompareAndDelete(4, 16))
	try("Range", func() {
		m.Range(func(k, v any) bool {
			m.Delete(k)
			panic("in Range")
		})
	})
	left := 0
	m.Range(func(k, v any) bool { left++; return true })
	fmt.Println("left", left)
	m.Clear()
	_, ok := m.Load(1)
	fmt.Println(ok)
}
