// What else programs import: big numbers, hashes, heaps, iterators, atomics,
// sync's types, contexts, random numbers with a seed, the runtime's own tables.
package main

import (
	"container/heap"
	"container/list"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"iter"
	"maps"
	"math/big"
	"math/cmplx"
	"math/rand"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"unicode"
)

type ints []int

func (h ints) Len() int           { return len(h) }
func (h ints) Less(i, j int) bool { return h[i] < h[j] }
func (h ints) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x any)        { *h = append(*h, x.(int)) }
func (h *ints) Pop() any {
	x := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return x
}

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

type pair[K comparable, V any] struct {
	key K
	val V
}

func sorted[K ~string, V any](m map[K]V) (list []pair[K, V]) {
	for _, k := range slices.Sorted(maps.Keys(m)) {
		list = append(list, pair[K, V]{k, m[k]})
	}
	return list
}

func where() string {
	_, file, line, ok := runtime.Caller(1)
	return fmt.Sprint(path.Base(file), ":", line, " ", ok)
}

func main() {
	f := big.NewInt(1)
	for i := int64(1); i <= 50; i++ {
		f.Mul(f, big.NewInt(i))
	}
	q, r := new(big.Int).QuoRem(f, big.NewInt(1e18+9), new(big.Int))
	fmt.Println(f, q, r, f.BitLen())
	fmt.Println(new(big.Int).Exp(big.NewInt(3), big.NewInt(200), big.NewInt(1e9+7)), big.NewRat(3, 6))

	fmt.Println(crc32.ChecksumIEEE([]byte("hello")), hex.EncodeToString([]byte("hello")), base64.StdEncoding.EncodeToString([]byte("any carnal pleas")))
	h := fnv.New64a()
	io.WriteString(h, "hello")
	fmt.Printf("%x %x\n", h.Sum64(), binary.BigEndian.AppendUint32(nil, 0xcafe))

	hp := &ints{5, 2, 8}
	heap.Init(hp)
	heap.Push(hp, 1)
	for hp.Len() > 0 {
		fmt.Print(heap.Pop(hp), " ")
	}
	l := list.New()
	l.PushBack(1)
	l.PushFront(0)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	fmt.Println()

	next, stop := iter.Pull(count(3))
	a, ok := next()
	b, _ := next()
	stop()
	_, over := next()
	fmt.Println(a, b, ok, over, slices.Collect(count(4)), sorted(map[string]int{"b": 2, "a": 1}))
	for i, s := range slices.Backward([]string{"x", "y"}) {
		fmt.Print(i, s, " ")
	}
	fmt.Println(len(slices.Repeat([]int{1}, 3)) == 3)

	rng := rand.New(rand.NewSource(42))
	fmt.Println(rng.Intn(100), rng.Intn(100), rng.Float64(), rng.Perm(5))

	var mu sync.Mutex
	var once sync.Once
	var m sync.Map
	var v atomic.Value
	var n atomic.Int64
	var wg sync.WaitGroup
	sum := 0
	for i := range 10 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			sum += i
			n.Add(int64(i))
			m.Store(i, i*i)
			once.Do(func() { v.Store("once") })
		})
	}
	wg.Wait()
	x, _ := m.Load(7)
	fmt.Println(sum, n.Load(), x, v.Load())
	p := sync.Pool{New: func() any { return "new" }}
	p.Put("old")
	fmt.Println(p.Get(), p.Get())

	ctx, cancel := context.WithCancelCause(context.WithValue(context.Background(), "k", "v"))
	cancel(errors.New("because"))
	<-ctx.Done()
	fmt.Println(ctx.Err(), context.Cause(ctx), ctx.Value("k"))

	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "a\tbbb\tc\t")
	fmt.Fprintln(w, "aaaa\tb\tccccc\t")
	w.Flush()
	fmt.Println(unicode.IsUpper('É'), unicode.ToLower('É'), cmplx.Abs(3+4i), strings.ToTitle("ß"))

	fmt.Println(where())
	pc, _, _, _ := runtime.Caller(0)
	fmt.Println(runtime.FuncForPC(pc).Name(), func() string { pc, _, _, _ := runtime.Caller(0); return runtime.FuncForPC(pc).Name() }())
	defer func() {
		r := recover()
		err, ok := r.(runtime.Error)
		fmt.Println(r, ok, err)
		var e *os.PathError
		_, oerr := os.Stat("nothing")
		fmt.Println(errors.As(oerr, &e), e.Op, e.Path)
	}()
	var none []int
	_ = none[n.Load()]
}
