package vm

// The Go functions of package runtime that the machine calls by name; the
// library's overlay of that package defines them.
const (
	symPanicError  = "runtime.panicError"      // func(msg string): panic(errorString(msg)), a runtime.Error
	symPanicPlain  = "runtime.panicPlain"      // func(msg string): panic(plainError(msg)), a runtime.Error without prefix
	symPanicBounds = "runtime.panicBounds"     // func(x int64, signed bool, y int, code uint8): panic(boundsError{…})
	symPanicAssert = "runtime.panicTypeAssert" // func(iface, have, want *abi.Type, missing string): panic(&TypeAssertionError{…})
	symPanicAddr   = "runtime.panicAddr"       // func(addr uintptr): panic(errorAddressString{…})
	symPanicWrap   = "runtime.panicwrapNames"  // func(typ, method string): compiled code calls it
	symPanicNil    = "runtime.panicNil"        // func(): panic(new(PanicNilError))
	symGopanic     = "runtime.gopanic"         // func(v any): not called; what a panic is in a list of calls
	symDoInit1     = "runtime.doInit1"         // func(): not called; what calls a package's initializer
	symDoInit      = "runtime.doInit"          // func(): not called; what calls that
	symGoexit      = "runtime.goexit"          // func(): not called; what a goroutine's function returns to
	symPreprint    = "runtime.preprintpanic"   // func(v any) any: v.Error() or v.String() as a string, else v
)

// Symbols lists what the machine looks up by name: the linker keeps these
// reachable. Those a program lacks only shorten messages.
func Symbols() []string {
	return []string{
		symPanicError, symPanicPlain, symPanicBounds, symPanicAssert, symPanicAddr, symPanicNil, symGopanic, symDoInit1, symDoInit, symGoexit, symPreprint,
		symSendTime, symGoFunc, symLocalLoc, symMarkWorker,
	}
}

// The codes of runtime.boundsError (internal/abi/bounds.go).
const (
	boundsIndex = iota
	boundsSliceAlen
	boundsSliceAcap
	boundsSliceB
	boundsSlice3Alen
	boundsSlice3Acap
	boundsSlice3B
	boundsSlice3C
	boundsConvert
)
