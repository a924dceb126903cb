//go:build gopark

package runtime

import (
	"internal/abi"
	"unsafe"
)

// KeepAlive keeps x reachable until here.
func KeepAlive(x any) {}

// A Pinner pins objects; the machine's don't move.
type Pinner struct{ _ [0]func() }

// Pin pins an object.
func (p *Pinner) Pin(pointer any) {}

// Unpin unpins them all.
func (p *Pinner) Unpin() {}

// Memory by type and by byte, for the overlays of other packages.

func newobject(t *abi.Type) unsafe.Pointer

func newarray(t *abi.Type, n int) unsafe.Pointer

func memmove(dst, src unsafe.Pointer, n uintptr)

func memclr(p unsafe.Pointer, n uintptr)
