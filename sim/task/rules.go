package task

// Rules are what the runtime of a release does on a task's side of the seam,
// where no scheduler sees it: rules of channels, timers and stacks. The zero
// value of a field means that the release lacks the mechanism.
type Rules struct {
	// Channels and timers.
	CloseFIFO     bool // close readies who waited longest first (until 1.6)
	BufferedRetry bool // who waited for a buffered channel tries again, against all comers (until 1.5)
	OldTimers     bool // the channels of timers are buffered, and armed while they exist (until 1.22)

	// Stacks.
	Stack         int64 // bytes of a first stack
	MaxStack      int64 // bytes that no stack exceeds; 0: no limit but memory's
	StackSegments bool  // a stack grows by pieces that are linked, not by a copy (until 1.2)
}

// Today are the rules of the newest release.
var Today = Rules{Stack: 2048, MaxStack: 1_000_000_000}
