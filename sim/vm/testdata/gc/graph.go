// A random graph of all kinds of objects changes while collections run; what
// can be reached keeps its contents.
package main

import (
	"fmt"
	"hash/fnv"
	"iter"
	"math/rand"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

type thing interface{ hash(depth int) uint32 }

type pair struct {
	left, right thing
	label       string
}

type list []thing

type table map[string]thing

type closure func(depth int) uint32

type cell struct {
	c chan thing
	n int
}

type wide struct {
	pad [300]int32
	p   *pair
	arr [3]thing
	s   []string
}

func mix(parts ...any) uint32 {
	h := fnv.New32a()
	fmt.Fprint(h, parts...)
	return h.Sum32()
}

func sub(t thing, depth int) uint32 {
	if t == nil || depth == 0 {
		return 1
	}
	return t.hash(depth - 1)
}

func (p *pair) hash(d int) uint32 { return mix(p.label, sub(p.left, d), sub(p.right, d)) }
func (l list) hash(d int) uint32 {
	x := uint32(len(l))
	for _, t := range l {
		x = x*31 + sub(t, d)
	}
	return x
}
func (t table) hash(d int) uint32 {
	x := uint32(0)
	for k, v := range t {
		x ^= mix(k, sub(v, d))
	}
	return x
}
func (c closure) hash(d int) uint32 { return c(d) }
func (c *cell) hash(d int) uint32 {
	t := <-c.c
	c.c <- t
	return mix(c.n, sub(t, d))
}
func (w *wide) hash(d int) uint32 {
	x := mix(w.pad[7], strings.Join(w.s, "+"), sub(w.p, d))
	for _, t := range w.arr {
		x = x*17 + sub(t, d)
	}
	return x
}

type maker struct {
	rnd *rand.Rand
	old []thing
}

func (m *maker) pick() thing {
	if len(m.old) == 0 || m.rnd.Intn(8) == 0 {
		return &pair{label: fmt.Sprint("leaf", m.rnd.Intn(1000))}
	}
	return m.old[m.rnd.Intn(len(m.old))]
}

func (m *maker) make() thing {
	switch m.rnd.Intn(6) {
	case 0:
		return &pair{m.pick(), m.pick(), strings.Repeat("x", m.rnd.Intn(40))}
	case 1:
		l := make(list, 0, m.rnd.Intn(5))
		for range m.rnd.Intn(8) {
			l = append(l, m.pick())
		}
		return l
	case 2:
		t := table{}
		for range m.rnd.Intn(40) {
			t[fmt.Sprint("key", m.rnd.Intn(100))] = m.pick()
		}
		return t
	case 3:
		a, b, n := m.pick(), m.pick(), m.rnd.Intn(100)
		return closure(func(d int) uint32 { return mix(n, sub(a, d), sub(b, d)) })
	case 4:
		c := &cell{make(chan thing, 1), m.rnd.Intn(100)}
		c.c <- m.pick()
		return c
	}
	w := &wide{s: strings.Split("a,b,"+fmt.Sprint(m.rnd.Intn(100)), ",")}
	w.pad[7] = m.rnd.Int31()
	w.p, _ = m.pick().(*pair)
	if w.p == nil {
		w.p = &pair{label: "made"}
	}
	for i := range w.arr {
		w.arr[i] = m.pick()
	}
	return w
}

func numbers(n int) iter.Seq[*int] {
	return func(yield func(*int) bool) {
		for i := range n {
			if !yield(&i) {
				return
			}
		}
	}
}

func work(seed int64) (sum uint32) {
	m := &maker{rnd: rand.New(rand.NewSource(seed))}
	next, stop := iter.Pull(numbers(1000))
	defer stop()
	defer func() { sum += uint32(len(m.old)) }()
	for i := range 30 {
		m.old = append(m.old, m.make())
		if len(m.old) > 12 {
			m.old[m.rnd.Intn(len(m.old))] = m.make()
			m.old = m.old[1:]
		}
		if i%16 == 0 {
			runtime.Gosched()
		}
		p, _ := next()
		sum = sum*7 + m.old[m.rnd.Intn(len(m.old))].hash(4) + uint32(*p)
	}
	return sum
}

func main() {
	debug.SetGCPercent(20)
	var wg sync.WaitGroup
	sums := make([]uint32, 4)
	for i := range sums {
		wg.Go(func() { sums[i] = work(int64(i)) })
	}
	tick := time.NewTicker(100 * time.Microsecond)
	done := make(chan bool)
	go func() {
		for range 5 {
			<-tick.C
			runtime.GC()
		}
		close(done)
	}()
	wg.Wait()
	<-done
	tick.Stop()
	fmt.Println(sums)
}
