package conform_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"gopark/sim"
)

// crowd parks n goroutines on a channel, says so, and releases them.
func crowd(n int) string {
	return fmt.Sprintf(`package main

import "sync"

func main() {
	const n = %d
	var parked, done sync.WaitGroup
	gate := make(chan int)
	parked.Add(n)
	done.Add(n)
	for range n {
		go func() {
			parked.Done()
			<-gate
			done.Done()
		}()
	}
	parked.Wait()
	println("parked")
	for i := range n {
		gate <- i
	}
	done.Wait()
	println("done")
}
`, n)
}

// hostBytes is what the host's live objects take.
func hostBytes() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// park runs a crowd until all of it is parked, under the default limits, and
// returns what the host keeps for each goroutine beyond what its stack uses.
func park(t testing.TB, n int) (rec sim.Recording, took time.Duration, each float64) {
	rec, diagnostics := load(t, "crowd.go", crowd(n), sim.Config{Procs: 2, Seed: 1, Limits: sim.DefaultLimits, History: -1})
	if rec == nil {
		t.Fatal(diagnostics)
	}
	before := hostBytes()
	start := time.Now()
	for len(rec.Output()) == 0 && !rec.Advance(1_000_000, 0) {
	}
	took = time.Since(start)
	each = float64(hostBytes()-before) / float64(n)
	runtime.KeepAlive(rec)
	if out := merged(rec); out != "parked\n" {
		why, _ := rec.Ended()
		t.Fatalf("prints %q (%s)", out, why)
	}
	return rec, took, each - used(t, n)
}

// used is what the stack of a goroutine of a crowd of n uses.
func used(t testing.TB, n int) float64 {
	rec, diagnostics := load(t, "crowd.go", crowd(min(n, 10_000)), sim.Config{Procs: 2, Seed: 1, Limits: sim.DefaultLimits})
	if rec == nil {
		t.Fatal(diagnostics)
	}
	for len(rec.Output()) == 0 && !rec.Advance(10_000, 0) {
	}
	st := rec.Stack(rec.Log().Len(), 9_000)
	if st == nil || st.Size != 2048 || st.Used > 1000 {
		t.Fatalf("a parked goroutine has the stack %+v", st)
	}
	return float64(st.Used)
}

func join(t testing.TB, rec sim.Recording) {
	rec.Advance(0, 0)
	if out := merged(rec); out != "parked\ndone\n" {
		why, _ := rec.Ended()
		t.Errorf("prints %q (%s)", out, why)
	}
}

// A parked goroutine costs the host less than a kilobyte, log and all. So many fill an
// arena: how much of one nobody has touched yet is chance, and takes no memory.
func TestCrowdIsSmall(t *testing.T) {
	rec, _, each := park(t, 120_000)
	if each > 1024 {
		t.Errorf("the host keeps %.0f bytes for each goroutine, want 1024 at most", each)
	}
	join(t, rec)
}

// BenchmarkCrowd is a million goroutines, parked and released.
func BenchmarkCrowd(b *testing.B) {
	for range b.N {
		rec, took, each := park(b, 1_000_000)
		start := time.Now()
		join(b, rec)
		b.ReportMetric(took.Seconds(), "s-park")
		b.ReportMetric(time.Since(start).Seconds(), "s-join")
		b.ReportMetric(each, "host-bytes/goroutine")
		b.ReportMetric(0, "ns/op")
	}
}

// In a crowd stacks have no more room than they need. Goroutines that go up and
// down their stacks, park there, and are looked at by the collector, notice
// nothing of that.
func TestCrowdedStacks(t *testing.T) {
	const source = `package main

import (
	"fmt"
	"runtime"
	"sync"
)

type pair struct{ a, b *int }

func down(depth int, at chan int, p pair) (sum int) {
	var local [5]int
	for i := range local {
		local[i] = depth + i
	}
	x := depth
	if depth == 0 {
		*p.a += <-at
	} else {
		sum = down(depth-1, at, pair{&x, p.b})
	}
	defer func() { sum += x + local[4] + *p.b }()
	if depth%7 == 3 {
		sum += len(fmt.Sprint(depth, local))
	}
	return sum
}

func main() {
	const n = 6000
	at, sums := make(chan int), make(chan [2]int, 100)
	var parked sync.WaitGroup
	parked.Add(n)
	for i := range n {
		go func() {
			b := i
			parked.Done()
			sums <- [2]int{i, down(i%61, at, pair{new(int), &b}) + down(i%13, at, pair{&b, &b})}
		}()
	}
	parked.Wait()
	runtime.GC()
	go func() {
		for i := range 2 * n {
			at <- 1
			if i%2500 == 0 {
				runtime.GC()
			}
		}
	}()
	want := func(depth, b int) (sum int) {
		for d := 0; d <= depth; d++ {
			sum += d + d + 4 + b
			if d%7 == 3 {
				sum += len(fmt.Sprint(d, [5]int{d, d + 1, d + 2, d + 3, d + 4}))
			}
		}
		return sum
	}
	wrong := 0
	for range n {
		s := <-sums
		i := s[0]
		// The innermost call adds 1 to its caller's x, or to what main gave it.
		first, second := want(i%61, i), want(i%13, i)
		if i%61 > 0 {
			first++
		}
		second++ // of x or, if there is only one call, of b
		if s[1] != first+second {
			wrong++
			if wrong < 5 {
				println(i, s[1], first, second)
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	println("wrong:", wrong, "in use:", m.StackInuse <= m.StackSys && m.StackSys < m.Sys)
}
`
	for _, procs := range []int{1, 2} {
		rec, diagnostics := load(t, "crowd.go", source, sim.Config{Procs: procs, Seed: 3, Limits: sim.DefaultLimits})
		if rec == nil {
			t.Fatal(diagnostics)
		}
		rec.Advance(0, 0)
		if out := merged(rec); !strings.HasPrefix(out, "wrong: 0 in use: true\n") {
			why, _ := rec.Ended()
			t.Errorf("%d Ps: prints %q (%s)", procs, tail(out), why)
		}
	}
}
