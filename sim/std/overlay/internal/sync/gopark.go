//go:build gopark

package sync

import (
	"internal/abi"
	"unsafe"
)

// initSlow makes the table ready. The hash comes from the machine by the key's
// type, not through a map type's descriptor.
func (ht *HashTrieMap[K, V]) initSlow() {
	ht.initMu.Lock()
	defer ht.initMu.Unlock()
	if ht.inited.Load() != 0 {
		return
	}
	key := abi.TypeFor[K]()
	ht.keyHash = func(p unsafe.Pointer, seed uintptr) uintptr { return typehash(key, p, seed) }
	ht.valEqual = abi.TypeFor[V]().Equal
	ht.seed = uintptr(runtime_rand())
	ht.root.Store(newIndirectNode[K, V](nil))
	ht.inited.Store(1)
}

//go:linkname typehash runtime.typehash
func typehash(t *abi.Type, p unsafe.Pointer, seed uintptr) uintptr
