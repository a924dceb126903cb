//go:build gopark

package reflectlite

import (
	"internal/abi"
	"unsafe"
)

// memBase is where the machine's memory starts: offsets of names and types
// count from there (package mem's Base; a test compares them).
const memBase uintptr = 0xc000000000

func resolveNameOff(_ unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(memBase + uintptr(off))
}

func resolveTypeOff(_ unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(memBase + uintptr(off))
}

func typedmemmove(t *abi.Type, dst, src unsafe.Pointer) { memmove(dst, src, t.Size_) }

//go:linkname memmove runtime.memmove
func memmove(dst, src unsafe.Pointer, size uintptr)

//go:linkname chanlen runtime.chanlen
func chanlen(c unsafe.Pointer) int

//go:linkname maplen runtime.maplen
func maplen(m unsafe.Pointer) int

//go:linkname unsafe_New runtime.newobject
func unsafe_New(t *abi.Type) unsafe.Pointer

//go:linkname ifaceE2I runtime.ifaceE2I
func ifaceE2I(t *abi.Type, src any, dst unsafe.Pointer)
