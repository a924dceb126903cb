//go:build gopark

package debug

import (
	"runtime"
	"time"
)

//gopark:drop stubs.go WriteHeapDump SetTraceback runtime_setCrashFD SetCrashOutput modinfo

// WriteHeapDump writes nothing: there is no heap dump of the machine's memory.
func WriteHeapDump(fd uintptr) {}

// SetTraceback sets how much of the goroutines a crash prints. The machine
// goes by GOTRACEBACK alone.
func SetTraceback(level string) {}

// modinfo is what the go command notes of a program that is one file, between 16
// bytes that mark it.
func modinfo() string {
	const mark = "0123456789abcdef"
	return mark + "path\tcommand-line-arguments\nbuild\t-buildmode=exe\nbuild\t-compiler=gc\n" +
		"build\tCGO_ENABLED=0\nbuild\tGOARCH=amd64\nbuild\tGOOS=linux\nbuild\tGOAMD64=v1\n" + mark
}

// readGCStats leaves the pauses, the most recent first, then when they ended,
// when the last one did, how many there were, and their sum.
func readGCStats(p *[]time.Duration) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	n := min(int(m.NumGC), len(m.PauseNs))
	list := (*p)[:0]
	for i := range n {
		list = append(list, time.Duration(m.PauseNs[(int(m.NumGC)+255-i)%256]))
	}
	for i := range n {
		list = append(list, time.Duration(m.PauseEnd[(int(m.NumGC)+255-i)%256]))
	}
	*p = append(list, time.Duration(m.LastGC), time.Duration(m.NumGC), time.Duration(m.PauseTotalNs))
}

func freeOSMemory() { runtime.GC() }

var maxThreads = 10000

func setGCPercent(p int32) (old int32)

func setMaxThreads(n int) (old int) {
	n = min(n, 1<<31-1) // runtime/proc.go:setMaxThreads
	old, maxThreads = maxThreads, n
	setThreadLimit(n)
	return old
}

// setThreadLimit tells the scheduler.
func setThreadLimit(n int)

func setMemoryLimit(n int64) (old int64)

func setPanicOnFault(on bool) (old bool)

// setMaxStack sets the limit of every goroutine's stack, in bytes.
func setMaxStack(n int) (old int)
