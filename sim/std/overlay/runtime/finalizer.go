//go:build gopark

package runtime

import (
	"internal/abi"
	"unsafe"
)

// Finalizers and cleanups: the machine's collector knows which are due, the
// goroutines here make the calls.

// The goroutines that make the calls, as the machine numbers them.
const (
	finalizerRunner = iota
	cleanupRunner
)

// SetFinalizer makes the collector call finalizer with obj, on a goroutine of
// its own, when nothing but the finalizer names obj any more.
func SetFinalizer(obj any, finalizer any) {
	e := (*eface)(unsafe.Pointer(&obj))
	t := e.typ
	switch {
	case t == nil:
		throw("runtime.SetFinalizer: first argument is nil")
	case t.Kind() != abi.Pointer:
		throw("runtime.SetFinalizer: first argument is " + typeString(t) + ", not pointer")
	case e.data == nil:
		throw("runtime.SetFinalizer: pointer not in heap")
	}
	const maxTinySize = 16 // Go packs such objects together, and can't tell them apart
	switch elem := t.Elem(); {
	case elem.Size() == 0 || objectBase(e.data) == nil:
		return // a global variable, or what has no address of its own
	case objectBase(e.data) != e.data && (elem.Pointers() || elem.Size() >= maxTinySize):
		throw("runtime.SetFinalizer: pointer not at beginning of allocated block")
	}
	f := (*eface)(unsafe.Pointer(&finalizer))
	if f.typ == nil {
		removeFinalizer(e.data)
		return
	}
	param := finalizerParam(t, f.typ)
	if runnerMissing(finalizerRunner) {
		go runFinalizers()
	}
	if !addFinalizer(e.data, f.data, param, t) {
		throw("runtime.SetFinalizer: finalizer already set")
	}
}

// finalizerParam checks a finalizer's type and returns its parameter's.
func finalizerParam(obj, finalizer *abi.Type) *abi.Type {
	if finalizer.Kind() != abi.Func {
		throw("runtime.SetFinalizer: second argument is " + typeString(finalizer) + ", not a function")
	}
	f := (*abi.FuncType)(unsafe.Pointer(finalizer))
	if f.IsVariadic() {
		throw("runtime.SetFinalizer: cannot pass " + typeString(obj) + " to finalizer " + typeString(finalizer) + " because dotdotdot")
	}
	if f.NumIn() == 1 {
		param := f.In(0)
		switch {
		case param == obj:
			return param
		case param.Kind() == abi.Pointer && (param.Uncommon() == nil || obj.Uncommon() == nil) && param.Elem() == obj.Elem():
			return param
		case param.Kind() == abi.Interface && missingMethod(obj, param) == "":
			return param
		}
	}
	throw("runtime.SetFinalizer: cannot pass " + typeString(obj) + " to finalizer " + typeString(finalizer))
	return nil
}

// objectBase is the heap object that p points into, nil if there is none.
func objectBase(p unsafe.Pointer) unsafe.Pointer

// addFinalizer makes the collector call closure fn with obj, a pointer of type
// typ, as its parameter of type param. It fails if obj has a finalizer.
func addFinalizer(obj, fn unsafe.Pointer, param, typ *abi.Type) bool

func removeFinalizer(obj unsafe.Pointer)

// runnerMissing reports whether a runner is to be started by its caller.
func runnerMissing(kind int) bool

func runFinalizers() {
	for {
		waitFinalizer()
		runFinalizer()
	}
}

// waitFinalizer parks the goroutine unless a finalizer is due.
func waitFinalizer()

// runFinalizer makes the next call.
func runFinalizer()

// A Cleanup is a handle to a cleanup call.
type Cleanup struct {
	id  uint64
	ptr uintptr
}

// AddCleanup makes the collector call cleanup with arg some time after ptr's
// object is gone.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic("runtime.AddCleanup: ptr is nil")
	}
	// cleanup holds arg: if that is ptr, or is in its object, it never runs.
	if a, ok := any(arg).(unsafe.Pointer); ok && a == unsafe.Pointer(ptr) {
		panic("runtime.AddCleanup: ptr is equal to arg, cleanup will never run")
	}
	if a, ok := any(arg).(*T); ok && a == ptr {
		panic("runtime.AddCleanup: ptr is equal to arg, cleanup will never run")
	}
	fn := func() { cleanup(arg) }
	return addCleanupCall(unsafe.Pointer(ptr), fn)
}

func addCleanupCall(ptr unsafe.Pointer, fn func()) Cleanup {
	if runnerMissing(cleanupRunner) {
		go runCleanups()
	}
	return Cleanup{addCleanup(ptr, fn), uintptr(ptr)}
}

// addCleanup returns the cleanup's number.
func addCleanup(ptr unsafe.Pointer, fn func()) uint64

// Stop cancels the cleanup, if it has not been queued yet.
func (c Cleanup) Stop() {
	if c.id != 0 {
		stopCleanup(c.ptr, c.id)
	}
}

func stopCleanup(ptr uintptr, id uint64)

func runCleanups() {
	for {
		waitCleanup()
		runCleanup()
	}
}

// waitCleanup parks the goroutine unless a cleanup is due.
func waitCleanup()

// runCleanup makes the next call.
func runCleanup()
