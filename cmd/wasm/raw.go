package main

import (
	"bytes"
	"encoding/binary"
)

// rawOf are the bytes that go beside a reply's JSON, nil for none.
func rawOf(r *Reply) []byte {
	if r.Words == nil {
		return r.Bytes
	}
	raw := make([]byte, 4*len(r.Words))
	for i, w := range r.Words {
		binary.LittleEndian.PutUint32(raw[4*i:], w)
	}
	return raw
}

// takeRaw is its inverse: the words belong to a Pack, else there are none. It keeps
// no hold of raw.
func takeRaw(r *Reply, raw []byte) {
	if r.Pack == nil {
		r.Bytes = bytes.Clone(raw)
		return
	}
	words := make([]uint32, len(raw)/4)
	for i := range words {
		words[i] = binary.LittleEndian.Uint32(raw[4*i:])
	}
	r.Pack.Words = words
}
