package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"index/suffixarray"
	"iter"
	"math/rand"
	randv2 "math/rand/v2"
	"os"
	"os/signal"
	"runtime/metrics"
	"runtime/pprof"
	"runtime/trace"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"testing/quick"
	"time"
	"unique"
	"weak"
)

func images() {
	m := image.NewNRGBA(image.Rect(0, 0, 4, 4))
	m.Set(1, 2, color.RGBA{10, 20, 30, 255})
	var b bytes.Buffer
	fmt.Println(png.Encode(&b, m), b.Len())
	back, format, err := image.Decode(&b)
	fmt.Println(back.At(1, 2), format, err)
}

func signals() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	select {
	case <-c:
		fmt.Println("who pressed it?")
	case <-ctx.Done():
		fmt.Println("who pressed it?")
	case <-time.After(time.Millisecond):
		fmt.Println("nobody pressed ^C")
	}
	signal.Stop(c)
}

func blocked(c chan int) { <-c }

func profiles() {
	c := make(chan int)
	for range 3 {
		go blocked(c)
	}
	time.Sleep(time.Millisecond)
	var b strings.Builder
	pprof.Lookup("goroutine").WriteTo(&b, 1)
	fmt.Println(strings.Contains(b.String(), "\n3 @ "), strings.Contains(b.String(), "main.blocked+0x"))
	b.Reset()
	pprof.Lookup("goroutine").WriteTo(&b, 2)
	fmt.Println(strings.Count(b.String(), "[chan receive]:\nmain.blocked("))
	samples := []metrics.Sample{{Name: "/sched/gomaxprocs:threads"}, {Name: "/no/such:thing"}}
	metrics.Read(samples)
	fmt.Println(samples[0].Value.Uint64() > 0, samples[1].Value.Kind() == metrics.KindBad)
	close(c)
}

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("count ends")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	images()
	signals()
	profiles()
	ctx, task := trace.NewTask(context.Background(), "task")
	trace.WithRegion(ctx, "region", func() { fmt.Println("in a region", trace.IsEnabled()) })
	task.End()

	next, stop := iter.Pull(count(5))
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(next())

	a, b := unique.Make("x"+fmt.Sprint(1)), unique.Make("x1")
	p := new(int)
	w := weak.Make(p)
	fmt.Println(a == b, a.Value(), w.Value() == p)

	r := rand.New(rand.NewSource(42))
	fmt.Println(r.Intn(100), r.Float64(), r.Perm(5), r.NormFloat64())
	r2 := randv2.New(randv2.NewPCG(1, 2))
	fmt.Println(r2.IntN(100), r2.Float64(), r2.Perm(5), r2.ExpFloat64())
	r3 := randv2.New(randv2.NewChaCha8([32]byte([]byte("chacha8 chacha8 chacha8 chacha8 "))))
	fmt.Println(r3.Uint64(), r3.Int32N(1000), r3.UintN(7))

	index := suffixarray.New([]byte("banana"))
	fmt.Println(len(index.Lookup([]byte("ana"), -1)))

	fmt.Println(testing.AllocsPerRun(10, func() {}), testing.Short == nil, testing.Testing())
	res := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			time.Sleep(time.Millisecond)
		}
	})
	fmt.Println(res.N > 0, res.NsPerOp() >= 1e6)
	fsys := fstest.MapFS{"a/b.txt": {Data: []byte("hi")}}
	fmt.Println(fstest.TestFS(fsys, "a/b.txt"))
	fmt.Println(iotest.TestReader(strings.NewReader("abc"), []byte("abc")))
	fmt.Println(quick.Check(func(x, y int8) bool { return x+y == y+x }, nil))
}
