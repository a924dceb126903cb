package vm_test

import (
	"strings"
	"testing"

	"gopark/sim"
	"gopark/sim/host"
	"gopark/sim/trace"
)

// hotSplit calls a function 1000 times at each depth of its stack.
const hotSplit = `package main

import "time"

//go:noinline
func leaf(a, b, c, d, e, f, g, h, i, j, k, l, m, n int) int {
	return helper(n, a, b, c, d, e) + helper(n+1, f, g, h, i, j) + k + l + m
}

//go:noinline
func helper(n, a, b, c, d, e int) int {
	if n < 0 {
		print()
	}
	return n + a + b + c + d + e
}

func deep(n int) time.Duration {
	if n > 0 {
		return deep(n - 1)
	}
	t, s := time.Now(), 0
	for i := range 1000 {
		s += leaf(i, i, i, i, i, i, i, i, i, i, i, i, i, i)
	}
	return time.Since(t)
}

func main() {
	slow, fast := false, deep(1)
	for d := range 200 {
		slow = slow || deep(d) > 2*fast
	}
	println(slow)
}
`

// A loop that calls a function at the end of a segment pays for a segment each
// time; where stacks are copied it pays once.
func TestHotSplit(t *testing.T) {
	for _, c := range []struct {
		era, slow string
		links     bool
	}{{"go1.0", "true\n", true}, {"go1.2", "true\n", true}, {"go1.4", "false\n", false}, {"go1.26", "false\n", false}} {
		rec := recordEra(t, c.era, hotSplit)
		var b strings.Builder
		for _, o := range rec.Output() {
			b.WriteString(o.Text)
		}
		if b.String() != c.slow {
			t.Errorf("%s: that calls are slow at some depth is %q, want %q", c.era, b.String(), c.slow)
		}
		links, unlinks := 0, 0
		for i := range rec.Log().Len() {
			switch rec.Log().At(i).Kind {
			case trace.StackLink:
				links++
			case trace.StackUnlink:
				unlinks++
			}
		}
		if links != unlinks || links > 1000 || c.links != (links >= 256) || !c.links && links > 0 {
			t.Errorf("%s: %d segments were linked and %d freed", c.era, links, unlinks)
		}
	}
}

// unwinding leaves frames on other segments by all ways there are.
const unwinding = `package main

import (
	"iter"
	"runtime"
)

type list struct {
	next *list
	n    int
}

//go:noinline
func deep(n int, f func() int) (r int) {
	if n == 0 {
		return f()
	}
	l := &list{nil, n}
	if n%7 == 0 {
		defer func() { r += l.n }()
	}
	x := deep(n-1, f)
	return x + l.n
}

func main() {
	sum := 0
	for d := range 300 {
		sum += deep(d, func() int { runtime.GC(); return 1 })
		func() {
			defer func() { sum += recover().(int) }()
			deep(d, func() int { panic(d) })
		}()
		func() {
			defer func() { sum += len(recover().(error).Error()) }()
			deep(d, func() int { deep(d, func() int { var p *int; return *p }); return 0 })
		}()
		done := make(chan int)
		go func() {
			defer func() { done <- deep(d, func() int { return 3 }) }()
			deep(d, func() int { runtime.Goexit(); return 0 })
		}()
		sum += <-done
		next, stop := iter.Pull(func(yield func(int) bool) {
			deep(d, func() int { yield(deep(d, func() int { return 4 })); return 0 })
		})
		v, _ := next()
		sum += v
		stop()
		if d%50 == 0 {
			var buf [1 << 14]byte
			sum += deep(d, func() int { return runtime.Stack(buf[:], false) / (1 << 20) })
		}
	}
	println(sum)
}
`

func TestUnwindingOfSegments(t *testing.T) {
	want := runEra(t, "go1.26", unwinding)
	for _, era := range []string{"go1.0", "go1.1", "go1.2", "go1.4"} {
		if got := runEra(t, era, unwinding); got != want {
			t.Errorf("%s prints %q, want %q", era, got, want)
		}
	}
	rec := recordEra(t, "go1.0", strings.Replace(unwinding, "range 300", "range 120", 1))
	half := rec.Log().Len() / 2
	if st := rec.Stack(half, 0); st == nil || st.Segments < 1 || st.Size < 4096 {
		t.Errorf("main's stack at event %d: %+v", half, st)
	}
}

func recordEra(t *testing.T, era, source string) sim.Recording {
	t.Helper()
	prog, diagnostics, err := host.Load("main.go", source)
	if err != nil || prog == nil {
		t.Fatal(err, diagnostics)
	}
	rec, err := prog.Record(sim.Config{Era: era, Procs: 1, Seed: 1, Limits: sim.DefaultLimits})
	if err != nil {
		t.Fatal(err)
	}
	rec.Advance(0, 0)
	return rec
}
