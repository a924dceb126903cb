package gomap_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"gopark/sim/gomap"
	"gopark/sim/mem"
	"gopark/sim/rtype"
	"gopark/sim/rtype/rtypetest"
)

// A rig is one simulated map of K to E and what it should be.
type rig[K comparable, E any] struct {
	*rtypetest.Encoder
	ops  *gomap.Ops
	mt   mem.Addr
	h    mem.Addr
	rand *rand.Rand
	key  mem.Addr // room for a key
	kt   mem.Addr
}

func newRig[K comparable, E any](seed uint64, hint int64) *rig[K, E] {
	r := &rig[K, E]{Encoder: rtypetest.New(1 << 28), rand: rand.New(rand.NewPCG(seed, 1))}
	r.ops = &gomap.Ops{Mem: r.Mem, Alloc: r.Alloc, Rand: r.rand.Uint64}
	r.mt = r.Type(reflect.TypeFor[map[K]E]())
	r.kt = r.Type(reflect.TypeFor[K]())
	r.key = r.Alloc(uint64(reflect.TypeFor[K]().Size()), 0)
	r.h = r.ops.Make(r.mt, hint)
	return r
}

func (r *rig[K, E]) put(k K) mem.Addr {
	clear(r.Mem.Bytes(r.key, uint64(reflect.TypeFor[K]().Size())))
	r.Put(r.key, reflect.ValueOf(&k).Elem())
	return r.key
}

func (r *rig[K, E]) get(k K) (string, bool) {
	a, bad := r.ops.Get(r.mt, r.h, r.put(k))
	if bad != 0 {
		panic("unhashable " + rtype.At(r.Mem, bad).String())
	}
	if a == 0 {
		return "", false
	}
	return r.elem(a), true
}

func (r *rig[K, E]) elem(a mem.Addr) string {
	return rtype.Format(r.Mem, r.Type(reflect.TypeFor[E]()), a)
}

func (r *rig[K, E]) set(k K, e E) {
	a, bad := r.ops.Assign(r.mt, r.h, r.put(k))
	if bad != 0 {
		panic("unhashable " + rtype.At(r.Mem, bad).String())
	}
	r.Put(a, reflect.ValueOf(&e).Elem())
}

func (r *rig[K, E]) delete(k K) { r.ops.Delete(r.mt, r.h, r.put(k)) }

// each returns all entries as text, and how often each key came.
func (r *rig[K, E]) each() (entries map[string]string, times map[string]int) {
	entries, times = map[string]string{}, map[string]int{}
	it := r.Alloc(gomap.IterSize, 0)
	r.ops.IterInit(r.mt, r.h, it)
	for k, e := r.ops.Next(it); k != 0; k, e = r.ops.Next(it) {
		ks := rtype.Format(r.Mem, r.kt, k)
		entries[ks] = r.elem(e)
		times[ks]++
	}
	return entries, times
}

type big struct {
	A [20]int64
	N int
}

// TestAgainstHost does random operations on a simulated and on a host map.
func TestAgainstHost(t *testing.T) {
	str := func(i int) string { return fmt.Sprint("key", i) }
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			against(t, seed, func(i int) int { return i }, func(i int) int { return i })
			against(t, seed, func(i int) int32 { return int32(i) }, func(i int) bool { return i%2 == 0 })
			against(t, seed, func(i int) uint8 { return uint8(i) }, func(i int) [3]uint8 { return [3]uint8{1: uint8(i)} })
			against(t, seed, str, func(i int) int { return i })
			against(t, seed, func(i int) float64 { return float64(i) / 2 }, str)
			against(t, seed, func(i int) [2]string { return [2]string{str(i), "x"} }, func(i int) struct{} { return struct{}{} })
			against(t, seed, func(i int) any { return []any{i, str(i), float32(i), [1]int{i}}[i%4] }, func(i int) int { return i })
			against(t, seed, func(i int) big { return big{N: i} }, func(i int) big { return big{N: i} })
			against(t, seed, func(i int) struct{} { return struct{}{} }, func(i int) int { return i })
			against(t, seed, func(i int) struct{} { return struct{}{} }, func(i int) struct{} { return struct{}{} })
		})
	}
}

