//go:build gopark

package runtime

import (
	"internal/profilerecord"
	"unsafe"
)

// The profiles of the goroutines and of the heap are whole. Nothing else is
// sampled: the page shows what those profiles would.

// A StackRecord is one stack.
type StackRecord struct{ Stack0 [32]uintptr }

// Stack returns the record's addresses.
func (r *StackRecord) Stack() []uintptr { return upToZero(r.Stack0[:]) }

func upToZero(pcs []uintptr) []uintptr {
	for i, pc := range pcs {
		if pc == 0 {
			return pcs[:i]
		}
	}
	return pcs
}

// MemProfileRate is how many bytes are allocated between two samples, on average.
// The machine reads it.
var MemProfileRate = 512 * 1024

// SetBlockProfileRate sets the rate of the block profile.
func SetBlockProfileRate(rate int) {}

// SetMutexProfileFraction sets the rate of the mutex profile and returns the old.
func SetMutexProfileFraction(rate int) int { return 0 }

// SetCPUProfileRate sets the rate of the processor profile.
func SetCPUProfileRate(hz int) {}

// CPUProfile is gone from Go as well: it panics.
func CPUProfile() []byte { panic("CPUProfile no longer available") }

// A MemProfileRecord is what one stack allocated.
type MemProfileRecord struct {
	AllocBytes, FreeBytes     int64
	AllocObjects, FreeObjects int64
	Stack0                    [32]uintptr
}

// InUseBytes is what was allocated and not freed.
func (r *MemProfileRecord) InUseBytes() int64 { return r.AllocBytes - r.FreeBytes }

// InUseObjects is how many objects that were.
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }

// Stack returns the record's addresses.
func (r *MemProfileRecord) Stack() []uintptr { return upToZero(r.Stack0[:]) }

// A BlockProfileRecord is how long one stack waited.
type BlockProfileRecord struct {
	Count  int64
	Cycles int64
	StackRecord
}

// MemProfile tells what was allocated and freed, by stack, as of the last
// collection but one.
func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) {
	return memRecords(len(p), inuseZero, func(r profilerecord.MemProfileRecord) {
		p[0] = MemProfileRecord{
			AllocBytes: r.AllocBytes, FreeBytes: r.FreeBytes,
			AllocObjects: r.AllocObjects, FreeObjects: r.FreeObjects,
		}
		copy(p[0].Stack0[:], r.Stack)
		p = p[1:]
	})
}

// memProfile publishes what is due and returns the number of the machine's
// buckets, each for a size and a stack.
func memProfile() int

// memProfileBucket tells of one: objects and bytes allocated, then freed, and
// the return addresses, which it counts.
func memProfileBucket(i int, counts *[4]int64, pcs []uintptr) int

// memRecords calls add for each record, the most recent stacks first, if there
// are no more than room (mprof.go:memProfileInternal).
func memRecords(room int, inuseZero bool, add func(profilerecord.MemProfileRecord)) (n int, ok bool) {
	var counts [4]int64
	var pcs [128]uintptr
	buckets := memProfile()
	for i := range buckets {
		memProfileBucket(i, &counts, nil)
		if inuseZero || counts[1] != counts[3] {
			n++
		}
	}
	if n > room {
		return n, false
	}
	left := n // making records may make buckets
	for i := buckets - 1; i >= 0 && left > 0; i-- {
		depth := memProfileBucket(i, &counts, pcs[:])
		if inuseZero || counts[1] != counts[3] {
			add(profilerecord.MemProfileRecord{
				AllocObjects: counts[0], AllocBytes: counts[1], FreeObjects: counts[2], FreeBytes: counts[3],
				Stack: append([]uintptr(nil), pcs[:depth]...),
			})
			left--
		}
	}
	return n, true
}

// BlockProfile returns no records.
func BlockProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// MutexProfile returns no records.
func MutexProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// ThreadCreateProfile returns no records.
func ThreadCreateProfile(p []StackRecord) (n int, ok bool) { return 0, true }

// goroutineStack fills pcs with the return addresses of the i-th of the
// program's goroutines, or only of those that leaked, by id, and says how many there
// are, -1: no such one, and which labels it has.
func goroutineStack(i int, leaked bool, pcs []uintptr) (n int, labels unsafe.Pointer)

// GoroutineProfile returns the stacks of all goroutines, if they fit in p.
func GoroutineProfile(p []StackRecord) (n int, ok bool) {
	n = NumGoroutine()
	if n > len(p) {
		return n, false
	}
	for i := range p[:n] {
		goroutineStack(i, false, p[i].Stack0[:])
	}
	return n, true
}

// What package runtime/pprof asks, by linkname.

func pprof_goroutineProfileWithLabels(p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	return goroutineRecords(false, p, labels)
}

func pprof_goroutineLeakProfileWithLabels(p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	return goroutineRecords(true, p, labels)
}

func goroutineRecords(leaked bool, p []profilerecord.StackRecord, labels []unsafe.Pointer) (n int, ok bool) {
	var pcs [128]uintptr
	for {
		depth, label := goroutineStack(n, leaked, pcs[:])
		if depth < 0 {
			return n, n <= len(p)
		}
		if n < len(p) {
			p[n].Stack = append([]uintptr(nil), pcs[:depth]...)
			if n < len(labels) {
				labels[n] = label
			}
		}
		n++
	}
}

func pprof_memProfileInternal(p []profilerecord.MemProfileRecord, inuseZero bool) (n int, ok bool) {
	return memRecords(len(p), inuseZero, func(r profilerecord.MemProfileRecord) {
		p[0] = r
		p = p[1:]
	})
}

func pprof_blockProfileInternal(p []profilerecord.BlockProfileRecord) (n int, ok bool) {
	return 0, true
}

func pprof_mutexProfileInternal(p []profilerecord.BlockProfileRecord) (n int, ok bool) {
	return 0, true
}

func pprof_threadCreateInternal(p []profilerecord.StackRecord) (n int, ok bool) { return 0, true }

func pprof_fpunwindExpand(dst, src []uintptr) int { return copy(dst, src) }

func pprof_makeProfStack() []uintptr { return make([]uintptr, 128) }
