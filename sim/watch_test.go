package sim_test

import (
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/sched"
)

const counted = `package main

import (
	"fmt"
	"sync"
)

func square(n int) int {
	return n * n
}

func main() {
	c, d := make(chan int), make(chan int, 3)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for n := range c {
				d <- square(n)
			}
		})
	}
	go func() {
		for i := range 10 {
			c <- i
		}
		close(c)
		wg.Wait()
		close(d)
	}()
	sum := 0
	for open := true; open; {
		select {
		case n, ok := <-d:
			sum, open = sum+n, ok
		}
	}
	for range 7 { }
	fmt.Println(sum)
}
`

const forkedSum = `package main

func main() {
	ones := make(chan int)
	for range 4 {
		go func() {
			ones <- 1
		}()
	}
	sum := 0
	for range 4 {
		sum += <-ones
	}
	println(sum)
}
`

// TestWatched holds what is counted to what the program must have done, in every era.
func TestWatched(t *testing.T) {
	for _, test := range []struct {
		name, source string
		eras         []string
		lines        map[int32]int64 // by line: how often it was executed
		mine         map[int32]int64 // by main
		all, main    int64           // values received
	}{
		{"goroutines", counted, threaded(),
			map[int32]int64{9: 10, 13: 1, 18: 10, 24: 10, 26: 1, 34: 11, 38: 1}, map[int32]int64{9: 0, 24: 0, 34: 11}, 20, 10},
		{"processes", forkedSum, []string{"processes", "threads", "go1.26"}, map[int32]int64{7: 4, 12: 4}, map[int32]int64{7: 0, 12: 4}, 4, 4},
	} {
		prog, diagnostics, err := host.Load("main.go", test.source)
		if err != nil || len(diagnostics) > 0 {
			t.Fatal(err, diagnostics)
		}
		for _, era := range test.eras {
			for _, cores := range []int{1, 3} {
				rec, err := prog.Record(sim.Config{Era: era, Cores: cores, Procs: cores, Seed: 1})
				if err != nil {
					t.Fatal(err)
				}
				rec.Advance(0, 0)
				if err := sim.CheckWatched(rec); err != nil {
					t.Errorf("%s, %s, %d cores: %v", test.name, era, cores, err)
				}
				w := rec.(sim.Watcher)
				for line, want := range test.lines {
					if got := w.Executed(line, 0); got != want {
						t.Errorf("%s, %s, %d cores: line %d was executed %d times, want %d", test.name, era, cores, line, got, want)
					}
				}
				for line, want := range test.mine {
					if got := w.Executed(line, 1); got != want {
						t.Errorf("%s, %s, %d cores: main executed line %d %d times, want %d", test.name, era, cores, line, got, want)
					}
				}
				if all, main := w.Executed(0, 0), w.Executed(0, 1); all != test.all || main != test.main {
					t.Errorf("%s, %s, %d cores: %d values were received, %d of them by main; want %d and %d", test.name, era, cores, all, main, test.all, test.main)
				}
			}
		}
	}
}

// threaded are the eras in which goroutines share their memory.
func threaded() (names []string) {
	for _, era := range sched.Eras {
		if !era.VM.Forks {
			names = append(names, era.Name)
		}
	}
	return names
}
