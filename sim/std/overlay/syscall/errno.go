//go:build gopark

package syscall

import "internal/oserror"

// An Errno is a system call's error number; 0 is none.
type Errno uintptr

// The errors that the machine's kernel answers, with Linux's numbers.
const (
	EPERM        Errno = 1
	ENOENT       Errno = 2
	ESRCH        Errno = 3
	EINTR        Errno = 4
	EIO          Errno = 5
	EBADF        Errno = 9
	ECHILD       Errno = 10
	EAGAIN       Errno = 11
	ENOMEM       Errno = 12
	EACCES       Errno = 13
	EFAULT       Errno = 14
	EBUSY        Errno = 16
	EEXIST       Errno = 17
	EXDEV        Errno = 18
	ENOTDIR      Errno = 20
	EISDIR       Errno = 21
	EINVAL       Errno = 22
	EMFILE       Errno = 24
	EFBIG        Errno = 27
	ENOSPC       Errno = 28
	ESPIPE       Errno = 29
	EROFS        Errno = 30
	EPIPE        Errno = 32
	ERANGE       Errno = 34
	ENAMETOOLONG Errno = 36
	ENOSYS       Errno = 38
	ENOTEMPTY    Errno = 39
	ELOOP        Errno = 40
	ENOTSUP      Errno = 95
	EOPNOTSUPP   Errno = 95
	EPROTOTYPE   Errno = 91
	EWOULDBLOCK        = EAGAIN

	ENOTSOCK        Errno = 88
	EDESTADDRREQ    Errno = 89
	EMSGSIZE        Errno = 90
	ENOPROTOOPT     Errno = 92
	EPROTONOSUPPORT Errno = 93
	ESOCKTNOSUPPORT Errno = 94
	EAFNOSUPPORT    Errno = 97
	EADDRINUSE      Errno = 98
	EADDRNOTAVAIL   Errno = 99
	ENETUNREACH     Errno = 101
	ECONNABORTED    Errno = 103
	ECONNRESET      Errno = 104
	ENOBUFS         Errno = 105
	EISCONN         Errno = 106
	ENOTCONN        Errno = 107
	ETIMEDOUT       Errno = 110
	ECONNREFUSED    Errno = 111
	EHOSTUNREACH    Errno = 113
	EALREADY        Errno = 114
	EINPROGRESS     Errno = 115
)

var errnoTexts = [...]string{
	EPERM: "operation not permitted", ENOENT: "no such file or directory",
	ESRCH: "no such process", EINTR: "interrupted system call", EIO: "input/output error", EBADF: "bad file descriptor",
	EAGAIN: "resource temporarily unavailable", ENOMEM: "cannot allocate memory", ECHILD: "no child processes",
	EACCES: "permission denied", EFAULT: "bad address", EBUSY: "device or resource busy",
	EEXIST: "file exists", EXDEV: "invalid cross-device link", ENOTDIR: "not a directory",
	EISDIR: "is a directory", EINVAL: "invalid argument", EMFILE: "too many open files",
	EFBIG: "file too large", ENOSPC: "no space left on device", ESPIPE: "illegal seek",
	EROFS: "read-only file system", EPIPE: "broken pipe", ERANGE: "numerical result out of range",
	ENAMETOOLONG: "file name too long", ENOSYS: "function not implemented",
	ENOTEMPTY: "directory not empty", ELOOP: "too many levels of symbolic links",
	ENOTSUP: "operation not supported", ENOTSOCK: "socket operation on non-socket",
	EDESTADDRREQ: "destination address required", EMSGSIZE: "message too long", EPROTOTYPE: "protocol wrong type for socket",
	ENOPROTOOPT: "protocol not available", EPROTONOSUPPORT: "protocol not supported", ESOCKTNOSUPPORT: "socket type not supported",
	EAFNOSUPPORT: "address family not supported by protocol", EADDRINUSE: "address already in use",
	EADDRNOTAVAIL: "cannot assign requested address", ENETUNREACH: "network is unreachable",
	ECONNABORTED: "software caused connection abort", ENOBUFS: "no buffer space available",
	EISCONN: "transport endpoint is already connected", ENOTCONN: "transport endpoint is not connected",
	EHOSTUNREACH: "no route to host", EALREADY: "operation already in progress", EINPROGRESS: "operation now in progress",
	ECONNRESET: "connection reset by peer",
	ETIMEDOUT:  "connection timed out", ECONNREFUSED: "connection refused",
}

