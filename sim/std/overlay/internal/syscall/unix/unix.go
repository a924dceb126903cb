//go:build gopark

// Package unix is what package os, net and their poller need of it.
package unix

import "syscall"

//gopark:only

const UTIME_OMIT = 1<<30 - 2

// Fcntl knows F_GETFL.
func Fcntl(fd, cmd, arg int) (int, error) {
	if cmd != syscall.F_GETFL {
		return -1, syscall.EINVAL
	}
	return syscall.GetFlags(fd)
}

// HasNonblockFlag reports whether O_NONBLOCK is among the flags.
func HasNonblockFlag(flag int) bool { return flag&syscall.O_NONBLOCK != 0 }

// IsNonblock reports whether a descriptor is not to block.
func IsNonblock(fd int) (bool, error) {
	flags, err := syscall.GetFlags(fd)
	return HasNonblockFlag(flags), err
}

// KernelVersionGE says yes: the machine's kernel is a new one.
func KernelVersionGE(x, y int) bool { return true }

func RecvfromInet4(fd int, p []byte, flags int, from *syscall.SockaddrInet4) (int, error) {
	n, sa, err := syscall.Recvfrom(fd, p, flags)
	if sa, ok := sa.(*syscall.SockaddrInet4); ok {
		*from = *sa
	}
	return n, err
}

func RecvfromInet6(fd int, p []byte, flags int, from *syscall.SockaddrInet6) (int, error) {
	n, sa, err := syscall.Recvfrom(fd, p, flags)
	if sa, ok := sa.(*syscall.SockaddrInet6); ok {
		*from = *sa
	}
	return n, err
}

func RecvmsgInet4(fd int, p, oob []byte, flags int, from *syscall.SockaddrInet4) (n, oobn, recvflags int, err error) {
	n, err = RecvfromInet4(fd, p, flags, from)
	return n, 0, 0, err
}

func RecvmsgInet6(fd int, p, oob []byte, flags int, from *syscall.SockaddrInet6) (n, oobn, recvflags int, err error) {
	n, err = RecvfromInet6(fd, p, flags, from)
	return n, 0, 0, err
}

func SendtoInet4(fd int, p []byte, flags int, to *syscall.SockaddrInet4) error {
	return syscall.Sendto(fd, p, flags, to)
}

func SendtoInet6(fd int, p []byte, flags int, to *syscall.SockaddrInet6) error {
	return syscall.Sendto(fd, p, flags, to)
}

func SendmsgNInet4(fd int, p, oob []byte, to *syscall.SockaddrInet4, flags int) (int, error) {
	return syscall.SendmsgN(fd, p, oob, to, flags)
}

func SendmsgNInet6(fd int, p, oob []byte, to *syscall.SockaddrInet6, flags int) (int, error) {
	return syscall.SendmsgN(fd, p, oob, to, flags)
}
