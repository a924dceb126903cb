//go:build gopark

// Package unique canonicalizes comparable values.
package unique

import (
	isync "internal/sync"
	"runtime"
	"weak"
)

//gopark:only

// A Handle names a value; two handles are equal if and only if their values are.
type Handle[T comparable] struct{ value *T }

// Value returns what the handle was made from.
func (h Handle[T]) Value() T { return *h.value }

// values holds a weak.Pointer[T] to the copy that handles of a value share, by
// the value. A cleanup takes it out once there are no handles.
var values isync.HashTrieMap[any, any]

// Make returns the handle of value.
func Make[T comparable](value T) Handle[T] {
	for {
		if old, ok := values.Load(value); ok {
			if p := old.(weak.Pointer[T]).Value(); p != nil {
				return Handle[T]{p}
			}
			values.CompareAndDelete(value, old)
		}
		p := new(T)
		*p = value
		w := weak.Make(p)
		if _, there := values.LoadOrStore(value, w); !there {
			runtime.AddCleanup(p, func(w weak.Pointer[T]) { values.CompareAndDelete(value, w) }, w)
			return Handle[T]{p}
		}
	}
}
