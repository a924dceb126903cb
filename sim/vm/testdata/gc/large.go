// Large objects and deep stacks take turns in memory that holds one of them.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type huge struct {
	data [5 << 20]int32 // the pointer lies far behind what a pointer mask describes
	next *int
}

func deep(n int) int {
	var pad [20]int
	pad[n%20] = n
	if n == 0 {
		return 0
	}
	return deep(n-1) + pad[n%20]
}

func main() {
	sum := 0
	for i := range 20 {
		b := make([]byte, 30<<20)
		b[i] = byte(i)
		sum += int(b[i])
		done := make(chan int)
		go func() { done <- deep(20000) }()
		sum += <-done
		h := new(huge)
		h.next = new(int)
		*h.next = i
		runtime.GC()
		sum += *h.next
		s := make([]*int, 0)
		for j := range 1000 {
			s = append(s, &j)
		}
		for _, p := range s {
			sum += *p
		}
	}
	fmt.Println(sum)
	old := debug.SetGCPercent(-1)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	n := m.NumGC
	for i := range 300000 {
		sum += len(fmt.Sprint(i))
	}
	runtime.ReadMemStats(&m)
	fmt.Println(old, sum, m.NumGC-n, debug.SetGCPercent(50), debug.SetGCPercent(100))
	runtime.GC()
	runtime.ReadMemStats(&m)
	fmt.Println(m.Mallocs-m.Frees == m.HeapObjects, m.Alloc == m.HeapAlloc, m.PauseTotalNs > 0, m.PauseNs[(m.NumGC+255)%256] > 0)
	var st debug.GCStats
	debug.ReadGCStats(&st)
	fmt.Println(st.NumGC == int64(m.NumGC), len(st.Pause) == int(min(m.NumGC, 256)), st.PauseTotal > 0)
	debug.FreeOSMemory()
}
