//go:build js

package main

import (
	"runtime"
	"runtime/debug"
	"time"
)

// How the engine collects its garbage. Go's collector has no thread of its own
// here: a cycle takes tens of milliseconds of somebody's waiting, and each run leaves 8 MB. So
// cycles come late while there is little, and when nobody waits. A large heap is collected
// at one go: while a cycle goes on beside a program, each pointer that is written costs as
// much as ten.
const (
	roomy = 400       // GOGC
	large = 128 << 20 // bytes of a heap that is collected when it has doubled
	most  = 3 << 30   // bytes; WebAssembly has no more than 4 GB, and a heap has holes
	pause = 250 * time.Millisecond
	waste = 16 << 20 // bytes of garbage that make a cycle worth its while
)

// A heap is what the engine knows of its own.
type heap struct {
	set  bool   // the collector knows roomy and most
	live uint64 // bytes when garbage was collected last
}

// tune collects garbage if it is time to, and returns how much is allocated.
func (h *heap) tune() (allocated uint64) {
	if !h.set {
		debug.SetGCPercent(roomy)
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
