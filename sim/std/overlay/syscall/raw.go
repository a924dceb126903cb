//go:build gopark

package syscall

// The system calls that Syscall and RawSyscall know: those that take no
// arguments and answer at once.
const (
	SYS_GETPID  = 39
	SYS_GETPPID = 110
	SYS_GETTID  = 186
)

// Syscall makes a system call; the scheduler may give the P to another thread.
func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {
	quick()
	return answer(trap)
}

// RawSyscall makes one of which the scheduler hears nothing.
func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {
	if trap != SYS_GETTID {
		gettid() // takes as long
	}
	return answer(trap)
}

func quick()

func answer(trap uintptr) (r1, r2 uintptr, err Errno) {
	switch trap {
	case SYS_GETPID:
		return uintptr(Getpid()), 0, 0
	case SYS_GETPPID:
		return uintptr(Getppid()), 0, 0
	case SYS_GETTID:
		return uintptr(gettid()), 0, 0
	}
	return ^uintptr(0), 0, ENOSYS
}
