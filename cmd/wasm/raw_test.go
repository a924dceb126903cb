package main

import (
	"slices"
	"testing"

	"gopark/internal/plainjson"
	"gopark/sim/view"
)

// What goes beside the JSON arrives as it was, and not in the JSON too.
func TestRaw(t *testing.T) {
	sent := Reply{Seq: 7, Pack: &view.Packed{Total: 3}, Words: []uint32{0, 1, 1 << 31, 0xffffffff}}
	var got Reply
	if err := plainjson.Unmarshal(plainjson.Marshal(sent), &got); err != nil {
		t.Fatal(err)
	}
	if got.Words != nil || got.Bytes != nil || got.Pack.Words != nil {
		t.Errorf("the JSON has them: %+v", got)
	}
	takeRaw(&got, rawOf(&sent))
	if !slices.Equal(got.Pack.Words, sent.Words) || got.Pack.Total != 3 {
		t.Errorf("%v becomes %v", sent.Words, got.Pack.Words)
	}

	sent = Reply{Lens: &view.Lens{Total: 3}, Bytes: []byte{1, 2, 255}}
	got = Reply{Lens: sent.Lens}
	if takeRaw(&got, rawOf(&sent)); !slices.Equal(got.Bytes, sent.Bytes) {
		t.Errorf("%v becomes %v", sent.Bytes, got.Bytes)
	}
	if rawOf(&Reply{Seq: 1}) != nil {
		t.Error("a reply without them has some")
	}
}