func against[K comparable, E any](t *testing.T, seed uint64, key func(int) K, elem func(int) E) {
	t.Helper()
	r := newRig[K, E](seed, int64(seed*seed*40))
	r.Encoder.Mem.PutU64(r.key, 0)
	want := map[K]string{}
	name := fmt.Sprintf("%T, repeat with seed %d", map[K]E{}, seed)
	span := []int{5, 20, 300, 3000}[r.rand.IntN(4)]
	text := func(e E) string { return r.elem(r.Value(reflect.ValueOf(&e).Elem())) }
	for step := range 3000 {
		i := r.rand.IntN(span)
		k := key(i)
		switch op := r.rand.IntN(100); {
		case op < 50:
			e := elem(step)
			r.set(k, e)
			want[k] = text(e)
		case op < 75:
			r.delete(k)
			delete(want, k)
		case op < 99 || step%5 != 0:
			got, ok := r.get(k)
			if w, wok := want[k]; ok != wok || got != w {
				t.Fatalf("%s: step %d: m[%v] = %q, %v; want %q, %v", name, step, k, got, ok, w, wok)
			}
		default:
			r.ops.Clear(r.mt, r.h)
			clear(want)
		}
		if got := r.ops.Len(r.h); got != uint64(len(want)) {
			t.Fatalf("%s: step %d: len %d, want %d", name, step, got, len(want))
		}
		if step%500 == 499 {
			same(t, name, r, want)
		}
	}
	original := r.h
	r.h = r.ops.Clone(r.mt, r.h)
	same(t, name+", clone", r, want)
	for i := range 50 {
		r.delete(key(i))
		r.set(key(i+span), elem(i))
	}
	r.h = original
	same(t, name+", after changes to its clone", r, want)
}

func same[K comparable, E any](t *testing.T, name string, r *rig[K, E], want map[K]string) {
	t.Helper()
	got, times := r.each()
	if len(got) != len(want) {
		t.Fatalf("%s: iteration gave %d keys, want %d", name, len(got), len(want))
	}
	stored := 0
	r.ops.Entries(r.mt, r.h, func(k, e mem.Addr) bool { stored++; return true })
	if stored != len(want) {
		t.Fatalf("%s: Entries gave %d keys, want %d", name, stored, len(want))
	}
	for k, e := range want {
		ks := rtype.Format(r.Mem, r.kt, r.put(k))
		if got[ks] != e || times[ks] != 1 {
			t.Fatalf("%s: iteration: %s = %q, %d times; want %q", name, ks, got[ks], times[ks], e)
		}
	}
}

// TestChangesDuringIteration checks what the language promises: an entry that
// is there all the time comes exactly once, one that is removed before it came
// never, any other at most once for each time it was added.
func TestChangesDuringIteration(t *testing.T) {
	for seed := range uint64(300) {
		r := newRig[int, int](seed, 0)
		n := r.rand.IntN([]int{8, 40, 2500}[seed%3]) + 1
		const (
			stays = iota
			removed
			touched // added, or removed and added again
		)
		fate := map[int]int{}
		live := map[int]bool{}
		for i := range n {
			r.set(i, i)
			live[i] = true
		}
		times := map[int]int{}
		added := map[int]int{}
		cleared := false
		it := r.Alloc(gomap.IterSize, 0)
		r.ops.IterInit(r.mt, r.h, it)
		for k, e := r.ops.Next(it); k != 0; k, e = r.ops.Next(it) {
			key, elem := int(r.Mem.U64(k)), int(r.Mem.U64(e))
			times[key]++
			if !live[key] || elem%100000 != key {
				t.Fatalf("seed %d: got %d: %d, live %v", seed, key, elem, live[key])
			}
			for range r.rand.IntN(6) {
				switch i := r.rand.IntN(n); r.rand.IntN(5) {
				case 0:
					r.delete(i)
					live[i] = false
					if fate[i] == stays {
						fate[i] = removed
					}
				case 1, 2:
					i += n * r.rand.IntN(4)
					if !live[i] {
						fate[i] = touched
						added[i]++
					}
					r.set(i, i)
					live[i] = true
				case 3:
					if live[i] {
						r.set(i, i+100000)
					}
				case 4:
					if r.rand.IntN(400) == 0 {
						r.ops.Clear(r.mt, r.h)
						clear(live)
						cleared = true
					}
				}
			}
		}
		for i := range n {
			if fate[i] == stays && !cleared && times[i] != 1 {
				t.Fatalf("seed %d: %d stayed and came %d times", seed, i, times[i])
			}
		}
		for i, c := range times {
			first := 0
			if i < n {
				first = 1
			}
			if c > first+added[i] {
				t.Fatalf("seed %d: %d came %d times, added %d times", seed, i, c, added[i])
			}
		}
	}
}

