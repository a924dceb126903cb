package sim_test

import (
	"testing"
	"time"

	"gopark/sim"
	"gopark/sim/host"
)

// seekPrograms run about ten million instructions each, in different ways.
var seekPrograms = []struct{ name, source string }{
	{"calls", `package main

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func main() {
	c := make(chan int)
	for range 20 {
		go func() { c <- fib(20) }()
		<-c
	}
}
`},
	{"hops", `package main

func main() {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for n := range ping {
			pong <- n + 1
		}
	}()
	for n := 0; n < 500_000; {
		ping <- n
		n = <-pong
	}
}
`},
	{"memory", `package main

import "time"

type node struct {
	next *node
	data [6]int
}

func main() {
	var kept [64]*node
	for i := range 400_000 {
		n := &node{next: kept[i%64]}
		n.data[i%6] = i
		kept[i%64] = n
		if i%1000 == 0 {
			time.Sleep(time.Microsecond)
		}
	}
}
`},
	{"crowd", `package main

import "sync"

func main() {
	var wg sync.WaitGroup
	gate := make(chan int)
	for range 20_000 {
		wg.Go(func() {
			n := <-gate
			for range 50 {
				n += n
			}
		})
	}
	for i := range 20_000 {
		gate <- i
	}
	wg.Wait()
}
`},
}

// BenchmarkAt asks for instants of a run: at random, and one after the other
// backwards from the end, for the state and for the stack of a goroutine.
func BenchmarkAt(b *testing.B) {
	for _, p := range seekPrograms {
		prog, diags, err := host.Load(p.name+".go", p.source)
		if err != nil || len(diags) > 0 {
			b.Fatal(err, diags)
		}
		start := time.Now()
		rec, err := prog.Record(sim.Config{Procs: 2, Seed: 1, Limits: sim.DefaultLimits})
		if err != nil {
			b.Fatal(err)
		}
		rec.Advance(0, 0)
		whole := time.Since(start)
		if why, code := rec.Ended(); code != 0 {
			b.Fatal(why)
		}
		n := rec.Log().Len()
		b.Logf("%s: %d instructions, %d events, %v", p.name, rec.Stats()[1].Value, n, whole)
		seed := uint64(1)
		random := func() int {
			seed = seed*6364136223846793005 + 1442695040888963407
			return int(seed>>33) % (n + 1)
		}
		ask := func(name string, at func(i int)) {
			b.Run(p.name+"/"+name, func(b *testing.B) {
				var worst, sum time.Duration
				for i := range b.N {
					start := time.Now()
					at(i)
					took := time.Since(start)
					sum, worst = sum+took, max(worst, took)
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(sum.Microseconds())/float64(b.N)/1000, "ms-mean")
				b.ReportMetric(float64(worst.Microseconds())/1000, "ms-max")
				b.ReportMetric(float64(worst)/float64(whole), "max/whole")
			})
		}
		ask("random", func(int) { rec.At(random()) })
		ask("back", func(i int) { rec.At(n - i%n) })
		ask("forward", func(i int) { rec.At(n/2 + i%(n/2)) })
		ask("stack", func(int) { rec.Stack(random(), 0) })
		ask("stackback", func(i int) { rec.Stack(n-i%n, 0) })
	}
}
