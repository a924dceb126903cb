//go:build gopark

// Package poll has the errors that package os shows; files don't poll.
package poll

import "errors"

//gopark:only

// ErrNoDeadline is the answer to SetDeadline on a file.
var ErrNoDeadline = errors.New("file type does not support deadline")

// ErrFileClosing is the use of a closed file.
var ErrFileClosing = errors.New("use of closed file")

// ErrDeadlineExceeded is an expired deadline.
var ErrDeadlineExceeded error = &deadlineError{}

type deadlineError struct{}

func (e *deadlineError) Error() string   { return "i/o timeout" }
func (e *deadlineError) Timeout() bool   { return true }
func (e *deadlineError) Temporary() bool { return true }
