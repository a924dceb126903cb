// A writer that waits keeps new readers out, and lets all of them in when it is done.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
)

var said strings.Builder // printed at the end: a write may cost the P

func say(a ...any) { fmt.Fprintln(&said, a...) }

func main() {
	defer func() { fmt.Print(said.String()) }()
	var m sync.RWMutex
	var w sync.WaitGroup
	m.RLock()
	for i := range 7 {
		w.Go(func() {
			if i == 2 || i == 5 {
				m.Lock()
				say("writer", i)
				runtime.Gosched()
				m.Unlock()
				return
			}
			m.RLock()
			say("reader", i)
			runtime.Gosched()
			m.RUnlock()
		})
		runtime.Gosched()
	}
	say(m.TryRLock(), m.TryLock())
	m.RUnlock()
	w.Wait()
	say(m.TryLock(), m.TryRLock())
}
