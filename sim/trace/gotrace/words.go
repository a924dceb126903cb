package gotrace

import (
	"gopark/sim/task"
	"gopark/sim/trace"
)

// blockReasons are coarser than those of tracebacks
// (runtime/traceruntime.go:traceBlockReasonStrings and the callers of gopark).
var blockReasons = [task.NumReasons]string{
	task.GCWait:         "wait until GC ends",
	task.NoReason:       "unspecified",
	task.ChanReceiveNil: "forever",
	task.ChanSendNil:    "forever",
	task.SelectNoCases:  "forever",
	task.Select:         "select",
	task.ChanReceive:    "chan receive",
	task.ChanSend:       "chan send",
	task.CondWait:       "sync.(*Cond).Wait",
	task.MutexLock:      "sync",
	task.RWMutexRLock:   "sync",
	task.RWMutexLock:    "sync",
	task.WaitGroupWait:  "sync",
	task.Semacquire:     "sync",
	task.Sleeping:       "sleep",
	task.IOWait:         "network",
	task.FinalizerWait:  "system goroutine wait",
	task.ForceGCIdle:    "system goroutine wait",
	task.GCSweepWait:    "GC background sweeper wait",
	task.GCScavengeWait: "system goroutine wait",
	task.UpdaterIdle:    "system goroutine wait",
	task.GCWorkerIdle:   "system goroutine wait",
	task.GCAssistWait:   "GC mark assist wait for work",
	task.Coroutine:      "unspecified",
	task.CleanupWait:    "system goroutine wait",
	task.Debug:          "wait for debug call",
	task.TimerIdle:      "system goroutine wait",
	task.SynctestRun:    "synctest",
	task.SynctestWait:   "synctest",
	task.ChildWait:      "unspecified",
}

// BlockReason is what a trace calls the reason r to wait.
func BlockReason(r task.Reason) string { return blockReasons[r] }

// StopReason is what a trace calls the reason to stop and stay runnable
// (runtime/traceruntime.go:traceGoStopReasonStrings). A goyield is told as a preemption.
func StopReason(w trace.Why) string {
	if w == trace.WhyGosched {
		return "runtime.Gosched"
	}
	return "preempted"
}

// stopKind is why the world is stopped (runtime/proc.go:stwReasonStrings): for
// the collector before marking, or after it. One that does all its work while
// the world stands still stops it once.
func stopKind(w trace.Why, marking bool) string {
	switch {
	case w == trace.WhyProcs:
		return "GOMAXPROCS"
	case !marking:
		return "GC sweep termination"
	}
	return "GC mark termination"
}
