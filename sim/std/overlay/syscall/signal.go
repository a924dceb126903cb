//go:build gopark

package syscall

// Kill sends the process a signal; there is no other process. What one does by
// default is Go's (runtime/sigtab_linux_generic.go:sigtable): SIGHUP, SIGINT,
// SIGTERM and SIGKILL end the program, with the code that a shell reports, and
// others do nothing. Not simulated, and so ENOSYS: to stop the process, and a
// stack dump (SIGQUIT and its like) that nobody asked to be told of.
func Kill(pid int, sig Signal) error {
	if sig < 0 || sig > 64 {
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
	if sigsend(uint32(sig)) || sigIgnored(uint32(sig)) {
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
