//go:build gopark

// Package runtime is the simulated machine's: its API on natives, the panics
// that the machine raises, and what its system goroutines run.
package runtime

import _ "unsafe" // for linkname

//gopark:only

// Compiler, GOOS and GOARCH are what programs see.
const (
	Compiler = "gc"
	GOOS     = "linux"
	GOARCH   = "amd64"
)

// Version is the Go release that the machine simulates.
func Version() string

// GOROOT is where Go would be.
func GOROOT() string { return "/usr/local/go" }

// GOMAXPROCS sets the number of Ps if n > 0 and returns the old one.
func GOMAXPROCS(n int) int

// SetDefaultGOMAXPROCS sets GOMAXPROCS to the number of cores.
func SetDefaultGOMAXPROCS() { GOMAXPROCS(NumCPU()) }

// NumCPU is the number of the machine's cores.
func NumCPU() int

// NumGoroutine counts the goroutines, without the system's.
func NumGoroutine() int

// NumCgoCall is 0: there is no C.
func NumCgoCall() int64 { return 0 }

// Gosched puts the goroutine at the end of the global run queue.
func Gosched()

// Goexit runs the deferred calls and ends the goroutine.
func Goexit()

// LockOSThread ties the goroutine to its thread.
func LockOSThread()

// UnlockOSThread undoes one LockOSThread.
func UnlockOSThread()

// GC runs a collection.
func GC()

// Breakpoint does nothing: there is no debugger.
func Breakpoint() {}

// Wait reasons as the machine numbers them (package task's Reason).
const (
	waitReasonGCScavengeWait = 18
	waitReasonUpdaterIdle    = 19
	waitReasonTimerIdle      = 25
)

// gopark parks the goroutine; nothing readies it unless the machine does.
func gopark(reason uint8)

// The system goroutines. Each sleeps until the machine wakes it.

func forcegchelper() {
	for {
		forcedGC()
	}
}

// forcedGC parks the goroutine unless the last collection is long ago; then it
// starts one.
func forcedGC()

func bgsweep() {
	for {
		if backgroundSweep() {
			Gosched()
		}
	}
}

// backgroundSweep frees a little of what was not marked, and reports whether
// others should run now; or it parks.
func backgroundSweep() bool

// The first collections start one of these for each P.
func gcBgMarkWorker() {
	for {
		markWorker()
	}
}

// markWorker marks for as long as the machine lets it, or parks.
func markWorker()

func bgscavenge() { parkForEver(waitReasonGCScavengeWait) }

func updateMaxProcsGoroutine() { parkForEver(waitReasonUpdaterIdle) }

// timerproc and mheap_scavenger, of older schedulers, are run by the machine.

func timerproc() { parkForEver(waitReasonTimerIdle) }

func mheap_scavenger() { parkForEver(waitReasonGCScavengeWait) }

func parkForEver(reason uint8) {
	for {
		gopark(reason)
	}
}

//go:linkname main_init main.init
func main_init()

//go:linkname main_main main.main
func main_main()

// exit ends the process.
func exit(code int)

// rand is the run's source of random numbers, seeded by the reader's seed.
func rand() uint64

// nanotime is the machine's clock.
func nanotime() int64
