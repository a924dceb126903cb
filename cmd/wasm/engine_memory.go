//go:build js

package main

import (
	"runtime"
	"runtime/debug"
	"time"
)

// How the engine collects its garbage. Go's collector has no thread of its own
// here: a cycle takes tens of milliseconds of somebody's waiting, and each run leaves 8 MB. So
// cycles come late while there is little, and when nobody waits.
const (
	roomy = 400       // GOGC while the heap is small
	usual = 100       // GOGC once it is large
	large = 128 << 20 // bytes
	most  = 3 << 30   // bytes; WebAssembly has no more than 4 GB, and a heap has holes
	pause = 250 * time.Millisecond
	waste = 16 << 20 // bytes of garbage that make a cycle worth its while
)

// A heap is what the engine knows of its own.
type heap struct {
	percent int    // GOGC
	live    uint64 // bytes when garbage was collected last
}

// tune chooses when to collect, by how much there is.
func (h *heap) tune() (allocated uint64) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	percent := roomy
	if m.HeapAlloc > large {
		percent = usual
	}
	if h.percent == 0 {
		debug.SetMemoryLimit(most)
	}
	if percent != h.percent {
		h.percent = percent
		debug.SetGCPercent(percent)
	}
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
		runtime.GC()
		en.heap.live = en.heap.tune()
	}
	<-en.wake
}
