//go:build gopark

package runtime

// A synctestDeadlockError is what a bubble panics with when its goroutines
// can't go on. The machine reads its number.
type synctestDeadlockError struct {
	reason string
	bubble int
}

func (e synctestDeadlockError) Error() string { return e.reason }

// synctestDeadlock panics for a bubble; done: its main goroutine has ended.
func synctestDeadlock(done bool, bubble int) {
	reason := "deadlock: all goroutines in bubble are blocked"
	if done {
		reason = "deadlock: main bubble goroutine has exited but blocked goroutines remain"
	}
	panic(synctestDeadlockError{reason, bubble})
}
