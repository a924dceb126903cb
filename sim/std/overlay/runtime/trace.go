//go:build gopark

package runtime

// An execution trace of Go's own format is not made; Gopark's log is one.

// StartTrace fails.
func StartTrace() error { return plainError("tracing is not simulated: look at the log") }

// StopTrace does nothing.
func StopTrace() {}

// ReadTrace returns nil: there is no trace.
func ReadTrace() []byte { return nil }
