//go:build gopark

package pprof

import (
	"errors"
	"io"
	"runtime"
	"unsafe"
)

// The profile of the goroutines is whole. There are no samples of the
// processor's time.

//gopark:drop pprof_rusage.go profileWriter readProfile cpu
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

// Labels are not kept: no profile shows them.

func runtime_setProfLabel(labels unsafe.Pointer) {}

func runtime_getProfLabel() unsafe.Pointer { return nil }

func runtime_goroutineleakcount() int { return 0 }

func runtime_goroutineLeakGC() { runtime.GC() }
