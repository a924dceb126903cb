//go:build gopark

package maphash

// The hash is the machine's own.
//
//gopark:drop maphash_purego.go
//gopark:take maphash_runtime.go
