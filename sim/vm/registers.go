package vm

import (
	"unsafe"

	"gopark/sim/mem"
)

// registers is what the hot loop works on. The wasm core shares it, so its
// layout is written down there too (wasmcore.Fields).
type registers struct {
	// Of the program.
	code unsafe.Pointer // prog.Code's first instruction
	pool unsafe.Pointer // k's first constant

	// Of the arena; refresh sets them.
	memp   unsafe.Pointer // host address of its first byte
	size   uint64         // bytes in use
	rwSize uint64         // how many of them lie from roEnd on
	roEnd  mem.Addr       // where read-only data ends

	// Of the running goroutine, while Run is on the stack.
	fp    uint64  // offset of the frame in the arena
	ctx   uint64  // dx
	left  int64   // steps
	limit uintptr // host address that Enter compares with
	pc    uint32  // of the next instruction

	ncode uint32         // instructions of the program
	rwp   unsafe.Pointer // host address of roEnd
}

// refresh sets what depends on the arena, which may have grown or moved, and
// on whose turn it is.
func (v *VM) refresh() {
	v.memp, v.size = v.mem.Ptr(), v.mem.Size()
	v.rwSize, v.rwp = v.size-v.prog.ROSize, unsafe.Add(v.memp, v.prog.ROSize)
	v.setLimit(v.memp)
}
