package vm

import (
	"reflect"
	"strconv"
	"testing"

	"gopark/sim/vm/wasmcore"
)

// TestLayout: the core finds the registers where Go keeps them.
func TestLayout(t *testing.T) {
	if strconv.IntSize != 64 {
		t.Skip("the core is for js/wasm, where pointers take eight bytes as on this test's other hosts")
	}
	typ := reflect.TypeFor[registers]()
	for _, f := range wasmcore.Fields {
		field, ok := typ.FieldByName(f.Name)
		if !ok || field.Offset != uintptr(f.Offset) {
			t.Errorf("the core looks for %s at %d; the struct's field: %v, at %d", f.Name, f.Offset, ok, field.Offset)
		}
	}
	if wasmcore.NoOp != opNone {
		t.Errorf("the core says %#x when the budget is used up, hot says %#x", wasmcore.NoOp, opNone)
	}
}
