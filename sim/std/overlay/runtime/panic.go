//go:build gopark

package runtime

import (
	"internal/abi"
	"unsafe"
)

// The machine calls these with plain arguments when an instruction fails. It
// knows the texts of most errors, this package their types.

// panicError panics with an error whose text starts with "runtime error: ".
func panicError(msg string) { panic(errorString(msg)) }

// panicPlain panics with an error without that start.
func panicPlain(msg string) { panic(plainError(msg)) }

// panicAddr is an access that failed, if debug.SetPanicOnFault was asked for.
func panicAddr(addr uintptr) {
	panic(errorAddressString{"invalid memory address or nil pointer dereference", addr})
}

// panicBounds is an index or slice bound out of range.
func panicBounds(x int64, signed bool, y int, code uint8) {
	panic(boundsError{x, y, signed, abi.BoundsErrorCode(code)})
}

// panicTypeAssert is a failed assertion of a value of type have, nil in a nil
// interface, to type want; iface is the static type. missing names a method
// that have lacks; "" to look for it here.
func panicTypeAssert(iface, have, want *abi.Type, missing string) {
	e := &TypeAssertionError{iface, have, want, missing}
	if want.Kind() == abi.Interface {
		e._interface = nil
		if have != nil && missing == "" {
			e.missingMethod = missingMethod(have, want)
		}
	}
	panic(e)
}

// panicrangestate is a loop over a function that goes wrong in a state of its
// body, as go/ssa numbers them: above 0, the body was left.
func panicrangestate(state int) {
	switch state {
	case -1:
		panic(errorString("range function continued iteration after loop body panic"))
	case -2:
		panic(errorString("range function continued iteration after whole loop exit"))
	case -3:
		panic(errorString("range function recovered a loop body panic and did not resume panicking"))
	}
	panic(errorString("range function continued iteration after function for loop body returned false"))
}

// panicNil is panic(nil).
func panicNil() { panic(new(PanicNilError)) }

// panicwrapNames is a value method called through a nil pointer; typ is the
// value's type with its package's name ("main.T").
func panicwrapNames(typ, method string) {
	name := typ
	for i := range typ {
		if typ[i] == '.' {
			name = typ[i+1:]
		}
	}
	panic(plainError("value method " + typ + "." + method + " called using nil *" + name + " pointer"))
}

// unsafeslice checks unsafe.Slice.
func unsafeslice(p unsafe.Pointer, n int, size uintptr) { checkUnsafe("Slice", p, n, size) }

// unsafestring checks unsafe.String.
func unsafestring(p unsafe.Pointer, n int, size uintptr) { checkUnsafe("String", p, n, size) }

func checkUnsafe(what string, p unsafe.Pointer, n int, size uintptr) {
	const maxBytes = 1 << 47
	if n < 0 || size > 0 && uintptr(n) > maxBytes/size {
		panic(errorString("unsafe." + what + ": len out of range"))
	}
	if n > 0 && p != nil && uintptr(n)*size > -uintptr(p) {
		panic(errorString("unsafe." + what + ": len out of range"))
	}
	if p == nil && n > 0 {
		panic(errorString("unsafe." + what + ": ptr is nil and len is not zero"))
	}
}

// preprintpanic turns a panic's value into what is printed of it: text, if it
// has a method for that.
func preprintpanic(v any) any {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case string:
			throw("panic while printing panic value: " + r)
		default:
			throw("panic while printing panic value: type " + typeString((*eface)(unsafe.Pointer(&r)).typ))
		}
	}()
	switch x := v.(type) {
	case error:
		return x.Error()
	case interface{ String() string }:
		return x.String()
	}
	return v
}

// throw ends the run: "fatal error: " and s, then the goroutines.
func throw(s string)

// fatal is throw for the program's mistakes.
func fatal(s string)
