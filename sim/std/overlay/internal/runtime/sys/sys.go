//go:build gopark

// Package sys is here for imports that only the race detector, or other
// processors, would use.
package sys

//gopark:only
//gopark:take no_dit.go

// GetCallerPC would be the caller's return address.
func GetCallerPC() uintptr { return 0 }
