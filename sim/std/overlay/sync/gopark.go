//go:build gopark

package sync

import (
	"sync/atomic"
	"unsafe"
)

// The collector empties pools (poolCleanup) while the world stands still. It does so
// by itself, since no Go code can run then, and wants to know where they are.
func init() { runtime_registerPools(unsafe.Pointer(&allPools), unsafe.Pointer(&oldPools)) }

func runtime_registerPools(all, old unsafe.Pointer)

// Ordering is as strong as can be here.
func runtime_LoadAcquintptr(ptr *uintptr) uintptr       { return atomic.LoadUintptr(ptr) }
func runtime_StoreReluintptr(ptr *uintptr, val uintptr) { atomic.StoreUintptr(ptr, val) }

// There is no race detector, which alone would ask for chance.
func runtime_randn(uint32) uint32 { return 0 }
