//go:build gopark

// Package maps is what reflect sees of the machine's maps, which are native.
package maps

import (
	"internal/abi"
	"unsafe"
)

//gopark:only

// Use64BitHash says that hashes have 64 bits.
const Use64BitHash = true

// A Map is opaque: only natives look inside.
type Map struct{ _ uint64 }

// An Iter iterates over a map, in the order a range statement takes.
type Iter struct {
	it        unsafe.Pointer // the machine's iterator
	key, elem unsafe.Pointer // nil at the end
	started   bool
}

// Init starts an iteration over m.
func (it *Iter) Init(t *abi.MapType, m *Map) {
	*it = Iter{it: iterinit(t, m), started: true}
}

// Next moves on to the next entry.
func (it *Iter) Next() { it.key, it.elem = iternext(it.it) }

// Initialized reports whether Init was called.
func (it *Iter) Initialized() bool { return it.started }

// Key is the address of the current entry's key; nil at the end.
func (it *Iter) Key() unsafe.Pointer { return it.key }

// Elem is the address of the current entry's element; nil at the end.
func (it *Iter) Elem() unsafe.Pointer { return it.elem }

// Map would be for the race detector.
func (it *Iter) Map() *Map { return nil }

// iterinit makes an iterator; m may be nil.
func iterinit(t *abi.MapType, m *Map) unsafe.Pointer

// iternext advances it; the addresses are of copies of key and element.
func iternext(it unsafe.Pointer) (key, elem unsafe.Pointer)
