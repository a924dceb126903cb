//go:build gopark

package constanttime

import "unsafe"

// boolToUint8 is b as it lies in memory; Go's compiler knows it by name.
func boolToUint8(b bool) uint8 { return *(*uint8)(unsafe.Pointer(&b)) }
