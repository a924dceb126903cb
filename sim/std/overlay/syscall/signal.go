//go:build gopark

package syscall

// What becomes of a signal: sigDefault is what Go's runtime does, the others
// are what package os/signal was asked for.
const (
	sigDefault = iota
	sigNotified
	sigIgnored
)

// sigWish is what os/signal wants of each signal.
var sigWish [65]uint8

// Kill sends the process a signal; there is no other process. What one does by
// default is Go's (runtime/sigtab_linux_generic.go:sigtable): SIGHUP, SIGINT,
// SIGTERM and SIGKILL end the program, with the code that a shell reports, and
// others do nothing. Not simulated, and so ENOSYS: to stop the process, a
// stack dump (SIGQUIT and its like), and delivery to a channel.
func Kill(pid int, sig Signal) error {
	if sig < 0 || int(sig) >= len(sigWish) {
		return EINVAL
	}
	if pid != Getpid() && pid != 0 && pid != -1 {
		return ESRCH
	}
	switch sig {
	case SIGKILL:
		Exit(128 + int(sig))
	case SIGSTOP:
		return ENOSYS
	}
	switch sigWish[sig] {
	case sigNotified:
		return ENOSYS
	case sigIgnored:
		return nil
	}
	switch sig {
	case SIGHUP, SIGINT, SIGTERM:
		Exit(128 + int(sig))
	case SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSTKFLT, SIGSYS, SIGTSTP, SIGTTIN, SIGTTOU:
		return ENOSYS
	}
	return nil
}
