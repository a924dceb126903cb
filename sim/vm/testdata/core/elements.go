package main

import (
	"fmt"
	"math"
	"math/bits"
	"runtime"
	"strings"
	"sync/atomic"
)

// What is fused of an index, its check and its access must fail as its parts do.

type point struct{ x, y, z float64 }

type holder struct {
	name  string
	words [5]int
	bytes [3]byte
	small [4]int8
	wide  [3]point
	ptrs  [2]*point
}

var table [7]uint64
var letters [4]byte

func try(what string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(what, r, "in", where())
		}
	}()
	f()
	fmt.Println(what, "done")
}

// where is the function that panicked, and the line.
func where() string {
	pcs := make([]uintptr, 20)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "main.") && !strings.HasPrefix(f.Function, "main.try") {
			return fmt.Sprint(f.Function, " ", f.Line)
		}
		if !more {
			return "?"
		}
	}
}

func words(h *holder, i, v int) int {
	h.words[i] += v
	return h.words[i]
}

func bytesOf(h *holder, i int) byte {
	h.bytes[i]++
	h.small[i]--
	return h.bytes[i] + byte(h.small[i])
}

func wide(h *holder, i int) float64 {
	p := &h.wide[i]
	p.y += float64(i)
	return h.wide[i].y
}

func global(i int) uint64 {
	table[i] += 3
	letters[i&3] = 'a' + byte(i)
	return table[i] + uint64(letters[i&3])
}

func local(i int) (sum int) {
	var a [4]int
	var nested [2][3]int
	for k := range a {
		a[k] = k * k
	}
	a[i]++
	nested[i&1][i&1] = a[i]
	for _, row := range nested {
		for _, x := range row {
			sum += x
		}
	}
	return sum + a[3]
}

func structs(s []point, i int) float64 {
	s[i].z = float64(i)
	return s[i].x + s[i].z
}

func pointers(h *holder, i int) bool {
	h.ptrs[i] = &h.wide[i]
	runtime.GC()
	return h.ptrs[i] == &h.wide[i] && *h.ptrs[i] == h.wide[i]
}

func loops(n, step int) (a, b, c, d, e int) {
	for i := 0; i < n; i++ {
		a += i
	}
	for i := 1; i <= n; i++ {
		b += i
	}
	for i := 0; i < 6; i++ {
		c += i
	}
	for i := n; i >= 0; i-- {
		d += i
	}
	for i := -n; i < n; i += step {
		e += i
	}
	return
}

type counts struct {
	a atomic.Int32
	b atomic.Uint64
	c atomic.Bool
	d atomic.Pointer[point]
}

func atomics() {
	var c counts
	var x int32 = math.MaxInt32
	var u uint32
	fmt.Println(c.a.Add(-5), c.a.Load(), c.a.Swap(7), c.a.CompareAndSwap(7, -8), c.a.CompareAndSwap(7, 9), c.a.Load())
	fmt.Println(c.b.Add(^uint64(0)), c.b.Swap(4), c.b.Load())
	c.c.Store(true)
	c.d.Store(&point{y: 2})
	runtime.GC()
	fmt.Println(c.c.Load(), c.c.Swap(false), c.d.Load().y)
	fmt.Println(atomic.AddInt32(&x, 1), atomic.AddUint32(&u, ^uint32(0)), atomic.SwapUint32(&u, 3), u)
	atomic.StoreInt32(&x, -3)
	fmt.Println(atomic.LoadInt32(&x), atomic.CompareAndSwapInt32(&x, -3, -4), x)
	var none *atomic.Int64
	try("atomic", func() { none.Add(1) })
	var np *int32
	try("atomic", func() { atomic.CompareAndSwapInt32(np, 0, 1) })
}

func numbers(x uint64, f float64) {
	hi, lo := bits.Mul64(x, x|1)
	fmt.Println(hi, lo, bits.Len64(x), bits.TrailingZeros64(x), bits.TrailingZeros64(0), bits.Len64(0))
	fmt.Println(bits.RotateLeft64(x, 13), bits.RotateLeft64(x, -13), bits.RotateLeft32(uint32(x), 40), bits.Len8(uint8(x)))
	fmt.Println(math.Sqrt(f), math.Sqrt(-f), math.Abs(-f), math.Float64bits(f), math.Float32frombits(uint32(x)))
}

func main() {
	h := &holder{}
	var none *holder
	for _, i := range []int{0, 4, 5, -1} {
		try("words", func() { fmt.Println(words(h, i, 10)) })
		try("none", func() { fmt.Println(words(none, i, 10)) })
		try("bytes", func() { fmt.Println(bytesOf(h, i)) })
		try("wide", func() { fmt.Println(wide(h, i/2)) })
		try("wide", func() { fmt.Println(wide(none, i)) })
		try("global", func() { fmt.Println(global(i * 2)) })
		try("local", func() { fmt.Println(local(i)) })
		try("structs", func() { fmt.Println(structs(make([]point, 3), i)) })
		try("structs", func() { fmt.Println(structs(nil, i)) })
		try("pointers", func() { fmt.Println(pointers(h, i/3)) })
	}
	fmt.Println(loops(5, 3))
	fmt.Println(loops(0, 1))
	atomics()
	numbers(0x8badf00ddeadbee8, 2)
}
