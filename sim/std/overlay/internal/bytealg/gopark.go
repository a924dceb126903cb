//go:build gopark

package bytealg

// The stubs of functions that package runtime would have.
//
//gopark:drop equal_native.go
