//go:build gopark

package bits

// The machine's panics come from package runtime, which this package must not
// import; these two have the same texts.

type arithError string

func (e arithError) RuntimeError() {}

func (e arithError) Error() string { return "runtime error: " + string(e) }

var overflowError error = arithError("integer overflow")

var divideError error = arithError("integer divide by zero")
