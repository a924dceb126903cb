//go:build js

package main

import (
	"runtime"
	"runtime/debug"
	"time"
)

// How the engine collects its garbage. Go's collector has no thread of its own here, and
// in WebAssembly nothing interrupts who computes: a cycle would go on as long as a slice
// does, and as long as it goes on each pointer that is written costs as much as ten. So the
// engine collects at one go, between slices and when nobody waits; Go itself only
// when memory runs out.
const (
	large = 128 << 20 // bytes of a heap that is collected when it has doubled
	most  = 3 << 30   // bytes; WebAssembly has no more than 4 GB, and a heap has holes
	full  = 5 << 28   // bytes beside arenas with which a run goes no further: to look back takes a second computer
	pause = 250 * time.Millisecond
	waste = 16 << 20 // bytes of garbage that make a cycle worth its while
)

// A heap is what the engine knows of its own.
type heap struct {
	set  bool   // the collector knows most
	live uint64 // bytes when garbage was collected last
}

// tune collects garbage if it is time to, and returns how much is allocated.
func (h *heap) tune() (allocated uint64) {
	if !h.set {
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(most)
		h.set = true
	}
	if allocated = heapAlloc(); allocated > max(large, 2*h.live) {
		allocated = h.collect()
	}
	return allocated
}

// collect runs a cycle, and nothing else.
func (h *heap) collect() (allocated uint64) {
	runtime.GC()
	h.live = heapAlloc()
	return h.live
}

func heapAlloc() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// rest waits for a message. If none comes for a while, it collects garbage.
func (en *engine) rest() {
	select {
	case <-en.wake:
		return
	case <-time.After(pause):
	}
	if en.heap.tune() > en.heap.live+waste {
		en.heap.collect()
	}
	<-en.wake
}
