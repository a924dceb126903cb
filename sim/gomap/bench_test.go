package gomap_test

import (
	"fmt"
	"reflect"
	"testing"

	"gopark/sim/mem"
)

// Each benchmark stands beside the host's own map.

func BenchmarkGet(b *testing.B) {
	for _, n := range []int{8, 1000, 100000} {
		r := newRig[int, int](1, 0)
		host := map[int]int{}
		for i := range n {
			r.set(i, i)
			host[i] = i
		}
		b.Run(fmt.Sprintf("int/n=%d/gomap", n), func(b *testing.B) {
			for i := range b.N {
				r.Mem.PutU64(r.key, uint64(i%n))
				r.ops.Get(r.mt, r.h, r.key)
			}
		})
		b.Run(fmt.Sprintf("int/n=%d/host", n), func(b *testing.B) {
			sum := 0
			for i := range b.N {
				sum += host[i%n]
			}
		})
	}
	r := newRig[string, int](1, 0)
	host := map[string]int{}
	keys, addrs := []string{}, []mem.Addr{}
	for i := range 1000 {
		k := fmt.Sprint("key number ", i)
		r.set(k, i)
		host[k] = i
		keys, addrs = append(keys, k), append(addrs, r.Value(reflect.ValueOf(k)))
	}
	b.Run("string/n=1000/gomap", func(b *testing.B) {
		for i := range b.N {
			r.ops.Get(r.mt, r.h, addrs[i%1000])
		}
	})
	b.Run("string/n=1000/host", func(b *testing.B) {
		sum := 0
		for i := range b.N {
			sum += host[keys[i%1000]]
		}
	})
}

func BenchmarkAssign(b *testing.B) {
	b.Run("gomap", func(b *testing.B) {
		r := newRig[int, int](1, 0)
		for i := range b.N {
			r.Mem.PutU64(r.key, uint64(i%100000))
			a, _ := r.ops.Assign(r.mt, r.h, r.key)
			r.Mem.PutU64(a, 1)
		}
	})
	b.Run("host", func(b *testing.B) {
		m := map[int]int{}
		for i := range b.N {
			m[i%100000] = 1
		}
	})
}
