//go:build gopark

package abi

import "unsafe"

//gopark:drop funcpc.go

// FuncPCABI0 returns the entry of function f.
func FuncPCABI0(f any) uintptr { return FuncPCABIInternal(f) }

// FuncPCABIInternal returns the entry of function f: the first word of its
// closure, whose address is f's data word.
func FuncPCABIInternal(f any) uintptr {
	words := *(*[2]*uintptr)(unsafe.Pointer(&f))
	return *words[1]
}

// EscapeNonString is for gc's escape analysis.
func EscapeNonString[T any](v T) {}

// EscapeToResultNonString too.
func EscapeToResultNonString[T any](v T) T { return v }
