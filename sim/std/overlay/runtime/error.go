//go:build gopark

package runtime

import "internal/abi"

// An Error is a run-time error.
type Error interface {
	error
	RuntimeError()
}

// errorString is an error whose text starts with "runtime error: ".
type errorString string

func (e errorString) RuntimeError() {}

func (e errorString) Error() string { return "runtime error: " + string(e) }

// errorAddressString is an errorString that knows which address was bad.
type errorAddressString struct {
	msg  string
	addr uintptr
}

func (e errorAddressString) RuntimeError() {}

func (e errorAddressString) Error() string { return "runtime error: " + e.msg }

// Addr is the address whose access failed.
func (e errorAddressString) Addr() uintptr { return e.addr }

// plainError is an error without that start.
type plainError string

func (e plainError) RuntimeError() {}

func (e plainError) Error() string { return string(e) }

// A TypeAssertionError explains a failed type assertion.
type TypeAssertionError struct {
	_interface    *abi.Type
	concrete      *abi.Type
	asserted      *abi.Type
	missingMethod string
}

func (*TypeAssertionError) RuntimeError() {}

func (e *TypeAssertionError) Error() string {
	static := "interface"
	if e._interface != nil {
		static = typeString(e._interface)
	}
	want := typeString(e.asserted)
	if e.concrete == nil {
		return "interface conversion: " + static + " is nil, not " + want
	}
	have := typeString(e.concrete)
	if e.missingMethod != "" {
		return "interface conversion: " + have + " is not " + want + ": missing method " + e.missingMethod
	}
	text := "interface conversion: " + static + " is " + have + ", not " + want
	if have != want {
		return text
	}
	if typePkgPath(e.concrete) != typePkgPath(e.asserted) {
		return text + " (types from different packages)"
	}
	return text + " (types from different scopes)"
}

// A PanicNilError is what panic(nil) panics with.
type PanicNilError struct {
	_ [0]func() // not comparable
}

func (*PanicNilError) Error() string {
	return "panic called with nil argument"
}

func (*PanicNilError) RuntimeError() {}

// A boundsError is an index or slice bound out of range; x is the bad one.
type boundsError struct {
	x      int64
	y      int
	signed bool // x is signed
	code   abi.BoundsErrorCode
}

// The texts of the bounds errors: what stands before x, and between x and y.
// Of a negative x only the part up to x and "neg" is said.
var boundsTexts = [...]struct{ before, between, after, neg string }{
	abi.BoundsIndex:      {"index out of range [", "] with length ", "", "]"},
	abi.BoundsSliceAlen:  {"slice bounds out of range [:", "] with length ", "", "]"},
	abi.BoundsSliceAcap:  {"slice bounds out of range [:", "] with capacity ", "", "]"},
	abi.BoundsSliceB:     {"slice bounds out of range [", ":", "]", ":]"},
	abi.BoundsSlice3Alen: {"slice bounds out of range [::", "] with length ", "", "]"},
	abi.BoundsSlice3Acap: {"slice bounds out of range [::", "] with capacity ", "", "]"},
	abi.BoundsSlice3B:    {"slice bounds out of range [:", ":", "]", ":]"},
	abi.BoundsSlice3C:    {"slice bounds out of range [", ":", ":]", "::]"},
}

func (e boundsError) RuntimeError() {}

func (e boundsError) Error() string {
	x := utoa(uint64(e.x))
	if e.signed {
		x = itoa(e.x)
	}
	if e.code == abi.BoundsConvert {
		return "runtime error: cannot convert slice with length " + itoa(int64(e.y)) +
			" to array or pointer to array with length " + x
	}
	t := &boundsTexts[e.code]
	if e.signed && e.x < 0 {
		return "runtime error: " + t.before + x + t.neg
	}
	return "runtime error: " + t.before + x + t.between + itoa(int64(e.y)) + t.after
}

func itoa(v int64) string {
	if v < 0 {
		return "-" + utoa(-uint64(v))
	}
	return utoa(uint64(v))
}

func utoa(v uint64) string {
	var buf [20]byte
	i := len(buf)
	for {
		i--
		buf[i] = byte('0' + v%10)
		if v /= 10; v == 0 {
			return string(buf[i:])
		}
	}
}
