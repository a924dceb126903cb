//go:build gopark

package binary

// NativeEndian is little endian.
//
//gopark:take native_endian_little.go
