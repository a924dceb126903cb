//go:build gopark

package cpu

// CacheLinePadSize is amd64's, so that padded structs have Go's sizes there.
const CacheLinePadSize = 64

// doinit finds no optional features: the portable code is chosen everywhere.
func doinit() {}
