//go:build js && wasmcore

package vm

import (
	"os"
	"testing"
	"unsafe"

	"gopark/sim/code"
	"gopark/sim/vm/wasmcore"
)

// coreVar names the environment variable that gives the host the core.
const coreVar = "GOPARK_CORE"

// TestCoreThere: what the other tests run on is what they are meant to.
func TestCoreThere(t *testing.T) {
	d := newDiffer(t, 1)
	d.v.left = 0
	want := uint32(opNone)
	if os.Getenv(coreVar) == "" {
		want = coreAbsent
	}
	if got := runCore(unsafe.Pointer(&d.v.registers)); got != want {
		t.Errorf("runCore returns %#x, want %#x (%s=%q)", got, want, coreVar, os.Getenv(coreVar))
	}
}

// TestCoreAgrees compares the core with the Go loop.
func TestCoreAgrees(t *testing.T) {
	if os.Getenv(coreVar) == "" {
		t.Skip("there is no core to compare with: " + coreVar + " is not set")
	}
	agree(t, func(d *differ) func() code.Op {
		return func() code.Op { return code.Op(runCore(unsafe.Pointer(&d.v.registers))) }
	}, wasmcore.Has)
}
