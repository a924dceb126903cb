package vm

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gopark/sim/mem"
)

// A graph is a model of the objects in a machine's memory: nodes with a number
// and three pointers, of which the type descriptor knows, and blobs of words,
// of which it doesn't.
type graph struct {
	t     *testing.T
	v     *VM
	rnd   *rand.Rand
	seed  uint64
	node  mem.Addr // type
	roots mem.Addr // of the global variables
	nodes map[mem.Addr]*node
	made  uint64
}

type node struct {
	value uint64
	kids  [3]mem.Addr
	words bool
	size  uint64
	elem  uint64 // offset of the array element that holds the pointers
}

const graphRoots = 16

// newGraph makes a machine with graphRoots variables and no objects.
func newGraph(t *testing.T, seed uint64) *graph {
	a := newAsm()
	mask := a.data(0b11010)
	typ := a.data(40, 40, 8<<40|25<<56, 0, mask, 0)
	a.p.ROSize = uint64(len(a.p.Data)) &^ 15
	roots := a.data(make([]uint64, graphRoots)...)
	a.fn("main", 0, 0, 4, 2, 0)
	b := newPark(t, a.program(), Config{Memory: 16 << 20, GCStress: true})
	b.v.gc.percent = -1
	b.v.setGoal()
	b.start("main")
	return &graph{t: t, v: b.v, rnd: rand.New(rand.NewPCG(seed, 1)), seed: seed, node: typ, roots: roots, nodes: map[mem.Addr]*node{}}
}

func (g *graph) errorf(format string, args ...any) {
	g.t.Helper()
	g.t.Fatalf("seed %d: %s", g.seed, fmt.Sprintf(format, args...))
}

// add makes an object, of a size that varies, and checks that its memory is zero.
func (g *graph) add() mem.Addr {
	n := &node{value: g.rnd.Uint64()<<20 | 1, words: g.rnd.IntN(4) == 0, size: 40}
	var a mem.Addr
	switch {
	case n.words:
		n.size = 40 + 8*g.rnd.Uint64N(100)
		a = g.v.allocWords(n.size)
	case g.rnd.IntN(50) == 0: // an array
		k := 1 + g.rnd.Uint64N(3000)
		n.size *= k
		n.elem = 40 * g.rnd.Uint64N(k)
		if edge := gcChunk / 40 * 40; n.size > gcChunk && g.rnd.IntN(2) == 0 {
			n.elem = uint64(edge) // where one step of the collector ends
		}
		a = g.v.allocArray(40, g.node, k)
	default:
		a = g.v.alloc(40, g.node, 1)
	}
	for i, b := range g.v.mem.Bytes(a, n.size) {
		if b != 0 {
			g.errorf("byte %d of a new object is %#x", i, b)
		}
	}
	if g.nodes[a] != nil {
		g.errorf("%#x was handed out twice", a)
	}
	g.nodes[a] = n
	g.made++
	g.v.mem.PutU64(a, n.value)
	return a
}

// kidAt is where the k-th pointer stands: the mask's bits 1, 3 and 4.
func (n *node) kidAt(a mem.Addr, k int) mem.Addr { return a + n.elem + [3]uint64{8, 24, 32}[k] }

// link makes pointers between random objects, some into their middle.
func (g *graph) link(list []mem.Addr) {
	for range len(list) {
		from, to := list[g.rnd.IntN(len(list))], list[g.rnd.IntN(len(list))]
		k := g.rnd.IntN(3)
		g.nodes[from].kids[k] = to
		g.v.mem.PutU64(g.nodes[from].kidAt(from, k), to+g.rnd.Uint64N(g.nodes[to].size))
	}
	for i := range uint64(graphRoots) {
		a := mem.Addr(0)
		if g.rnd.IntN(2) == 0 {
			a = list[g.rnd.IntN(len(list))]
		}
		g.v.mem.PutU64(g.roots+8*i, a)
	}
}

// reachable is the model's mark phase.
func (g *graph) reachable() map[mem.Addr]bool {
	seen := map[mem.Addr]bool{}
	var todo []mem.Addr
	for i := range uint64(graphRoots) {
		todo = append(todo, g.v.mem.U64(g.roots+8*i))
	}
	for len(todo) > 0 {
		a := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if a != 0 && !seen[a] {
			seen[a] = true
			todo = append(todo, g.nodes[a].kids[:]...)
		}
	}
	return seen
}

