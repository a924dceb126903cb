//go:build !(js && wasmcore)

package vm

import "gopark/sim/code"

// run is hot: there is no faster way on this host.
func (v *VM) run() code.Op { return hot(0, v) }
