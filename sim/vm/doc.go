// Package vm runs goroutines: it knows what a goroutine does next, to memory,
// frames, stacks, channels, timers and semaphores. It knows no threads, no
// processors and no order: which goroutine runs, and when, its caller decides
// through package task.
//
// Memory is one arena: the program's data, then pages. Runs of pages are spans,
// of objects of one size or of stacks (heap.go, pages.go). A collector frees
// objects (gc.go: when and how; gcmark.go, live.go: what is reachable; special.go:
// finalizers, cleanups, weak pointers; gcsweep.go). What it knows lies beside
// the arena in plain data, as all state does, so that a snapshot is a copy. Mapped
// memory lies elsewhere (far.go). What was allocated where, and which goroutines
// nothing can wake, programs can ask (memprofile.go, leaks.go).
package vm