// collect runs a collection in steps of random size, and may be interrupted by
// a snapshot.
func (g *graph) collect() {
	v := g.v
	v.gs[0].Job = jobStopped
	v.gc.waiting++
	for v.gs[0].Job != jobNone {
		v.collect(v.gs[0], 0, 1+g.rnd.Int64N(3000))
		if g.rnd.IntN(20) == 0 {
			s, _ := v.Snapshot(nil, 1<<30)
			v.collect(v.gs[0], 0, 1+g.rnd.Int64N(3000))
			v.Restore(s)
		}
	}
	v.gs[0].Requests = v.gs[0].Requests[:0]
}

// check compares memory with the model and forgets what was freed.
func (g *graph) check() {
	live := g.reachable()
	for a, n := range g.nodes {
		start, _, _, ok := g.v.objectAt(a)
		switch {
		case live[a] && (!ok || start != a):
			g.errorf("reachable object %#x was freed", a)
		case live[a] && g.v.mem.U64(a) != n.value:
			g.errorf("object %#x holds %#x, want %#x", a, g.v.mem.U64(a), n.value)
		case !live[a] && ok:
			g.errorf("unreachable object %#x was kept", a)
		case !live[a]:
			delete(g.nodes, a)
		}
	}
	if h := &g.v.heap; h.objects-h.freed != uint64(len(live)) || h.objects != g.made {
		g.errorf("%d objects made and %d freed, want %d and %d", h.objects, h.freed, g.made, g.made-uint64(len(live)))
	}
}

// All that is reachable survives with its contents; all else is freed at once,
// and its memory used again.
func TestCollectGraph(t *testing.T) {
	for seed := range uint64(30) {
		g := newGraph(t, seed)
		for range 12 {
			list := make([]mem.Addr, 0, 2000)
			for a := range g.reachable() {
				if a != 0 {
					list = append(list, a)
				}
			}
			// In the order of addresses, so that a seed says it all.
			for i := range list {
				for j := i; j > 0 && list[j-1] > list[j]; j-- {
					list[j-1], list[j] = list[j], list[j-1]
				}
			}
			for range 1 + g.rnd.IntN(1500) {
				list = append(list, g.add())
			}
			g.link(list)
			g.collect()
			g.check()
		}
		g.checkHeap()
		if g.v.mem.Size() > 16<<20 {
			g.errorf("the arena grew to %d bytes", g.v.mem.Size())
		}
	}
}

// checkHeap checks what spans, pages and free lists say of each other.
func (g *graph) checkHeap() {
	h := &g.v.heap
	free := 0
	for i, p := range h.pages {
		if p < 0 {
			free++
			continue
		}
		s := h.spans[p]
		if off := h.base + uint64(i)*pageSize; off < s.start || off >= s.start+uint64(s.pages)*pageSize {
			g.errorf("page %d is not in its span", i)
		}
	}
	if uint64(free) != h.freePages() {
		g.errorf("%d pages are free, %d on the list", free, h.freePages())
	}
	for k := 1; k < len(h.runs); k++ {
		if h.runs[k-1].page+h.runs[k-1].n >= h.runs[k].page {
			g.errorf("free pages %v and %v should be one run", h.runs[k-1], h.runs[k])
		}
	}
	for i, s := range h.spans {
		n := uint32(0)
		if s.pages == 0 || s.kind != spanObjects {
			continue
		}
		for _, f := range h.flags[s.first:][:s.n] {
			if f&marked != 0 {
				g.errorf("a mark is left in span %d", i)
			}
			n += uint32(f & allocated)
		}
		if n != s.used {
			g.errorf("span %d has %d objects and counts %d", i, n, s.used)
		}
	}
}

// Stacks that are free, and the pages of large ones, serve for other things.
func TestStackSpansAreReused(t *testing.T) {
	g := newGraph(t, 1)
	v := g.v
	var small []uint64
	for range 100 {
		small = append(small, v.newRoom(2048))
	}
	large := v.newRoom(1 << 20)
	size := v.mem.Size()
	v.freeRoom(large, 1<<20)
	for _, lo := range small[1:] {
		v.freeRoom(lo, 2048)
	}
	g.collect()
	for range 100 {
		v.alloc(8192, 0, 1)
	}
	if v.mem.Size() != size {
		t.Errorf("the arena grew from %d to %d bytes although there were free pages", size, v.mem.Size())
	}
	g.checkHeap()
	again := v.newRoom(2048)
	if v.heap.pages[(again-v.heap.base)/pageSize] != v.heap.pages[(small[0]-v.heap.base)/pageSize] {
		t.Error("the span of the stack in use was not kept")
	}
}