func (e Errno) Error() string {
	if e < Errno(len(errnoTexts)) && errnoTexts[e] != "" {
		return errnoTexts[e]
	}
	return "errno " + itoa(int(e))
}

// Is matches the errors of io/fs.
func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	}
	return false
}

// Temporary reports whether trying again may help.
func (e Errno) Temporary() bool {
	return e == EINTR || e == EMFILE || e == ECONNRESET || e.Timeout()
}

// Timeout reports whether time ran out.
func (e Errno) Timeout() bool { return e == EAGAIN || e == ETIMEDOUT }

// A Signal is a number of a signal.
type Signal int

// The signals of Linux.
const (
	SIGHUP    Signal = 1
	SIGINT    Signal = 2
	SIGQUIT   Signal = 3
	SIGILL    Signal = 4
	SIGTRAP   Signal = 5
	SIGABRT   Signal = 6
	SIGBUS    Signal = 7
	SIGFPE    Signal = 8
	SIGKILL   Signal = 9
	SIGUSR1   Signal = 10
	SIGSEGV   Signal = 11
	SIGUSR2   Signal = 12
	SIGPIPE   Signal = 13
	SIGALRM   Signal = 14
	SIGTERM   Signal = 15
	SIGSTKFLT Signal = 16
	SIGCHLD   Signal = 17
	SIGCONT   Signal = 18
	SIGSTOP   Signal = 19
	SIGTSTP   Signal = 20
	SIGTTIN   Signal = 21
	SIGTTOU   Signal = 22
	SIGURG    Signal = 23
	SIGXCPU   Signal = 24
	SIGXFSZ   Signal = 25
	SIGVTALRM Signal = 26
	SIGPROF   Signal = 27
	SIGWINCH  Signal = 28
	SIGIO     Signal = 29
	SIGPWR    Signal = 30
	SIGSYS    Signal = 31
)

// Signal marks s as a signal.
func (s Signal) Signal() {}

var signalTexts = [...]string{
	SIGHUP:    "hangup",
	SIGINT:    "interrupt",
	SIGQUIT:   "quit",
	SIGILL:    "illegal instruction",
	SIGTRAP:   "trace/breakpoint trap",
	SIGABRT:   "aborted",
	SIGBUS:    "bus error",
	SIGFPE:    "floating point exception",
	SIGKILL:   "killed",
	SIGUSR1:   "user defined signal 1",
	SIGSEGV:   "segmentation fault",
	SIGUSR2:   "user defined signal 2",
	SIGPIPE:   "broken pipe",
	SIGALRM:   "alarm clock",
	SIGTERM:   "terminated",
	SIGSTKFLT: "stack fault",
	SIGCHLD:   "child exited",
	SIGCONT:   "continued",
	SIGSTOP:   "stopped (signal)",
	SIGTSTP:   "stopped",
	SIGTTIN:   "stopped (tty input)",
	SIGTTOU:   "stopped (tty output)",
	SIGURG:    "urgent I/O condition",
	SIGXCPU:   "CPU time limit exceeded",
	SIGXFSZ:   "file size limit exceeded",
	SIGVTALRM: "virtual timer expired",
	SIGPROF:   "profiling timer expired",
	SIGWINCH:  "window changed",
	SIGIO:     "I/O possible",
	SIGPWR:    "power failure",
	SIGSYS:    "bad system call",
}

func (s Signal) String() string {
	if s > 0 && s < Signal(len(signalTexts)) && signalTexts[s] != "" {
		return signalTexts[s]
	}
	return "signal " + itoa(int(s))
}

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
