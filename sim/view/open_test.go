package view

import (
	"testing"

	"gopark/sim"
	"gopark/sim/sched"
)

// held is a program whose first goroutine ends, or is a process that does, while
// others wait for a lock that it had.
const held = `package main

import (
	"sync"
	"time"
)

var mu sync.Mutex

func main() {
	c := make(chan int, 2)
	mu.Lock()
	for range 3 {
		go func() {
			c <- 1
			mu.Lock()
		}()
	}
	time.AfterFunc(time.Hour, func() {})
	time.Sleep(time.Millisecond)
	<-c
}
`

// TestOpenEverything opens all that there is, and asks of all of it why, at each
// instant of a run in each era.
func TestOpenEverything(t *testing.T) {
	for _, era := range sched.Eras {
		s := real(t, held, sim.Config{Era: era.Name, Cores: 2, Procs: 2})
		opened := 0
		for n := 1; n <= s.fold.Len(); n += 1 + s.fold.Len()/60 {
			for _, ref := range everything(s, n) {
				if o := s.Object(n, ref); o != nil {
					opened++
				}
				s.Why(n, ref)
				if ref.Kind == RefG {
					s.XRay(n, ref.ID)
				}
			}
		}
		if opened < 100 {
			t.Errorf("%s: only %d things could be opened", era.Name, opened)
		}
	}
}

func everything(s *Session, n int) (refs []Ref) {
	st := s.state(n)
	for i := range st.Gs {
		refs = append(refs, Ref{RefG, st.Gs[i].ID})
	}
	refs = append(refs, machinery(st)...)
	for i := range st.Timers {
		refs = append(refs, Ref{RefTimer, int64(st.Timers[i].ID)})
	}
	return append(refs, Ref{RefSched, 0}, Ref{RefGC, 0})
}
