//go:build gopark

package reflect

import (
	"internal/abi"
	"internal/unsafeheader"
	"sync"
	"unsafe"
)

//gopark:drop typelinks rtypeOff addReflectOff mapassign_faststr0 mapaccess_faststr mapdelete_faststr

// memBase and textBase are where the machine's memory and code start; offsets
// in type descriptors count from there.
const (
	memBase  uintptr = 0xc000000000
	textBase uintptr = 0x400000
)

func resolveNameOff(_ unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(memBase + uintptr(off))
}

func resolveTypeOff(_ unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(memBase + uintptr(off))
}

func resolveTextOff(_ unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(textBase + uintptr(off))
}

// named holds what types made at run time name by offsets, which the collector
// doesn't follow.
var named struct {
	sync.Mutex
	list []unsafe.Pointer
}

func resolveReflectName(n abi.Name) aNameOff { return aNameOff(memOffset(unsafe.Pointer(n.Bytes))) }

func resolveReflectType(t *abi.Type) aTypeOff { return aTypeOff(memOffset(unsafe.Pointer(t))) }

func resolveReflectText(entry unsafe.Pointer) aTextOff {
	return aTextOff(uintptr(entry) - textBase)
}

// memOffset is what a NameOff or TypeOff to p holds. Offsets have 31 bits.
func memOffset(p unsafe.Pointer) int32 {
	off := uintptr(p) - memBase
	if off > 1<<31-1 {
		panic("reflect: type made more than 2 GB into memory")
	}
	named.Lock()
	named.list = append(named.list, p)
	named.Unlock()
	return int32(off)
}

// typesByString returns the program's types whose String is s.
func typesByString(s string) []*abi.Type

//go:linkname unsafe_New runtime.newobject
func unsafe_New(t *abi.Type) unsafe.Pointer

//go:linkname unsafe_NewArray runtime.newarray
func unsafe_NewArray(t *abi.Type, n int) unsafe.Pointer

//go:linkname memmove runtime.memmove
func memmove(dst, src unsafe.Pointer, size uintptr)

//go:linkname memclr runtime.memclr
func memclr(p unsafe.Pointer, n uintptr)

//go:linkname typehash runtime.typehash
func typehash(t *abi.Type, p unsafe.Pointer, h uintptr) uintptr

//go:linkname ifaceE2I runtime.ifaceE2I
func ifaceE2I(t *abi.Type, src any, dst unsafe.Pointer)

//go:linkname chanlen runtime.chanlen
func chanlen(ch unsafe.Pointer) int

//go:linkname maplen runtime.maplen
func maplen(m unsafe.Pointer) int

func typedmemmove(t *abi.Type, dst, src unsafe.Pointer) { memmove(dst, src, t.Size_) }

func typedmemclr(t *abi.Type, p unsafe.Pointer) { memclr(p, t.Size_) }

func typedmemclrpartial(t *abi.Type, p unsafe.Pointer, off, size uintptr) { memclr(p, size) }

func typedarrayclear(t *abi.Type, p unsafe.Pointer, n int) { memclr(p, t.Size_*uintptr(n)) }

func typedslicecopy(t *abi.Type, dst, src unsafeheader.Slice) int {
	n := min(dst.Len, src.Len)
	memmove(dst.Data, src.Data, t.Size_*uintptr(n))
	return n
}

func verifyNotInHeapPtr(p uintptr) bool { return true }

func unsafeslice(t *abi.Type, p unsafe.Pointer, n int) {
	_ = unsafe.Slice((*byte)(p), uintptr(n)*max(t.Size_, 1))
}

// zeroVal is what zero Values point to.
var zeroVal [abi.ZeroValSize]byte

// Integers below 256 share their boxes.
var staticuint64s = func() (a [256]uint64) {
	for i := range a {
		a[i] = uint64(i)
	}
	return a
}()

func getStaticuint64s() *[256]uint64 { return &staticuint64s }

// Keys that are strings need no way of their own.

func mapaccess_faststr(t *abi.Type, m unsafe.Pointer, key string) unsafe.Pointer {
	return mapaccess(t, m, unsafe.Pointer(&key))
}

func mapassign_faststr(t *abi.Type, m unsafe.Pointer, key string, val unsafe.Pointer) {
	mapassign(t, m, unsafe.Pointer(&key), val)
}

func mapdelete_faststr(t *abi.Type, m unsafe.Pointer, key string) {
	mapdelete(t, m, unsafe.Pointer(&key))
}