func TestOrderIsRandom(t *testing.T) {
	for _, n := range []int{5, 8, 9, 100, 5000} {
		r := newRig[int, int](1, 0)
		for i := range n {
			r.set(i, i)
		}
		firsts := map[uint64]bool{}
		for range 200 {
			it := r.Alloc(gomap.IterSize, 0)
			r.ops.IterInit(r.mt, r.h, it)
			k, _ := r.ops.Next(it)
			firsts[r.Mem.U64(k)] = true
		}
		if len(firsts) < min(n, 20) {
			t.Errorf("%d entries: only %d different first keys in 200 iterations", n, len(firsts))
		}
	}
}

func TestNaN(t *testing.T) {
	r := newRig[float64, int](3, 0)
	nan := math.NaN()
	for i := range 2000 {
		r.set(nan, i)
	}
	if _, ok := r.get(nan); ok || r.ops.Len(r.h) != 2000 {
		t.Errorf("NaNs: found %v, len %d", ok, r.ops.Len(r.h))
	}
	r.delete(nan)
	count := func(change func(i int)) map[string]int {
		seen := map[string]int{}
		it := r.Alloc(gomap.IterSize, 0)
		r.ops.IterInit(r.mt, r.h, it)
		for k, e := r.ops.Next(it); k != 0; k, e = r.ops.Next(it) {
			seen[r.elem(e)]++
			change(len(seen))
		}
		return seen
	}
	seen := count(func(i int) {
		if i < 3000 {
			r.set(float64(i), 1e6+i) // grows while walked
		}
	})
	for i := range 2000 {
		if seen[fmt.Sprint(i)] != 1 {
			t.Fatalf("NaN %d came %d times", i, seen[fmt.Sprint(i)])
		}
	}
	if seen := count(func(i int) { r.ops.Clear(r.mt, r.h) }); len(seen) != 1 {
		t.Errorf("%d entries came although the first step cleared the map", len(seen))
	}
}

func TestZeroSigns(t *testing.T) {
	r := newRig[float64, int](3, 0)
	r.set(0, 1)
	r.set(math.Copysign(0, -1), 2)
	got, _ := r.each()
	if len(got) != 1 || got["-0"] != "2" {
		t.Errorf("+0 and -0: %v, want the key overwritten", got)
	}
}

func TestUnhashable(t *testing.T) {
	r := newRig[any, int](3, 0)
	for _, full := range []bool{false, true} {
		key := r.put([]int{1})
		_, get := r.ops.Get(r.mt, r.h, key)
		_, nilGet := r.ops.Get(r.mt, 0, key)
		_, set := r.ops.Assign(r.mt, r.h, key)
		del := r.ops.Delete(r.mt, r.h, key)
		for _, bad := range []mem.Addr{get, nilGet, set, del} {
			if bad == 0 || rtype.At(r.Mem, bad).String() != "[]int" {
				t.Errorf("full %v: bad types %#x %#x %#x %#x, want []int", full, get, nilGet, set, del)
			}
		}
		r.set("x", 1)
	}
}

// TestDeleteAndAdd keeps a map's size constant: marks of deleted slots must
// not make it grow for ever.
func TestDeleteAndAdd(t *testing.T) {
	r := newRig[int, int](3, 0)
	for i := range 900 {
		r.set(i, i)
	}
	before := r.Mem.Total
	for i := range 100000 {
		r.delete(i)
		r.set(i+900, i)
	}
	if grown := r.Mem.Total - before; grown > 200000 {
		t.Errorf("100,000 replacements in a map of 900 allocated %d bytes", grown)
	}
}

// TestSnapshot restores the memory in the middle of an iteration.
func TestSnapshot(t *testing.T) {
	r := newRig[int, int](9, 0)
	for i := range 3000 {
		r.set(i, i)
	}
	it := r.Alloc(gomap.IterSize, 0)
	r.ops.IterInit(r.mt, r.h, it)
	for range 1000 {
		r.ops.Next(it)
	}
	rest := func() (keys []uint64) {
		r.rand = rand.New(rand.NewPCG(5, 5))
		r.ops.Rand = r.rand.Uint64
		for i := range 500 {
			r.set(10000+i, i)
			r.delete(i)
		}
		for k, _ := r.ops.Next(it); k != 0; k, _ = r.ops.Next(it) {
			keys = append(keys, r.Mem.U64(k))
		}
		return keys
	}
	snap, _ := r.Mem.Snapshot(nil, 0, 1<<30)
	first := rest()
	r.Mem.Restore(snap, 0)
	if again := rest(); !reflect.DeepEqual(first, again) {
		t.Errorf("%d keys, then %d after restoring", len(first), len(again))
	}
}
