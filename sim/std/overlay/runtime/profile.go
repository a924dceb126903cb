//go:build gopark

package runtime

// Profiles are empty: the page shows what they would.

// A StackRecord is one stack.
type StackRecord struct{ Stack0 [32]uintptr }

// Stack returns the record's addresses.
func (r *StackRecord) Stack() []uintptr {
	for i, pc := range r.Stack0 {
		if pc == 0 {
			return r.Stack0[:i]
		}
	}
	return r.Stack0[:]
}

// MemProfileRate is the sampling rate of a profile that is not kept.
var MemProfileRate = 512 * 1024

// SetBlockProfileRate sets the rate of the block profile.
func SetBlockProfileRate(rate int) {}

// SetMutexProfileFraction sets the rate of the mutex profile and returns the old.
func SetMutexProfileFraction(rate int) int { return 0 }

// SetCPUProfileRate sets the rate of the processor profile.
func SetCPUProfileRate(hz int) {}
