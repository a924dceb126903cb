// Who waits for a mutex for more than a millisecond is given it; before that, who runs is quicker.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"
)

var said strings.Builder // printed at the end: a write may cost the P

func say(a ...any) { fmt.Fprintln(&said, a...) }

func main() {
	defer func() { fmt.Print(said.String()) }()
	var m sync.Mutex
	var w sync.WaitGroup
	for _, long := range []bool{false, true} {
		m.Lock()
		for i := range 4 {
			w.Go(func() {
				m.Lock()
				say(long, "waiter", i)
				m.Unlock()
			})
			runtime.Gosched()
		}
		if long {
			time.Sleep(3 * time.Millisecond)
		}
		m.Unlock()
		m.Lock()
		say(long, "main again")
		m.Unlock()
		w.Wait()
	}
	say(m.TryLock(), m.TryLock())
}
