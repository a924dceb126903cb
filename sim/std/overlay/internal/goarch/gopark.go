//go:build gopark

package goarch

// Programs see an amd64: its sizes, offsets and byte order are the machine's.
//
//gopark:take goarch_amd64.go zgoarch_amd64.go
