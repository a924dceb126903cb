//go:build gopark

// Package drbg makes random bytes from the run's own source: the same seed
// gives the same bytes, which is what a run that can be repeated needs and a
// secret can't have.
package drbg

import (
	"internal/byteorder"
	"io"
	_ "unsafe" // for linkname
)

//gopark:only

//go:linkname rand runtime.rand
func rand() uint64

var testingReader io.Reader

// SetTestingReader makes r the source; nil: the run's own again.
func SetTestingReader(r io.Reader) { testingReader = r }

// Read fills b.
func Read(b []byte) {
	if testingReader != nil {
		testingReader.Read(b)
		return
	}
	for len(b) >= 8 {
		byteorder.LEPutUint64(b, rand())
		b = b[8:]
	}
	if len(b) > 0 {
		var last [8]byte
		byteorder.LEPutUint64(last[:], rand())
		copy(b, last[:])
	}
}

// A DefaultReader is the library's own source.
type DefaultReader interface{ defaultReader() }

// ReadWithReader fills b from r.
func ReadWithReader(r io.Reader, b []byte) error {
	if _, ok := r.(DefaultReader); ok {
		Read(b)
		return nil
	}
	_, err := io.ReadFull(r, b)
	return err
}
