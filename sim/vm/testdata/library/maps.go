// Maps: every kind of key, growth, deletion, iteration, package maps, and the
// order in which fmt prints them.
package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
)

type key struct {
	a int8
	s string
}

type big [40]int

func main() {
	m := map[string]int{}
	for i := range 1000 {
		m[fmt.Sprint("k", i%500)] += i
	}
	for i := range 250 {
		delete(m, fmt.Sprint("k", i*2))
	}
	fmt.Println(len(m), m["k1"], m["k2"])
	keys := slices.Sorted(maps.Keys(m))
	fmt.Println(keys[:5], keys[len(keys)-1])

	fmt.Println(map[key]bool{{1, "b"}: true, {1, "a"}: false, {-1, "z"}: true})
	fmt.Println(map[any]string{1: "int", "x": "string", 2.5: "float", key{}: "key", nil: "nil"})
	fmt.Println(map[float64]int{math.NaN(): 1, math.Inf(1): 2, 0: 3, -1: 4})

	b := map[big]big{}
	for i := range 20 {
		b[big{39: i}] = big{0: i * i}
	}
	sum := 0
	for k, v := range b {
		sum += k[39] + v[0]
	}
	fmt.Println(len(b), sum, b[big{39: 7}][0])

	var none map[string]int
	v, ok := none["x"]
	fmt.Println(v, ok, len(none), none == nil)
	for range none {
		fmt.Println("never")
	}

	seen := map[int]int{}
	grow := map[int]bool{}
	for i := range 100 {
		grow[i] = true
	}
	for k := range grow {
		seen[k]++
		if k < 100 {
			delete(grow, k)
			grow[k+1000] = true
			grow[k+2000] = true
		}
	}
	once := 0
	for k, n := range seen {
		if k < 100 && n == 1 {
			once++
		}
	}
	fmt.Println(once, len(grow))

	c := maps.Clone(m)
	clear(m)
	fmt.Println(len(m), len(c), maps.Equal(m, c))
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = map[any]int{}[[]int{1}]
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		none["x"] = 1
	}()
	ptrs := map[*int]int{}
	x := 0
	ptrs[&x]++
	ptrs[&x]++
	fmt.Println(len(ptrs), ptrs[&x])
	u := map[uint8][]string{}
	for _, w := range []string{"a", "bb", "cc", "ddd"} {
		u[uint8(len(w))] = append(u[uint8(len(w))], w)
	}
	fmt.Println(u)
	ints := []int{}
	for k := range map[int32]struct{}{3: {}, 1: {}, 2: {}} {
		ints = append(ints, int(k))
	}
	sort.Ints(ints)
	fmt.Println(ints)
}
