//go:build gopark

package pprof

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"syscall"
	"unsafe"
)

// The profile of the goroutines is whole. There are no samples of the
// processor's time.

//gopark:drop pprof_rusage.go profileWriter readProfile cpu lockProfiles
//gopark:take pprof_norusage.go

var errNoSamples = errors.New("profiling is not simulated: the page shows where time goes")

// StartCPUProfile fails.
func StartCPUProfile(w io.Writer) error { return errNoSamples }

// StopCPUProfile does nothing.
func StopCPUProfile() {}

func pprof_cyclesPerSecond() int64 { return 1e9 }

func runtime_FrameStartLine(f *runtime.Frame) int { return f.Line }

func runtime_FrameSymbolName(f *runtime.Frame) string { return f.Function }

func runtime_expandFinalInlineFrame(stk []uintptr) []uintptr { return stk }

func runtime_setProfLabel(labels unsafe.Pointer)

func runtime_getProfLabel() unsafe.Pointer

// runtime_goroutineLeakGC is a collection that finds out which goroutines leaked.
func runtime_goroutineLeakGC()

// runtime_findsLeaks says whether this runtime's collector can.
func runtime_findsLeaks() bool

// runtime_goroutineleakcount is how many the last one found.
func runtime_goroutineleakcount() int

// lockProfiles makes the profiles first. Go is built with an experiment or
// without; here the environment of the run decides.
func lockProfiles() {
	profiles.mu.Lock()
	if profiles.m != nil {
		return
	}
	profiles.m = map[string]*Profile{
		"goroutine":    goroutineProfile,
		"threadcreate": threadcreateProfile,
		"heap":         heapProfile,
		"allocs":       allocsProfile,
		"block":        blockProfile,
		"mutex":        mutexProfile,
	}
	experiments, _ := syscall.Getenv("GOEXPERIMENT")
	for e := range strings.SplitSeq(experiments, ",") {
		if e == "goroutineleakprofile" && runtime_findsLeaks() {
			profiles.m["goroutineleak"] = goroutineLeakProfile
		}
	}
}
