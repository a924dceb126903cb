//go:build js && wasmcore

package vm

import (
	"unsafe"

	"gopark/sim/code"
)

// runCore is the generated core (package wasmcore), if the host has one. It
// returns an operation, or coreAbsent.
//
//go:wasmimport gopark run
func runCore(r unsafe.Pointer) uint32

// coreAbsent says that there is no core, or not yet.
const coreAbsent = 0xffffffff

// run is hot, by the core if it is there.
func (v *VM) run() code.Op {
	if op := runCore(unsafe.Pointer(&v.registers)); op != coreAbsent {
		return code.Op(op)
	}
	return hot(0, v)
}
